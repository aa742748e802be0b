"""Which characters can be printed, counted for whoever keeps the PC."""

from app.papers import fonts
from app.papers.coverage import BLOCKS, coverage, packages_for, standard_characters
from tests.papers.test_fonts import font_with


def counted(monkeypatch, folder):
    monkeypatch.setattr(fonts, "_font_folders", lambda: [folder])
    return {one.name: one for one in coverage(fonts.standard_fonts())}


def test_the_standard_table_has_8105_characters_in_its_order():
    table = standard_characters()
    assert len(table) == len(set(table)) == 8105
    assert table.startswith("一乙二十丁厂七")


def test_what_comes_with_the_program_prints_the_whole_standard_table_and_the_basic_block(monkeypatch, tmp_path):
    found = counted(monkeypatch, tmp_path)
    assert found["standard"].is_whole
    assert (found["basic"].printable, found["basic"].total) == (20992, 20992)
    assert found["A"].is_whole
    assert not found["B"].is_whole


def test_an_installed_font_adds_to_its_block(monkeypatch, tmp_path):
    before = counted(monkeypatch, tmp_path)["H"].printable
    font_with(BLOCKS["H"][1], tmp_path / "New Song.ttf")
    assert counted(monkeypatch, tmp_path)["H"].printable == before + 1


def test_packages_are_named_once_for_what_is_lacking(monkeypatch, tmp_path):
    found = counted(monkeypatch, tmp_path)
    assert packages_for(found.values()) == ["fonts-hanazono", "fonts-babelstone-han"]
    assert packages_for([found["basic"]]) == []
