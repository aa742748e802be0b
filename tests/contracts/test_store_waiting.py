"""What every store keeps of entries of others that cannot be part of its views, or not yet, and what that holds up."""

from dataclasses import replace

import pytest

from app.domain.case import Case
from app.domain.facts import (
    CaseDelivered,
    OperatorLoggedIn,
    PaperMade,
    PaperPrinted,
    PaperVoided,
)
from app.domain.numbering import case_number
from app.domain.paper import PaperKind
from app.services.ports import (
    Aside,
    SetAside,
    Waits,
)
from tests.contracts.entries import RECEIVED
from tests.contracts.stations import (
    ELSEWHERE,
    HERE,
    LATER,
    STAMP,
    THERE,
    Writer,
    append,
    begun,
    numbered,
    receive,
    views_of,
)
from tests.domain.samples import AT


@pytest.fixture
def store(store):
    return begun(store)


def test_receiving_is_idempotent(store):
    there = Writer(THERE)
    _number, taken = there.takes(1)
    receive(store, taken)
    with store.write() as uow:
        assert not uow.received.add(taken, LATER)
        assert uow.received.get(THERE, 1, 1).received_at == AT
        assert uow.received.get(THERE, 1, 2) is None


def test_what_cannot_be_read_or_does_not_follow_waits_and_changes_nothing(store):
    there = Writer(THERE)
    number, taken = there.takes(1)
    before = views_of(store)
    strange = there.says(CaseDelivered("x"), number, kind="CaseTeleported")
    stateless = there.says(CaseDelivered("x"), number, there.cases[number].header() | {"state": "beamed"})
    early = there.moves(number, HERE)
    assert receive(store, strange, stateless, early) == [Waits.KIND, Waits.KIND, Waits.ORDER]
    assert views_of(store) == before
    with store.read() as uow:
        assert uow.received.waits_for(number)
        assert uow.received.count_waiting() == {Waits.KIND: 2, Waits.ORDER: 1}
        assert [one.entry for one in uow.received.waiting(0, 10)] == [strange, stateless, early]
        assert uow.journal.of_case(number) == []
    assert receive(store, taken) == [None]
    with store.write() as uow:
        assert uow.received.fold(early) is None
        uow.commit()
    assert store.views.case(number).holder == HERE


@pytest.mark.parametrize(
    "header",
    [
        {"due": {"at": STAMP}},
        {"due": "tomorrow"},
        {"holder": 7},
        {"suspended": [STAMP]},
        {"late": {}},
        {"received": None},
    ],
    ids=str,
)
def test_a_header_that_no_column_or_screen_takes_waits_and_changes_nothing(store, header):
    there = Writer(THERE)
    number, taken = there.takes(1)
    receive(store, taken)
    before = views_of(store)
    odd = there.says(PaperPrinted("x"), number, there.cases[number].header() | header)
    assert receive(store, odd) == [Waits.KIND]
    assert views_of(store) == before
    store.rebuild_views()
    assert views_of(store) == before


def test_what_is_no_body_is_kept_and_holds_nothing_up(store):
    there = Writer(THERE)
    number, taken = there.takes(1)
    receive(store, taken)
    deep = replace(there.moves(number, HERE), body="[" * 100_000)
    with store.write() as uow:
        assert uow.received.add(deep, AT)
        assert uow.received.fold(deep) is Waits.KIND
        uow.received.keep_waiting(deep, Waits.UNREADABLE)
        uow.commit()
    odd = there.moves(number, HERE)
    with store.write() as uow:
        assert uow.received.add(odd, AT)
        uow.received.keep_waiting(odd, Waits.UNREADABLE)
        assert not uow.received.waits_for(number)
        assert uow.received.count_waiting() == {Waits.UNREADABLE: 2}
        uow.commit()


def test_only_who_holds_a_case_changes_it_and_what_waits_for_that_holds_nothing_up(store):
    there, elsewhere = Writer(THERE), Writer(ELSEWHERE)
    number, taken = there.takes(1)
    given = there.moves(number, ELSEWHERE)
    receive(store, taken, given)
    before = views_of(store)
    wrong = there.moves(number, HERE)
    assert receive(store, wrong) == [Waits.CUSTODY]
    store.rebuild_views()
    assert views_of(store) == before
    with store.read() as uow:
        assert not uow.received.waits_for(number)
        assert uow.received.count_waiting() == {Waits.CUSTODY: 1}
    assert receive(store, there.says(PaperPrinted("x"), number)) == [None]
    assert receive(store, elsewhere.moves(number, THERE, there.cases[number]), wrong) == [None, None]
    assert store.views.case(number).holder == HERE


