"""Catalogues and calendars that the centre publishes: put in place whole, or not at all."""

import io
import zipfile

import pytest

from app.config import RESOURCES
from app.definitions.calendar import read_calendar
from app.definitions.published import take_calendar, take_catalogue
from app.services.errors import BadDefinitions, BadInput

SHIPPED = RESOURCES / "calendar"
CATALOGUE = sorted((RESOURCES / "catalogue").glob("*.yaml"))
YEAR = b"year: 2027\nholidays: [2027-01-01]\nmake_up_days: []\n"


def zipped(**files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(name.replace("_yaml", ".yaml"), data)
    return buffer.getvalue()


def test_a_catalogue_takes_the_place_of_the_counters_own(tmp_path):
    own = tmp_path / "catalogue"
    own.mkdir()
    (own / "old.yaml").write_text("nonsense", encoding="utf-8")
    items = take_catalogue(own, CATALOGUE[0].read_bytes())
    assert items
    assert [path.name for path in own.iterdir()] == ["catalogue.yaml"]
    assert [path.name for path in tmp_path.iterdir()] == ["catalogue"]


def test_several_files_come_in_one_zip(tmp_path):
    payload = zipped(**{f"{path.stem}_yaml": path.read_bytes() for path in CATALOGUE[:2]})
    take_catalogue(tmp_path / "catalogue", payload)
    assert sorted(path.name for path in (tmp_path / "catalogue").iterdir()) == sorted(one.name for one in CATALOGUE[:2])


@pytest.mark.parametrize("payload", [b"items: [", b"department: x\nitems: [{code: 1}]\n", b"PK\x03\x04 cut short"])
def test_what_cannot_be_read_leaves_what_was_there(tmp_path, payload):
    own = tmp_path / "catalogue"
    take_catalogue(own, CATALOGUE[0].read_bytes())
    with pytest.raises(BadInput):
        take_catalogue(own, payload)
    assert (own / "catalogue.yaml").read_bytes() == CATALOGUE[0].read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["catalogue"]


def test_a_zip_with_a_way_out_of_its_folder_is_refused(tmp_path):
    with pytest.raises(BadInput):
        take_catalogue(tmp_path / "catalogue", zipped(**{"../evil_yaml": b"x"}))
    assert list(tmp_path.iterdir()) == []


def test_a_year_is_added_to_those_that_ship(tmp_path):
    own = tmp_path / "calendar"
    take_calendar(own, SHIPPED, YEAR)
    take_calendar(own, SHIPPED, YEAR.replace(b"2027", b"2028"))
    assert read_calendar(own).years == read_calendar(SHIPPED).years | {2027, 2028}


def test_a_year_that_was_published_again_takes_the_place_of_the_first(tmp_path):
    own = tmp_path / "calendar"
    take_calendar(own, SHIPPED, YEAR)
    take_calendar(own, SHIPPED, YEAR.replace(b"2027-01-01", b"2027-01-02"))
    assert [str(day) for day in read_calendar(own).holidays if day.year == 2027] == ["2027-01-02"]


def test_a_broken_year_changes_nothing(tmp_path):
    own = tmp_path / "calendar"
    take_calendar(own, SHIPPED, YEAR)
    with pytest.raises(BadDefinitions):
        take_calendar(own, SHIPPED, YEAR.replace(b"2027-01-01", b"tomorrow"))
    assert 2027 in read_calendar(own).years
