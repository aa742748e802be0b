"""One case on a stick: taken out at one station, taken in at another, and what a changed file comes to."""

import hashlib
import zipfile
from dataclasses import replace

import pytest

from app.demonstration import CLERK, STATION
from app.domain.facts import CasesExported
from app.domain.operators import Operator, Role
from app.services.case_files import CaseFileService, CaseTakenIn
from app.services.errors import BadCaseFile, NotFound, NotPermitted
from app.services.snapshots import CaseMark
from app.services.sync_report import Contact
from app.storage.case_file import ZipCaseFiles
from tests.fakes.keys import fake_verify
from tests.services.sync_desk import TOWN, VILLAGE, Centre, Desk

PAGE = b"page" * 1000


@pytest.fixture
def centre():
    return Centre()


@pytest.fixture
def town(centre):
    return Desk(centre, TOWN)


@pytest.fixture
def village(centre, town):
    desk = Desk(centre, VILLAGE)
    centre.names(town, desk)
    desk.round()
    return desk


def files_of(desk):
    station = replace(STATION, code=desk.code)
    return CaseFileService(desk.store, desk.recorder, station, fake_verify, ZipCaseFiles(), desk.images)


@pytest.fixture
def given(town, tmp_path):
    """A case that the town handed over and that never synced, on a stick."""
    number = town.takes([PAGE])
    town.hands(number, VILLAGE)
    path = tmp_path / "case.lidengcase"
    assert files_of(town).export(number, path, CLERK) == 2
    return number, path


def test_a_case_that_never_synced_is_taken_in_with_its_images(town, village, given):
    number, path = given
    assert files_of(village).take_in(path, CLERK) == CaseTakenIn(number, 2, 1, 0)
    assert village.holder(number) == VILLAGE
    assert village.history(number) == town.history(number)
    with village.store.read() as uow:
        assert uow.blobs.get(hashlib.sha256(PAGE).hexdigest()) == PAGE
        assert uow.blobs.sweep() == 0
    assert files_of(village).take_in(path, CLERK) == CaseTakenIn(number, 0, 0, 0)


def test_what_came_on_a_stick_may_come_by_the_centre_too(centre, town, village, given):
    number, path = given
    files_of(village).take_in(path, CLERK)
    assert town.round().contact is Contact.ON_LINE
    assert village.round().received == 0
    village.hands(number, TOWN)
    village.round()
    town.round()
    assert town.history(number) == village.history(number)
    assert town.holder(number) == TOWN


def test_what_was_done_before_the_centre_knew_the_case_is_let_in_when_it_does(centre, town, village, given):
    number, path = given
    files_of(village).take_in(path, CLERK)
    village.hands(number, TOWN)
    early = village.round()
    assert [(one.item, one.reason) for one in early.failures] == [(number, "not_the_taker")]
    assert village.holder(number) == TOWN
    assert village.mark(number) is CaseMark.HERE
    town.round()
    village.round()
    assert village.sync.status().set_aside == ()
    assert village.mark(number) is CaseMark.AT_CENTRE
    town.round()
    assert town.holder(number) == TOWN
    assert town.history(number) == village.history(number)


def test_the_way_out_is_on_record(town, given):
    with town.store.read() as uow:
        last = uow.journal.latest(CasesExported.__name__).read()
    assert (last["operator"], last["data"]["rows"], last["data"]["form"]) == (CLERK.login, 1, "case")


def test_a_key_that_the_directory_does_not_name_lets_the_case_wait(centre, town, given):
    number, path = given
    stranger = Desk(centre, VILLAGE)
    assert files_of(stranger).take_in(path, CLERK).waiting == 2
    assert stranger.holder(number) is None
    centre.names(town, stranger)
    stranger.round()
    assert stranger.holder(number) == VILLAGE


def test_an_entry_that_was_changed_is_never_part_of_a_view(village, given, tmp_path):
    number, path = given
    changed = altered(path, tmp_path, "entries.jsonl", lambda data: data.replace("林".encode(), "陈".encode()))
    assert files_of(village).take_in(changed, CLERK).waiting == 2
    assert village.holder(number) is None


@pytest.mark.parametrize(
    ("member", "change", "fault"),
    [
        ("entries.jsonl", lambda data: data[:-9], "changed"),
        ("entries.jsonl", lambda _data: b"", "changed"),
        ("images/", lambda data: data[:-1] + b"x", "changed"),
        ("case.json", lambda data: data.replace(b'"v": 1', b'"v": 9'), "newer"),
        ("case.json", lambda data: data.replace(b"lideng case", b"other"), "kind"),
        ("case.json", lambda data: data.replace(b"000731", b"000799"), "changed"),
    ],
)
def test_a_file_that_is_not_as_it_was_written_changes_nothing(village, given, tmp_path, member, change, fault):
    _number, path = given
    before = village.backup()
    with pytest.raises(BadCaseFile) as caught:
        files_of(village).take_in(altered(path, tmp_path, member, change), CLERK)
    assert caught.value.fault == fault
    assert village.store.state == before


def test_what_is_no_case_file_is_told_so(village, tmp_path):
    path = tmp_path / "x"
    path.write_bytes(b"no ZIP")
    with pytest.raises(BadCaseFile) as caught:
        files_of(village).take_in(path, CLERK)
    assert caught.value.fault == "kind"


def test_who_handles_no_cases_takes_none_out_or_in(town, village, given, tmp_path):
    number, path = given
    nobody = Operator("x", "某", (Role.ADMINISTRATOR,))
    with pytest.raises(NotPermitted):
        files_of(town).export(number, tmp_path / "y", nobody)
    with pytest.raises(NotPermitted):
        files_of(village).take_in(path, nobody)


def test_a_case_that_is_not_here_leaves_no_file(town, tmp_path):
    with pytest.raises(NotFound):
        files_of(town).export("20260518000731000197", tmp_path / "y", CLERK)
    assert not (tmp_path / "y").exists()


def altered(path, folder, member, change):
    """Return a copy of a file in which one member was changed."""
    target = folder / "altered"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            data = source.read(name)
            archive.writestr(name, change(data) if name.startswith(member) else data)
    return target
