from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain import acceptance, closing, review
from app.domain.acceptance import ensure_open, receive
from app.domain.application import HandedIn
from app.domain.case import Case, CaseState
from app.domain.catalogue import ItemState, ProjectType, ResultPaper, UseLevel
from app.domain.deadline import DueDate
from app.domain.errors import ApplicationIncomplete, ItemNotOpen, MayNotIssue, WrongState
from app.domain.facts import CaseReceived, CertificateIssued, PaperMade, PersonalDataShown
from app.domain.outcomes import Result
from app.domain.paper import PaperKind
from tests.domain.samples import APPLICATION, AT, FORM, ITEM, NUMBER, TODAY, paper

CERTIFICATE = CertificateIssued(paper("certificate"), "residence", "居住证明", {"name": "林"}, date(2026, 5, 18))
DUE = DueDate(AT + timedelta(days=7), AT + timedelta(days=6), provisional=True)
WITHOUT_CERTIFICATE = replace(ITEM, result=ResultPaper("答复"))


def received(application=APPLICATION, item=ITEM):
    return receive(item, application, today=TODAY, started_at=AT, receipt=paper(), holder="000731")


def verbs(item=ITEM):
    """Every verb of a case, with arguments that are right in themselves."""
    return {
        "accept": lambda case: acceptance.accept(case, item, AT, None, paper("notice")),
        "grant": lambda case: review.grant_on_the_spot(case, item, UseLevel.TOWNSHIP),
        "issue": lambda case: closing.issue(case, CERTIFICATE),
        "deliver": lambda case: closing.deliver(case, item, "林𬱖宁", True),
    }


def cases(item=ITEM):
    """A case in each state, on the good path."""
    case = Case.opened(NUMBER, received(item=item), AT)
    reached = {case.state: case}
    for verb in verbs(item).values():
        if verb is not None:
            case = case.after(verb(case), AT)
            reached[case.state] = case
    return reached


STATES = cases()
ALLOWED = {
    CaseState.RECEIVED: "accept",
    CaseState.ACCEPTED: "grant",
    CaseState.DECIDED: "issue",
    CaseState.ISSUED: "deliver",
    CaseState.DELIVERED: None,
}


def test_the_good_path_goes_through_every_state():
    assert list(STATES) == list(ALLOWED)


@pytest.mark.parametrize("state", ALLOWED)
@pytest.mark.parametrize("verb", ["accept", "grant", "issue", "deliver"])
def test_a_verb_is_possible_in_its_own_state_alone(state, verb):
    case, act = STATES[state], verbs()[verb]
    if ALLOWED[state] == verb:
        assert case.after(act(case), AT).state is not state
        return
    with pytest.raises(WrongState) as refused:
        act(case)
    assert (refused.value.act, refused.value.state) == (verb, state)


def test_what_makes_no_certificate_is_delivered_once_decided():
    decided = Case.opened(NUMBER, received(item=WITHOUT_CERTIFICATE), AT)
    decided = decided.after(acceptance.accept(decided, WITHOUT_CERTIFICATE, AT, None, paper("notice")), AT)
    with pytest.raises(WrongState):
        closing.deliver(decided, WITHOUT_CERTIFICATE, "林𬱖宁", True)
    decided = decided.after(review.grant_on_the_spot(decided, WITHOUT_CERTIFICATE, UseLevel.TOWNSHIP), AT)
    assert decided.after(closing.deliver(decided, WITHOUT_CERTIFICATE, "林𬱖宁", True), AT).state is CaseState.DELIVERED


def test_a_certificate_must_be_made_before_it_is_handed_over():
    with pytest.raises(WrongState):
        closing.deliver(STATES[CaseState.DECIDED], ITEM, "林𬱖宁", True)


@pytest.mark.parametrize("level", [UseLevel.COUNTY, UseLevel.VILLAGE])
def test_a_level_that_the_catalogue_does_not_name_may_not_decide(level):
    with pytest.raises(MayNotIssue) as refused:
        review.grant_on_the_spot(STATES[CaseState.ACCEPTED], ITEM, level)
    assert (refused.value.title, refused.value.level) == ("居住证明", level)


