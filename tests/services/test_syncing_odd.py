"""Sync on bad days: cut links, killed programs, old backups, twins, a centre that forgot, clocks that are wrong.

Each ends as it is told here, with nothing lost; what cannot be mended by itself is told and the work goes on.
"""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.clock import parse_stamp
from app.domain.facts import ClockCorrected
from app.services import progress, sync_pushing
from app.services.ports import CENTRAL_SCHEMA, CHUNK, LARGEST_BODY
from app.services.snapshots import CaseMark
from app.services.sync_pushing import as_batch
from app.services.sync_report import Contact, SyncStep
from tests.services.sync_desk import TOWN, VILLAGE, Centre, Desk, FileDesk, at_centre

MOST_CALLS = 20


@pytest.fixture
def centre():
    return Centre()


@pytest.fixture
def town(centre):
    return Desk(centre, TOWN)


@pytest.fixture(params=["memory", "encrypted"])
def restorable(request, centre, tmp_path):
    """A town on each kind of store."""
    made = Desk(centre, TOWN) if request.param == "memory" else FileDesk(centre, tmp_path)
    yield made
    before = [made.history(number) for number in centre.state.cases], made.store.views.counts(made.clock.now())
    made.store.rebuild_views()
    assert before == (
        [made.history(number) for number in centre.state.cases],
        made.store.views.counts(made.clock.now()),
    )
    made.closes()


@pytest.fixture
def village(centre):
    return Desk(centre, VILLAGE)


def worked(centre, town, village):
    """Have something of everything wait: entries, an inbox, a bulletin, images of several chunks."""
    centre.names(town, village)
    village.hands(village.takes(), TOWN)
    village.round()
    number = town.takes([b"a" * CHUNK + b"b", b"c"])
    town.hands(number, VILLAGE)


def whole(desk):
    """Return the hashes of the own chain, with what was read back."""
    with desk.store.read() as uow:
        return [entry.hash for entry in uow.outbox.after(0, 0, 100)]


def converged(centre, *desks):
    """Tell whether the centre has all journals, and all parties of a case the same history of it."""
    for desk in desks:
        assert at_centre(centre, desk.code) == desk.chain()
    for number in centre.state.cases:
        histories = [desk.history(number) for desk in desks if desk.code in centre.parties(number)]
        assert all(history == histories[0] for history in histories), number


# --- cut links and killed programs --------------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["before", "after"])
def test_a_link_that_is_cut_at_any_call_loses_and_doubles_nothing(where):
    for cut in range(1, MOST_CALLS):
        centre = Centre()
        town, village = Desk(centre, TOWN), Desk(centre, VILLAGE)
        worked(centre, town, village)
        town.link.plan = {cut: where}
        result = town.round()
        if result.contact is Contact.ON_LINE:
            break
        assert result.contact is Contact.OFF_LINE
        assert town.round().contact is Contact.ON_LINE
        village.round()
        converged(centre, town, village)
        assert len(centre.state.blobs) == 2
        assert len(centre.state.inboxes[VILLAGE]) == 2
    assert cut > 10


class Killed(BaseException):
    """Ends a program between two steps, as a power cut does."""


def test_a_program_that_is_killed_between_any_two_steps_goes_on_where_it_stood():
    for last in range(1, 60):
        centre = Centre()
        town, village = Desk(centre, TOWN), Desk(centre, VILLAGE)
        worked(centre, town, village)
        if not killed_at(town, last):
            break
        town.starts()
        assert town.round().contact is Contact.ON_LINE
        village.round()
        converged(centre, town, village)
        assert len(centre.state.blobs) == 2
    assert last > 12


def killed_at(desk, last):
    """Run a round in which the ``last`` transaction is never committed and nothing comes after it."""
    real, count = desk.store.write, 0

    def write():
        nonlocal count
        count += 1
        if count == last:
            raise Killed
        return real()

    desk.store.write = write
    try:
        desk.round()
    except Killed:
        return True
    finally:
        desk.store.write = real
    return False