def test_what_rests_on_an_own_entry_that_leaves_the_views_waits_from_then_on(store):
    number, taken = store.chain.takes(1)
    given = store.chain.moves(number, THERE)
    append(store, taken, given)
    there = Writer(THERE)
    assert receive(store, there.moves(number, ELSEWHERE, store.chain.cases[number])) == [None]
    assert store.views.case(number).holder == ELSEWHERE
    with store.write() as uow:
        uow.outbox.set_aside([SetAside(given.epoch, given.seq, number, Aside.QUARANTINED, "header")])
        uow.rebuild_views()
        uow.commit()
    assert store.views.case(number).holder == HERE
    with store.read() as uow:
        assert uow.received.count_waiting() == {Waits.CUSTODY: 1}
        assert uow.journal.of_case(number) == [taken]


def test_what_came_in_a_file_is_known_to_be_at_the_centre_when_it_comes_from_there(store):
    there = Writer(THERE)
    _number, taken = there.takes(1)
    with store.write() as uow:
        assert uow.received.add(taken, None)
        assert not uow.received.add(replace(taken, hash=bytes(32)), AT)
        assert uow.received.get(THERE, 1, 1).received_at is None
        assert not uow.received.add(taken, AT)
        assert not uow.received.add(taken, LATER)
        assert uow.received.get(THERE, 1, 1).received_at == AT


@pytest.mark.parametrize("why", [Waits.KEY, Waits.SIGNATURE, Waits.KIND, Waits.ORDER])
def test_a_note_that_waits_holds_nothing_up(store, why):
    there = Writer(THERE)
    number, taken = there.takes(1)
    note, moved = there.says(PaperPrinted("x"), number), there.moves(number, HERE)
    receive(store, taken)
    assert keep(store, note, why) is False
    assert keep(store, moved, why) is (why is not Waits.SIGNATURE)


def keep(store, entry, why):
    """Let an entry wait and tell whether its case waits for it."""
    with store.write() as uow:
        assert uow.received.add(entry, AT)
        uow.received.keep_waiting(entry, why)
        uow.commit()
    with store.read() as uow:
        return uow.received.waits_for(entry.read()["case"])


@pytest.mark.parametrize(
    "fact",
    [CaseDelivered("x"), PaperVoided("000731-1", "x", "y"), RECEIVED, OperatorLoggedIn()],
    ids=lambda one: one.kind,
)
def test_what_is_no_note_and_has_no_header_is_part_of_no_view(store, fact):
    number, taken = store.chain.takes(1)
    append(store, taken)
    before = views_of(store)
    there = Writer(THERE)
    assert receive(store, there.says(fact, number)) == [Waits.KIND]
    assert views_of(store) == before
    store.rebuild_views()
    assert views_of(store) == before


def test_a_case_begins_only_under_a_number_of_the_station_that_took_it_in(store):
    there = Writer(THERE)
    number = case_number(AT.date(), HERE, 1)
    before = views_of(store)
    taken = there.says(RECEIVED, number, Case.opened(number, RECEIVED, AT).header())
    assert receive(store, taken) == [Waits.KIND]
    store.rebuild_views()
    assert views_of(store) == before
    append(store, store.chain.takes(1)[1])
    assert store.views.case(number).holder == HERE


def test_only_the_station_that_gave_a_paper_its_number_says_how_it_looks(store):
    there = Writer(THERE)
    number, taken = there.takes(1, receipt=numbered("T-1", 1))
    receive(store, taken, there.says(PaperMade(PaperKind.MATERIALS_RECEIPT, "T-1", "a" * 64), number))
    receive(store, Writer(ELSEWHERE).says(PaperMade(PaperKind.MATERIALS_RECEIPT, "T-1", "b" * 64), number))
    assert store.views.paper("T-1").digest == "a" * 64


def test_an_entry_without_its_body_waits_for_good(store):
    there = Writer(THERE)
    bare = replace(there.takes(1)[1], body="")
    with store.write() as uow:
        assert uow.received.add(bare, AT)
        uow.commit()
    with store.read() as uow:
        assert uow.received.count_waiting() == {Waits.BODY: 1}
