"""What every store promises of its journal, and of what is read from it: numbers, papers, inquiries, days."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from app.demonstration import CLERK
from app.domain.clock import CHINA
from app.domain.facts import (
    DayClosed,
    EpochOpened,
    InquiryAnswered,
    InquiryHandedOn,
    NumbersSkipped,
    OperatorLoggedIn,
    PaperMade,
    PaperPrinted,
    PaperSigned,
    PaperVoided,
    PersonalDataShown,
    PrintConfirmed,
    PrintSpoiled,
    SeriesEnd,
)
from app.domain.inquiry import InquiryState
from app.domain.paper import PaperKind, PaperState, SignerRole, SigningMeans
from app.services.errors import BrokenJournal, NotFound
from app.services.ports import KindCount
from app.services.snapshots import InquiryFilter, PaperSignature
from tests.contracts.entries import RECEIVED, add, asked, entry
from tests.domain.samples import AT, NUMBER, paper
from tests.support import MONDAY


def test_an_empty_journal_has_no_head_and_no_entries(store):
    with store.read() as uow:
        assert uow.journal.head() is None
        assert uow.journal.latest("EpochOpened") is None
        assert uow.journal.of_case(NUMBER) == []
        with pytest.raises(NotFound):
            uow.journal.opening(1)


def test_entries_come_back_as_they_went_in_oldest_first(store):
    entries = [entry(EpochOpened("00")), entry(RECEIVED, seq=2, case=NUMBER), entry(EpochOpened("01"), epoch=2)]
    add(store, *entries)
    with store.read() as uow:
        assert list(uow.journal.entries()) == entries
        assert uow.journal.of_case(NUMBER) == entries[1:2]
        assert uow.journal.opening(2) == entries[2]
        assert uow.journal.at(1, 2) == entries[1]
        with pytest.raises(NotFound):
            uow.journal.at(2, 2)
        head = uow.journal.head()
    assert (head.epoch, head.seq, head.hash) == (2, 1, entries[2].hash)


@pytest.mark.parametrize(("epoch", "seq"), [(1, 1), (1, 3), (1, 0), (3, 2), (0, 1), (2, 2)])
def test_an_entry_that_does_not_follow_is_refused(store, epoch, seq):
    add(store, entry(EpochOpened("00")))
    with pytest.raises(BrokenJournal), store.write() as uow:
        uow.journal.append(entry(OperatorLoggedIn(), epoch, seq))
    with store.read() as uow:
        assert len(list(uow.journal.entries())) == 1


def test_an_epoch_may_leave_numbers_out(store):
    add(store, entry(EpochOpened("00")), entry(EpochOpened("01"), epoch=700))
    with store.read() as uow:
        assert (uow.journal.head().epoch, uow.journal.length()) == (700, 2)
        assert [one.epoch for one in uow.journal.newest("EpochOpened", 10)] == [700, 1]
    with pytest.raises(BrokenJournal), store.write() as uow:
        uow.journal.append(entry(EpochOpened("02"), epoch=699))


def test_a_journal_begins_with_its_first_entry(store):
    with pytest.raises(BrokenJournal), store.write() as uow:
        uow.journal.append(entry(OperatorLoggedIn(), 1, 2))


def test_the_latest_of_a_kind_is_the_newest_that_belongs_to_no_case(store):
    old, new = entry(PersonalDataShown("a"), seq=2), entry(PersonalDataShown("b"), seq=3)
    add(store, entry(EpochOpened("00")), old, new, entry(PersonalDataShown("c"), seq=4, case=NUMBER))
    with store.read() as uow:
        assert uow.journal.latest("PersonalDataShown") == new


def test_a_number_is_used_up_by_the_fact_that_names_it(store):
    add(store, entry(EpochOpened("00")), entry(RECEIVED, seq=2, case=NUMBER))
    with store.read() as uow:
        assert uow.numbers.next(RECEIVED.receipt.series) == 8
        assert uow.numbers.next(f"case/{NUMBER[:8]}") == int(NUMBER[14:18]) + 1
        assert uow.numbers.next("unheard of") == 1
        assert uow.numbers.is_taken(RECEIVED.receipt.text)
        assert not uow.numbers.is_taken("unheard of")
        assert uow.numbers.missing("unheard of") == uow.numbers.missing(f"case/{NUMBER[:8]}") == 0
        assert uow.numbers.missing(RECEIVED.receipt.series) == 6


def test_numbers_that_may_have_been_used_since_a_backup_are_skipped_by_the_room_of_their_series(store):
    skip = NumbersSkipped(day=MONDAY.date(), day_share=500_000, year=2026, year_share=250_000)
    earlier = NumbersSkipped(day=MONDAY.date(), day_share=100, year=2026, year_share=100)
    add(store, entry(EpochOpened("00")), entry(RECEIVED, seq=2, case=NUMBER))
    add(store, entry(EpochOpened("01", "00"), epoch=2), entry(skip, epoch=2, seq=2), entry(earlier, epoch=2, seq=3))
    with store.read() as uow:
        assert uow.journal.length() == 5
        assert uow.numbers.next(f"case/{MONDAY:%Y%m%d}", 9999) == 5000
        assert uow.numbers.next("case/20260519", 9999) == 1
        assert uow.numbers.next(RECEIVED.receipt.series) == 250_000
        assert uow.numbers.next("begun since/2026", 999) == 250
        assert uow.numbers.next("begun since/2027", 999) == 1
        assert uow.numbers.missing(RECEIVED.receipt.series) == 6


def test_numbers_that_are_known_to_be_given_out_elsewhere_are_skipped_and_are_no_numbers_of_this_journal(store):
    series = RECEIVED.receipt.series
    skip = NumbersSkipped(MONDAY.date(), 0, 2026, 0, (SeriesEnd(series, 412), SeriesEnd("case/20260519", 3)))
    add(store, entry(EpochOpened("00")), entry(RECEIVED, seq=2, case=NUMBER), entry(skip, seq=3))
    for _ in range(2):
        with store.read() as uow:
            assert uow.numbers.next(series) == 413
            assert uow.numbers.next("case/20260519", 9999) == 4
            assert uow.numbers.missing(series) == 6
            ends = {end.series: end.last for end in uow.numbers.ends()}
        assert ends == {series: 412, "case/20260519": 3, f"case/{NUMBER[:8]}": int(NUMBER[14:18])}
        store.rebuild_views()


# --- what becomes of papers -------------------------------------------------------------------------------------


def test_a_paper_is_signed_line_by_line_and_by_its_own_station_alone(store):
    number = RECEIVED.receipt.text
    signed = partial(PaperSigned, PaperKind.MATERIALS_RECEIPT, number, "林小禾", SignerRole.APPLICANT, "00")
    add(store, entry(EpochOpened("00")), entry(RECEIVED, seq=2, case=NUMBER))
    assert store.views.paper(number).signatures == ()
    add(store, entry(signed("aa", SigningMeans.PEN, still_open=1), seq=3, case=NUMBER))
    assert store.views.paper(number).still_open == 1
    add(store, entry(signed("bb", SigningMeans.PEN, line=2, for_whom="王知远"), seq=4, case=NUMBER))
    add(store, entry(PaperVoided(number, "错行", "shenqing"), seq=5, case=NUMBER))
    row = store.views.paper(number)
    first = PaperSignature(1, "林小禾", SignerRole.APPLICANT, "", "aa", AT)
    second = replace(first, line=2, for_whom="王知远", picture="bb")
    assert (row.signatures, row.still_open, row.state) == ((first, second), 0, PaperState.VOIDED)
    store.rebuild_views()
    assert store.views.paper(number) == row


def test_a_paper_is_followed_from_its_number_to_its_end(store):
    number = RECEIVED.receipt.text
    add(store, entry(EpochOpened("00")), entry(RECEIVED, seq=2, case=NUMBER))
    row = store.views.paper(number)
    assert (row.epoch, row.seq, row.state, row.case_number) == (1, 2, PaperState.TO_PRINT, NUMBER)
    steps = [
        (PaperPrinted(number), PaperState.SENT, 1, 0),
        (PrintSpoiled(number), PaperState.TO_PRINT, 1, 0),
        (PaperPrinted(number), PaperState.SENT, 2, 0),
        (PrintConfirmed(number), PaperState.PRINTED, 2, 1),
        (PaperVoided(number, "错行", "shenqing"), PaperState.VOIDED, 2, 1),
        (PaperPrinted(number), PaperState.VOIDED, 3, 1),
    ]
    for seq, (fact, state, sent, printed) in enumerate(steps, start=3):
        add(store, entry(fact, seq=seq, case=NUMBER))
        row = store.views.paper(number)
        assert (row.state, row.sent, row.printed) == (state, sent, printed)
        waits = state in {PaperState.TO_PRINT, PaperState.SENT}
        assert [one.number for one in store.views.papers_to_print(date(2026, 5, 18), 5)] == [number] * waits
    assert (row.void_reason, row.voided_by) == ("错行", "shenqing")
    assert store.views.papers(NUMBER) == [row]
    assert store.views.paper("unheard of") is None


def test_papers_that_are_to_be_printed_are_listed_from_a_day_on(store):
    add(store, entry(EpochOpened("00")), entry(RECEIVED, seq=2, case=NUMBER))
    (row,) = store.views.papers(NUMBER)
    day = row.made_at.astimezone(CHINA).date()
    assert store.views.papers_to_print(day, 5) == [row]
    assert store.views.papers_to_print(day + timedelta(days=1), 5) == []


def test_an_inquiry_is_what_its_facts_have_made_of_it(store):
    first, second = asked(1), asked(2, "几点下班")
    add(store, entry(first), entry(second, seq=2))
    add(store, entry(InquiryHandedOn(first.number.text, "民政办", "", "0899-5550199"), seq=3))
    add(store, entry(InquiryAnswered(second.number.text, "五点"), seq=4))
    with store.read() as uow:
        kinds = [one.read()["kind"] for one in uow.journal.of_inquiry(first.number.text)]
        assert uow.journal.of_inquiry("never asked") == []
    assert kinds == ["InquiryOpened", "InquiryHandedOn"]
    (still_open,) = store.views.inquiries(InquiryFilter(), 0, 5)
    assert (still_open.number, still_open.state) == (first.number.text, InquiryState.HANDED_ON)
    assert (still_open.handed_to, still_open.handed_phone, still_open.clerk) == ("民政办", "0899-5550199", CLERK.login)
    closed, _ = store.views.inquiries(InquiryFilter(only_open=False), 0, 5)
    assert (closed.outcome, closed.is_open, closed.closed_at) == ("五点", False, AT)
    assert store.views.inquiries(InquiryFilter(only_open=False), 1, 5) == [still_open]
    assert store.views.count_inquiries(InquiryFilter(only_open=False, text="下班")) == 1


def closing(day, serial):
    return DayClosed(date(2026, 5, day), paper("day_report", 90 + serial), {}, {}, "chen")


def unclosed(store, day):
    with store.read() as uow:
        return [one.seq for one in uow.journal.unclosed(date(2026, 5, day))]


def days(store):
    return [(row.day.day, row.has_open_work, row.is_closed) for row in store.views.days(date(2026, 5, 1))]


def test_a_closing_covers_its_day_and_what_came_after_it_is_left_for_the_next(store):
    add(store, entry(EpochOpened("00"), day=17), entry(asked(1), seq=2), entry(OperatorLoggedIn(), seq=3))
    assert unclosed(store, 18) == [2, 3]
    assert days(store) == [(17, False, False), (18, True, False)]
    add(store, entry(closing(18, 1), seq=4), entry(PaperMade(PaperKind.DAY_REPORT, "a", "00"), seq=5))
    assert days(store)[-1] == (18, False, True)
    add(store, entry(asked(2), seq=6))
    assert days(store)[-1] == (18, True, True)
    assert unclosed(store, 18) == [5, 6]
    add(store, entry(asked(3), seq=7, day=19), entry(OperatorLoggedIn(), seq=8, day=20))
    assert unclosed(store, 19) == [5, 6, 7]
    add(store, entry(closing(19, 2), seq=9, day=20))
    assert unclosed(store, 19) == []
    assert unclosed(store, 20) == [8, 9]


def test_a_day_that_was_never_closed_waits_for_a_closing_of_its_own(store):
    add(store, entry(asked(1), day=17), entry(asked(2), seq=2), entry(closing(18, 1), seq=3))
    assert unclosed(store, 18) == []
    assert unclosed(store, 17) == [1]
    assert days(store) == [(17, True, False), (18, False, True)]


def test_entries_are_counted_by_kind_with_the_time_of_the_newest(store):
    with store.read() as uow:
        assert uow.journal.kinds() == {}
    add(
        store,
        entry(EpochOpened("00")),
        entry(OperatorLoggedIn(), seq=2, day=19),
        entry(OperatorLoggedIn(), seq=3, day=20),
    )
    with store.read() as uow:
        assert uow.journal.kinds() == {
            "EpochOpened": KindCount(1, "2026-05-18T10:24:07.000+08:00"),
            "OperatorLoggedIn": KindCount(2, "2026-05-20T10:24:07.000+08:00"),
        }
