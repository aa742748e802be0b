"""What may be done with a case, and why the rest may not: the same as the domain's rules say."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain import acceptance, closing, correcting, custody, review
from app.domain.application import Collection
from app.domain.case import CaseState
from app.domain.catalogue import UseLevel
from app.domain.errors import BrokenRule
from app.domain.operators import Operator, Role
from app.domain.outcomes import HandOverPurpose, Result, SpecialProcedure
from app.services.desk import CaseFile
from tests.domain.samples import AT, ITEM, TODAY, paper
from tests.domain.stages import CALENDAR, CERTIFICATE, COMMITTED, DEFECTS, HOUR, HOURS, ONE, SILENT, STAGES, unfinished
from tests.domain.stages import decided as decided_case
from ui.case.act_kinds import LOOKS, CaseAct
from ui.case.acts import acts_of

CLERK = Operator("hechangning", "何长宁")
NOW = AT + HOUR
VERBS = {
    CaseAct.ACCEPT: lambda c: acceptance.accept(c, COMMITTED, NOW, None, paper("n"), now=NOW),
    CaseAct.ASK_SUPPLEMENT: lambda c: acceptance.ask_supplement(
        c, DEFECTS, paper("s"), reply_by=None, now=NOW, reason="又发现一项"
    ),
    CaseAct.TAKE_IN_SUPPLEMENT: lambda c: acceptance.take_in_supplement(
        c, COMMITTED, {"id_card": ONE}, {}, paper("r"), today=TODAY, silence_until=SILENT
    ),
    CaseAct.GIVE_BACK: lambda c: acceptance.give_back(c, "要求取回", paper("g"), NOW),
    CaseAct.START_REVIEW: lambda c: review.start_review(c, "shen"),
    CaseAct.SUSPEND: lambda c: review.suspend(c, SpecialProcedure.TEST, basis="第四十五条", notice=paper("p")),
    CaseAct.RESUME: lambda c: review.resume(c, "结束", NOW, CALENDAR, HOURS),
    CaseAct.EXTEND: lambda c: review.extend(
        c, 5, reason="复杂", approver="沈青", notice=paper("e"), at=NOW, calendar=CALENDAR, hours=HOURS
    ),
    CaseAct.DECIDE: lambda c: review.decide(c, Result.GRANTED, decision=paper("d"), decided_by="沈青"),
    CaseAct.FORWARD: lambda c: review.forward(c, "示范县民政局", "须由县级审批", paper("f")),
    CaseAct.ISSUE: lambda c: closing.issue(c, CERTIFICATE),
    CaseAct.DELIVER: lambda c: closing.deliver(c, COMMITTED, "林𬱖宁", True),
    CaseAct.RATE: lambda c: closing.rate(c, 1),
    CaseAct.ARCHIVE: closing.archive,
    CaseAct.CORRECT: lambda c: correcting.correct(
        c, COMMITTED, {"applicant.address": "云溪镇石桥村1组1号"}, "打错字", TODAY
    ),
    CaseAct.WITHDRAW: lambda c: closing.withdraw(c, "不再需要", paper("w")),
    CaseAct.VOID: lambda c: closing.void(c, Result.VOIDED, "重复", by="lin", approved_by="shen"),
    CaseAct.HAND_OVER: lambda c: hand_over(c, "000732"),
    CaseAct.TAKE_OVER: custody.take_over,
    CaseAct.SEND_BACK: lambda c: hand_over(c, c.handed_from),
    CaseAct.SEND_TO_COLLECT: lambda c: custody.send_to_collect(c, COMMITTED, "x", slip=paper("h"), from_name="石桥村"),
    CaseAct.CHOOSE_COLLECTION: lambda c: custody.choose_collection(c, Collection.POST),
}


def hand_over(case, to):
    return custody.hand_over(
        case, to, "云溪镇", HandOverPurpose.REVIEW, "超出权限", slip=paper("h"), from_name="石桥村"
    )


def handed_here(state):
    """Return a case of a state that another station has just handed to this one."""
    case = replace(STAGES[state](), holder="000732")
    return case.after(hand_over(case, "000731"), NOW)


def acts(case, operator=CLERK, item=COMMITTED, *, held_here=True, now=NOW, holder="", has_others=True):
    file = CaseFile(case, item, None, [], [], held_here, NOW.date(), holder)
    return acts_of(file, operator, UseLevel.TOWNSHIP, now, has_others=has_others)


def possible(case, **options):
    return {act for act, offer in acts(case, **options).offers.items() if offer.is_possible}


def test_a_promise_whose_day_came_does_not_keep_the_case_from_being_accepted():
    case = STAGES[CaseState.RECEIVED]()
    late = AT + timedelta(days=(case.owed["photo"] - TODAY).days)
    assert CaseAct.ACCEPT in possible(case, now=late)
    assert acceptance.missing(case, COMMITTED, late.date()) == ()


@pytest.mark.parametrize("state", STAGES)
@pytest.mark.parametrize("act", VERBS)
def test_an_act_is_offered_exactly_where_the_rules_allow_it(state, act):
    case = STAGES[state]()
    try:
        VERBS[act](case)
    except BrokenRule:
        allowed = False
    else:
        allowed = True
    assert acts(case).offers[act].is_possible == allowed


@pytest.mark.parametrize("state", STAGES)
def test_what_comes_next_is_possible_and_keys_in_the_bar_are_told_apart(state):
    offered = acts(STAGES[state]())
    shown = [act for act in (offered.primary, *offered.beside) if act]
    keys = [LOOKS[act].key for act in shown]
    assert len(set(keys)) == len(keys)
    assert all(keys)
    assert offered.primary is None or offered.offers[offered.primary].is_possible


def test_an_unfinished_case_is_supplemented_first_and_acceptance_says_what_is_missing():
    offered = acts(unfinished())
    assert offered.primary is CaseAct.ASK_SUPPLEMENT
    assert offered.offers[CaseAct.ACCEPT].why_not == offered.hint == "还缺 3 项"
    assert CaseAct.ACCEPT in offered.beside


def test_a_case_of_another_window_can_only_be_looked_at():
    case = STAGES[CaseState.ACCEPTED]()
    assert possible(case, held_here=False) == set()
    assert acts(case, held_here=False).offers[CaseAct.SUSPEND].why_not == "在其他窗口，这里只能查看"
    named = acts(case, held_here=False, holder="云溪镇便民服务中心")
    assert named.offers[CaseAct.SUSPEND].why_not == "在云溪镇便民服务中心手里，这里只能查看"


@pytest.mark.parametrize("state", [CaseState.RECEIVED, CaseState.ACCEPTED, CaseState.REVIEW, CaseState.DECIDED])
def test_what_was_handed_over_is_taken_over_first_or_sent_back(state):
    offered = acts(handed_here(state))
    assert offered.primary is CaseAct.TAKE_OVER
    assert offered.beside == (CaseAct.SEND_BACK,)
    keys = [LOOKS[act].key for act in (offered.primary, *offered.beside)]
    assert len(set(keys)) == len(keys)


def test_what_was_taken_over_goes_on_as_usual_and_can_still_be_sent_back():
    case = handed_here(CaseState.REVIEW)
    taken = case.after(custody.take_over(case), NOW)
    assert acts(taken).primary is CaseAct.DECIDE
    assert acts(taken).offers[CaseAct.SEND_BACK].is_possible
    assert acts(taken).offers[CaseAct.TAKE_OVER].why_not == "没有要接收的交接"


def test_without_a_directory_there_is_nobody_to_hand_a_case_to():
    offered = acts(STAGES[CaseState.REVIEW](), has_others=False)
    assert offered.offers[CaseAct.HAND_OVER].why_not == "没有窗口名录：登记到中心并同步以后才能交接"
    assert offered.offers[CaseAct.SEND_BACK].why_not == "不是别的窗口交来的"


def test_who_may_not_is_told_which_role_may():
    case = STAGES[CaseState.REVIEW]()
    assert possible(case, operator=Operator("shen", "沈青", (Role.ADMINISTRATOR,))) == set()
    reviewer = Operator("shen", "沈青", (Role.REVIEWER,))
    assert {CaseAct.DECIDE, CaseAct.SUSPEND, CaseAct.FORWARD} <= possible(case, operator=reviewer)
    assert acts(case, operator=reviewer).offers[CaseAct.CORRECT].why_not == "需要经办人权限"


def test_an_immediate_case_is_issued_where_the_catalogue_lets_this_counter():
    item = replace(ITEM, issuers=(UseLevel.TOWNSHIP,))
    case = replace(STAGES[CaseState.ACCEPTED](), project_type=item.project_type)
    assert acts(case, item=item).primary is CaseAct.ISSUE
    elsewhere = acts(case, item=replace(item, issuers=()))
    assert elsewhere.primary is CaseAct.DECIDE
    assert elsewhere.offers[CaseAct.ISSUE].why_not == "本服务点无权当场决定"


def test_a_refusal_is_delivered_and_makes_no_certificate():
    offered = acts(decided_case(Result.REFUSED), item=ITEM)
    assert offered.primary is CaseAct.DELIVER
    assert offered.offers[CaseAct.ISSUE].why_not == "不予许可，不出证"


def test_a_limit_is_extended_once_and_not_after_it_has_passed():
    case = STAGES[CaseState.ACCEPTED]()
    assert acts(replace(case, extra_days=5)).offers[CaseAct.EXTEND].why_not == "已延期过一次"
    assert acts(case, now=case.due + timedelta(minutes=1)).offers[CaseAct.EXTEND].why_not == "期限已过，不能再延"
