"""Catalogues and calendars that the centre publishes: put in place whole, or not at all."""

import io
import shutil
import zipfile
from pathlib import Path

import pytest

from app.config import RESOURCES
from app.definitions.calendar import read_calendar
from app.definitions.published import (
    settle,
    take_calendar,
    take_catalogue,
    take_papers,
    templates_in,
    templates_payload,
)
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


PAPERS = RESOURCES / "papers"
RESIDENCE = (PAPERS / "residence_certificate.yaml").read_bytes()
OURS = RESIDENCE.replace("特此证明。".encode(), "情况属实，特此证明。".encode())


def test_templates_of_the_centre_go_before_those_that_ship_or_were_put_there_by_hand(tmp_path):
    own = tmp_path / "papers"
    own.mkdir()
    (own / "ours.yaml").write_bytes(OURS)
    (own / "pledge.yaml").write_bytes((PAPERS / "pledge.yaml").read_bytes())
    read = take_papers(own, PAPERS, RESIDENCE)
    assert sorted(path.name for path in own.iterdir()) == ["pledge.yaml", "published-residence_certificate.yaml"]
    assert read.own == {"residence_certificate": "published-residence_certificate.yaml", "pledge": "pledge.yaml"}
    assert "情况属实" not in str(read.templates["residence_certificate"])


def test_what_the_centre_does_not_publish_any_more_is_gone_and_what_ships_is_used(tmp_path):
    own = tmp_path / "papers"
    two = {"residence_certificate": OURS, "pledge": (PAPERS / "pledge.yaml").read_bytes()}
    take_papers(own, PAPERS, templates_payload(two))
    take_papers(own, PAPERS, templates_payload({"pledge": two["pledge"]}))
    assert [path.name for path in own.iterdir()] == ["published-pledge.yaml"]
    assert templates_in(templates_payload(two)) == two
    assert templates_payload(two) == templates_payload(dict(reversed(two.items())))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{residence_address}", "{residense_address}"),
        ("kind: certificate", "kind: mandate"),
        ("levels: [township]\n", ""),
        ("levels: [township]", "levels: [county, village]"),
    ],
)
def test_a_broken_or_forbidden_template_changes_nothing(tmp_path, before, after):
    own = tmp_path / "papers"
    take_papers(own, PAPERS, OURS)
    bad = OURS.replace("title: 居住证明".encode(), "title: 婚姻情况证明".encode(), 1) if "levels" in before else OURS
    with pytest.raises(BadDefinitions):
        take_papers(own, PAPERS, bad.replace(before.encode(), after.encode()))
    assert (own / "published-residence_certificate.yaml").read_bytes() == OURS
    assert [path.name for path in tmp_path.iterdir()] == ["papers"]


def test_what_is_wrong_with_drawing_changes_nothing_either(tmp_path):
    def refuse(_read):
        raise BadInput("cannot be drawn")

    with pytest.raises(BadInput):
        take_papers(tmp_path / "papers", PAPERS, OURS, refuse)
    assert list(tmp_path.iterdir()) == []


# --- crashes ------------------------------------------------------------------------------------------------------


class Crash(BaseException):
    pass


@pytest.mark.parametrize("step", [1, 2])
def test_a_crash_between_the_steps_of_an_exchange_loses_neither_the_old_files_nor_those_put_there_by_hand(
    tmp_path, monkeypatch, step
):
    own = tmp_path / "profile" / "papers"
    take_papers(own, PAPERS, OURS)
    (own / "by_hand.yaml").write_bytes(OURS.replace(b"template: residence_certificate", b"template: by_hand", 1))
    before = {path.name: path.read_bytes() for path in own.iterdir()}
    steps = []

    def rename(path, target, real=Path.rename):
        steps.append(path)
        if len(steps) == step:
            shutil.copytree(own.parent, tmp_path / "crashed")
            raise Crash
        return real(path, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", rename)
        with pytest.raises(Crash):
            take_papers(own, PAPERS, OURS)
    crashed = tmp_path / "crashed" / "papers"
    settle(crashed)
    assert {path.name: path.read_bytes() for path in crashed.iterdir()} == before
    assert [path.name for path in crashed.parent.iterdir()] == ["papers"]


def test_an_exchange_that_the_system_refuses_leaves_everything_as_it_was(tmp_path, monkeypatch):
    own = tmp_path / "calendar"
    take_calendar(own, SHIPPED, YEAR)
    before = {path.name: path.read_bytes() for path in own.iterdir()}

    def rename(path, target, real=Path.rename):
        if path.name == "new":
            raise PermissionError
        return real(path, target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(PermissionError):
        take_calendar(own, SHIPPED, YEAR.replace(b"2027", b"2028"))
    assert {path.name: path.read_bytes() for path in own.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["calendar"]
