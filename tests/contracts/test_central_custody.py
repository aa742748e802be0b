"""What every centre promises of cases: who may change one, who hears of it, and what its inbox tells."""

from dataclasses import replace

import pytest

from app.domain.numbering import case_number
from app.services.errors import (
    BatchRefused,
)
from app.services.ports import (
    MOST_ENTRIES,
    InboxPlace,
)
from tests.contracts.centres import BEGINNING, CITY, FAR, TOWN, VILLAGE, hashes, inbox, sent
from tests.domain.samples import AT
from tests.fakes.chains import Chain


def test_a_case_of_ones_own_reaches_nobody_else(town, village):
    chain = Chain(TOWN)
    chain.case()
    assert sent(town, chain).quarantined == ()
    assert inbox(village) == inbox(town) == ()


def test_who_is_handed_a_case_gets_its_whole_history_in_order(town, village):
    chain = Chain(TOWN)
    case = chain.case()
    chain.notes(case)
    chain.case(2)
    chain.moves(case, VILLAGE)
    sent(town, chain, last=3)
    sent(town, chain, first=4)
    delivered = inbox(village)
    assert [one.place.n for one in delivered] == [1, 2, 3]
    assert [one.entry for one in delivered] == [chain.entries[seq - 1] for seq in (2, 3, 5)]
    greeting = village.hello()
    assert (
        InboxPlace(greeting.inbox_last, greeting.inbox_mark)
        == delivered[-1].place
        == InboxPlace(3, delivered[-1].place.mark)
    )


def test_the_holder_may_go_on_and_everybody_who_took_part_hears_of_it(centre, town, village):
    chain, other = Chain(TOWN), Chain(VILLAGE)
    case = chain.case()
    chain.moves(case, VILLAGE)
    sent(town, chain)
    other.moves(case, CITY)
    other.notes(case)
    assert sent(village, other).quarantined == ()
    assert hashes(one.entry for one in inbox(town)) == hashes(other.entries[1:])
    city = inbox(centre.connect(CITY))
    assert hashes(one.entry for one in city) == hashes([*chain.entries[1:], *other.entries[1:]])


def test_a_pick_up_point_gets_the_case_without_holding_it(centre, town, village):
    chain, other = Chain(TOWN), Chain(VILLAGE)
    case = chain.case()
    chain.moves(case, TOWN, collect_at=VILLAGE)
    sent(town, chain)
    assert len(inbox(village)) == 2
    other.notes(case)
    other.moves(case, VILLAGE)
    assert sent(village, other).quarantined == ((3, "not_the_holder"),)


def test_who_gave_a_case_away_can_write_notes_but_not_change_it(town, village):
    chain = Chain(TOWN)
    case = chain.case()
    chain.moves(case, VILLAGE)
    chain.notes(case)
    chain.moves(case, TOWN)
    chain.moves(case, TOWN)
    chain.says("OperatorLoggedIn")
    pushed = sent(town, chain)
    assert pushed.quarantined == ((5, "not_the_holder"), (6, "not_the_holder"))
    assert pushed.head.seq == 7
    assert len(inbox(village)) == 3
    assert [(one.seq, one.case_number) for one in town.quarantine(10)] == [(6, case), (5, case)]


def test_what_is_set_aside_does_not_depend_on_how_entries_are_batched(town):
    chain = Chain(TOWN)
    case = chain.case()
    chain.moves(case, VILLAGE)
    chain.notes(case)
    chain.moves(case, TOWN)
    quarantined = [sent(town, chain, seq, seq).quarantined for seq in range(1, 6)]
    assert quarantined == [(), (), (), (), ((5, "not_the_holder"),)]


def test_nobody_takes_in_a_case_under_the_number_of_another_station(town, village):
    chain = Chain(TOWN)
    number = case_number(AT.date(), VILLAGE, 1)
    chain.moves(number, TOWN)
    chain.notes(number)
    assert sent(town, chain).quarantined == ((2, "not_the_taker"), (3, "not_a_party"))
    other = Chain(VILLAGE)
    assert other.case() == number
    assert sent(village, other).quarantined == ()


