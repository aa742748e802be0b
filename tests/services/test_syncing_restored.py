"""Sync of stations that were restored from an old backup: what they lost comes back, in its place."""

from app.domain.facts import FormPrepared, NumberedPaper
from app.domain.paper import PaperKind
from app.services import progress, sync_pushing
from app.services.ports import LARGEST_BODY, Waits
from app.services.snapshots import CaseMark
from app.services.sync_packing import as_batch
from app.services.sync_report import Contact, SyncStep
from tests.services.sync_desk import CITY, TOWN, VILLAGE, FileDesk, at_centre, whole

SERIES = "云溪3/mandate/2026"


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


def test_a_paper_number_that_a_restored_station_gave_out_again_is_told_and_the_next_one_is_free(centre, restorable):
    town = restorable
    number = town.takes()
    town.round()
    backup = town.backup()
    prepares(town, number)
    town.round()
    town.restores(backup, 70)
    again = prepares(town, number)
    assert town.round().contact is Contact.ON_LINE
    told = [(one.epoch, one.seq, one.case_number, one.reason) for one in town.sync.status().set_aside]
    assert told == [(again.epoch, again.seq, number, "number_twice")]
    with town.store.write() as uow:
        assert uow.numbers.next(SERIES) == 2
    assert town.round().contact is Contact.ON_LINE
    assert len(town.sync.status().set_aside) == 1
    assert (town.holder(number), town.mark(number)) == (TOWN, CaseMark.AT_CENTRE)


def prepares(desk, case):
    """Give the first paper of a series its number."""
    fact = FormPrepared(PaperKind.MANDATE, NumberedPaper(SERIES, 1, "委托书〔2026〕1号"), "委托书", {})
    with desk.store.write() as uow:
        entry = desk.recorder.record(uow, "somebody", fact, desk.clock.now(), number=case)
        uow.commit()
    return entry


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


def test_what_waited_for_its_key_comes_between_what_a_restored_station_read_back_and_did_since(
    centre, restorable, village
):
    town = restorable
    number = town.takes()
    backup = town.backup()
    town.hands(number, VILLAGE)
    town.round()
    village.knows(town)
    village.round()
    village.hands(number, TOWN)
    village.round()
    centre.enrol(CITY)
    town.restores(backup)
    town.hands(number, CITY)
    assert town.round().read_back == 1
    assert town.sync.status().received_waiting == {Waits.KEY: 1}
    centre.names(town, village)
    for desk in (town, village, town):
        desk.round()
    assert town.sync.status().received_waiting == {}
    assert town.history(number) == village.history(number)
    assert town.holder(number) == village.holder(number) == CITY


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