# --- old backups --------------------------------------------------------------------------------------------------


def test_a_station_restored_from_an_old_backup_reads_back_what_it_lost(centre, restorable, village):
    town = restorable
    centre.names(town, village)
    before = town.takes()
    town.round()
    backup = town.backup()
    lost, given = town.takes(), town.takes()
    town.hands(given, VILLAGE)
    town.round()
    town.restores(backup)
    after = town.takes()
    result = town.round()
    assert result.read_back == 3
    assert result.contact is Contact.ON_LINE
    assert [town.holder(number) for number in (before, lost, given, after)] == [TOWN, TOWN, VILLAGE, TOWN]
    centre.names(town, village)
    village.round()
    assert town.history(given) == village.history(given)
    with town.store.read() as uow:
        whole = [entry.hash for entry in uow.outbox.after(0, 0, 100)]
    assert at_centre(centre, TOWN) == whole
    assert town.mark(lost) is not CaseMark.HERE


def test_building_the_views_again_is_told_and_may_be_stopped_and_done_later(centre, tmp_path, monkeypatch):
    town = FileDesk(centre, tmp_path)
    monkeypatch.setattr(progress, "STEP", 1)
    backup = town.backup()
    lost = town.takes()
    town.round()
    town.restores(backup)
    steps = []

    def stop_at_the_views(told):
        steps.append(told.step)

    result = town.round(tell=stop_at_the_views, is_cancelled=lambda: SyncStep.VIEWS in steps)
    assert result.is_cancelled
    assert town.holder(lost) is None
    assert not town.round().failures
    assert town.holder(lost) == TOWN
    town.closes()


def test_an_entry_that_was_read_back_without_its_body_goes_to_a_centre_that_was_restored(centre, restorable, village):
    town = restorable
    centre.names(town, village)
    town.takes()
    town.round()
    backup, older = town.backup(), centre.backup()
    town.notes(text="x" * LARGEST_BODY)
    town.round()
    town.restores(backup)
    assert town.round().read_back == 1
    centre.restore(older)
    town.takes()
    assert town.round().contact is Contact.ON_LINE
    with town.store.read() as uow:
        whole = [entry.hash for entry in uow.outbox.after(0, 0, 100)]
    assert at_centre(centre, TOWN) == whole


def test_a_backup_that_is_restored_twice_loses_nothing_of_either_time(centre, restorable, village):
    town = restorable
    centre.names(town, village)
    town.takes()
    town.round()
    backup = town.backup()
    lost = town.takes()
    town.round()
    town.restores(backup, 70)
    once = town.takes()
    town.round()
    town.restores(backup, 90)
    twice = town.takes()
    result = town.round()
    assert result.contact is Contact.ON_LINE
    assert result.read_back == 3, "what the backup lacked, the first restore's opening and its case"
    assert [town.holder(number) for number in (lost, once, twice)] == [TOWN] * 3
    with town.store.read() as uow:
        whole = [entry.hash for entry in uow.outbox.after(0, 0, 100)]
    assert at_centre(centre, TOWN) == whole
    assert town.round().contact is Contact.ON_LINE


def test_what_a_restored_station_does_to_a_case_it_had_given_away_is_set_aside(centre, restorable, village):
    town = restorable
    centre.names(town, village)
    number = town.takes()
    town.round()
    backup = town.backup()
    town.hands(number, VILLAGE)
    town.round()
    village.round()
    town.restores(backup)
    town.hands(number, TOWN)
    result = town.round()
    assert [(one.item, one.reason) for one in result.failures] == [(number, "not_the_holder")]
    assert (town.holder(number), village.holder(number)) == (VILLAGE, VILLAGE)
    assert town.history(number) == village.history(number)


