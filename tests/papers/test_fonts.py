from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from app.definitions.papers import read_paper_templates
from app.papers import fonts
from app.papers.maker import PdfPaperMaker
from app.papers.press import Press
from tests.papers.samples import TEMPLATES, certificate, text_of

NEW = 0x323B0
"""Right behind the last character that Unicode 16 has, so that no font here has it."""


def test_the_packaged_fonts_are_there():
    found = fonts.standard_fonts()
    assert all(file.path.is_file() for file in (*found.text, *found.bold))
    assert found.text[0].name == "NotoSerifSC-Regular"
    assert found.bold[0].name == "NotoSansSC-Bold"


def test_installed_fonts_for_rare_characters_follow_in_a_fixed_order(tmp_path, monkeypatch):
    (tmp_path / "deep" / "er").mkdir(parents=True)
    for name in ("SIMSUNB.TTF", "deep/HanaMinB.ttf", "deep/er/HanaMinA.ttf", "Comic.ttf"):
        (tmp_path / name).touch()
    monkeypatch.setattr(fonts, "_font_folders", lambda: [tmp_path, tmp_path / "not-there"])
    found = fonts.standard_fonts()
    assert [file.name for file in found.text[1:-1]] == ["HanaMinA", "HanaMinB", "SIMSUNB"]
    assert found.text[-1].name == "NotoSansSC-Regular"
    assert found.bold[3:] == found.text[1:-1]


def test_whatever_else_is_installed_is_asked_last_what_looks_alike_before_the_rest(tmp_path, monkeypatch):
    names = (
        "Comic.ttf",
        "NotoColorEmoji.ttf",
        "FZShuSong.otf",
        "SourceHanSerif-Bold.otf",
        "Readme.txt",
        "LastResort.ttf",
    )
    for name in names:
        (tmp_path / name).touch()
    monkeypatch.setattr(fonts, "_font_folders", lambda: [tmp_path])
    assert [file.name for file in fonts.standard_fonts().others] == ["FZShuSong", "Comic", "SourceHanSerif-Bold"]


def font_with(character: int, path, *, restricted=False):
    """Make a font with a square for one character."""
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for corner in ((900, 0), (900, 800), (100, 800)):
        pen.lineTo(corner)
    pen.closePath()
    made = FontBuilder(1000, isTTF=True)
    made.setupGlyphOrder([".notdef", "square"])
    made.setupCharacterMap({character: "square"})
    made.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "square": pen.glyph()})
    made.setupHorizontalMetrics({".notdef": (1000, 0), "square": (1000, 100)})
    made.setupHorizontalHeader(ascent=800, descent=-200)
    made.setupNameTable({"familyName": path.stem, "styleName": "Regular"})
    made.setupOS2(fsType=2 if restricted else 0)
    made.setupPost()
    made.save(path)


def test_an_installed_font_that_nobody_foresaw_draws_what_all_others_lack(tmp_path, monkeypatch):
    font_with(NEW, tmp_path / "Strange Song.ttf")
    (tmp_path / "Broken Song.ttf").write_bytes(b"no font")
    monkeypatch.setattr(fonts, "_font_folders", lambda: [tmp_path])
    paper = certificate(name=f"林{chr(NEW)}")
    pdf = PdfPaperMaker(read_paper_templates(TEMPLATES), fonts.standard_fonts).make(paper)
    assert f"林{chr(NEW)}" in text_of(pdf, 0)


def test_what_no_font_has_is_named_still(tmp_path, monkeypatch):
    font_with(NEW, tmp_path / "Strange Song.ttf")
    monkeypatch.setattr(fonts, "_font_folders", lambda: [tmp_path])
    assert Press(fonts.standard_fonts()).missing(f"林{chr(NEW)}{chr(NEW + 1)}") == chr(NEW + 1)


def test_a_font_that_must_not_be_embedded_is_not_used(tmp_path, monkeypatch):
    font_with(NEW, tmp_path / "Strange Song.ttf", restricted=True)
    monkeypatch.setattr(fonts, "_font_folders", lambda: [tmp_path])
    assert Press(fonts.standard_fonts()).missing(chr(NEW)) == chr(NEW)
