"""Two machines that used one station: which goes on, how the other parts from it, and that nothing of either is lost."""

import json

import pytest

from app.demonstration import CLERK, STATION, SUPERVISOR
from app.domain.facts import EntrySetApart, EpochOpened, StationSetUp, read_fact
from app.domain.journal import checked
from app.domain.numbering import case_number, daily_sequence, daily_series
from app.services.epochs import EPOCH_STEP, ensure_epoch
from app.services.errors import NotForked, NotPermitted
from app.services.ports import Aside, InboxPlace
from app.services.recording import Recorder, load_station
from app.services.snapshots import CaseMark
from app.services.sync_report import Contact
from app.services.twins import TwinService
from tests.domain.samples import ITEM
from tests.fakes.keys import DrawnSigningKeys, FakeStationKey
from tests.services.sync_desk import TOWN, VILLAGE, Desk, FileDesk, at_centre, whole

REASON = "两台电脑用了同一个窗口"
PAGE = b"page of the twin"


@pytest.fixture(params=["memory", "encrypted"])
def machines(request, centre, tmp_path):
    """A town and a copy of its PC; both have worked on, and the first one reached the centre before the other."""
    town = Desk(centre, TOWN) if request.param == "memory" else FileDesk(centre, tmp_path)
    centre.names(town)
    with town.store.write() as uow:
        uow.items.publish([ITEM])
        uow.commit()
    older = town.takes()
    town.round()
    twin = twin_of(town, tmp_path)
    theirs = town.takes()
    town.round()
    yield town, twin, older, theirs
    for one in (town, twin):
        before = [one.history(number) for number in centre.state.cases]
        one.store.rebuild_views()
        assert before == [one.history(number) for number in centre.state.cases]
        one.closes()


def twin_of(desk, folder):
    """Return a second machine with a copy of the store and of the key."""
    if isinstance(desk, FileDesk):
        (folder / "twin").mkdir()
        twin = desk.copied_to(folder / "twin")
    else:
        twin = desk.twin()
    twin.recorder = Recorder(desk.clock, desk.recorder._key, desk.code)
    twin.starts()
    return twin


def parts(desk, by=CLERK):
    """Let a machine part from the other, with the key that is drawn for it."""
    keys = DrawnSigningKeys(b"")
    parted = TwinService(desk.store, desk.recorder, keys, "x", lambda: desk.link).part(by, REASON)
    desk.keys = {**desk.keys, parted.epoch: desk.recorder.public_key}
    return parted


def set_apart(desk):
    with desk.store.read() as uow:
        facts = [read_fact(entry.read()) for entry in uow.journal.entries()]
    return [fact for fact in facts if isinstance(fact, EntrySetApart)]


def test_the_second_machine_goes_on_from_what_the_centre_has_and_keeps_every_entry_of_its_own(centre, machines):
    town, twin, older, theirs = machines
    mine = twin.takes([PAGE])
    twin.notes(older)
    tail = [entry for entry in own_entries(twin) if entry.seq > 2]
    assert type(twin.round().error).__name__ == "ChainForked"
    parted = parts(twin)
    assert (parted.entries, parted.drafts, parted.older) == (2, 1, (older,))
    assert [(one.body, one.hash, one.signature) for one in set_apart(twin)] == [
        (entry.body, entry.hash.hex(), entry.signature.hex()) for entry in tail
    ]
    result = twin.round()
    assert (result.contact, result.read_back) == (Contact.ON_LINE, 1)
    assert twin.history(theirs) == town.history(theirs)
    kept = [stored.body for stored in centre.journal_of(TOWN) if stored.body and "EntrySetApart" in stored.body]
    assert [json.loads(body)["data"]["body"] for body in kept] == [entry.body for entry in tail]
    assert mine == theirs  # both gave out the same number, so the second case is entered anew
    assert twin.mark(older) is not CaseMark.HERE
    assert [(one.case_number, one.kind) for one in twin.sync.status().set_aside] == [(older, Aside.PARTED)]


def own_entries(desk):
    with desk.store.read() as uow:
        return list(uow.journal.entries())


def test_a_case_that_the_second_machine_began_waits_as_a_draft_that_is_entered_late(centre, machines):
    _town, twin, _older, _theirs = machines
    twin.takes([PAGE], note="村口")
    received = own_entries(twin)[-1]
    parts(twin)
    (row,) = twin.store.views.drafts(10)
    with twin.store.read() as uow:
        draft = uow.drafts.get(row.draft_id)
        assert uow.blobs.get(draft.application.materials["id_card"].pages[0].digest) == PAGE
    fact = read_fact(received.read())
    late = draft.application.late
    assert (late.reason, late.paper_number) == (REASON, fact.receipt.text)
    assert late.received_at.isoformat(timespec="milliseconds") == received.read()["at"]
    assert (draft.application.applicant, draft.application.form) == (fact.applicant, {"note": "村口"})
    assert draft.operator == "somebody"