@pytest.mark.parametrize("state", [state for state in ItemState if state is not ItemState.IN_USE])
def test_no_case_is_opened_for_an_item_out_of_use(state):
    item = replace(ITEM, state=state, state_reason="暂停", competent="公安派出所")
    with pytest.raises(ItemNotOpen) as refused:
        ensure_open(item)
    assert (refused.value.reason, refused.value.competent) == ("暂停", "公安派出所")
    with pytest.raises(ItemNotOpen):
        received(item=item)


def test_an_incomplete_application_is_not_received_and_says_all_that_is_missing():
    with pytest.raises(ApplicationIncomplete) as refused:
        received(replace(APPLICATION, form={**FORM, "since": ""}, materials={}))
    assert [problem.place for problem in refused.value.problems] == [
        "form.since",
        "materials.id_card",
        "materials.photo",
    ]


def test_only_what_the_item_asks_for_and_what_is_there_is_received():
    fact = received(
        replace(
            APPLICATION,
            form={**FORM, "smuggled": "x"},
            materials={"id_card": HandedIn(1), "lease": HandedIn(), "photo": HandedIn(1), "smuggled": HandedIn(1)},
        )
    )
    assert set(fact.form) == set(FORM)
    assert set(fact.materials) == {"id_card", "photo"}


def test_acceptance_starts_the_clock_and_keeps_the_limits_of_the_version():
    fact = acceptance.accept(STATES[CaseState.RECEIVED], ITEM, AT, DUE, paper("notice"))
    assert (fact.due, fact.near_due_from, fact.due_is_provisional) == (DUE.at, DUE.near_from, True)
    assert (fact.statutory, fact.promised) == (ITEM.statutory, ITEM.promised)
    case = STATES[CaseState.RECEIVED].after(fact, AT)
    assert (case.accepted_at, case.due, case.notice) == (AT, DUE.at, fact.notice)


def test_an_immediate_case_has_no_due_date():
    assert STATES[CaseState.ACCEPTED].due is None
    assert STATES[CaseState.ACCEPTED].is_immediate
    assert not replace(STATES[CaseState.ACCEPTED], project_type=ProjectType.COMMITTED).is_immediate


def test_whoever_collects_is_kept_tidy():
    fact = closing.deliver(STATES[CaseState.ISSUED], ITEM, " 沈 青 ", False, "519900 19850101 001x")
    assert (fact.collected_by, fact.in_person, fact.id_number) == ("沈 青", False, "51990019850101001X")


def test_the_header_tells_of_the_case_and_nothing_of_the_person():
    header = STATES[CaseState.DELIVERED].header()
    assert header == {
        "number": NUMBER,
        "item": ITEM.code,
        "item_version": 1,
        "state": "delivered",
        "holder": "000731",
        "received": "2026-05-18T10:24:07.000+08:00",
        "accepted": "2026-05-18T10:24:07.000+08:00",
        "due": None,
        "result": "0",
        "late": False,
        "deemed": False,
        "suspended": None,
        "handed": None,
        "closed": "2026-05-18T10:24:07.000+08:00",
    }


@pytest.mark.parametrize("state", ALLOWED)
@pytest.mark.parametrize("fact", [PaperMade(PaperKind.CERTIFICATE, "1", "0" * 64), PersonalDataShown("核对")])
def test_facts_beside_the_case_leave_it_as_it_is(state, fact):
    assert STATES[state].after(fact, AT) == STATES[state]


def test_a_history_folds_into_the_case_that_the_verbs_made():
    history, case = [(received(), AT)], Case.opened(NUMBER, received(), AT)
    for number, verb in enumerate(verbs().values(), start=1):
        fact, at = verb(case), AT + timedelta(minutes=number)
        history.append((fact, at))
        case = case.after(fact, at)
    assert Case.of(NUMBER, history) == case
    assert (case.result, case.certificate, case.delivered_at) == (
        Result.GRANTED,
        CERTIFICATE,
        AT + timedelta(minutes=4),
    )


def test_a_history_that_does_not_begin_with_the_materials_is_no_case():
    with pytest.raises(WrongState):
        Case.of(NUMBER, [(CERTIFICATE, AT)])
    assert isinstance(received(), CaseReceived)