def test_a_header_must_speak_of_the_case_of_its_entry(town):
    chain = Chain(TOWN)
    case = chain.case()
    chain.says("CaseMoved", case, {"number": case_number(AT.date(), TOWN, 2), "holder": TOWN, "state": "accepted"})
    assert sent(town, chain).quarantined == ((3, "header"),)


def test_a_strange_case_cannot_be_noted_on(town, village):
    chain, other = Chain(TOWN), Chain(VILLAGE)
    case = chain.case()
    sent(town, chain)
    other.notes(case)
    assert sent(village, other).quarantined == ((2, "not_a_party"),)
    assert inbox(town) == ()


def test_an_inbox_is_read_in_pieces_and_begins_again_where_the_centre_knows_less(town, village):
    chain = Chain(TOWN)
    case = chain.case()
    for _ in range(4):
        chain.moves(case, VILLAGE) if len(chain.entries) == 2 else chain.notes(case)
    sent(town, chain)
    first = inbox(village, limit=2)
    rest = inbox(village, first[-1].place)
    assert [one.place.n for one in (*first, *rest)] == [1, 2, 3, 4, 5]
    assert village.pull(rest[-1].place, 10).entries == ()
    for strange in (replace(rest[-1].place, n=9), replace(rest[-1].place, n=4)):
        again = village.pull(strange, 10)
        assert again.restarted
        assert [one.place.n for one in again.entries] == [1, 2, 3, 4, 5]


def test_an_inbox_that_a_restored_centre_filled_anew_is_read_from_its_beginning(centre, village):
    """The same entry comes to stand at the same place, behind others than before."""
    centre.enrol(FAR)
    chains = [Chain(station) for station in (TOWN, CITY, FAR)]
    for chain in chains:
        chain.moves(chain.case(), VILLAGE)
    before, read, after = chains
    backup = centre.backup()
    for chain in (before, read):
        sent(centre.connect(chain.station), chain)
    last = inbox(village)[-1].place
    centre.restore(backup)
    for chain in (after, read, before):
        sent(centre.connect(chain.station), chain)
    again = village.pull(last, 100)
    assert again.restarted
    assert hashes(one.entry for one in again.entries) == [
        one.hash for chain in (after, read, before) for one in chain.entries[1:]
    ]


def test_a_station_that_there_is_not_can_neither_hold_nor_hand_out_a_case(town):
    chain = Chain(TOWN)
    case = chain.case()
    chain.moves(case, "999998")
    chain.moves(case, TOWN, collect_at="999998")
    chain.moves(case, VILLAGE)
    assert sent(town, chain).quarantined == ((3, "unknown_holder"),)


def test_what_came_too_early_is_let_in_when_the_rest_has_come(town, village):
    """A case that was carried over by file reaches the centre from its new holder first."""
    chain, other = Chain(TOWN), Chain(VILLAGE)
    case = chain.case()
    chain.moves(case, VILLAGE)
    other.moves(case, VILLAGE)
    other.notes(case)
    assert sent(village, other).quarantined == ((2, "not_the_taker"), (3, "not_a_party"))
    assert sent(town, chain).quarantined == ()
    assert village.quarantine(10) == ()
    assert hashes(one.entry for one in inbox(village)) == hashes(chain.entries[1:])
    assert hashes(one.entry for one in inbox(town)) == hashes(other.entries[1:])


def test_an_epoch_begins_at_its_first_entry_only(town):
    chain = Chain(TOWN)
    chain.says("EpochOpened", data={"public_key": "cd" * 32, "previous_hash": chain.entries[0].hash.hex()})
    assert sent(town, chain).head.seq == 2


def test_reading_has_bounds(town):
    for limit in (0, -1, MOST_ENTRIES + 1):
        with pytest.raises(BatchRefused):
            town.pull(BEGINNING, limit)
        with pytest.raises(BatchRefused):
            town.own(0, 0, limit)
    assert town.pull(BEGINNING, MOST_ENTRIES).entries == town.own(0, 0, MOST_ENTRIES) == ()


