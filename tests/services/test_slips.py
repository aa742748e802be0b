"""The short form of papers for a roll."""

import pytest

from app.domain.paper import PaperKind
from app.services.paper_drawing import told
from app.services.ports import Look
from app.services.slips import FIELDS, slip_rows
from tests.support import accepted


@pytest.fixture
def papers(counter):
    case = accepted(counter)
    return {row.kind: row for row in counter.papers.of_case(case.number)}, case


def rows_of(counter, row, mark=""):
    with counter.papers._store.read() as uow:
        paper = counter.papers._content.paper(told(uow, row))
    return paper, slip_rows(paper, row.kind, counter.papers._maker.template(row.kind).title, mark)


def test_a_receipt_says_who_what_when_and_carries_code_and_witness(counter, papers):
    rows, case = papers
    paper, slip = rows_of(counter, rows[PaperKind.MATERIALS_RECEIPT])
    text = "\n".join(row.text for row in slip)
    for key in ("applicant", "item", "received_at", "window_phone", "clerk", "number"):
        assert paper.values[key] in text, key
    assert [row.text for row in slip if row.look is Look.CODE] == [case.number]
    assert paper.witness in text
    assert case.applicant.id_number not in text
    assert all(name in text for _number, name, *_rest in paper.tables["materials"])


def test_an_acceptance_says_by_when_it_is_done(counter, papers):
    paper, slip = rows_of(counter, papers[0][PaperKind.ACCEPTANCE_NOTICE])
    text = [row.text for row in slip]
    assert f"受理时间：{paper.values['accepted_at']}" in text
    assert f"办结期限：{paper.values['due']}" in text
    assert "本小票摘自《受理通知书》，全文可在窗口索取。" in text


def test_what_has_no_value_is_left_out_and_a_reprint_is_said(counter, papers):
    _paper, slip = rows_of(counter, papers[0][PaperKind.MATERIALS_RECEIPT], "补打第 1 次")
    assert not any(row.text.endswith(("：", "：无")) for row in slip)
    assert slip[-1].text == "补打第 1 次"


def test_kinds_that_are_no_receipts_have_no_slip(counter, papers):
    paper, _slip = rows_of(counter, papers[0][PaperKind.MATERIALS_RECEIPT])
    assert PaperKind.CERTIFICATE not in FIELDS
    with pytest.raises(KeyError):
        slip_rows(paper, PaperKind.CERTIFICATE, "居住证明")
