"""The life of a paper: numbers, printing, printing again, voiding; on a real counter."""

import io
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest

from app.demonstration import CLERK
from app.domain.case import CaseState
from app.domain.errors import AlreadyDone, MayNotIssue, ReasonMissing, SamePerson
from app.domain.facts import FormPrepared, NumberedPaper, PaperMade, PaperPrinted
from app.domain.operators import Operator, Role
from app.domain.paper import PaperKind, PaperState
from app.services.errors import MissingGlyphs, NotFound, NotPermitted, NumberTaken, PaperVoid
from tests.support import COMMITTED, accepted

SHEN = Operator("shenqing", "沈青", tuple(Role))


def text_of(pdf):
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    try:
        return ["".join(page.get_textpage().get_text_bounded().split()) for page in document]
    finally:
        document.close()


def contents_of(pdf):
    """Return the bytes of every content stream, by page."""
    with pikepdf.open(io.BytesIO(pdf)) as paper:
        return [[bytes(stream.read_bytes()) for stream in streams(page)] for page in paper.pages]


def streams(page):
    contents = page.obj.Contents
    return list(contents) if isinstance(contents, pikepdf.Array) else [contents]


@pytest.fixture
def receipt(counter):
    return counter.papers.of_case(accepted(counter).number)[0]


def facts_of(counter, paper):
    return [event.fact for event in counter.desk.file(paper.case_number).events]


def test_a_fresh_paper_waits_to_be_printed_and_its_first_print_is_what_is_kept(counter, receipt):
    assert receipt.state is PaperState.TO_PRINT
    assert receipt.number in [paper.number for paper in counter.papers.waiting()]
    pdf = counter.papers.to_print(receipt, CLERK, printer="前台")
    assert pdf == counter.papers.pdf(receipt, CLERK)
    assert counter.papers.find(receipt.number).state is PaperState.SENT
    assert facts_of(counter, receipt)[-1] == PaperPrinted(receipt.number, "前台")


def test_a_paper_is_declared_void_by_who_handles_cases_alone(counter, receipt):
    reviewer = Operator("ouyang", "欧阳", (Role.REVIEWER,))
    with pytest.raises(NotPermitted):
        counter.papers.void(receipt, reviewer, "打印损坏", SHEN)
    assert counter.papers.find(receipt.number).state is not PaperState.VOIDED


def test_what_came_out_well_is_said_once_and_waits_no_more(counter, receipt):
    counter.papers.to_print(receipt, CLERK)
    assert counter.papers.confirm(receipt, CLERK).state is PaperState.PRINTED
    before = len(facts_of(counter, receipt))
    assert counter.papers.confirm(receipt, CLERK).printed == 1
    assert len(facts_of(counter, receipt)) == before
    assert receipt.number not in [paper.number for paper in counter.papers.waiting()]


def test_a_spoiled_print_is_printed_again_without_a_mark(counter, receipt):
    first = counter.papers.to_print(receipt, CLERK)
    assert counter.papers.spoil(receipt, CLERK, "卡纸").state is PaperState.TO_PRINT
    assert counter.papers.to_print(receipt, CLERK) == first
    row = counter.papers.find(receipt.number)
    assert (row.sent, row.printed) == (2, 0)


def test_a_reprint_says_so_on_each_page_and_leaves_the_paper_as_it_was(counter, receipt):
    original = counter.papers.to_print(receipt, CLERK)
    counter.papers.confirm(receipt, CLERK)
    again = counter.papers.to_print(receipt, CLERK, reason="申请人遗失")
    assert facts_of(counter, receipt)[-1].copy == 1
    for before, after in zip(text_of(original), text_of(again), strict=True):
        assert after.startswith(before)
        assert "补打第1次2026年5月18日10:24何长宁" in after
    for before, after in zip(contents_of(original), contents_of(again), strict=True):
        assert b"".join(before).strip() in b"".join(after)
    counter.papers.confirm(receipt, CLERK)
    assert "补打第2次" in text_of(counter.papers.to_print(receipt, CLERK))[0]
    assert counter.papers.pdf(receipt, CLERK) == original


