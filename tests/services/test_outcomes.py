"""The use cases after intake, on a real counter: what is recorded, what the views and the numbers say of it."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from app.demonstration import CLERK
from app.domain.application import HandedIn, LateEntry
from app.domain.case import CaseState
from app.domain.clock import CHINA
from app.domain.deadline import Light
from app.domain.errors import ApplicationIncomplete, ReasonMissing, SilenceOver, WrongState
from app.domain.facts import CaseDeemedAccepted, SupplementAsked
from app.domain.journal import BODY_VERSION
from app.domain.operators import SYSTEM, Operator, Role
from app.domain.outcomes import NonAcceptanceGround, Result, SpecialProcedure
from app.domain.people import Agent, AgentKind, Person
from app.services.errors import MissingGlyphs, NotPermitted
from app.services.snapshots import CaseFilter, CaseScope
from tests.support import COMMITTED, MONDAY, accepted, filled, marked_late

SHEN = Operator("shenqing", "沈青", tuple(Role))
ONE = HandedIn(originals=1)


def unfinished(counter):
    """Return a draft without one of its materials."""
    draft = filled(counter, COMMITTED)
    first = counter.catalogue.item(COMMITTED).materials[0].code
    materials = {code: one for code, one in draft.application.materials.items() if code != first}
    return counter.intake.save(replace(draft, application=replace(draft.application, materials=materials))), first


def received(counter):
    draft, missing = unfinished(counter)
    return counter.intake.receive(draft, counter.catalogue.item(COMMITTED), CLERK).case, missing


def row(counter, number):
    return counter.desk.file(number).lit.row


def scope(counter, wanted):
    return [lit.row.number for lit in counter.desk.page(CaseFilter(wanted, now=counter.desk.now()), 0, 50)]


def facts(counter, number):
    return [type(event.fact).__name__ for event in counter.desk.file(number).events]


# --- received, supplemented, accepted --------------------------------------------------------------------------


def test_materials_can_be_taken_in_without_accepting(counter):
    case, _missing = received(counter)
    assert case.state is CaseState.RECEIVED
    assert scope(counter, CaseScope.RECEIVED) == [case.number]
    with pytest.raises(ApplicationIncomplete):
        counter.acceptance.accept(case.number, SHEN)


def test_what_is_missing_is_asked_for_at_the_counter_in_one_transaction(counter):
    draft, missing = unfinished(counter)
    item = counter.catalogue.item(COMMITTED)
    defects = counter.intake.suggested_defects(draft, item)
    assert [defect.place for defect in defects] == [f"materials.{missing}"]
    asked = counter.intake.ask_supplement(draft, item, CLERK, defects, date(2026, 6, 1))
    assert asked.case.state is CaseState.SUPPLEMENT
    assert asked.papers == ("云溪3收〔2026〕000001号", "云溪3补〔2026〕000001号")
    assert row(counter, asked.case.number).reply_by == date(2026, 6, 1)


def test_nothing_is_taken_in_when_the_notice_would_be_empty(counter):
    draft, _missing = unfinished(counter)
    with pytest.raises(Exception, match="defect"):
        counter.intake.ask_supplement(draft, counter.catalogue.item(COMMITTED), CLERK, (), None)
    assert counter.intake.resume(draft.draft_id)
    assert scope(counter, CaseScope.ALL) == []


def test_after_the_supplement_the_case_is_accepted_from_the_day_all_was_there(counter, place):
    case, missing = received(counter)
    defects = counter.acceptance.suggested_defects(case, counter.catalogue.item(COMMITTED))
    counter.acceptance.ask_supplement(case.number, CLERK, defects, None)
    place.clock.set(MONDAY + timedelta(days=7))
    counter.acceptance.take_in_supplement(case.number, CLERK, {missing: ONE}, {})
    place.clock.set(MONDAY + timedelta(days=9))
    done = counter.acceptance.accept(case.number, CLERK)
    assert done.accepted_at.date() == (MONDAY + timedelta(days=7)).date()
    assert facts(counter, case.number) == ["CaseReceived", "SupplementAsked", "SupplementReceived", "CaseAccepted"]


def test_silence_accepts_by_itself_dated_back_and_once(counter, place):
    case, _missing = received(counter)
    place.clock.set(MONDAY + timedelta(days=7))
    assert counter.acceptance.sweep() == []
    place.clock.set(MONDAY + timedelta(days=8))
    assert counter.acceptance.sweep() == [case.number]
    assert counter.acceptance.sweep() == []
    file = counter.desk.file(case.number)
    deemed = file.events[-1]
    assert isinstance(deemed.fact, CaseDeemedAccepted)
    assert deemed.operator == SYSTEM
    assert file.case.accepted_at == file.case.received_at
    assert file.lit.row.is_deemed


def test_whoever_comes_too_late_finds_the_case_accepted(counter, place):
    case, _missing = received(counter)
    place.clock.set(MONDAY + timedelta(days=30))
    with pytest.raises(SilenceOver):
        counter.acceptance.give_back(case.number, CLERK, "材料不全")
    assert row(counter, case.number).state is CaseState.ACCEPTED
    assert row(counter, case.number).is_deemed


def test_a_second_request_is_refused_without_a_reason_and_uses_no_number(counter):
    case, _missing = received(counter)
    defects = counter.acceptance.suggested_defects(case, counter.catalogue.item(COMMITTED))
    counter.acceptance.ask_supplement(case.number, CLERK, defects, None)
    with pytest.raises(ReasonMissing):
        counter.acceptance.ask_supplement(case.number, CLERK, defects, None)
    counter.acceptance.ask_supplement(case.number, CLERK, defects, None, "材料有涂改")
    notices = [
        event.fact.notice.serial
        for event in counter.desk.file(case.number).events
        if isinstance(event.fact, SupplementAsked)
    ]
    assert notices == [1, 2]


def test_a_case_that_is_not_accepted_ends_with_its_notice(counter):
    case, _missing = received(counter)
    ended = counter.acceptance.refuse_acceptance(
        case.number,
        CLERK,
        ground=NonAcceptanceGround.NOT_COMPETENT,
        reason="不属于本机关职权",
        competent="示范县民政局",
        basis="《行政许可法》第三十二条",
    )
    assert ended.state is CaseState.NOT_ACCEPTED
    assert scope(counter, CaseScope.DONE) == [case.number]
    assert counter.desk.counts().open == 0


# --- late entries ----------------------------------------------------------------------------------------------


def test_a_late_entry_is_due_from_its_real_day_and_counted_apart(counter):
    real = datetime(2026, 5, 14, 9, 30, tzinfo=CHINA)
    late = LateEntry("停电，当日手工受理", "纸质收件 018", real, real + timedelta(minutes=5))
    item = counter.catalogue.item(COMMITTED)
    case = counter.intake.accept(marked_late(filled(counter, COMMITTED), late), item, CLERK).case
    on_time = accepted(counter, COMMITTED)
    assert case.accepted_at == real + timedelta(minutes=5)
    assert case.due < on_time.due
    assert scope(counter, CaseScope.LATE) == [case.number]
    today = counter.desk.board().today
    assert (today.accepted, today.late) == (1, 1)
    assert facts(counter, case.number) == ["CaseReceived", "CaseEnteredLate", "CaseAccepted"]


def test_a_late_entry_without_its_reason_leaves_the_draft(counter):
    draft = filled(counter)
    item = counter.catalogue.item(draft.item)
    with pytest.raises(ReasonMissing):
        counter.intake.accept(marked_late(draft, LateEntry("", "1", MONDAY, MONDAY)), item, CLERK)
    with pytest.raises(MissingGlyphs):  # it stands on every paper of the case
        counter.intake.accept(marked_late(draft, LateEntry("停电\U0010fffd", "1", MONDAY, MONDAY)), item, CLERK)
    assert counter.intake.resume(draft.draft_id)


# --- review ----------------------------------------------------------------------------------------------------


def test_a_procedure_pauses_the_light_and_moves_the_due_date(counter, place):
    case = accepted(counter, COMMITTED)
    counter.review.start(case.number, SHEN)
    counter.review.suspend(case.number, SHEN, SpecialProcedure.SITE_VISIT, basis="办法第九条", days=3)
    assert counter.desk.file(case.number).lit.light is Light.PAUSED
    assert scope(counter, CaseScope.SUSPENDED) == [case.number]
    place.clock.set(MONDAY + timedelta(days=2))
    going_on = counter.review.resume(case.number, SHEN, "核查属实")
    assert going_on.due > case.due
    assert counter.desk.file(case.number).lit.light is Light.GREEN


def test_an_overdue_case_in_a_procedure_is_not_shown_as_overdue(counter, place):
    case = accepted(counter, COMMITTED)
    counter.review.suspend(case.number, SHEN, SpecialProcedure.HEARING, basis="第四十五条")
    place.clock.set(MONDAY + timedelta(days=90))
    assert scope(counter, CaseScope.OVERDUE) == []
    assert counter.desk.counts().overdue == 0


def test_an_extension_moves_due_date_and_light_in_the_lists(counter):
    case = accepted(counter, COMMITTED)
    extended = counter.review.extend(case.number, SHEN, 10, reason="情况复杂", approver="沈青")
    assert row(counter, case.number).due == extended.due > case.due
    assert row(counter, case.number).near_due_from == extended.near_due_from


def test_a_refusal_is_decided_in_writing_and_served(counter):
    case = accepted(counter, COMMITTED)
    refused = counter.review.decide(
        case.number, SHEN, Result.REFUSED, decided_by="沈青", reason="收入超过标准", basis="办法第三条"
    )
    assert refused.decision.text == "云溪3不准〔2026〕000001号"
    done = counter.issuance.deliver(case.number, CLERK, "林𬱖宁", in_person=True)
    assert done.state is CaseState.DELIVERED
    assert [paper.number for paper in counter.papers.of_case(case.number)][-1] == "云溪3送〔2026〕000001号"


def test_a_forwarded_case_is_closed_here(counter):
    case = accepted(counter, COMMITTED)
    counter.review.forward(case.number, SHEN, "示范县民政局", "由县级审批")
    with pytest.raises(WrongState):
        counter.review.decide(case.number, SHEN, Result.GRANTED, decided_by="沈青")


# --- closing ---------------------------------------------------------------------------------------------------


def test_a_corrected_name_is_found_and_the_wrong_one_is_not(counter):
    case = accepted(counter, COMMITTED)
    counter.closing.correct(case.number, CLERK, {"applicant.name": "欧阳小宁"}, "打错")
    assert [lit.row.number for lit in counter.desk.find("欧阳小")] == [case.number]
    assert counter.desk.find("林𬱖宁") == []
    assert row(counter, case.number).applicant == "欧阳小宁"


def test_a_corrected_applicant_is_proposed_as_corrected_until_typed_anew(counter):
    case = accepted(counter, COMMITTED)
    counter.closing.correct(case.number, CLERK, {"applicant.phone": "13805555271"}, "号码有误")
    (known,) = counter.applicants.find_people(case.applicant.id_number)
    assert known.person.phone == "13805555271"
    counter.closing.correct(case.number, CLERK, {"applicant.name": "欧阳小宁"}, "打错")
    assert [one.person.name for one in counter.applicants.find_people("欧阳小")] == ["欧阳小宁"]
    assert counter.applicants.find_people(case.applicant.name) == []
    accepted(counter)
    counter.closing.correct(case.number, CLERK, {"applicant.phone": "13805555272"}, "又错")
    (known,) = counter.applicants.find_people(case.applicant.id_number)
    assert (known.person.name, known.cases) == (case.applicant.name, 2)


def test_a_corrected_agent_stands_in_the_list_also_after_a_rebuild(counter):
    draft = filled(counter, COMMITTED)
    agent = Agent(Person("王知远", "519900198501010332", "13805555281", "云溪镇"), AgentKind.VILLAGE_AGENT)
    reasons = {"agent.id_number": "已核对"}
    whole = replace(draft, application=replace(draft.application, agent=agent, reasons=reasons))
    case = counter.intake.accept(counter.intake.save(whole), counter.catalogue.item(COMMITTED), CLERK).case
    counter.closing.correct(case.number, CLERK, {"agent.name": "汪知远"}, "打错")
    assert row(counter, case.number).agent == "汪知远"
    counter.ledger.rebuild()
    assert row(counter, case.number).agent == "汪知远"


def test_a_withdrawn_case_keeps_its_form_and_number(counter):
    case = accepted(counter, COMMITTED)
    counter.closing.withdraw(case.number, CLERK, "不再需要")
    assert row(counter, case.number).state is CaseState.WITHDRAWN
    assert counter.papers.of_case(case.number)[-1].number == "云溪3撤〔2026〕000001号"


def test_a_voided_case_names_the_second_person(counter):
    case = accepted(counter, COMMITTED)
    counter.closing.void(case.number, CLERK, Result.MISTAKEN_ENTRY, "重复录入", SHEN)
    event = counter.desk.file(case.number).events[-1]
    assert (event.fact.approved_by, event.fact.result) == ("shenqing", Result.MISTAKEN_ENTRY)
    assert event.second_person == "shenqing"


def test_a_delivered_case_is_rated_and_archived(counter):
    case = accepted(counter)
    counter.issuance.issue(case.number, CLERK)
    counter.issuance.deliver(case.number, CLERK, "林𬱖宁", in_person=True)
    counter.closing.rate(case.number, CLERK, 1)
    counter.closing.archive(case.number, CLERK, "2026-居住证明-1")
    assert row(counter, case.number).state is CaseState.ARCHIVED
    assert counter.desk.counts().done == 1


# --- who may ---------------------------------------------------------------------------------------------------


def test_an_administrator_who_is_no_clerk_handles_no_case(counter):
    keeper = Operator("keeper", "管理员", (Role.ADMINISTRATOR,))
    draft, case = filled(counter), accepted(counter, COMMITTED)
    item = counter.catalogue.item(draft.item)
    for act in (
        lambda: counter.intake.accept(draft, item, keeper),
        lambda: counter.intake.receive(draft, item, keeper),
        lambda: counter.closing.withdraw(case.number, keeper, "不再需要"),
        lambda: counter.review.extend(case.number, keeper, 5, reason="情况复杂", approver="沈青"),
        lambda: counter.issuance.issue(case.number, keeper),
        lambda: counter.issuance.deliver(case.number, keeper, "林", in_person=True),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_a_second_person_must_be_one_who_may_confirm(counter):
    case = accepted(counter, COMMITTED)
    with pytest.raises(NotPermitted):
        counter.closing.void(case.number, CLERK, Result.VOIDED, "作废", Operator("lin", "林", (Role.CLERK,)))


# --- the whole -------------------------------------------------------------------------------------------------


def test_after_all_of_it_the_journal_is_sound_and_the_views_are_those_of_a_rebuild(counter, place):
    case, missing = received(counter)
    defects = counter.acceptance.suggested_defects(case, counter.catalogue.item(COMMITTED))
    counter.acceptance.ask_supplement(case.number, CLERK, defects, date(2026, 6, 1))
    counter.acceptance.take_in_supplement(case.number, CLERK, {missing: ONE}, {})
    counter.acceptance.accept(case.number, CLERK)
    counter.review.start(case.number, SHEN)
    counter.review.suspend(case.number, SHEN, SpecialProcedure.TEST, basis="第四十五条")
    place.clock.set(MONDAY + timedelta(days=1))
    counter.review.resume(case.number, SHEN, "合格")
    counter.review.extend(case.number, SHEN, 5, reason="情况复杂", approver="沈青")
    counter.closing.correct(case.number, CLERK, {"applicant.phone": "13805555271"}, "号码有误")
    counter.review.decide(case.number, SHEN, Result.GRANTED, decided_by="沈青")
    before = row(counter, case.number), counter.papers.of_case(case.number), counter.desk.counts()
    assert counter.ledger.verify().entries > BODY_VERSION
    counter.ledger.rebuild()
    assert (row(counter, case.number), counter.papers.of_case(case.number), counter.desk.counts()) == before
