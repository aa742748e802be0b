"""What the forms of acts ask for, warn of and do, on a real counter without Qt."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.demonstration import CLERK
from app.domain.application import HandedIn
from app.domain.case import CaseState
from app.domain.facts import NO_NUMBER, CaseHandedOver
from app.domain.operators import Operator, Role
from app.domain.outcomes import Defect, HandOverPurpose, Result, SpecialProcedure
from app.domain.people import Agent, AgentKind, Person
from app.domain.station import KnownStation, StationKind
from app.services.errors import DiskFull
from tests.domain.samples import id_number
from tests.support import COMMITTED, MONDAY, accepted, filled
from tests.ui.case.test_presenter import Opened
from ui.case.act_kinds import CaseAct
from ui.case.forms import FORMS
from ui.case.state import Part

SUPERVISOR = Operator("ouwanqing", "欧晚晴", (Role.SUPERVISOR,))
OWN = Defect("other.9", "照片", "一寸白底 2 张")


@pytest.fixture
def opened(counter):
    return Opened(counter)


def received(counter, *missing, **form):
    """Return a case that was taken in without the materials ``missing``."""
    draft = filled(counter, COMMITTED, **form)
    there = {code: handed for code, handed in draft.application.materials.items() if code not in missing}
    draft = counter.intake.save(replace(draft, application=replace(draft.application, materials=there)))
    return counter.intake.receive(draft, counter.catalogue.item(COMMITTED), CLERK).case


def begin(opened, case, act, **values):
    """Open the form of ``act`` and type ``values`` into it."""
    opened.open(case)
    opened.presenter.begin(act)
    opened.runner.work()
    for code, value in values.items():
        opened.presenter.forms.edit(code, value)
    return opened.presenter.forms


def done(opened):
    """Submit the form and return the case after it."""
    opened.presenter.forms.submit()
    opened.runner.work()
    assert not opened.navigator.errors
    return opened.state.file.case


def test_a_supplement_begins_with_everything_that_is_missing(counter, opened):
    forms = begin(opened, received(counter, "id_card", household_size=""), CaseAct.ASK_SUPPLEMENT)
    assert [line.place for line in forms.state.filled.lines] == ["form.household_size", "materials.id_card"]
    assert forms.state.filled.value("reply_by") == (MONDAY.date() + timedelta(days=15)).isoformat()
    forms.toggle_line(0)
    forms.add_line()
    forms.name_line(2, "照片")
    forms.edit_line(2, "一寸白底 2 张")
    case = done(opened)
    assert case.state is CaseState.SUPPLEMENT
    assert [(defect.place, defect.name) for defect in case.defects] == [
        ("materials.id_card", "有效身份证件"),
        ("other.3", "照片"),
    ]
    assert opened.state.part is Part.PAGE


def test_a_line_of_ones_own_says_what_is_missing(counter, opened):
    forms = begin(opened, received(counter, "id_card"), CaseAct.ASK_SUPPLEMENT)
    forms.add_line()
    forms.submit()
    assert forms.state.problems["lines"] == "每一项都要写明缺什么、要什么形式"
    assert opened.page.form_view.focused[-1] == "lines"


def test_a_second_request_warns_and_asks_why(counter, opened):
    case = received(counter, "id_card")
    counter.acceptance.ask_supplement(case.number, CLERK, (OWN,), None)
    forms = begin(opened, case, CaseAct.ASK_SUPPLEMENT)
    assert (forms.state.tone, "第 2 次" in forms.state.note) == ("warn", True)
    forms.submit()
    assert forms.state.problems == {"reason": "请填写为何再次告知"}


def test_asking_after_acceptance_raises_the_alarm(counter, opened):
    forms = begin(opened, accepted(counter, COMMITTED), CaseAct.ASK_SUPPLEMENT)
    assert forms.state.tone == "danger"


def test_a_supplement_is_taken_in_exactly_as_the_notice_lists_it(counter, opened, sample_png):
    case = received(counter, "id_card", household_size="")
    asked = (*counter.acceptance.suggested_defects(case, counter.catalogue.item(COMMITTED)), OWN)
    counter.acceptance.ask_supplement(case.number, CLERK, asked, None)
    forms = begin(opened, case, CaseAct.TAKE_IN_SUPPLEMENT)
    assert [line.code for line in forms.state.handed] == ["household_size", "id_card", "other.9"]
    forms.toggle("id_card")
    opened.outlet.files = [sample_png]
    forms.pages.choose("id_card")
    opened.runner.work()
    assert len(forms.state.filled.handed["id_card"].pages) == 1
    assert (forms.state.tone, forms.state.note) == ("warn", "还缺：共同生活人数、照片")
    forms.edit("form.household_size", "4")
    forms.edit("form.other.9", "已交 2 张")
    assert forms.state.tone == "good"
    case = done(opened)
    assert (case.state, case.form["household_size"]) == (CaseState.RECEIVED, "4")
    assert opened.state.acts.primary is CaseAct.ACCEPT


def test_everything_a_notice_lists_is_taken_in_with_one_key(counter, opened):
    item = counter.catalogue.item(COMMITTED)
    case = received(counter, *(material.code for material in item.materials[:2]))
    asked = counter.acceptance.suggested_defects(case, item)
    counter.acceptance.ask_supplement(case.number, CLERK, asked, None)
    forms = begin(opened, case, CaseAct.TAKE_IN_SUPPLEMENT)
    forms.toggle(item.materials[0].code)
    forms.take_all_handed()
    assert all(forms.state.filled.handed[line.code].is_there for line in forms.state.handed)
    assert len(forms.state.handed) == 2


def test_a_supplement_in_part_leaves_the_rest_open(counter, opened):
    case = received(counter, "id_card")
    counter.acceptance.ask_supplement(
        case.number, CLERK, (Defect("materials.id_card", "居民身份证", "原件"), OWN), None
    )
    forms = begin(opened, case, CaseAct.TAKE_IN_SUPPLEMENT)
    forms.submit()
    assert "handed" in forms.state.problems
    forms.set_count("id_card", 1, 0)
    case = done(opened)
    assert (case.state, case.defects) == (CaseState.SUPPLEMENT, (OWN,))
    assert opened.navigator.went[-1] == ("notify", "已收下，还缺 1 项")


def test_a_wrong_value_of_the_form_is_named_before_it_is_taken_in(counter, opened):
    case = received(counter, household_size="")
    asked = counter.acceptance.suggested_defects(case, counter.catalogue.item(COMMITTED))
    counter.acceptance.ask_supplement(case.number, CLERK, asked, None)
    forms = begin(opened, case, CaseAct.TAKE_IN_SUPPLEMENT, **{"form.household_size": "四"})
    forms.submit()
    assert forms.state.problems == {"form.household_size": "请填整数"}


def test_acceptance_says_when_it_is_due(counter, opened):
    forms = begin(opened, received(counter), CaseAct.ACCEPT)
    assert "到期 2026-06-03 17:00" in forms.state.note
    assert done(opened).state is CaseState.ACCEPTED


def test_non_acceptance_asks_for_the_competent_body_only_where_it_is_another_one(counter, opened):
    forms = begin(opened, received(counter), CaseAct.REFUSE_ACCEPTANCE, reason="不在本镇", basis="第三十二条")
    forms.submit()
    assert list(forms.state.problems) == ["competent"]
    forms.edit("ground", "not_entitled")
    assert "competent" not in [field.code for field in forms.state.fields]
    assert done(opened).state is CaseState.NOT_ACCEPTED


@pytest.mark.parametrize(
    ("act", "state"), [(CaseAct.GIVE_BACK, CaseState.RETURNED), (CaseAct.WITHDRAW, CaseState.WITHDRAWN)]
)
def test_materials_and_application_go_back_with_a_reason(counter, opened, act, state):
    forms = begin(opened, received(counter), act)
    forms.submit()
    assert forms.state.problems == {"reason": "请填写原因"}
    forms.take_phrase("reason", "申请人要求取回材料")
    assert done(opened).state is state


def test_a_procedure_stops_the_clock_and_its_end_moves_the_due_date(counter, opened, place):
    case = accepted(counter, COMMITTED)
    forms = begin(opened, case, CaseAct.SUSPEND, days="三")
    forms.submit()
    assert set(forms.state.problems) == {"procedure", "days"}
    forms.edit("procedure", SpecialProcedure.SITE_VISIT)
    forms.edit("days", "3")
    assert done(opened).state is CaseState.SUSPENDED
    place.clock.set(MONDAY + timedelta(days=3))
    forms = begin(opened, case, CaseAct.RESUME)
    assert forms.state.note == "到期由 2026-06-03 17:00 移到 2026-06-08 17:00"
    forms.edit("outcome", "核查完成")
    assert done(opened).due > case.due


def test_resuming_on_the_same_day_says_that_nothing_moves(counter, opened):
    case = accepted(counter, COMMITTED)
    begin(opened, case, CaseAct.SUSPEND, procedure=SpecialProcedure.SITE_VISIT)
    done(opened)
    forms = begin(opened, case, CaseAct.RESUME)
    assert forms.state.note == "到期仍是 2026-06-03 17:00"


def test_an_extension_shows_its_new_day_and_is_within_the_law(counter, opened):
    case = accepted(counter, COMMITTED)
    forms = begin(opened, case, CaseAct.EXTEND, days="11")
    assert (forms.state.problems, forms.state.note) == ({}, "")
    forms.leave_field("days")
    assert forms.state.problems == {"days": "天数要在 1 到 10 之间。"}
    forms.edit("days", "5")
    assert forms.state.note == "延长 5 个工作日，到期 2026-06-10 17:00"
    forms.edit("reason", "情况复杂")
    forms.edit("approver", "欧镇长")
    assert done(opened).extra_days == 5


def test_a_refusal_needs_reason_and_basis_and_tells_the_remedies(counter, opened):
    forms = begin(opened, accepted(counter, COMMITTED), CaseAct.DECIDE, result="refused", decided_by="欧镇长", basis="")
    assert "六十日内向县级人民政府申请行政复议" in forms.state.note
    forms.submit()
    assert set(forms.state.problems) == {"reason", "basis"}
    forms.edit("reason", "收入超过标准")
    forms.edit("basis", "《社会救助暂行办法》第九条")
    case = done(opened)
    assert (case.state, case.result) == (CaseState.DECIDED, Result.REFUSED)
    assert opened.state.acts.primary is CaseAct.DELIVER


def test_a_case_is_handed_up(counter, opened):
    begin(opened, accepted(counter, COMMITTED), CaseAct.FORWARD, to="临江县民政局", reason="报请审批")
    assert done(opened).state is CaseState.FORWARDED


def test_a_typing_error_is_mended_and_nothing_else_changes(counter, opened):
    forms = begin(opened, accepted(counter, COMMITTED), CaseAct.CORRECT, reason="打错字")
    forms.submit()
    assert "没有改动任何内容" in forms.state.problems.values()
    forms.edit("applicant.phone", "1380555")
    forms.submit()
    assert "applicant.phone" in forms.state.problems
    forms.edit("applicant.phone", "13805555271")
    assert forms.state.note == "改动 1 处：联系电话"
    assert done(opened).applicant.phone == "13805555271"


def with_agent(counter):
    """Return an accepted case with an agent and a second applicant, whose numbers are right."""
    draft = filled(counter, COMMITTED)
    agent = Agent(Person("王知远", id_number("19850101", "033"), "13805555281", "云溪镇"), AgentKind.VILLAGE_AGENT)
    other = Person("李小禾", id_number("19850301", "035"), "", "")
    whole = replace(draft.application, agent=agent, co_applicants=(other,))
    saved = counter.intake.save(replace(draft, application=whole))
    return counter.intake.accept(saved, counter.catalogue.item(COMMITTED), CLERK).case


def test_a_correction_asks_whose_entry_is_wrong_and_shows_theirs_alone(counter, opened):
    forms = begin(opened, with_agent(counter), CaseAct.CORRECT, reason="打错字")
    whose = dict(forms.state.fields[0].choices)
    assert whose == {
        "applicant": "申请人 林𬱖宁",
        "co_applicants.0": "共同申请人 1 李小禾",
        "agent": "代办人 王知远",
        "form": "申请表",
    }
    forms.edit("part", "co_applicants.0")
    assert {field.code for field in forms.state.fields if field.code.startswith("applicant")} == set()
    forms.edit("co_applicants.0.name", "黎小禾")
    forms.edit("part", "agent")
    name = next(field for field in forms.state.fields if field.code == "agent.name")
    assert name.was == "王知远"
    forms.edit("agent.name", "汪知远")
    assert forms.state.note == "改动 2 处：共同申请人 1 姓名、代办人姓名"
    case = done(opened)
    assert (case.agent.person.name, case.co_applicants[0].name) == ("汪知远", "黎小禾")


def test_what_a_document_tells_by_itself_is_asked_for_only_with_another_one(counter, opened):
    forms = begin(opened, accepted(counter, COMMITTED), CaseAct.CORRECT)
    stated = {"applicant.stated_birth_date", "applicant.stated_sex", "applicant.nationality"}
    assert not stated & {field.code for field in forms.state.fields}
    forms.edit("applicant.document", "passport")
    assert stated <= {field.code for field in forms.state.fields}


def test_a_doubtful_number_is_kept_back_until_the_clerk_says_why(counter, opened):
    case = with_agent(counter)
    wrong = case.agent.person.id_number[:-1] + ("1" if case.agent.person.id_number[-1] != "1" else "2")
    forms = begin(opened, case, CaseAct.CORRECT, reason="打错字", part="agent")
    forms.edit("agent.id_number", wrong)
    forms.submit()
    assert forms.state.problems == {"agent.id_number": "校验位不符，请核对"}
    forms.edit("part", "applicant")
    assert forms.state.problems == {"part": "代办人证件号码：校验位不符，请核对"}
    forms.edit("passed", "证件上就是这个号")
    after = done(opened)
    assert after.agent.person.id_number == wrong
    assert after.passed_warnings["agent.id_number"] == "证件上就是这个号"


def test_voiding_asks_a_second_person_and_does_nothing_before(counter, opened):
    case = accepted(counter, COMMITTED)
    forms = begin(opened, case, CaseAct.VOID, reason="重复录入")
    forms.submit()
    opened.runner.work()
    asked, _what, then = opened.navigator.went[-1]
    assert asked == "ask_second_person"
    assert counter.desk.file(case.number).case.state is CaseState.ACCEPTED
    then(SUPERVISOR)
    opened.runner.work()
    assert counter.desk.file(case.number).case.result is Result.MISTAKEN_ENTRY


def test_a_rating_is_not_told_to_the_rated_clerk(counter, opened):
    case = accepted(counter)
    counter.issuance.issue(case.number, CLERK)
    counter.issuance.deliver(case.number, CLERK, case.applicant.name, in_person=True)
    begin(opened, case, CaseAct.RATE, grade="5", comment="等了很久")
    assert done(opened).grade == 5
    assert opened.navigator.went[-1] == ("notify", "评价已记入台账，谢谢")
    begin(opened, case, CaseAct.ARCHIVE, place="2 号柜")
    assert done(opened).state is CaseState.ARCHIVED


def test_what_was_typed_stays_when_the_form_is_left_also_for_another_case(counter, opened):
    case = accepted(counter, COMMITTED)
    begin(opened, case, CaseAct.FORWARD, to="临江县民政局")
    opened.presenter.leave()
    assert opened.state.part is Part.PAGE
    forms = begin(opened, case, CaseAct.FORWARD)
    assert forms.state.filled.value("to") == "临江县民政局"
    opened.open(accepted(counter))
    assert begin(opened, case, CaseAct.FORWARD).state.filled.value("to") == "临江县民政局"


def test_a_failure_is_told_and_keeps_the_form(counter, opened, monkeypatch):
    def fail(*_values):
        raise DiskFull

    monkeypatch.setattr(counter.closing, "withdraw", fail)
    forms = begin(opened, accepted(counter, COMMITTED), CaseAct.WITHDRAW, reason="不再需要")
    forms.submit()
    opened.runner.work()
    assert isinstance(opened.navigator.errors[0], DiskFull)
    assert (forms.state.is_busy, forms.state.filled.value("reason")) == (False, "不再需要")


def test_pages_are_turned_moved_and_removed_with_a_way_back(counter, opened, sample_png):
    case = received(counter, "id_card")
    counter.acceptance.ask_supplement(case.number, CLERK, (Defect("materials.id_card", "身份证", "原件"),), None)
    forms = begin(opened, case, CaseAct.TAKE_IN_SUPPLEMENT)
    for _page in range(2):
        forms.pages.drop("id_card", lambda: [sample_png])
        opened.runner.work()
    forms.pages.turn("id_card", 0)
    forms.pages.move("id_card", 0, 1)
    assert [page.turn for page in forms.state.filled.handed["id_card"].pages] == [0, 90]
    forms.pages.remove("id_card", 0)
    assert len(forms.state.filled.handed["id_card"].pages) == 1
    opened.navigator.went[-1][-1]()
    assert len(forms.state.filled.handed["id_card"].pages) == 2


def test_every_act_that_asks_for_something_has_a_form():
    assert set(CaseAct) - set(FORMS) == {
        CaseAct.START_REVIEW,
        CaseAct.ISSUE,
        CaseAct.DELIVER,
        CaseAct.SEND_TO_COLLECT,
    }


def test_promised_materials_are_taken_in_with_their_promise(counter, opened):
    case = received(counter)
    promised = {**case.materials, "id_card": HandedIn(promised_by=MONDAY.date() + timedelta(days=5))}
    opened.open(case)
    file = replace(opened.state.file, case=replace(case, materials=promised))
    form = FORMS[CaseAct.TAKE_IN_FOLLOWING](file, counter, CLERK)
    assert [(line.code, line.why) for line in form.handed()] == [("id_card", "承诺 05-23 前补")]


TOWN = KnownStation("000732", "2 号窗口", "云溪镇便民服务中心")
POINT = KnownStation("000801", "石桥村代办点", kind=StationKind.COLLECTION)


@pytest.fixture
def named(counter):
    """Return a counter whose centre has named two other stations."""
    with counter.intake._store.write() as uow:
        uow.directory.replace([TOWN, POINT])
        uow.commit()
    return counter


def test_a_case_is_handed_over_to_a_station_found_by_its_initials(named, opened):
    forms = begin(opened, accepted(named, COMMITTED), CaseAct.HAND_OVER, find="yxz")
    (station,) = next(field.choices for field in forms.state.fields if field.code == "to")
    assert station == (TOWN.code, "云溪镇便民服务中心·2 号窗口")
    forms.edit("to", TOWN.code)
    forms.edit("find", "石桥")
    assert [code for code, _words in forms.state.fields[1].choices] == [TOWN.code, POINT.code]
    assert forms.state.note == "交给云溪镇便民服务中心·2 号窗口，编码 000732"
    forms.edit("reason", "超出本窗口权限")
    case = done(opened)
    assert (case.holder, case.holder_name) == (TOWN.code, "云溪镇便民服务中心·2 号窗口")
    assert case.handed_for is HandOverPurpose.HANDLING
    assert opened.navigator.went[-1][1] == "已交给云溪镇便民服务中心·2 号窗口，同步后对方就能看到"
    assert opened.state.acts.primary is None or not opened.state.acts.offers[opened.state.acts.primary].is_possible


def test_the_slip_is_shown_as_it_will_be_printed(named, opened):
    forms = begin(opened, accepted(named, COMMITTED), CaseAct.HAND_OVER, to=TOWN.code, reason="要现场核查")
    forms.draw()
    opened.runner.work()
    assert forms.state.paper_title == "办件交接单"
    assert forms.state.paper is not None


def test_a_place_that_only_gives_results_out_is_warned_of(named, opened):
    forms = begin(opened, accepted(named, COMMITTED), CaseAct.HAND_OVER, to=POINT.code)
    assert (forms.state.tone, forms.state.note) == ("warn", "石桥村代办点是取件点，只交付结果，不办理")
    forms.edit("purpose", HandOverPurpose.COLLECTION)
    assert forms.state.tone == "good"


def test_a_station_that_is_not_there_is_said_beside_the_search(named, opened):
    forms = begin(opened, accepted(named, COMMITTED), CaseAct.HAND_OVER, find="没有的窗口")
    forms.submit()
    assert forms.state.problems["find"] == "没有这个窗口，换个字试试"


def test_without_a_directory_nothing_opens(counter, opened):
    begin(opened, accepted(counter, COMMITTED), CaseAct.HAND_OVER)
    assert opened.state.part is Part.PAGE
    assert opened.navigator.went[-1][1] == "交接：没有窗口名录：登记到中心并同步以后才能交接"


def handed_here(named):
    """Return a case that came back from the town to this counter."""
    case = accepted(named, COMMITTED)
    there = named.custody.hand_over(case.number, CLERK, TOWN.code, "镇", HandOverPurpose.REVIEW, "超出权限")
    return received_back(named, there)


def received_back(counter, case):
    """Let the town hand the case back, as its journal would tell it."""
    fact = CaseHandedOver(counter.station.code, "石桥村", HandOverPurpose.RETURN, "不属于", NO_NUMBER, "云溪镇")
    with counter.intake._store.write() as uow:
        recorder = counter.desk._recorder
        after = case.after(fact, recorder.now())
        recorder.record(uow, CLERK.login, fact, recorder.now(), case=after)
        uow.commit()
    return after


def test_what_came_is_taken_over_with_a_remark(named, opened):
    case = handed_here(named)
    forms = begin(opened, case, CaseAct.TAKE_OVER, remark="少一份复印件")
    assert forms.state.note.startswith("云溪镇于 ")
    assert not done(opened).awaits_taking_over
    assert opened.state.acts.primary is CaseAct.START_REVIEW


def test_what_came_is_sent_back_to_where_it_came_from(named, opened):
    begin(opened, handed_here(named), CaseAct.SEND_BACK, reason="材料与交接单不符")
    case = done(opened)
    assert case.holder == TOWN.code
    assert opened.navigator.went[-1][1] == "已退回给云溪镇"
