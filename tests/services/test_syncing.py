"""Sync on ordinary days: what goes, what comes, what is told, and what is never sent twice."""

import hashlib
from datetime import timedelta

import pytest

from app.demonstration import CLERK, SUPERVISOR
from app.domain.clock import parse_stamp
from app.domain.facts import FACTS, ReviewStarted
from app.services.errors import (
    CentralUnavailable,
    ImageElsewhere,
    NotFound,
    NotPermitted,
)
from app.services.ports import CHUNK, LARGEST_BODY, MOST_ENTRIES, Aside, Waits
from app.services.snapshots import CaseMark
from app.services.sync_report import Contact, SyncStep
from app.services.sync_rhythm import FIRST_S, LONGEST_S, USUAL_S
from app.services.syncing import SyncOptions
from app.storage.store import create_store
from tests.fakes.pinyin import FewReadings
from tests.services.sync_desk import CITY, TOWN, VILLAGE, Desk, at_centre

OLD = timedelta(days=40)


def test_a_case_that_is_handed_over_is_there_after_one_round_of_each(centre, town, village):
    centre.names(town, village)
    number = town.takes()
    town.hands(number, VILLAGE)
    assert town.round().pushed == town.length()
    assert village.round().received == 2
    assert village.holder(number) == VILLAGE
    village.hands(number, TOWN)
    village.round()
    assert town.round().received == 1
    assert town.holder(number) == TOWN
    assert town.history(number) == village.history(number)


def test_a_round_asks_only_for_what_the_greeting_says_there_is(centre, town, village):
    centre.names(town, village)
    town.hands(town.takes(), VILLAGE)
    town.round()
    village.round()
    for _ in range(2):
        before = len(village.link.calls)
        village.round()
    assert village.link.calls[before:] == ["hello"]
    town.hands(town.takes(), VILLAGE)
    town.round()
    village.round()
    assert "pull" in village.link.calls[before + 1 :]


def test_a_kept_connection_that_died_meanwhile_costs_no_round(town):
    town.round()
    town.takes()
    town.link.plan[len(town.link.calls) + 1] = "before"
    assert town.round().contact is Contact.ON_LINE
    town.link.plan |= {len(town.link.calls) + call: "before" for call in (1, 2)}
    assert town.round().contact is Contact.OFF_LINE


def test_it_goes_the_same_way_on_the_encrypted_store(centre, village, tmp_path):
    store = create_store(tmp_path / "station.db", bytes(32), FewReadings())
    town = Desk(centre, TOWN, store)
    centre.names(town, village)
    number = town.takes([b"page" * CHUNK])
    town.hands(number, VILLAGE)
    assert town.round().images == 1
    village.round()
    village.hands(number, TOWN)
    village.round()
    assert town.round().contact is Contact.ON_LINE
    assert (town.holder(number), town.mark(number)) == (TOWN, CaseMark.AT_CENTRE)
    assert town.history(number) == village.history(number)
    assert (town.sync.status().entries_waiting, town.sync.status().images_waiting) == (0, 0)
    before = town.store.views.case(number)
    town.store.rebuild_views()
    assert town.store.views.case(number) == before
    store.close()


def test_a_second_round_sends_nothing_again(centre, town):
    centre.names(town)
    town.takes([b"page"])
    first = town.round()
    assert (first.contact, first.images, first.failures) == (Contact.ON_LINE, 1, ())
    again = town.round()
    assert (again.pushed, again.images, again.bulletins, again.received) == (0, 0, 0, 0)
    assert at_centre(centre, TOWN) == town.chain()


def test_entries_go_in_batches_and_progress_is_told(centre, town):
    for _ in range(MOST_ENTRIES + 5):
        town.notes()
    told = []
    town.round(tell=told.append)
    pushes = [call for call in town.link.calls if call == "push"]
    assert len(pushes) == 2
    entries = [one for one in told if one.step is SyncStep.ENTRIES and one.total]
    total = town.length()
    assert [(one.done, one.total) for one in entries] == [(0, total), (500, total), (total, total)]
    assert {one.step for one in told} == set(SyncStep) - {SyncStep.READING_BACK, SyncStep.VIEWS}