def test_pages_of_entries_that_were_set_apart_are_not_swept_away(machines):
    _town, twin, _older, _theirs = machines
    twin.takes([PAGE])
    parts(twin)
    (row,) = twin.store.views.drafts(10)
    with twin.store.write() as uow:
        uow.drafts.discard(row.draft_id)
        assert uow.blobs.unnamed() == []
        uow.commit()


def test_a_copy_that_was_restored_and_gave_out_a_number_again_is_told_and_parts(machines):
    """Its new epoch follows an entry that both have, so that it looks like a counter that lost its last entries."""
    town, twin, _older, theirs = machines
    twin.restores(twin.backup(), 70)
    twin.takes(number=theirs, note="of the copy")
    assert type(twin.round().error).__name__ == "ChainForked"
    assert parts(twin).drafts == 1
    assert twin.round().contact is Contact.ON_LINE
    assert twin.history(theirs) == town.history(theirs)


# --- a machine that knows nothing of the one before ------------------------------------------------------------


@pytest.fixture
def replaced(machines, centre, tmp_path):
    """The town's PC is lost without a backup: a new one was set up under its number, and a case was taken in there."""
    town, _twin, *_numbers = machines
    kind = FileDesk if isinstance(town, FileDesk) else Desk

    class Fresh(kind):
        @staticmethod
        def make_key(seed):
            return kind.make_key(b"n" + seed[1:])

    (tmp_path / "new").mkdir()
    fresh = Fresh(centre, tmp_path / "new") if kind is FileDesk else Fresh(centre, TOWN)
    with fresh.store.write() as uow:
        uow.items.publish([ITEM])
        fresh.recorder.record(uow, "somebody", StationSetUp(STATION), fresh.recorder.now())
        uow.commit()
    fresh.takes()
    yield fresh
    fresh.closes()


def test_a_new_machine_goes_on_behind_all_that_the_lost_one_had_sent(centre, machines, replaced):
    town, _twin, older, theirs = machines
    assert type(replaced.round().error).__name__ == "ChainForked"
    assert parts(replaced).drafts == 1
    result = replaced.round()
    assert (result.contact, result.read_back) == (Contact.ON_LINE, len(town.chain()))
    assert [replaced.history(one) for one in (older, theirs)] == [town.history(one) for one in (older, theirs)]
    replaced.notes(older)
    assert replaced.round().contact is Contact.ON_LINE
    assert replaced.mark(older) is not CaseMark.HERE
    with replaced.store.write() as uow:
        assert uow.numbers.next(daily_series(theirs)) > daily_sequence(theirs)
    entries = list(checked(own_entries(replaced), replaced.verify))
    assert entries[0].epoch > 1


def test_who_and_where_it_is_stays_as_it_was_set_up_there(replaced):
    parts(replaced)
    assert load_station(replaced.store) == STATION


def test_both_machines_can_part_in_turn_and_the_case_that_the_centre_has_stands(centre, machines):
    town, twin, _older, _theirs = machines
    twin.takes()
    parts(twin)
    again = twin.takes()
    assert not twin.round().failures
    last = town.takes()
    assert type(town.round().error).__name__ == "ChainForked"
    town.clock.pass_by(EPOCH_STEP)
    assert parts(town).drafts == 1
    assert not town.round().failures
    assert town.history(again) == twin.history(again) != []
    assert at_centre(centre, TOWN)[-1] == own_entries(town)[-1].hash
    assert last == again  # the second one is a draft now


def test_numbers_that_the_other_machine_may_have_given_out_are_skipped(machines):
    _town, twin, _older, _theirs = machines
    used = [twin.takes() for _ in range(3)]
    parts(twin)
    with twin.store.write() as uow:
        assert uow.numbers.next(daily_series(used[0])) > max(daily_sequence(number) for number in used)


def test_a_machine_with_nothing_of_its_own_parts_too(centre, machines):
    town, twin, _older, theirs = machines
    assert parts(twin).entries == 0
    assert not twin.round().failures
    assert twin.history(theirs) == town.history(theirs)


class PowerCut(BaseException):
    """Ends a program between two steps."""


