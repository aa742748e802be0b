"""Papers that are printed onto blank forms: which blank, where on it, and what becomes of it when something goes wrong."""

from dataclasses import replace

import pytest

from app.demonstration import CLERK
from app.domain.blanks import BlankState
from app.domain.errors import BlanksBetween, LimitExceeded, OnBlank, ReasonMissing
from app.domain.operators import Operator, Role
from app.domain.paper import MOST_MOVED, NOT_MOVED, PageSize, PaperKind, PaperState, Shift
from app.services.blanks import BlankUse
from app.services.errors import PaperVoid, PrinterFault, PrinterTrouble
from app.services.ports import JobState
from app.services.print_settings import PrintChoice
from tests.papers.samples import text_of
from tests.printing.counters import choose, with_printers
from tests.services.said_papers import homestead

FORM = "农村宅基地批准书用纸"
SECOND = Operator("second", "邓复核", (Role.SUPERVISOR,))


@pytest.fixture
def office(counter):
    made = with_printers(counter)
    choose(made)
    made.blanks.receive(CLERK, FORM, "A0001", "A0030", "县自然资源局")
    return made


@pytest.fixture
def paper(office):
    number = office.issuance.issue(homestead(office).number, CLERK).number
    return next(row for row in office.papers.of_case(number) if row.kind is PaperKind.CERTIFICATE)


def state(office, paper):
    return office.papers.find(paper.number).state


def blanks(office, paper):
    return [(blank.number, blank.state) for blank in office.blanks.of_paper(paper.number)]


def jobs(office):
    return list(office.printing.printers.jobs.values())


def test_papers_tell_the_form_that_they_are_printed_onto(office, paper):
    others = [row for row in office.papers.of_case(paper.case_number) if row != paper]
    assert others
    elsewhere = replace(paper, number="another station's", station="000732")
    assert office.overlays.forms_of([*others, elsewhere, paper]) == {paper.number: FORM}


def test_only_a_paper_for_which_a_blank_is_left_waits_for_one(office, paper):
    assert office.overlays.with_blanks([paper]) == {paper.number}
    office.blanks.give_back(CLERK, FORM, "A0001", "A0030", "不再使用", SECOND)
    assert office.overlays.with_blanks([paper]) == frozenset()


def test_the_values_alone_go_to_the_printer_once_and_the_blank_is_bound_to_the_paper(office, paper):
    sent = office.overlays.print(paper, BlankUse(FORM, "A0001"), CLERK)
    (job,) = jobs(office)
    assert "户主姓名" not in text_of(job.pdf, 0)
    assert (job.wish.copies, job.wish.is_exact, sent.number) == (1, True, paper.number)
    assert (state(office, paper), blanks(office, paper)) == (PaperState.SENT, [("A0001", BlankState.USED)])
    assert office.blanks.next(FORM) == "A0002"


def test_without_a_printer_it_is_opened_and_recorded_all_the_same(counter):
    counter.blanks.receive(CLERK, FORM, "A0001", "A0002", "县自然资源局")
    number = counter.issuance.issue(homestead(counter).number, CLERK).number
    paper = next(row for row in counter.papers.of_case(number) if row.kind is PaperKind.CERTIFICATE)
    assert counter.overlays.print(paper, BlankUse(FORM, "A0001"), CLERK).pdf.startswith(b"%PDF-")
    assert (state(counter, paper), counter.blanks.next(FORM)) == (PaperState.SENT, "A0002")


def test_nothing_is_printed_while_nobody_said_what_became_of_the_blanks_before(office, paper):
    with pytest.raises(BlanksBetween):
        office.overlays.print(paper, BlankUse(FORM, "A0003"), CLERK)
    assert [job.state for job in jobs(office)] == [JobState.CANCELLED]
    assert (state(office, paper), blanks(office, paper)) == (PaperState.TO_PRINT, [])


def test_a_printer_that_takes_nothing_uses_no_blank(office, paper):
    office.printing.printers.suffer(PrinterTrouble.REJECTING)
    with pytest.raises(PrinterFault):
        office.overlays.print(paper, BlankUse(FORM, "A0001"), CLERK)
    assert blanks(office, paper) == []


def test_a_spoiled_print_is_only_said_with_its_blank_and_takes_the_next(office, paper):
    office.overlays.print(paper, BlankUse(FORM, "A0001"), CLERK)
    sent = office.papers.find(paper.number)
    with pytest.raises(OnBlank):
        office.papers.spoil(sent, CLERK)
    with pytest.raises(ReasonMissing):
        office.overlays.print(sent, BlankUse(FORM, "A0002"), CLERK)
    office.overlays.print(sent, BlankUse(FORM, "A0002", spoiled="卡纸", approved_by=SECOND), CLERK)
    assert blanks(office, paper) == [("A0001", BlankState.SPOILED), ("A0002", BlankState.USED)]
    assert "补打" not in text_of(jobs(office)[-1].pdf, 0)


def test_where_nothing_came_out_the_same_blank_is_printed_onto(office, paper):
    office.overlays.print(paper, BlankUse(FORM, "A0001"), CLERK)
    office.overlays.print(office.papers.find(paper.number), BlankUse(FORM, "A0001"), CLERK)
    assert (state(office, paper), blanks(office, paper)) == (PaperState.SENT, [("A0001", BlankState.USED)])


def test_a_second_one_says_that_it_is_a_reprint_though_the_plain_copy_is_none(office, paper):
    office.printing.send(paper, CLERK)
    office.papers.confirm(paper, CLERK)
    office.overlays.print(paper, BlankUse(FORM, "A0001"), CLERK)
    assert "补打" not in text_of(jobs(office)[-1].pdf, 0)
    office.papers.confirm(paper, CLERK)
    lost = BlankUse(FORM, "A0002", spoiled="申请人遗失", approved_by=SECOND)
    office.overlays.print(office.papers.find(paper.number), lost, CLERK)
    assert "补打第2次" in text_of(jobs(office)[-1].pdf, 0)


def test_a_void_paper_gets_no_blank(office, paper):
    office.papers.void(paper, CLERK, "内容有误", SECOND)
    with pytest.raises(PaperVoid):
        office.overlays.print(paper, BlankUse(FORM, "A0001"), CLERK)
    assert office.blanks.next(FORM) == "A0001"


def test_each_printer_moves_each_form_by_its_own_shift(office, paper):
    office.overlays.keep_shift(FORM, Shift(12, -7))
    assert office.overlays.shift(FORM) == Shift(12, -7)
    assert office.overlays.shift("另一种用纸") == NOT_MOVED
    office.printing.settings.keep_usual(PrintChoice())
    assert office.overlays.shift(FORM) == NOT_MOVED
    with pytest.raises(LimitExceeded):
        office.overlays.keep_shift(FORM, Shift(MOST_MOVED + 1))


def test_the_test_sheet_says_the_shift_it_is_printed_with(office):
    office.overlays.keep_shift(FORM, Shift(12, -7))
    office.overlays.print_test(FORM, PageSize.A4)
    assert "横向+1.2毫米、纵向-0.7毫米" in text_of(jobs(office)[-1].pdf, 0)
    assert jobs(office)[-1].wish.is_exact
