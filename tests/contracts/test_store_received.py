"""What every store makes of entries of others that follow: part of every view, in the order they came."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.facts import (
    NO_NUMBER,
    CaseDelivered,
    CaseHandedOver,
    CaseTakenOver,
    EpochOpened,
    PaperPrinted,
)
from app.domain.outcomes import HandOverPurpose
from app.services.ports import (
    Waits,
)
from app.services.snapshots import CaseFilter, CaseScope
from tests.contracts.stations import (
    ELSEWHERE,
    HERE,
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


def test_a_case_of_another_station_is_found_read_and_listed(store):
    there = Writer(THERE)
    number, taken = there.takes(1, name="陈示范")
    assert receive(store, taken, there.moves(number, HERE)) == [None, None]
    row = store.views.case(number)
    assert (row.applicant, row.holder) == ("陈示范", HERE)
    assert [found.number for found in store.views.find_cases("陈示范", 5)] == [number]
    assert [known.person.name for known in store.views.find_people("陈示范", 5)] == ["陈示范"]
    assert [(one.number, one.station) for one in store.views.papers(number)] == [(f"{THERE}-1", THERE)]
    with store.read() as uow:
        assert [entry.hash for entry in uow.journal.of_case(number)] == [taken.hash, there.prev]
        assert uow.journal.length() == 1


def test_what_another_station_holds_is_in_the_whole_list_and_in_nothing_that_is_to_be_done(store):
    there = Writer(THERE)
    number, taken = there.takes(1)
    receive(store, taken)
    counts = store.views.counts(AT)
    assert (counts.open, counts.received, counts.elsewhere, counts.done) == (0, 0, 1, 0)
    everywhere = CaseFilter()
    for scope in (CaseScope.OPEN, CaseScope.RECEIVED, CaseScope.DONE, CaseScope.TO_DELIVER):
        assert store.views.count_cases(replace(everywhere, scope=scope)) == 0
    for scope in (CaseScope.ALL, CaseScope.ELSEWHERE):
        assert [row.number for row in store.views.cases(CaseFilter(scope), 0, 10)] == [number]
    assert store.views.silent_cases(AT + timedelta(days=400)) == []
    assert store.views.reminders(AT.date() + timedelta(days=400), 10) == []


def test_a_case_that_is_handed_over_leaves_the_lists_here_and_comes_back(store):
    number, taken = store.chain.takes(1)
    append(store, taken, store.chain.moves(number, THERE))
    assert store.views.counts(AT).elsewhere == 1
    there = Writer(THERE)
    receive(store, there.moves(number, HERE, store.chain.cases[number]))
    counts = store.views.counts(AT)
    assert (counts.open, counts.received, counts.elsewhere) == (1, 1, 0)


def test_what_was_handed_here_is_listed_until_somebody_takes_it_over(store):
    number, taken = store.chain.takes(1)
    append(store, taken)
    case = handed(store.chain.cases[number], THERE)
    append(store, store.chain.says(case[0], number, case[1].header()))
    assert store.views.counts(AT).to_take_over == 0
    assert store.views.case(number).awaits_taking_over
    there = Writer(THERE)
    back = handed(case[1], HERE)
    receive(store, there.says(back[0], number, back[1].header()))
    to_take_over = CaseFilter(CaseScope.TO_TAKE_OVER)
    assert [row.number for row in store.views.cases(to_take_over, 0, 10)] == [number]
    assert store.views.counts(AT).to_take_over == store.views.count_cases(to_take_over) == 1
    here = back[1].after(CaseTakenOver(), AT)
    append(store, store.chain.says(CaseTakenOver(), number, here.header()))
    assert store.views.counts(AT).to_take_over == 0
    assert not store.views.case(number).awaits_taking_over


def test_what_came_in_a_file_alone_is_told_apart_and_can_be_passed_by(store):
    there, other = Writer(THERE), Writer(ELSEWHERE)
    number, taken = there.takes(1)
    given = there.moves(number, ELSEWHERE)
    noted = there.says(PaperPrinted("x"), number)
    on = other.says(PaperPrinted("x"), number, replace(there.cases[number], holder=HERE).header())
    for entry in (taken, given, noted, on):
        with store.write() as uow:
            uow.received.add(entry, AT if entry is taken else None)
            assert uow.received.fold(entry) is None
            uow.commit()
    with store.write() as uow:
        assert uow.received.only_in_files(number) == [given, on]
        uow.received.add(given, AT)
        assert uow.received.only_in_files(number) == [on]
        uow.received.pass_by([on, there.moves(number, HERE)])
        uow.rebuild_views()
        uow.commit()
    assert store.views.case(number).holder == ELSEWHERE
    with store.read() as uow:
        assert uow.received.of_case(number) == [taken, given, noted]
        assert uow.received.get(ELSEWHERE, 1, 1).waits is Waits.CUSTODY


def handed(case, to):
    """Return the fact that hands a case to a station, and the case after it."""
    fact = CaseHandedOver(to, "别处", HandOverPurpose.REVIEW, "超出权限", NO_NUMBER, "这里")
    return fact, case.after(fact, AT)


def test_numbers_days_and_figures_stay_those_of_this_counter(store):
    there = Writer(THERE)
    _number, taken = there.takes(1, receipt=numbered("T-1", 412))
    receive(store, taken)
    with store.read() as uow:
        assert uow.numbers.next("series") == 1
        assert not uow.numbers.is_taken("T-1")
        assert uow.numbers.next(f"case/{AT:%Y%m%d}") == 1
        assert uow.journal.unclosed(AT.date()) == list(uow.journal.entries())
    assert store.views.today(AT.date()).accepted == 0
    assert store.views.item_uses(AT.date()) == []
    assert store.views.papers_to_print(AT.date(), 5) == []


def test_a_delivery_elsewhere_is_no_figure_of_this_counter(store):
    number, taken = store.chain.takes(1)
    append(store, taken)
    append(store, store.chain.moves(number, THERE))
    there = Writer(THERE)
    done = replace(store.chain.cases[number], holder=THERE).after(CaseDelivered("x"), AT)
    receive(store, there.says(CaseDelivered("x"), number, done.header()))
    assert store.views.case(number).delivered_at == AT
    assert store.views.today(AT.date()).delivered == 0


def test_a_paper_of_another_station_never_takes_the_place_of_an_own_one(store):
    there = Writer(THERE)
    theirs, taken = there.takes(1, receipt=numbered("T-1", 1))
    receive(store, taken)
    mine, own = store.chain.takes(1, receipt=numbered("T-1", 1))
    append(store, own)
    receive(store, there.takes(2, receipt=numbered("T-1", 2))[1])
    assert store.views.paper("T-1").case_number == mine
    assert store.views.papers(theirs) == []


def test_numbers_of_own_entries_that_were_read_back_are_used(store):
    lost = Writer(HERE, epoch=2)
    number, taken = lost.takes(7, receipt=numbered("T-1", 412))
    with store.write() as uow:
        uow.received.take_back([taken])
        uow.commit()
    for _ in range(2):
        with store.read() as uow:
            assert uow.numbers.next("series") == 413
            assert uow.numbers.next(f"case/{number[:8]}") == 8
        store.rebuild_views()


def test_of_two_own_papers_with_one_number_the_later_is_found_by_it(store):
    lost = Writer(HERE, epoch=2)
    with store.write() as uow:
        uow.received.take_back([lost.takes(7, receipt=numbered("T-1", 412))[1]])
        uow.commit()
    store.chain.seq, store.chain.epoch = 0, 3
    append(store, store.chain.says(EpochOpened("01", "00")))
    number, taken = store.chain.takes(8, receipt=numbered("T-1", 412))
    append(store, taken)
    store.rebuild_views()
    assert store.views.paper("T-1").case_number == number


def test_every_view_is_what_rebuild_makes_of_own_and_received_entries_in_their_order(store):
    there = Writer(THERE)
    mine, own = store.chain.takes(1)
    theirs, taken = there.takes(1, name="陈示范")
    append(store, own)
    receive(store, taken, there.moves(theirs, HERE))
    append(store, store.chain.moves(mine, THERE), store.chain.moves(theirs, HERE, there.cases[theirs]))
    receive(store, there.moves(mine, THERE, store.chain.cases[mine]), there.takes(2)[1])
    before = views_of(store)
    store.rebuild_views()
    assert views_of(store) == before
