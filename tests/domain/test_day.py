from dataclasses import replace
from datetime import timedelta

from app.domain.day import DayTally, Figure, Happened, figure_of
from app.domain.facts import (
    BlanksReceived,
    BlanksSpoiled,
    BlankUsed,
    CaseAccepted,
    CaseDecided,
    CaseEnteredLate,
    InquiryAnswered,
    OperatorLoggedIn,
    PaperPrinted,
    PaperVoided,
    PrintSpoiled,
)
from app.domain.inquiry import ask
from app.domain.outcomes import Result
from tests.contracts.entries import RECEIVED
from tests.domain.samples import AT, NUMBER, paper

OTHER = NUMBER[:14] + "000292"
ACCEPTED = CaseAccepted(AT, paper("acceptance_notice", 5))


def happened(fact, case="", **more):
    return Happened(AT, "hechangning", fact, case, **more)


def test_facts_are_counted_by_what_they_mean():
    tally = DayTally.of([happened(RECEIVED, NUMBER), happened(ACCEPTED, NUMBER), happened(OperatorLoggedIn())])
    assert tally.counts == {Figure.RECEIVED: 1, Figure.ACCEPTED: 1}
    assert tally.entries == 3


def test_a_late_entry_is_counted_apart_from_its_first_fact_on():
    late = CaseEnteredLate("停电", "旧收 12", AT, AT)
    facts = [happened(RECEIVED, NUMBER), happened(late, NUMBER), happened(ACCEPTED, NUMBER, is_late=True)]
    tally = DayTally.of([*facts, happened(replace(RECEIVED, receipt=paper(serial=8)), OTHER)])
    assert (tally.count(Figure.RECEIVED), tally.count_late(Figure.RECEIVED)) == (1, 1)
    assert (tally.count(Figure.ACCEPTED), tally.count_late(Figure.ACCEPTED)) == (0, 1)
    assert [case.is_late for case in tally.cases.values()] == [True, False]


def test_a_series_tells_its_first_and_last_number_and_how_many():
    facts = [happened(replace(RECEIVED, receipt=paper(serial=n)), NUMBER) for n in (412, 413, 414)]
    tally = DayTally.of(facts)
    use = tally.series[paper().series]
    assert (use.span, use.count, use.last_text) == ("412-414", 3, paper(serial=414).text)
    assert tally.series[f"case/{NUMBER[:8]}"].kind is None


def test_a_case_has_one_line_with_its_steps_and_who_made_them():
    second = replace(happened(ACCEPTED, NUMBER), at=AT + timedelta(minutes=3), operator="colleague")
    (line,) = DayTally.of([happened(RECEIVED, NUMBER), second]).cases.values()
    assert (line.at, line.steps, line.operators) == (
        AT,
        [Figure.RECEIVED, Figure.ACCEPTED],
        ["hechangning", "colleague"],
    )


def test_printing_is_counted_and_no_step_of_a_case():
    prints = [PaperPrinted("a"), PaperPrinted("a", copy=1), PrintSpoiled("a"), PaperVoided("a", "污损", "chen")]
    tally = DayTally.of([happened(fact, NUMBER) for fact in prints])
    assert [tally.count(figure) for figure in (Figure.PRINTED, Figure.REPRINTED, Figure.SPOILED)] == [1, 1, 1]
    assert [case.steps for case in tally.cases.values()] == [[Figure.PAPERS_VOIDED]]


def test_blank_forms_are_counted_sheet_by_sheet():
    facts = [
        BlanksReceived("用纸", "A01", "A30", "县局"),
        BlankUsed("用纸", "A03", "a"),
        BlanksSpoiled("用纸", "A01", "A02", "受潮", "chen"),
    ]
    tally = DayTally.of([happened(fact) for fact in facts])
    figures = (Figure.BLANKS_RECEIVED, Figure.BLANKS_USED, Figure.BLANKS_SPOILED)
    assert [tally.count(figure) for figure in figures] == [30, 1, 2]


def test_work_after_a_closing_is_told():
    tally = DayTally.of([happened(RECEIVED, NUMBER, is_after=True), happened(ACCEPTED, OTHER)])
    assert tally.after == 1
    assert [case.is_after for case in tally.cases.values()] == [True, False]


def test_a_refusal_is_no_grant():
    assert figure_of(CaseDecided(Result.REFUSED)) is Figure.REFUSED
    assert figure_of(CaseDecided(Result.GRANTED)) is Figure.GRANTED


def test_inquiries_belong_to_no_case():
    tally = DayTally.of([happened(ask(paper(), "几点下班")), happened(InquiryAnswered("a", "五点"))])
    assert (tally.count(Figure.ASKED), tally.count(Figure.SETTLED), tally.cases) == (1, 1, {})
