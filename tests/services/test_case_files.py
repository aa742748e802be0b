"""One case on a stick: taken out at one station, taken in at another, and what a changed file comes to."""

import hashlib
import zipfile
from dataclasses import replace

import pytest

from app.demonstration import CLERK, STATION
from app.domain.facts import CasesExported, ReviewStarted
from app.domain.numbering import case_number
from app.domain.operators import Operator, Role
from app.security.case_seals import CodeCaseSeals
from app.services.case_files import CaseFileService, CaseTakenIn, SignedEntry
from app.services.errors import BadCaseFile, NotFound, NotPermitted, WrongFileCode
from app.services.ports import LARGEST_BODY, Waits
from app.services.snapshots import CaseMark
from app.services.sync_receiving import Receiving
from app.services.sync_report import Contact
from app.storage.case_file import ZipCaseFiles
from tests.domain.samples import PERSON
from tests.fakes.case_seals import FakeCaseSeals
from tests.fakes.keys import fake_verify
from tests.services.sync_desk import CITY, TOWN, VILLAGE, Desk, FileDesk

PAGE = b"page" * 1000
CODE = "4821 9037 5516 2240"


@pytest.fixture
def village(centre, town):
    desk = Desk(centre, VILLAGE)
    centre.names(town, desk)
    desk.round()
    return desk


def files_of(desk):
    station = replace(STATION, code=desk.code)
    return CaseFileService(desk.store, desk.recorder, station, fake_verify, ZipCaseFiles(FakeCaseSeals()), desk.images)


@pytest.fixture
def given(town, tmp_path):
    """A case that the town handed over and that never synced, on a stick."""
    number = town.takes([PAGE])
    town.hands(number, VILLAGE)
    path = tmp_path / "case.lidengcase"
    assert files_of(town).export(number, path, CLERK, CODE) == 2
    return number, path


def test_a_case_that_never_synced_is_taken_in_with_its_images(town, village, given):
    number, path = given
    assert files_of(village).take_in(path, CLERK, CODE) == CaseTakenIn(number, 2, 1, 0)
    assert village.holder(number) == VILLAGE
    assert village.history(number) == town.history(number)
    with village.store.read() as uow:
        assert uow.blobs.get(hashlib.sha256(PAGE).hexdigest()) == PAGE
        assert uow.blobs.unnamed() == []
    assert files_of(village).take_in(path, CLERK, CODE) == CaseTakenIn(number, 0, 0, 0)


def test_what_came_on_a_stick_may_come_by_the_centre_too(centre, town, village, given):
    number, path = given
    files_of(village).take_in(path, CLERK, CODE)
    assert town.round().contact is Contact.ON_LINE
    assert village.round().received == 0
    village.hands(number, TOWN)
    village.round()
    town.round()
    assert town.history(number) == village.history(number)
    assert town.holder(number) == TOWN


def test_what_was_done_before_the_centre_knew_the_case_is_let_in_when_it_does(centre, town, village, given):
    number, path = given
    files_of(village).take_in(path, CLERK, CODE)
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


@pytest.fixture(params=["memory", "encrypted"])
def neighbour(request, centre, town, tmp_path):
    """A village on each kind of store."""
    made = Desk(centre, VILLAGE) if request.param == "memory" else FileDesk(centre, tmp_path, VILLAGE)
    centre.names(town, made)
    made.round()
    yield made
    made.closes()


@pytest.mark.parametrize("what", ["the beginning", "a note between"])
def test_what_the_centre_could_not_take_comes_on_a_stick(town, neighbour, tmp_path, what):
    large = "x" * LARGEST_BODY
    number = town.takes(note=large if what == "the beginning" else "")
    town.notes(number, text=large if what == "a note between" else "")
    town.hands(number, VILLAGE)
    town.round()
    neighbour.round()
    assert neighbour.history(number) != town.history(number)
    path = tmp_path / "case"
    files_of(town).export(number, path, CLERK, CODE)
    assert files_of(neighbour).take_in(path, CLERK, CODE) == CaseTakenIn(number, 1, 0, 0)
    assert neighbour.history(number) == town.history(number)
    assert neighbour.holder(number) == VILLAGE
    assert neighbour.sync.status().received_waiting == {}
    neighbour.hands(number, TOWN)
    assert not neighbour.round().failures
    before = neighbour.history(number)
    neighbour.store.rebuild_views()
    assert neighbour.history(number) == before