def test_reading_back_two_restores_goes_on_after_every_cut(centre, town, monkeypatch):
    monkeypatch.setattr(sync_pushing, "MOST_ENTRIES", 2)
    town.takes()
    town.round()
    backup = town.backup()
    numbers = [town.takes() for _ in range(4)]
    town.round()
    for epoch in (7, 9):
        town.restores(backup, epoch)
        numbers.append(town.takes())
        for _ in range(3):
            town.link.plan = {len(town.link.calls) + 3: "before"}
            town.round()
        town.link.plan.clear()
        assert town.round().contact is Contact.ON_LINE
    assert [town.holder(number) for number in numbers] == [TOWN] * 6


def test_what_a_restored_station_did_with_a_case_of_another_stands_where_the_case_was_in_its_hands(
    centre, restorable, village
):
    town = restorable
    centre.names(town, village)
    town.round()
    backup = town.backup()
    number = village.takes()
    village.hands(number, TOWN)
    village.round()
    town.round()
    town.notes(number)
    town.hands(number, VILLAGE)
    town.round()
    village.round()
    village.hands(number, TOWN)
    village.round()
    town.round()
    town.hands(number, VILLAGE)
    town.round()
    village.round()
    town.restores(backup)
    assert town.holder(number) is None
    assert town.round().contact is Contact.ON_LINE
    assert town.history(number) == village.history(number)
    assert len(town.history(number)) == 6
    assert (town.holder(number), village.holder(number)) == (VILLAGE, VILLAGE)
    centre.names(town, village)
    village.hands(number, TOWN)
    village.round()
    town.round()
    assert town.history(number) == village.history(number)
    town.hands(number, VILLAGE)
    town.round()
    village.round()
    assert town.history(number) == village.history(number)


def test_what_was_set_aside_before_a_restore_is_no_part_of_the_views_after_it(centre, restorable, village):
    town = restorable
    centre.names(town, village)
    number = town.takes()
    town.round()
    backup = town.backup()
    town.hands(number, VILLAGE)
    town.round()
    town.hands(number, TOWN)
    town.round()
    town.restores(backup)
    town.round()
    village.round()
    assert town.history(number) == village.history(number)
    assert town.holder(number) == VILLAGE


def test_reading_back_goes_on_after_a_cut_in_its_middle(centre, town):
    town.round()
    backup = town.backup()
    numbers = [town.takes() for _ in range(3)]
    town.round()
    town.restores(backup)
    town.link.plan = {2: "after", 4: "after"}
    for _ in range(2):
        assert town.round().contact is Contact.OFF_LINE
    assert town.round().contact is Contact.ON_LINE
    assert [town.holder(number) for number in numbers] == [TOWN] * 3


def test_a_centre_restored_from_its_own_backup_gets_everything_again(centre, town, village):
    centre.names(town, village)
    town.round()
    village.round()
    backup = centre.backup()
    number = town.takes([b"page"])
    town.hands(number, VILLAGE)
    town.round()
    village.round()
    centre.verify(TOWN)
    town.round()
    assert town.mark(number) is CaseMark.CONFIRMED
    centre.restore(backup)
    village.hands(number, TOWN)
    result = town.round()
    assert (result.pushed, result.images, result.sent_again) == (2, 1, 2)
    assert town.mark(number) is CaseMark.AT_CENTRE
    village.round()
    town.round()
    converged(centre, town, village)
    assert town.holder(number) == TOWN


def test_a_centre_restored_after_a_station_was_gets_what_the_station_had_read_back_too(centre, town):
    town.round()
    early, old = centre.backup(), town.backup()
    lost = town.takes()
    town.round()
    town.restores(old)
    town.round()
    assert town.holder(lost) == TOWN
    centre.restore(early)
    assert town.round().contact is Contact.ON_LINE
    with town.store.read() as uow:
        assert at_centre(centre, TOWN) == [entry.hash for entry in uow.outbox.after(0, 0, 100)]
    assert lost in centre.state.cases


