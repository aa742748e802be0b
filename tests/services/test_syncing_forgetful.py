"""Sync with a centre that was restored from its backup and knows less than its stations."""

from dataclasses import replace

from app.services.snapshots import CaseMark
from app.services.sync_report import Contact
from tests.services.sync_desk import TOWN, VILLAGE, at_centre, converged, whole


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
