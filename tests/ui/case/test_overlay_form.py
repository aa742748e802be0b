"""The form that prints a paper onto a blank form: the next number, what is asked of any other, and who confirms it."""

import pytest

from app.demonstration import CLERK
from app.domain.blanks import BlankState
from app.domain.operators import Operator, Role
from app.domain.paper import PaperKind, PaperState
from tests.services.said_papers import homestead
from tests.ui.case.test_presenter import Opened
from ui.case.state import Part

FORM = "农村宅基地批准书用纸"
SECOND = Operator("second", "邓复核", (Role.SUPERVISOR,))


@pytest.fixture
def opened(counter):
    made = Opened(counter)
    made.open(counter.issuance.issue(homestead(counter).number, CLERK))
    return made


@pytest.fixture
def paper(opened):
    return next(row for row in opened.state.file.papers if row.kind is PaperKind.CERTIFICATE)


@pytest.fixture
def stocked(counter, paper):
    counter.blanks.receive(CLERK, FORM, "A0001", "A0005", "县自然资源局")


def begin(opened, paper):
    opened.presenter.print_onto_blank(paper)
    opened.runner.work()
    return opened.presenter.forms


def submit(opened, second=None):
    opened.presenter.forms.submit()
    if second:
        asked, _what, then = opened.navigator.went[-1]
        assert asked == "ask_second_person"
        then(second)
    opened.runner.work()


def asked(forms):
    return [field.code for field in forms.state.fields]


def test_only_what_has_a_blank_form_offers_it(opened, paper):
    assert opened.state.for_blanks == {paper.number}


def test_the_next_number_stands_there_and_one_key_prints(counter, opened, paper, stocked):
    forms = begin(opened, paper)
    assert (forms.state.filled.value("number"), asked(forms)) == ("A0001", ["number"])
    assert (forms.state.tone, forms.state.note) == ("warn", f"“{FORM}”还有 5 张")
    assert forms.state.paper is not None
    submit(opened)
    assert opened.state.part is Part.PAGE
    assert counter.blanks.held_by(paper.number) == "A0001"
    assert counter.papers.find(paper.number).state is PaperState.SENT


def test_where_enough_are_left_the_form_warns_of_nothing(counter, opened, paper, stocked):
    counter.blanks.keep_low(FORM, 4)
    assert begin(opened, paper).state.tone == "good"


def test_another_number_asks_what_became_of_those_before_and_a_second_person(counter, opened, paper, stocked):
    forms = begin(opened, paper)
    forms.edit("number", "a0003")
    assert asked(forms) == ["number", "between"]
    assert (forms.state.tone, forms.state.note) == ("warn", "A0001–A0002（2 张）作废，改用 A0003")
    submit(opened)
    assert forms.state.problems["between"]
    forms.edit("between", "丢失")
    submit(opened, SECOND)
    assert opened.navigator.errors == []
    assert counter.blanks.held_by(paper.number) == "A0003"
    assert [row.approved_by for row in counter.blanks.page(FORM, 0, 9, BlankState.SPOILED)] == ["second"] * 2


@pytest.mark.parametrize(("number", "words"), [("B0001", "没有"), ("A0001", "已经作废")])
def test_a_number_that_is_not_there_any_more_is_told_at_its_field(counter, opened, paper, stocked, number, words):
    counter.blanks.spoil(CLERK, FORM, "A0001", "", "受潮", SECOND)
    forms = begin(opened, paper)
    forms.edit("number", number)
    submit(opened)
    assert words in forms.state.problems["number"]
    assert asked(forms) == ["number"]


def test_printing_again_voids_the_blank_and_takes_the_next(counter, opened, paper, stocked):
    begin(opened, paper)
    submit(opened)
    opened.presenter.printing.spoil(opened.state.file.papers[-1:])
    assert opened.navigator.went[-1] == ("print_onto_blank", opened.state.file.papers[-1])
    forms = begin(opened, opened.state.file.papers[-1])
    assert (forms.state.filled.value("number"), asked(forms)) == ("A0002", ["number", "spoiled"])
    forms.edit("number", "A0001")
    assert asked(forms) == ["number"]
    forms.edit("number", "A0002")
    forms.edit("spoiled", "卡纸")
    submit(opened, SECOND)
    assert [(row.number, row.state) for row in counter.blanks.of_paper(paper.number)] == [
        ("A0001", BlankState.SPOILED),
        ("A0002", BlankState.USED),
    ]


def test_without_any_blank_it_says_where_they_are_written_down(opened, paper):
    forms = begin(opened, paper)
    assert "设置→空白凭证" in forms.state.note
    submit(opened)
    assert forms.state.problems["number"]