def test_what_was_missing_stands_where_it_belongs_also_when_the_case_went_on_meanwhile(town, neighbour, tmp_path):
    number = town.takes()
    town.notes(number, text="x" * LARGEST_BODY)
    town.hands(number, VILLAGE)
    town.round()
    neighbour.round()
    path = tmp_path / "case"
    files_of(town).export(number, path, CLERK, CODE)
    neighbour.hands(number, TOWN)
    files_of(neighbour).take_in(path, CLERK, CODE)
    neighbour.round()
    town.round()
    assert len(neighbour.history(number)) == 4
    assert neighbour.history(number) == town.history(number)
    assert neighbour.holder(number) == TOWN


def test_a_stick_of_who_forgot_that_it_gave_the_case_away_moves_it_neither_now_nor_later(
    centre, town, neighbour, tmp_path
):
    number = town.takes()
    backup = town.backup()
    town.hands(number, VILLAGE)
    town.round()
    neighbour.round()
    town.restores(backup)
    town.hands(number, CITY)
    path = tmp_path / "case"
    files_of(town).export(number, path, CLERK, CODE)
    centre.names(town, neighbour, Desk(centre, CITY))
    town.round()
    neighbour.round()
    assert files_of(neighbour).take_in(path, CLERK, CODE).waiting == 1
    assert neighbour.holder(number) == VILLAGE
    neighbour.hands(number, TOWN)
    neighbour.round()
    town.round()
    assert files_of(neighbour).take_in(path, CLERK, CODE).waiting == 1
    assert neighbour.holder(number) == town.holder(number) == TOWN
    town.notes(number)
    town.acts(number, ReviewStarted("x"))
    town.round()
    neighbour.round()
    assert neighbour.history(number) == town.history(number)


@pytest.mark.parametrize("is_early", [True, False])
def test_what_was_done_on_a_stick_of_who_forgot_does_not_come_alive_when_the_case_comes_there_later(
    centre, town, neighbour, tmp_path, is_early
):
    """The town forgot that it had given the case to the city; the village went on with its stick, and gets it from there.

    What comes only then counts, as whatever a station does with a case that it holds.
    """
    city = Desk(centre, CITY)
    number = town.takes()
    backup = town.backup()
    town.hands(number, CITY)
    for desk in (town, city):
        desk.round()
    town.restores(backup)
    centre.names(town, neighbour, city)
    neighbour.round()
    town.hands(number, VILLAGE)
    path = tmp_path / "case"
    files_of(town).export(number, path, CLERK, CODE)
    assert files_of(neighbour).take_in(path, CLERK, CODE).waiting == 0
    neighbour.acts(number, ReviewStarted("x"))
    neighbour.hands(number, TOWN)
    if is_early:
        assert {one.reason for one in neighbour.round().failures} == {"not_the_holder"}
        assert neighbour.holder(number) == TOWN, "the stick may be on its way"
    city.round()
    city.hands(number, VILLAGE)
    desks = (town, city, neighbour)
    for desk in (*desks, *desks):
        desk.round()
    holder = VILLAGE if is_early else TOWN
    assert [centre.holder(number), *(desk.holder(number) for desk in desks)] == [holder] * 4
    assert town.history(number) == neighbour.history(number) == city.history(number)
    assert [one.is_final for one in neighbour.sync.status().set_aside] == [True] * (2 if is_early else 0)
    (neighbour if is_early else town).hands(number, CITY)
    for desk in (*desks, *desks):
        desk.round()
    assert [centre.holder(number), *(desk.holder(number) for desk in desks)] == [CITY] * 4


def test_why_the_centre_set_an_entry_aside_is_told_as_it_says_now(centre, town, neighbour, tmp_path):
    """It knew the case, was restored from a backup, and did not know it any more."""
    forgets = centre.backup()
    number = town.takes()
    town.round()
    town.hands(number, VILLAGE)
    path = tmp_path / "case"
    files_of(town).export(number, path, CLERK, CODE)
    files_of(neighbour).take_in(path, CLERK, CODE)
    neighbour.hands(number, TOWN)
    reasons = []
    for _ in range(2):
        neighbour.round()
        reasons += [one.reason for one in neighbour.sync.status().set_aside]
        centre.restore(forgets)
    assert reasons == ["not_the_holder", "not_the_taker"]


