import csv
from pathlib import Path

import pytest

from app.definitions.divisions import LARGEST_FILE, read_divisions
from app.services.errors import BadDefinitions

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "resources" / "divisions" / "divisions.csv"
REAL = ROOT.parent / "shared" / "data" / "neijiang_divisions.csv"


def remarks(path, data):
    path.write_bytes(data)
    with pytest.raises(BadDefinitions) as refused:
        read_divisions(path)
    return [(error.file, error.line, error.problem) for error in refused.value.errors]


def test_the_shipped_county_is_fictitious_and_has_rare_characters():
    county = read_divisions(SHIPPED)
    everything = county.suggest("示范县", limit=len(county))
    assert len(everything) == len(county) >= 45
    assert all(division.code.startswith("5199") for division in everything)
    assert [division.full_name for division in county.suggest("𬭎岭")] == ["示范县云溪镇𬭎岭村"]


def test_comments_and_empty_lines_say_nothing(tmp_path):
    path = tmp_path / "divisions.csv"
    path.write_text("# 示范\r\n\r\n519901101000,云溪镇\r\n", encoding="utf-8")
    assert [division.name for division in read_divisions(path).suggest("云")] == ["云溪镇"]


def test_every_wrong_line_is_told(tmp_path):
    data = "519901101000,云溪镇\n51990110120,柳湾村\n519901101201\n519901101202,\n519901101000,别的镇\n"
    wrong = "must be a 12-digit code, a comma and a name"
    assert remarks(tmp_path / "divisions.csv", data.encode()) == [
        ("divisions.csv", 2, wrong),
        ("divisions.csv", 3, wrong),
        ("divisions.csv", 4, wrong),
        ("divisions.csv", 5, "has the code of 云溪镇 again"),
    ]


def test_a_file_in_another_encoding_is_told_with_its_line(tmp_path):
    data = b"519901101000,A\n" + "519901101200,柳湾村".encode("gb18030")
    assert remarks(tmp_path / "divisions.csv", data) == [("divisions.csv", 2, "is not text in UTF-8")]


def test_a_file_without_end_is_refused(tmp_path):
    data = b"#" * (LARGEST_FILE + 1)
    assert remarks(tmp_path / "divisions.csv", data) == [("divisions.csv", 1, "is larger than 4096 kB")]


@pytest.mark.skipif(not REAL.exists(), reason="the real divisions lie beside the project")
def test_a_whole_prefecture_is_read_and_found(tmp_path):
    with REAL.open(encoding="utf-8-sig") as file:
        lines = [f"{row['code']},{row['name']}" for row in csv.DictReader(file)]
    path = tmp_path / "divisions.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    prefecture = read_divisions(path)
    assert len(prefecture) == len(lines)
    assert any("椑木镇" in division.full_name for division in prefecture.suggest("椑木"))