def test_a_cancelled_round_keeps_what_it_did_and_the_next_goes_on(centre, town):
    for _ in range(MOST_ENTRIES + 5):
        town.notes()
    result = town.round(is_cancelled=lambda: town.link.calls.count("push") == 1)
    assert (result.is_cancelled, result.pushed, result.contact) == (True, 500, Contact.ON_LINE)
    assert town.round().pushed == town.length() - 500
    assert at_centre(centre, TOWN) == town.chain()


def test_the_mark_of_a_case_goes_from_here_to_confirmed(centre, town):
    number = town.takes()
    assert town.mark(number) is None
    town.round()
    assert town.mark(number) is CaseMark.AT_CENTRE
    town.notes(number)
    assert town.mark(number) is CaseMark.HERE
    town.round()
    centre.verify(TOWN)
    town.round()
    assert town.mark(number) is CaseMark.CONFIRMED


def test_every_entry_stands_between_two_words_of_the_centre(centre, town):
    town.round()
    centre.at += timedelta(minutes=1)
    town.clock.pass_by(timedelta(minutes=1))
    entry = town.notes()
    anchor = entry.read()["anchor"]
    assert len(anchor["nonce"]) == 64
    town.round()
    with town.store.read() as uow:
        not_after = uow.outbox.received_at(1, entry.seq)
    assert parse_stamp(anchor["at"]) < not_after
    assert not_after - parse_stamp(anchor["at"]) < timedelta(minutes=2)


# --- what the centre cannot take ----------------------------------------------------------------------------------


def test_what_is_too_large_goes_without_its_body_and_blocks_nothing(centre, town):
    number = town.takes(note="长" * LARGEST_BODY)
    town.notes()
    result = town.round()
    assert result.contact is Contact.ON_LINE
    assert [(one.item, one.reason) for one in result.failures] == [(number, "too_large")]
    assert at_centre(centre, TOWN) == town.chain()
    assert town.mark(number) is CaseMark.HERE
    assert [one.kind for one in town.sync.status().set_aside] == [Aside.WITHHELD]
    assert town.round().failures == ()


def test_one_unreadable_entry_among_many_is_found_and_only_it_is_withheld(centre, town):
    for _ in range(40):
        town.notes()
    town.notes(text="\x00")
    for _ in range(40):
        town.notes()
    town.round()
    bodies = [stored.body for stored in centre.journal_of(TOWN)]
    assert [seq for seq, body in enumerate(bodies, start=1) if body is None] == [42]
    assert at_centre(centre, TOWN) == town.chain()
    assert town.link.calls.count("push") < 20


def test_what_the_centre_fails_at_round_after_round_is_found_too_and_blocks_nothing(centre, town):
    town.round()
    bad = town.notes(text="strange").seq
    town.notes()
    real = town.link._central.push

    def push(batch):
        if any(one.body and "strange" in one.body for one in batch.entries):
            raise CentralUnavailable("failed")
        return real(batch)

    town.link._central.push = push
    for _ in range(3):
        assert town.round().contact is Contact.FAILING
    result = town.round()
    assert [one.reason for one in result.failures] == ["unreadable"]
    assert at_centre(centre, TOWN) == town.chain()
    assert [stored.seq for stored in centre.journal_of(TOWN) if stored.body is None] == [bad]


def test_a_centre_that_fails_at_everything_gets_nothing_withheld(centre, town):
    town.round()
    town.notes()

    def push(_batch):
        raise CentralUnavailable("failed")

    real, town.link._central.push = town.link._central.push, push
    for _ in range(6):
        assert town.round().contact is Contact.FAILING
    town.link._central.push = real
    assert town.round().contact is Contact.ON_LINE
    assert all(stored.body for stored in centre.journal_of(TOWN))


def test_a_header_names_the_hand_over_by_which_its_station_got_the_case(centre, town, village):
    centre.names(town, village)
    number = town.takes()
    given = town.hands(number, VILLAGE)
    for desk in (town, village):
        desk.round()
    back = village.hands(number, TOWN)
    for desk in (village, town):
        desk.round()
    again = town.hands(number, VILLAGE)
    headers = [one.read()["header"] for one in (given, back, again)]
    assert [header.get("came_by") for header in headers] == [None, given.hash.hex(), back.hash.hex()]