def test_what_whoever_wrote_a_stick_had_forgotten_comes_to_its_place_when_the_centre_tells_it(
    centre, town, neighbour, tmp_path
):
    number = town.takes()
    backup = town.backup()
    town.acts(number, ReviewStarted("x"))
    town.round()
    town.restores(backup)
    centre.names(town, neighbour)
    neighbour.round()
    town.hands(number, VILLAGE)
    path = tmp_path / "case"
    files_of(town).export(number, path, CLERK, CODE)
    files_of(neighbour).take_in(path, CLERK, CODE)
    assert len(neighbour.history(number)) == 2
    town.round()
    assert not neighbour.round().failures
    assert neighbour.history(number) == town.history(number)
    assert len(neighbour.history(number)) == 3
    neighbour.hands(number, TOWN)
    for desk in (neighbour, town):
        assert not desk.round().failures
    assert neighbour.history(number) == town.history(number)


@pytest.mark.parametrize("is_settled", [False, True])
def test_what_was_done_after_a_stick_stays_until_the_centre_never_lets_it_in(
    centre, town, neighbour, tmp_path, is_settled
):
    number = town.takes()
    town.round()
    town.hands(number, VILLAGE)
    path = tmp_path / "case"
    files_of(town).export(number, path, CLERK, CODE)
    files_of(neighbour).take_in(path, CLERK, CODE)
    act = neighbour.acts(number, ReviewStarted("x"))
    neighbour.hands(number, TOWN)
    before = neighbour.history(number)
    assert {one.reason for one in neighbour.round().failures} == {"not_the_holder"}
    assert neighbour.history(number) == before
    assert neighbour.holder(number) == TOWN
    if is_settled:
        centre.settle(VILLAGE, act.epoch, act.seq)
        neighbour.round()
        assert neighbour.history(number) == [one for one in before if one != act.hash]
        return
    for desk in (town, neighbour, town):
        desk.round()
    assert neighbour.sync.status().set_aside == ()
    assert neighbour.history(number) == before == town.history(number)


def test_what_a_restored_counter_cannot_place_yet_comes_to_its_place_with_what_is_read_back(
    centre, town, neighbour, tmp_path
):
    city = Desk(centre, CITY)
    centre.names(town, neighbour, city)
    number = town.takes()
    town.hands(number, VILLAGE)
    for desk in (city, town, neighbour):
        desk.round()
    backup = neighbour.backup()
    neighbour.hands(number, CITY)
    for desk in (neighbour, city):
        desk.round()
    city.acts(number, ReviewStarted("x"))
    city.round()
    path = tmp_path / "case"
    files_of(city).export(number, path, CLERK, CODE)
    neighbour.restores(backup)
    assert files_of(neighbour).take_in(path, CLERK, CODE).waiting == 1
    assert neighbour.holder(number) == VILLAGE
    neighbour.round()
    assert neighbour.holder(number) == CITY
    assert neighbour.history(number) == city.history(number)


def test_the_way_out_is_on_record(town, given):
    with town.store.read() as uow:
        last = uow.journal.latest(CasesExported.__name__).read()
    assert (last["operator"], last["data"]["rows"], last["data"]["form"]) == (CLERK.login, 1, "case")


def test_a_key_that_the_directory_does_not_name_lets_the_case_wait(centre, town, given):
    number, path = given
    stranger = Desk(centre, VILLAGE)
    assert files_of(stranger).take_in(path, CLERK, CODE).waiting == 2
    assert stranger.holder(number) is None
    centre.names(town, stranger)
    stranger.round()
    assert stranger.holder(number) == VILLAGE


def test_an_entry_that_was_changed_by_who_wrote_the_file_is_never_part_of_a_view(village, given, tmp_path):
    number, path = given
    files = ZipCaseFiles(FakeCaseSeals())
    with files.opened(path, CODE) as file:
        head, entries = file.content.head, file.content.entries
    changed = [replace(entry, body=entry.body.replace("林", "陈")) for entry in entries]
    forged = tmp_path / "forged"
    files.write(forged, CODE, head, [SignedEntry(entry, bytes(32)) for entry in changed], [], lambda _digest: b"")
    assert files_of(village).take_in(forged, CLERK, CODE).waiting == 2
    assert village.holder(number) is None