def test_what_came_behind_the_end_that_a_restored_station_saw_is_read_back(centre, town):
    """A late push arrives between the greeting and the push of the new epoch, which saw the old one end before it."""
    town.takes()
    town.round()
    backup = town.backup()
    lost = town.takes()
    with town.store.read() as uow:
        late = as_batch(uow.outbox.after(1, 2, 10), set())
    town.restores(backup, 70)
    link, push = town.link, town.link.push

    def first_the_late_one(batch):
        link.push = push
        centre.connect(TOWN).push(late)
        return push(batch)

    link.push = first_the_late_one
    assert town.round().read_back == 1
    assert town.holder(lost) == TOWN
    assert at_centre(centre, TOWN) == whole(town)
    assert town.round().read_back == 0


def test_a_copy_that_is_restored_reads_back_what_its_twin_sent(centre, town):
    """The centre's head is in the backup of the copy, what stands before it is not."""
    town.takes()
    town.round()
    backup = town.backup()
    lost = town.takes()
    town.round()
    town.restores(backup, 70)
    sent = town.backup()
    town.round()
    town.restores(sent)
    result = town.round()
    assert (result.contact, result.read_back) == (Contact.ON_LINE, 1)
    assert town.holder(lost) == TOWN
    assert at_centre(centre, TOWN) == whole(town)


def test_a_centre_that_forgot_an_epoch_is_looked_behind_again(centre, town):
    town.takes()
    town.round()
    forgets, backup = centre.backup(), town.backup()
    town.restores(backup, 70)
    town.round()
    with town.store.read() as uow:
        assert uow.outbox.state().whole_until == 70
    centre.restore(forgets)
    town.link.plan = {3: "before"}  # the push, after the greeting and a look at the quarantine
    town.link.calls.clear()
    town.round()
    with town.store.read() as uow:
        assert uow.outbox.state().whole_until == 1
    town.round()
    with town.store.read() as uow:
        assert uow.outbox.state().whole_until == 70
    assert at_centre(centre, TOWN) == whole(town)


def test_a_bulletin_counts_as_newer_by_its_time_whatever_its_version_is(centre, town, village):
    """A centre that was restored counts versions from an earlier one again."""
    backup, versions = centre.backup(), dict(centre.versions)
    centre.names(town)
    centre.names(town)
    town.round()
    centre.restore(backup)
    centre.versions = versions
    centre.names(town, village)
    assert town.round().bulletins == 1
    with town.store.read() as uow:
        assert uow.directory.get(VILLAGE).code == VILLAGE


def test_an_older_bulletin_that_is_published_again_changes_nothing(centre, town, village):
    centre.names(town)
    older = centre.state.bulletins[-1]
    centre.names(town, village)
    town.round()
    newer = centre.state.bulletins[-1]
    centre.state.bulletins.append(replace(older, n=newer.n + 1, version=newer.version + 1, signature=older.signature))
    assert town.round().bulletins == 0
    with town.store.read() as uow:
        assert uow.directory.get(VILLAGE).code == VILLAGE


def test_what_a_station_did_with_a_case_that_a_restored_centre_had_forgotten_to_be_there_comes_back(
    centre, restorable, village
):
    """The centre knows the case, but not any more that it was handed over; the taker meets it first."""
    town = restorable
    centre.names(town, village)
    number = village.takes()
    village.round()
    forgets = centre.backup()
    village.hands(number, TOWN)
    village.round()
    town.round()
    centre.restore(forgets)
    town.hands(number, VILLAGE)
    assert [one.reason for one in town.round().failures] == ["not_the_holder"]
    village.round()
    town.round()
    village.round()
    assert town.history(number) == village.history(number)
    assert (town.holder(number), village.holder(number)) == (VILLAGE, VILLAGE)
    assert town.sync.status().set_aside == ()


