"""Cases in every state, each made by the verbs themselves, for tests of the stages."""

from dataclasses import replace
from datetime import date, time, timedelta

from app.domain import acceptance, closing, review
from app.domain.acceptance import receive
from app.domain.application import HandedIn
from app.domain.case import Case, CaseState
from app.domain.catalogue import Limit, LimitUnit, ProjectType
from app.domain.deadline import Calendar, WindowHours, due_date, silence_until
from app.domain.facts import CertificateIssued
from app.domain.outcomes import SILENCE_DAYS, Defect, NonAcceptanceGround, Result, SpecialProcedure
from tests.domain.samples import APPLICATION, AT, FORM, ITEM, NUMBER, TODAY, paper

CALENDAR = Calendar(frozenset(), frozenset(), frozenset({2026, 2027}))
HOURS = WindowHours(((time(9), time(12)), (time(13, 30), time(17))))
COMMITTED = replace(
    ITEM,
    project_type=ProjectType.COMMITTED,
    statutory=Limit(20, LimitUnit.WORKING_DAY),
    promised=Limit(8, LimitUnit.WORKING_DAY),
)
SILENT = silence_until(AT, SILENCE_DAYS, CALENDAR, HOURS)
CERTIFICATE = CertificateIssued(paper("certificate"), "residence", "居住证明", {"name": "林"}, date(2026, 5, 18))
DEFECTS = (
    Defect("materials.id_card", "居民身份证", "原件 1 份"),
    Defect("form.since", "居住起始日期", "写明年月日"),
)
UNFINISHED = replace(APPLICATION, form={**FORM, "since": ""}, materials={})
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def received(application=APPLICATION, item=COMMITTED, *, complete=True):
    fact = receive(
        item,
        application,
        today=TODAY,
        started_at=AT,
        receipt=paper(),
        holder="000731",
        silence_until=SILENT,
        complete=complete,
    )
    return Case.opened(NUMBER, fact, AT)


def unfinished():
    return received(UNFINISHED, complete=False)


def asked(case=None, now=AT + HOUR, **options):
    case = case or unfinished()
    fact = acceptance.ask_supplement(case, DEFECTS, paper("supplement"), reply_by=date(2026, 6, 1), now=now, **options)
    return case.after(fact, now)


def accepted(case=None, at=AT):
    case = case or received()
    due = due_date(at, COMMITTED.promised, CALENDAR, HOURS)
    return case.after(acceptance.accept(case, COMMITTED, at, due, paper("notice")), at)


def reviewed():
    case = accepted()
    return case.after(review.start_review(case, "shenqing"), AT + HOUR)


def suspended(case=None, at=AT + DAY):
    case = case or accepted()
    fact = review.suspend(case, SpecialProcedure.INSPECTION, basis="《食品安全法》", notice=paper("suspension"))
    return case.after(fact, at)


def decided(result=Result.GRANTED):
    case = accepted()
    fact = review.decide(
        case, result, decision=paper("decision"), decided_by="沈青", reason="不符合条件", basis="办法第三条"
    )
    return case.after(fact, AT + HOUR)


def issued():
    case = decided()
    return case.after(closing.issue(case, CERTIFICATE), AT + HOUR)


def delivered():
    case = issued()
    return case.after(closing.deliver(case, COMMITTED, "林𬱖宁", True), AT + HOUR)


def not_accepted():
    case = received()
    fact = acceptance.refuse_acceptance(
        case,
        ground=NonAcceptanceGround.NOT_COMPETENT,
        reason="不属于本机关职权",
        competent="示范县民政局",
        basis="《行政许可法》第三十二条",
        notice=paper("non-acceptance"),
        now=AT + HOUR,
    )
    return case.after(fact, AT + HOUR)


def given_back():
    case = received()
    return case.after(acceptance.give_back(case, "申请人要求取回", paper("return"), AT + HOUR), AT + HOUR)


def withdrawn():
    case = accepted()
    return case.after(closing.withdraw(case, "不再需要", paper("withdrawal")), AT + HOUR)


def forwarded():
    case = accepted()
    return case.after(review.forward(case, "示范县民政局", "须由县级审批", paper("forwarding")), AT + HOUR)


def voided():
    case = accepted()
    fact = closing.void(case, Result.MISTAKEN_ENTRY, "重复录入", by="lin", approved_by="shen")
    return case.after(fact, AT + HOUR)


def rated():
    case = delivered()
    return case.after(closing.rate(case, 1), AT + DAY)


def archived():
    case = delivered()
    return case.after(closing.archive(case), AT + DAY)


STAGES = {
    CaseState.RECEIVED: received,
    CaseState.SUPPLEMENT: asked,
    CaseState.ACCEPTED: accepted,
    CaseState.REVIEW: reviewed,
    CaseState.SUSPENDED: suspended,
    CaseState.DECIDED: decided,
    CaseState.ISSUED: issued,
    CaseState.DELIVERED: delivered,
    CaseState.RATED: rated,
    CaseState.NOT_ACCEPTED: not_accepted,
    CaseState.RETURNED: given_back,
    CaseState.WITHDRAWN: withdrawn,
    CaseState.FORWARDED: forwarded,
    CaseState.VOIDED: voided,
    CaseState.ARCHIVED: archived,
}
"""A maker for a case in each state."""


ONE = HandedIn(originals=1)