def test_a_case_under_a_number_of_another_station_comes_neither_by_stick_nor_by_inbox(
    centre, town, neighbour, tmp_path
):
    number = case_number(neighbour.clock.now().date(), VILLAGE, neighbour.serial + 1)
    town.takes(number=number)
    path = tmp_path / "case"
    files_of(town).export(number, path, CLERK, CODE)
    with pytest.raises(BadCaseFile):
        files_of(neighbour).take_in(path, CLERK, CODE)
    with neighbour.store.write() as uow, town.store.read() as theirs:
        receiving = Receiving(neighbour.store, fake_verify)
        assert receiving.take(uow, [(entry, None) for entry in theirs.journal.of_case(number)]) == 1
        uow.commit()
    assert neighbour.sync.status().received_waiting == {Waits.UNREADABLE: 1}
    assert neighbour.takes() == number
    assert neighbour.holder(number) == VILLAGE


def test_nothing_of_the_case_is_readable_without_the_code(town, village, given, tmp_path):
    number = town.takes([PAGE])
    path = tmp_path / "sealed"
    service = CaseFileService(
        town.store, town.recorder, STATION, fake_verify, ZipCaseFiles(CodeCaseSeals()), town.images
    )
    code = service.new_code()
    service.export(number, path, CLERK, code)
    data = path.read_bytes()
    digest = hashlib.sha256(PAGE).hexdigest()
    for told in (PERSON.name.encode(), number.encode(), PAGE, digest.encode(), bytes.fromhex(digest), code.encode()):
        assert told not in data
    with pytest.raises(WrongFileCode):
        service.take_in(path, CLERK, service.new_code())
    assert service.take_in(path, CLERK, code).case == number


def test_a_wrong_code_changes_nothing_and_the_right_one_is_taken_afterwards(village, given):
    number, path = given
    before = village.backup()
    with pytest.raises(WrongFileCode):
        files_of(village).take_in(path, CLERK, "0000 0000 0000 0000")
    assert village.store.state == before
    assert files_of(village).take_in(path, CLERK, CODE).case == number


@pytest.mark.parametrize(
    ("member", "change", "fault"),
    [
        ("entries", lambda data: data[:-9], "changed"),
        ("entries", lambda _data: b"", "changed"),
        ("head", lambda data: data[:-1] + b"x", "changed"),
        ("images/", lambda data: data[:-1] + b"x", "changed"),
        ("case.json", lambda data: data.replace(b'"v": 1', b'"v": 9'), "newer"),
        ("case.json", lambda data: data.replace(b"lideng case", b"other"), "kind"),
        ("case.json", lambda data: data.replace(b'"code"', b'"none"'), "changed"),
    ],
)
def test_a_file_that_is_not_as_it_was_written_changes_nothing(village, given, tmp_path, member, change, fault):
    _number, path = given
    before = village.backup()
    with pytest.raises(BadCaseFile) as caught:
        files_of(village).take_in(altered(path, tmp_path, member, change), CLERK, CODE)
    assert caught.value.fault == fault
    assert village.store.state == before


def test_what_is_no_case_file_is_told_so(village, tmp_path):
    path = tmp_path / "x"
    path.write_bytes(b"no ZIP")
    with pytest.raises(BadCaseFile) as caught:
        files_of(village).take_in(path, CLERK, CODE)
    assert caught.value.fault == "kind"
    with pytest.raises(BadCaseFile):
        files_of(village).look(path, CLERK)


def test_a_case_file_is_known_before_anybody_is_asked_for_its_code(village, given, tmp_path):
    files_of(village).look(given[1], CLERK)
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("x", b"x")
    with pytest.raises(BadCaseFile):
        files_of(village).look(other, CLERK)


def test_who_handles_no_cases_takes_none_out_or_in(town, village, given, tmp_path):
    number, path = given
    nobody = Operator("x", "某", (Role.ADMINISTRATOR,))
    with pytest.raises(NotPermitted):
        files_of(town).export(number, tmp_path / "y", nobody, CODE)
    with pytest.raises(NotPermitted):
        files_of(village).take_in(path, nobody, CODE)
    with pytest.raises(NotPermitted):
        files_of(village).look(path, nobody)


def test_a_case_that_is_not_here_leaves_no_file(town, tmp_path):
    with pytest.raises(NotFound):
        files_of(town).export("20260518000731000197", tmp_path / "y", CLERK, CODE)
    assert not (tmp_path / "y").exists()


def altered(path, folder, member, change):
    """Return a copy of a file in which one member was changed."""
    target = folder / "altered"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            data = source.read(name)
            archive.writestr(name, change(data) if name.startswith(member) else data)
    return target
