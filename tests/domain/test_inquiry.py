import pytest

from app.domain import inquiry as rules
from app.domain.errors import ReasonMissing, WrongState
from app.domain.facts import OperatorLoggedOut
from app.domain.inquiry import Inquiry, InquiryState
from tests.domain.samples import AT, paper

ASKED = rules.ask(paper(serial=3), " 老人补贴怎么领 ", "510111032000", " 林𬱖宁 ", "138 0555 5270")
OPEN = Inquiry.of([(ASKED, AT, "hechangning")])
HANDED = OPEN.after(rules.hand_on(OPEN, "民政办", "要查档案", "0899-555 0199"), AT)
CLOSED = OPEN.after(rules.answer(OPEN, "带身份证到本窗口"), AT)


def test_what_was_typed_is_tidied():
    assert (ASKED.subject, ASKED.asked_by, ASKED.phone) == ("老人补贴怎么领", "林𬱖宁", "13805555270")


def test_nothing_but_the_subject_is_needed():
    assert rules.ask(paper(), "怎么领").asked_by == ""
    with pytest.raises(ReasonMissing):
        rules.ask(paper(), "  ")


def test_who_is_asked_first_stays_responsible_when_it_is_handed_on():
    again = HANDED.after(rules.hand_on(HANDED, "县民政局"), AT)
    assert (again.clerk, again.state, again.handed_to) == ("hechangning", InquiryState.HANDED_ON, "县民政局")
    assert again.is_open


def test_an_answer_closes_it():
    assert (CLOSED.state, CLOSED.outcome, CLOSED.closed_at) == (InquiryState.CLOSED, "带身份证到本窗口", AT)


def test_what_was_handed_on_is_settled_by_its_outcome():
    settled = HANDED.after(rules.close(HANDED, "民政办已答复"), AT)
    assert (settled.is_open, settled.outcome, settled.handed_to) == (False, "民政办已答复", "民政办")


@pytest.mark.parametrize(
    "act",
    [
        lambda: rules.answer(CLOSED, "再答"),
        lambda: rules.hand_on(CLOSED, "民政办"),
        lambda: rules.close(CLOSED, "了结"),
    ],
)
def test_nothing_happens_to_a_closed_one(act):
    with pytest.raises(WrongState):
        act()


@pytest.mark.parametrize(
    "act", [lambda: rules.answer(OPEN, ""), lambda: rules.hand_on(OPEN, " "), lambda: rules.close(HANDED, "")]
)
def test_each_act_needs_its_words(act):
    with pytest.raises(ReasonMissing):
        act()


def test_it_begins_with_being_asked():
    with pytest.raises(WrongState):
        Inquiry.of([(OperatorLoggedOut(), AT, "hechangning")])


def test_other_facts_leave_it_as_it_is():
    assert OPEN.after(OperatorLoggedOut(), AT) == OPEN