def test_what_breaks_custody_is_told_and_leaves_the_views_here_too(centre, town, village):
    centre.names(town, village)
    number = town.takes()
    backup = town.backup()
    town.hands(number, VILLAGE)
    town.round()
    town.restores(backup)
    town.hands(number, CITY)
    result = town.round()
    assert [(one.item, one.reason) for one in result.failures] == [(number, "not_the_holder")]
    village.round()
    assert (town.holder(number), village.holder(number)) == (VILLAGE, VILLAGE)
    assert town.history(number) == village.history(number)
    assert set(town.chain()) < set(at_centre(centre, TOWN))


# --- what comes ---------------------------------------------------------------------------------------------------


def test_entries_of_an_unknown_key_wait_until_the_directory_names_it(centre, town, village):
    number = town.takes()
    town.hands(number, VILLAGE)
    town.round()
    assert village.round().received == 2
    assert village.holder(number) is None
    assert village.sync.status().received_waiting == {Waits.KEY: 1, Waits.ORDER: 1}
    centre.names(town, village)
    village.round()
    assert village.holder(number) == VILLAGE
    assert village.sync.status().received_waiting == {}


def test_an_entry_that_its_station_did_not_sign_is_never_part_of_a_view(centre, town, village):
    centre.names(town, village)
    number = town.takes()
    town.hands(number, VILLAGE)
    town.round()
    stored = centre.state.journal[TOWN, 1, 3]
    stored.signature = bytes(64)
    village.round()
    assert village.holder(number) == TOWN
    assert village.sync.status().received_waiting == {Waits.SIGNATURE: 1}


def test_a_newer_programs_fact_waits_for_the_program_and_holds_up_only_its_case(centre, town, village, monkeypatch):
    centre.names(town, village)
    first, second = town.takes(), town.takes()
    town.acts(first, ReviewStarted("x"))
    for number in (first, second):
        town.hands(number, VILLAGE)
    town.round()
    with monkeypatch.context() as older:
        older.delitem(FACTS, ReviewStarted.__name__)
        village.round()
        assert (village.holder(first), village.holder(second)) == (TOWN, VILLAGE)
        assert village.sync.status().received_waiting == {Waits.KIND: 1, Waits.ORDER: 1}
    village.starts()
    village.round()
    assert village.holder(first) == VILLAGE
    assert village.history(first) == town.history(first)


def test_bulletins_are_taken_in_once_and_a_broken_one_changes_nothing(centre, town):
    centre.says("CALENDAR", b"2027")
    centre.names(town)
    assert town.round().bulletins == 2
    centre.says("CALENDAR", b"forged", bytes(32))
    centre.says("FASHION", b"?")
    centre.says("stations", b"{no json")
    result = town.round()
    assert town.took["CALENDAR"] == b"2027"
    told = [(one.item, one.reason) for one in result.failures]
    assert told == [("CALENDAR", "forged"), ("FASHION", "strange"), ("stations", "broken")]
    assert (result.contact, result.bulletins) == (Contact.ON_LINE, 0)
    assert town.round().failures == result.failures
    with town.store.read() as uow:
        assert uow.directory.get(TOWN).code == TOWN


# --- images -------------------------------------------------------------------------------------------------------


def test_images_follow_small_cases_first_and_only_missing_chunks_go(centre, town):
    large, small = b"a" * CHUNK + b"b" * CHUNK + b"c", b"small"
    town.takes([large])
    town.takes([small])
    town.centre.connect(TOWN).put_chunk(b"a" * CHUNK)
    result = town.round()
    assert (result.images, result.image_bytes) == (2, CHUNK + 1 + len(small))
    assert {hashlib.sha256(one).digest() for one in (large, small)} == {
        digest for _station, digest in centre.state.blobs
    }
    assert town.sync.status().images_waiting == 0


def test_only_an_administrator_changes_what_images_may_take_and_how_long_they_stay(town):
    with pytest.raises(NotPermitted):
        town.sync.keep_options(SyncOptions(image_kib_s=64, image_days=1), SUPERVISOR)
    assert town.sync.options() == SyncOptions()


def test_images_keep_to_the_bandwidth_that_is_set(town):
    town.sync.keep_options(SyncOptions(image_kib_s=64), CLERK)
    town.takes([b"x" * CHUNK])
    town.round()
    assert sum(town.pauses) == pytest.approx(4, abs=0.5)


