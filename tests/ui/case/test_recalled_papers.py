"""A paper that must be called back: what the page of its case, the list and the counter say, and what voiding it asks."""

import pytest
from PySide6.QtWidgets import QLabel

from app.services.snapshots import CaseScope, PaperMark
from tests.support import COMMITTED, accepted, set_aside_for_good
from ui.case.forms.papers import VoidPaperForm
from ui.forms.form import Filled
from ui.paper_titles import recall_words
from ui.sync_words import paper_mark_words


@pytest.fixture
def case(counter):
    return accepted(counter, COMMITTED)


@pytest.fixture
def receipt(counter, case):
    return set_aside_for_good(counter, counter.papers.of_case(case.number)[0], "not_the_taker")


def test_who_is_to_be_asked_for_which_paper_and_what_follows_is_said_in_one_sentence(counter, case, receipt):
    file = counter.desk.file(case.number)
    words = recall_words(file.papers, file.lit.row)
    assert words == (
        f"须收回：收件凭证 {receipt.number}。请联系林**（138****5270）交回原件，再作废；仍然需要的，重新办理。"
    )


def test_nothing_is_said_where_no_paper_must_be_called_back(counter, case):
    file = counter.desk.file(case.number)
    assert recall_words(file.papers, file.lit.row) == ""


def test_every_mark_has_words():
    assert [paper_mark_words(mark)[1] for mark in PaperMark] == ["临时", "已确认", "须收回"]


def test_voiding_it_offers_the_reason(counter, case, receipt):
    offered = VoidPaperForm(receipt, counter).fields(Filled())[0].phrases
    assert offered[0] == "中心没有采用"
    other = next(paper for paper in counter.papers.of_case(case.number) if paper.number != receipt.number)
    assert "中心没有采用" not in VoidPaperForm(other, counter).fields(Filled())[0].phrases


def test_it_stands_on_the_page_of_its_case_and_among_what_is_to_be_done(window, case, receipt):
    window.open_case(case.number)
    window.idle()
    assert {"须收回", "临时"} <= {label.text() for label in window._window.findChildren(QLabel) if label.isVisible()}
    window.home()
    window.idle()
    window.open_desk(CaseScope.TO_RECALL)
    window.idle()
    assert window.built.desk.state.count == 1
    assert window.built.desk.state.counts.to_recall == 1