@pytest.mark.parametrize("kind", ["memory", "encrypted"])
def test_who_restored_an_older_backup_and_then_a_newer_one_with_what_never_synced_goes_on(centre, tmp_path, kind):
    """The centre took an epoch behind the older backup, so that it takes nothing more of the one before."""
    town = Desk(centre, TOWN) if kind == "memory" else FileDesk(centre, tmp_path)
    with town.store.write() as uow:
        uow.items.publish([ITEM])
        uow.commit()
    older = town.takes()
    town.round()
    first = town.backup()
    unsent = town.takes()
    second = town.backup()
    town.restores(first, 50)
    between = town.takes(number=number_of(town, 300))
    assert town.round().contact is Contact.ON_LINE
    town.restores(second, 60)
    latest = town.takes(number=number_of(town, 600))
    result = town.round()
    assert (type(result.error).__name__, result.read_back) == ("ChainForked", 2)
    mine = [entry for entry in own_entries(town) if (entry.epoch, entry.seq) > (1, 2)]
    parted = parts(town)
    assert (parted.entries, parted.drafts, parted.epoch > 60) == (len(mine), 2, True)
    assert [one.hash for one in set_apart(town)] == [entry.hash.hex() for entry in mine]
    assert town.round().contact is Contact.ON_LINE
    assert at_centre(centre, TOWN) == whole(town)
    assert [town.holder(number) for number in (older, between)] == [TOWN] * 2
    assert [town.holder(number) for number in (unsent, latest)] == [None] * 2, "they wait as drafts"
    town.closes()


def test_who_restored_a_backup_of_an_epoch_that_the_centre_has_nothing_of_goes_on(centre, town):
    """A backup was restored, nothing synced; it was restored again and synced; then one of the time between."""
    older = town.takes()
    town.round()
    first = town.backup()
    town.restores(first, 50)
    between = town.backup()
    town.restores(first, 55)
    town.takes(number=number_of(town, 300))
    assert town.round().contact is Contact.ON_LINE
    town.restores(between, 60)
    assert type(town.round().error).__name__ == "ChainForked"
    assert parts(town).entries == 2, "the beginnings of two epochs"
    assert town.round().contact is Contact.ON_LINE
    assert at_centre(centre, TOWN) == whole(town)
    assert town.holder(older) == TOWN


def number_of(desk, serial):
    return case_number(desk.clock.now().date(), desk.code, serial)


def test_a_crash_before_it_has_parted_leaves_it_to_be_done_again(centre, machines):
    town, twin, _older, theirs = machines
    mine = twin.takes()
    keys, real = DrawnSigningKeys(b""), twin.store.write
    calls = iter([real, None])

    def write():
        step = next(calls)
        if step is None:
            raise PowerCut
        return step()

    twin.store.write = write
    with pytest.raises(PowerCut):
        TwinService(twin.store, twin.recorder, keys, "x", lambda: twin.link).part(CLERK, REASON)
    twin.store.write = real
    twin.recorder = Recorder(twin.clock, FakeStationKey(keys.seed), TOWN)
    ensure_epoch(twin.store, twin.recorder, "x")
    twin.starts()
    assert twin.holder(mine) == TOWN
    assert type(twin.round().error).__name__ == "ChainForked"
    assert parts(twin).drafts == 1
    assert not twin.round().failures
    assert twin.history(theirs) == town.history(theirs)


def test_who_is_no_twin_does_not_part(machines):
    town, _twin, _older, _theirs = machines
    before = own_entries(town)
    with pytest.raises(NotForked):
        parts(town)
    assert own_entries(town) == before


def test_only_an_administrator_lets_a_machine_part(machines):
    _town, twin, _older, _theirs = machines
    with pytest.raises(NotPermitted):
        parts(twin, SUPERVISOR)


def test_the_other_station_takes_the_new_epoch_in(centre, machines):
    _town, twin, _older, _theirs = machines
    village = Desk(centre, VILLAGE)
    twin.takes()
    parts(twin)
    given = twin.takes()
    twin.hands(given, VILLAGE)
    assert not twin.round().failures
    centre.names(twin, village)
    village.round()
    assert village.holder(given) == VILLAGE
    assert all("EntrySetApart" not in one.entry.body for one in village.link.pull(InboxPlace(), 100).entries)


def test_the_new_epoch_names_the_last_entry_that_both_have(machines):
    _town, twin, _older, _theirs = machines
    twin.takes()
    parts(twin)
    entries = own_entries(twin)
    (opened,) = [one for one in entries if one.read()["kind"] == EpochOpened.__name__ and one.epoch > 1]
    assert read_fact(opened.read()).previous_hash == entries[1].hash.hex()
    assert read_fact(opened.read()).reason == "parted"
    assert read_fact(opened.read()).vouched_by, "the key that both machines had"