def test_an_image_goes_from_here_only_when_the_centre_has_it_and_comes_back_when_it_is_looked_at(centre, town):
    page = b"p" * CHUNK + b"q"
    digest = hashlib.sha256(page).hexdigest()
    town.sync.keep_options(SyncOptions(image_days=30), CLERK)
    town.takes([page])
    assert town.round().purged == 0
    centre.at += OLD
    town.clock.pass_by(OLD)
    assert town.round().purged == 1
    with town.store.read() as uow, pytest.raises(NotFound):
        uow.blobs.get(digest)
    town.link.plan = {len(town.link.calls) + 1: "before"}
    with pytest.raises(ImageElsewhere):
        town.images.get(digest)
    assert town.images.get(digest) == page
    town.link.calls.clear()
    assert town.images.get(digest) == page
    assert town.link.calls == []


def test_an_image_that_the_centre_lost_is_kept_and_sent_again(centre, town):
    town.sync.keep_options(SyncOptions(image_days=30), CLERK)
    town.takes([b"page"])
    town.round()
    centre.state.blobs.clear()
    centre.at += OLD
    town.clock.pass_by(OLD)
    assert town.round().purged == 0
    assert town.round().images == 1
    assert len(centre.state.blobs) == 1


def test_a_page_that_is_used_again_after_its_copy_went_belongs_to_the_later_case_too(centre, town):
    first = town.takes([b"page"])
    town.round()
    later = town.takes([b"page"])
    with town.store.write() as uow:
        uow.outbox.purged(hashlib.sha256(b"page").hexdigest())
        uow.commit()
    assert town.round().failures == ()
    _data, cases = centre.state.blobs[TOWN, hashlib.sha256(b"page").digest()]
    assert cases == {first, later}


def test_a_page_that_is_nowhere_is_told_and_looked_for_again(centre, town):
    town.takes([b"page"])
    town.round()
    later = town.takes([b"page"])
    with town.store.write() as uow:
        uow.outbox.purged(hashlib.sha256(b"page").hexdigest())
        uow.commit()
    kept = dict(centre.state.blobs)
    centre.state.blobs.clear()
    assert [(one.item, one.reason) for one in town.round().failures] == [(later, "NotFound")]
    centre.state.blobs.update(kept)
    assert town.round().failures == ()


def test_an_image_that_a_restored_centre_has_no_more_is_sent_again_though_it_has_the_entry(centre, town):
    town.takes([b"page"])
    town.round()
    centre.state.blobs.clear()
    assert town.round().images == 0, "nothing is asked again over the same connection"
    town.starts()
    assert town.round().images == 1
    assert len(centre.state.blobs) == 1
    town.starts()
    assert town.round().images == 0


# --- rhythm and states --------------------------------------------------------------------------------------------


def test_off_line_is_told_and_tried_again_later_and_later(town):
    assert town.sync.wait_s() < FIRST_S
    waits = []
    for _ in range(8):
        town.link.plan = {len(town.link.calls) + 1: "before"}
        result = town.round()
        assert (result.contact, type(result.error).__name__) == (Contact.OFF_LINE, "CentralUnavailable")
        waits.append(town.sync.wait_s())
    assert waits[0] < USUAL_S * 1.6
    assert LONGEST_S * 0.5 < waits[-1] < LONGEST_S * 1.6
    assert town.sync.status().failure == "CentralUnavailable"
    assert town.round().contact is Contact.ON_LINE
    assert town.sync.wait_s() < USUAL_S * 1.6
    assert town.sync.status().failure == ""


def test_a_round_by_itself_waits_for_its_time(town):
    town.round()
    assert town.sync.wait_s() > 0
    town.sync.hurry()
    assert town.sync.wait_s() == 0


def test_a_revoked_station_is_told_so_and_works_on(centre, town):
    town.round()
    centre.revoke(TOWN)
    number = town.takes()
    result = town.round()
    assert (result.contact, type(result.error).__name__) == (Contact.FAILING, "StationRevoked")
    assert town.mark(number) is CaseMark.HERE


def test_the_status_says_what_waits(town):
    town.round()
    town.takes([b"page"])
    status = town.sync.status()
    assert (status.entries_waiting, status.contact, status.is_running) == (1, Contact.ON_LINE, False)
    assert status.last_contact is not None
    town.link.plan = {len(town.link.calls) + 3: "before"}
    town.round()
    assert town.sync.status().images_waiting == 1