def test_voiding_needs_a_reason_and_another_person_who_may(counter, receipt):
    with pytest.raises(ReasonMissing):
        counter.papers.void(receipt, CLERK, " ", SHEN)
    with pytest.raises(SamePerson):
        counter.papers.void(receipt, CLERK, "错字", replace(SHEN, login=CLERK.login))
    with pytest.raises(NotPermitted):
        counter.papers.void(receipt, CLERK, "错字", Operator("wen", "文", (Role.CLERK,)))
    assert counter.papers.find(receipt.number).state is PaperState.TO_PRINT


def test_a_void_paper_keeps_its_number_says_so_across_and_is_not_printed(counter, receipt):
    original = counter.papers.pdf(receipt, CLERK)
    voided = counter.papers.void(receipt, CLERK, "打印错行", SHEN)
    assert (voided.state, voided.void_reason, voided.voided_by) == (PaperState.VOIDED, "打印错行", SHEN.login)
    shown = text_of(counter.papers.pdf(receipt, CLERK))
    assert all("作废：打印错行" in page and page.endswith("作废") for page in shown)
    assert text_of(original)[0] in shown[0]
    with pytest.raises(PaperVoid):
        counter.papers.to_print(receipt, CLERK)
    with pytest.raises(AlreadyDone):
        counter.papers.void(receipt, CLERK, "再次", SHEN)
    assert counter.papers.confirm(receipt, CLERK).state is PaperState.VOIDED
    another = counter.papers.of_case(accepted(counter).number)[0]
    assert (receipt.number[-4:-1], another.number[-4:-1]) == ("001", "002")


def test_a_voided_certificate_is_issued_anew_and_names_the_old_one(counter):
    case = accepted(counter)
    counter.issuance.issue(case.number, CLERK)
    old = counter.papers.of_case(case.number)[-1]
    counter.papers.void(old, CLERK, "现住址写错", SHEN)
    assert counter.desk.file(case.number).case.state is CaseState.DECIDED
    assert counter.desk.file(case.number).lit.row.state is CaseState.DECIDED
    counter.issuance.issue(case.number, CLERK)
    new = counter.papers.of_case(case.number)[-1]
    assert new.number != old.number
    assert f"本证代替{old.number}，原证作废" in text_of(counter.papers.pdf(new, CLERK))[0]


def test_the_version_of_the_template_is_kept_with_the_paper(counter, receipt):
    counter.papers.pdf(receipt, CLERK)
    made = next(fact for fact in facts_of(counter, receipt) if isinstance(fact, PaperMade))
    template = counter.papers._maker.template("materials_receipt")
    assert (made.template, made.template_digest) == ("materials_receipt", template.digest)
    assert len(template.digest) == 64


def test_a_number_that_another_paper_has_is_refused(counter):
    taken = NumberedPaper("elsewhere", 1, "云溪3委〔2026〕000001号")
    with counter.intake._store.write() as uow:
        fact = FormPrepared(PaperKind.PLEDGE, taken, "告知承诺书", {})
        counter.intake._recorder.record(uow, CLERK.login, fact, counter.desk.now())
        uow.commit()
    with pytest.raises(NumberTaken) as refused, counter.intake._store.write() as uow:
        counter.papers.numbers.next(uow, PaperKind.MANDATE, 2026)
    assert refused.value.number == taken.text


def test_a_certificate_of_another_level_gets_no_number_here(counter):
    for template in ("no_criminal_record_certificate", "village_residence_certificate"):
        with pytest.raises(MayNotIssue), counter.intake._store.write() as uow:
            counter.papers.numbers.next(uow, PaperKind.CERTIFICATE, 2026, template)


def test_a_number_that_no_paper_has_is_not_found(counter):
    with pytest.raises(NotFound):
        counter.papers.find("云溪3收〔2026〕999999号")


def test_a_character_that_no_font_has_is_told_before_anything_is_recorded(counter):
    case = accepted(counter, COMMITTED)
    before = len(counter.papers.of_case(case.number))
    for act in (
        lambda: counter.closing.withdraw(case.number, CLERK, "困难\U000e0041解决"),
        lambda: counter.review.extend(case.number, SHEN, 5, reason="核实", approver="覃\U000e0041"),
        lambda: counter.inquiries.ask(CLERK, "老房\U000e0041翻建"),
        lambda: counter.papers.prepare(PaperKind.MANDATE, {"name": "林\U000e0041"}, CLERK),
    ):
        with pytest.raises(MissingGlyphs) as refused:
            act()
        assert refused.value.characters == "\U000e0041"
    assert len(counter.papers.of_case(case.number)) == before