def test_an_entry_that_stands_where_another_one_was_known_is_told(centre, town, village):
    """Two machines of one station: the centre took the one's entries, was restored, and took the other's."""
    centre.names(town, village)
    town.round()
    village.round()
    forgets, twin = centre.backup(), town.twin()
    first = town.takes()
    town.hands(first, VILLAGE)
    town.round()
    village.round()
    centre.restore(forgets)
    twin.serial = 7
    second = twin.takes()
    twin.hands(second, VILLAGE)
    twin.round()
    result = village.round()
    assert [(one.item, one.reason) for one in result.failures if one.reason == "contradicts"] == [
        (second, "contradicts")
    ] * 2
    assert village.holder(first) == VILLAGE


# --- twins --------------------------------------------------------------------------------------------------------


def test_two_machines_with_the_same_station_are_told_and_both_work_on(centre, town, village):
    centre.names(town, village)
    town.round()
    twin = town.twin()
    town.takes()
    town.round()
    number = twin.takes()
    for _ in range(2):
        result = twin.round()
        assert (result.contact, type(result.error).__name__) == (Contact.FAILING, "ChainForked")
    assert twin.holder(number) == TOWN
    assert twin.mark(number) is CaseMark.HERE
    assert at_centre(centre, TOWN) == town.chain()
    given = village.takes()
    village.hands(given, TOWN)
    village.round()
    assert twin.round().received == 2
    assert town.round().contact is Contact.ON_LINE


def test_a_machine_that_was_set_back_without_a_restore_is_told_before_it_goes_on(centre, town):
    town.round()
    old = town.twin()
    town.takes()
    town.round()
    result = old.round()
    assert type(result.error).__name__ == "ChainForked"
    assert old.length() == town.length() - 1


# --- time and versions --------------------------------------------------------------------------------------------


def test_a_station_that_was_away_for_a_year_catches_up_in_one_round(centre, town, village):
    centre.names(town, village)
    town.round()
    for _ in range(30):
        village.hands(village.takes(), TOWN)
    village.round()
    centre.at += timedelta(days=365)
    town.clock.pass_by(timedelta(days=365))
    kept = town.takes()
    result = town.round()
    assert (result.received, result.contact) == (60, Contact.ON_LINE)
    assert town.store.views.counts(town.clock.now()).open == 31
    assert town.mark(kept) is CaseMark.AT_CENTRE


@pytest.mark.parametrize("years", [10, -10])
def test_a_clock_that_is_ten_years_off_follows_the_centre_and_says_so(centre, years):
    town = Desk(centre, TOWN, at=centre.at + timedelta(days=365 * years))
    town.takes()
    assert town.round().clock_moved_s == pytest.approx(-years * 365 * 86400, abs=60)
    entry = town.notes()
    assert abs(parse_stamp(entry.read()["at"]) - centre.at) < timedelta(seconds=10)
    with town.store.read() as uow:
        corrected = uow.journal.latest(ClockCorrected.__name__).read()
    assert (corrected["operator"], corrected["data"]["reason"]) == ("system", "centre")
    assert town.round().contact is Contact.ON_LINE
    assert at_centre(centre, TOWN) == town.chain()
    assert town.length() == 4


def test_a_clock_within_two_seconds_is_left_alone(centre):
    town = Desk(centre, TOWN, at=centre.at + timedelta(seconds=1.5))
    town.round()
    assert town.length() == 1


def test_a_centre_of_another_version_is_told_and_nothing_is_sent(centre, town):
    centre.schema = CENTRAL_SCHEMA + 1
    number = town.takes()
    result = town.round()
    assert (result.contact, type(result.error).__name__) == (Contact.FAILING, "CentralVersion")
    assert (result.error.theirs, result.error.ours) == (CENTRAL_SCHEMA + 1, CENTRAL_SCHEMA)
    centre.schema = CENTRAL_SCHEMA
    assert town.round().contact is Contact.ON_LINE
    assert town.mark(number) is CaseMark.AT_CENTRE