def test_what_was_done_with_a_case_before_the_centre_knew_it_had_come_is_let_in(centre, town, village):
    """The case was given by file, or the centre lost the hand-over with what it was restored from."""
    giver, taker = Chain(VILLAGE), Chain(TOWN)
    case = giver.case()
    sent(village, giver)
    taker.moves(case, TOWN)
    taker.notes(case)
    taker.moves(case, VILLAGE)
    assert sent(town, taker).quarantined == ((2, "not_the_holder"), (3, "not_a_party"), (4, "not_the_holder"))
    giver.moves(case, TOWN)
    sent(village, giver, 3)
    assert town.quarantine(10) == ()
    assert hashes(one.entry for one in inbox(town)) == hashes(giver.entries[1:])
    assert hashes(one.entry for one in inbox(village)) == hashes(taker.entries[1:])
    giver.moves(case, VILLAGE)
    assert sent(village, giver, 4).quarantined == (), "the case came back with what was let in"


def test_what_a_restored_station_did_to_a_case_it_had_given_away_is_never_let_in(town, village):
    chain = Chain(TOWN)
    case = chain.case()
    known = chain.entries[-1].hash.hex()
    chain.moves(case, VILLAGE)
    sent(town, chain)
    restored = Chain(TOWN, epoch=9, previous_hash=known)
    restored.moves(case, TOWN)
    again = Chain(TOWN, epoch=11, previous_hash=restored.entries[-1].hash.hex())
    again.moves(case, TOWN)
    assert sent(town, restored).quarantined == ((2, "not_the_holder"),)
    assert sent(town, again).quarantined == ((2, "not_the_holder"),)
    other = Chain(VILLAGE)
    other.moves(case, TOWN)
    assert sent(village, other).quarantined == ()
    assert [(one.epoch, one.seq) for one in town.quarantine(10)] == [(11, 2), (9, 2)]
    again.moves(case, TOWN)
    assert sent(town, again, 3).quarantined == ()
    assert hashes(one.entry for one in inbox(village))[-1] == again.entries[-1].hash


def test_what_a_restored_station_did_after_it_knew_that_it_had_given_the_case_away_is_let_in(town, village):
    chain = Chain(TOWN)
    case = chain.case()
    chain.moves(case, VILLAGE)
    sent(town, chain)
    restored = Chain(TOWN, epoch=9, previous_hash=chain.entries[-1].hash.hex())
    restored.moves(case, TOWN)
    assert sent(town, restored).quarantined == ((2, "not_the_holder"),)
    other = Chain(VILLAGE)
    other.moves(case, TOWN)
    sent(village, other)
    assert town.quarantine(10) == ()


def test_the_quarantine_tells_what_is_never_let_in_any_more(centre, town, village):
    chain = Chain(TOWN)
    given, unknown = chain.case(), case_number(AT.date(), VILLAGE, 1)
    known = chain.entries[-1].hash.hex()
    chain.moves(given, VILLAGE)
    sent(town, chain)
    restored = Chain(TOWN, epoch=9, previous_hash=known)
    restored.moves(given, TOWN)
    restored.moves(unknown, TOWN)
    sent(town, restored)
    assert finals(town) == {2: True, 3: False}
    centre.settle(TOWN, 9, 3)
    assert finals(town) == {2: True, 3: True}
    other = Chain(VILLAGE)
    assert other.case() == unknown
    other.moves(unknown, TOWN)
    sent(village, other)
    assert finals(town) == {2: True, 3: True}, "what was settled is not let in"


def restored_after_giving_away(town):
    """Return a case that the town gave to the city, its chain after a restore that forgot that, and what it put on a stick."""
    chain = Chain(TOWN)
    case = chain.case()
    known = chain.entries[-1].hash.hex()
    chain.moves(case, CITY)
    sent(town, chain)
    restored = Chain(TOWN, epoch=9, previous_hash=known)
    return case, restored, restored.moves(case, VILLAGE)


