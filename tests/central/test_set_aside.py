"""Entries that came before those that give them their right: set aside, and let in when the rest has come.

A case can reach a station by file (USB) and be carried on there, before the station that took it in has met the centre.
"""

import pytest

from app.central.audit import Audit
from app.domain.numbering import case_number
from app.security.keys import verify
from app.services.ports import InboxPlace
from tests.domain.samples import AT
from tests.fakes.chains import Chain

TOWN, VILLAGE, CITY = "000731", "000732", "000733"
CASE = case_number(AT.date(), VILLAGE, 1)


@pytest.fixture(autouse=True)
def stations(centre):
    centre.empty()
    for station in (TOWN, VILLAGE, CITY):
        centre.enrol(station)


def inbox(centre, station):
    return [one.entry for one in centre.connect(station).pull(InboxPlace(), 100).entries]


def push(centre, chain, first=1, last=None):
    return centre.connect(chain.station).push(chain.batch(first, last))


def remarks(centre):
    audit = Audit(centre.address(), verify)
    try:
        return audit.run().remarks
    finally:
        audit.close()


@pytest.fixture
def town(centre):
    """Return the chain of a town that went on with a case it got by file, and has met the centre first."""
    chain = Chain(TOWN)
    chain.moves(CASE, TOWN)
    chain.notes(CASE)
    chain.moves(CASE, TOWN)
    pushed = push(centre, chain)
    assert pushed.quarantined == ((2, "not_the_taker"), (3, "not_a_party"), (4, "not_the_taker"))
    return chain


def test_what_came_first_is_let_in_when_the_rest_has_come(centre, town):
    village = Chain(VILLAGE)
    village.moves(CASE, VILLAGE)
    village.moves(CASE, TOWN)
    assert push(centre, village).quarantined == ()
    assert centre.connect(TOWN).quarantine(10) == ()
    assert push(centre, town).quarantined == ()
    assert inbox(centre, TOWN) == village.entries[1:]
    assert inbox(centre, VILLAGE) == town.entries[1:]
    assert remarks(centre) == []


def test_it_waits_until_the_case_is_in_its_hands(centre, town):
    village = Chain(VILLAGE)
    village.moves(CASE, VILLAGE)
    village.notes(CASE)
    village.moves(CASE, TOWN)
    push(centre, village, 1, 2)
    assert len(centre.connect(TOWN).quarantine(10)) == 3
    assert inbox(centre, TOWN) == []
    push(centre, village, 3)
    assert centre.connect(TOWN).quarantine(10) == ()
    assert inbox(centre, TOWN) == village.entries[1:]
    assert inbox(centre, VILLAGE) == town.entries[1:]
    assert remarks(centre) == []


def test_hands_that_follow_each_other_are_let_in_one_after_another(centre, town):
    city = Chain(CITY)
    city.moves(CASE, CITY)
    push(centre, city)
    town.moves(CASE, CITY)
    push(centre, town, 5)
    village = Chain(VILLAGE)
    village.moves(CASE, TOWN)
    push(centre, village)
    for station, expected in (
        (VILLAGE, town.entries[1:] + city.entries[1:]),
        (TOWN, village.entries[1:] + city.entries[1:]),
        (CITY, village.entries[1:] + town.entries[1:]),
    ):
        assert inbox(centre, station) == expected, station
    assert centre.execute("select holder from core.case_file") == [(733,)]
    assert remarks(centre) == []


def test_what_never_gets_its_right_stays_set_aside(centre, town):
    village = Chain(VILLAGE)
    village.moves(CASE, CITY)
    push(centre, village)
    assert len(centre.connect(TOWN).quarantine(10)) == 3
    assert inbox(centre, TOWN) == []
    assert inbox(centre, CITY) == village.entries[1:]


def test_what_an_administrator_settled_is_not_let_in_any_more(centre, town):
    for seq in (2, 3, 4):
        centre.administration.settle(TOWN, 1, seq, "不予采用")
    village = Chain(VILLAGE)
    village.moves(CASE, TOWN)
    push(centre, village)
    assert inbox(centre, VILLAGE) == []


def test_inboxes_go_on_without_a_gap(centre, town):
    village = Chain(VILLAGE)
    village.moves(CASE, TOWN)
    push(centre, village)
    own = town.case()
    town.moves(own, VILLAGE)
    push(centre, town, 5)
    for station in (TOWN, VILLAGE):
        delivered = centre.connect(station).pull(InboxPlace(), 100).entries
        assert [one.place.n for one in delivered] == list(range(1, centre.connect(station).hello().inbox_last + 1))


def test_what_crossed_on_the_way_is_let_in_by_the_next_push_in_its_order(centre):
    """The town pushes while the village's push is not committed: neither sees the other."""
    village, chain = Chain(VILLAGE), Chain(TOWN)
    village.moves(CASE, TOWN)
    chain.moves(CASE, TOWN)
    chain.notes(CASE)
    crossing(centre, village, chain)
    assert len(centre.connect(TOWN).quarantine(10)) == 2
    chain.moves(CASE, TOWN)
    push(centre, chain, 4)
    assert centre.connect(TOWN).quarantine(10) == ()
    assert inbox(centre, VILLAGE) == chain.entries[1:]
    assert remarks(centre) == []


def test_what_crossed_on_the_way_is_let_in_by_the_watch_when_nobody_pushes(centre):
    village, chain = Chain(VILLAGE), Chain(TOWN)
    village.moves(CASE, TOWN)
    chain.moves(CASE, TOWN)
    crossing(centre, village, chain)
    assert [centre.watch.admit() for _ in range(2)] == [1, 0]
    assert inbox(centre, VILLAGE) == chain.entries[1:]
    assert inbox(centre, TOWN) == village.entries[1:]
    assert remarks(centre) == []


def crossing(centre, first, second):
    """Push the second chain while the first one's push waits for its commit."""
    with centre.address(f"station_{first.station}").connect() as connection, connection.transaction():
        batch = first.batch()
        arguments = (
            [one.hash for one in batch.entries],
            [one.digest for one in batch.entries],
            [one.body.encode() for one in batch.entries],
            [one.signature for one in batch.entries],
        )
        connection.execute(
            "select api.push(1, 1, %b::bytea, %b::bytea[], %b::bytea[], %b::bytea[], %b::bytea[])",
            (batch.prev, *arguments),
        )
        push(centre, second)