def test_what_was_done_on_a_hand_over_that_never_counts_is_never_let_in(centre, town, village):
    """A restored counter forgot that it had given the case away, and gave it on a stick to somebody else, who went on."""
    other, city = Chain(VILLAGE), Chain(CITY)
    case, restored, stick = restored_after_giving_away(town)
    other.moves(case, VILLAGE, came_by=stick.hash.hex())
    other.moves(case, CITY, came_by=stick.hash.hex())
    assert sent(village, other).quarantined == ((2, "not_the_holder"), (3, "not_the_holder"))
    assert finals(village) == {2: False, 3: False}, "the stick may be on its way"
    sent(town, restored)
    assert finals(village) == {2: True, 3: True}
    given = city.moves(case, VILLAGE)
    assert sent(centre.connect(CITY), city).quarantined == ()
    assert (centre.holder(case), finals(village)) == (VILLAGE, {2: True, 3: True})
    other.moves(case, TOWN, came_by=given.hash.hex())
    assert sent(village, other, 4).quarantined == ()
    assert centre.holder(case) == TOWN


def test_what_followed_a_hand_over_that_is_on_its_way_waits_also_when_the_case_comes_by_another(centre, town, village):
    other, city = Chain(VILLAGE), Chain(CITY)
    case, restored, stick = restored_after_giving_away(town)
    other.moves(case, CITY, came_by=stick.hash.hex())
    assert sent(village, other).quarantined == ((2, "not_the_holder"),)
    given = city.moves(case, VILLAGE)
    assert sent(centre.connect(CITY), city).quarantined == ()
    assert (centre.holder(case), finals(village)) == (VILLAGE, {2: False})
    other.moves(case, CITY, came_by=given.hash.hex())
    other.moves(case, VILLAGE, came_by=given.hash.hex())
    assert sent(village, other, 3).quarantined == ((4, "not_the_holder"),)
    sent(town, restored)
    assert (centre.holder(case), finals(village)) == (CITY, {2: True, 4: True})


def test_what_was_done_in_hands_that_the_case_has_left_is_not_let_in_when_it_comes_back(centre, town, village):
    """Of two acts on a hand-over that comes late, the first gives the case away: there was nothing left for the second."""
    giver, taker, city = Chain(VILLAGE), Chain(TOWN), Chain(CITY)
    case = giver.case()
    sent(village, giver)
    given = giver.moves(case, TOWN)
    for _ in range(2):
        taker.moves(case, CITY, came_by=given.hash.hex())
    assert sent(town, taker).quarantined == ((2, "not_the_holder"), (3, "not_the_holder"))
    sent(village, giver, 3)
    assert finals(town) == {3: True}
    city.moves(case, TOWN, came_by=taker.entries[1].hash.hex())
    sent(centre.connect(CITY), city)
    assert (centre.holder(case), finals(town)) == (TOWN, {3: True})


def test_hand_overs_that_wait_for_each_other_are_let_in_in_their_order(centre, town, village):
    """A case went to and fro on sticks; who gave it first meets the centre last."""
    giver, taker = Chain(VILLAGE), Chain(TOWN)
    case = giver.case()
    sent(village, giver)
    out = giver.moves(case, TOWN)
    back = taker.moves(case, VILLAGE, came_by=out.hash.hex())
    again = giver.moves(case, TOWN, came_by=back.hash.hex())
    taker.moves(case, CITY, came_by=again.hash.hex())
    assert sent(town, taker).quarantined == ((2, "not_the_holder"), (3, "not_the_holder"))
    for seq in (3, 4):
        assert sent(village, giver, seq, seq).quarantined == ()
    assert (finals(town), finals(village), centre.holder(case)) == ({}, {}, CITY)


def finals(station):
    return {one.seq: one.is_final for one in station.quarantine(10)}
