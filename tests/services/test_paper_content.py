"""Every outcome on a real counter, and what its paper says."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from app.demonstration import CLERK
from app.domain.application import HandedIn, LateEntry, TakenHow
from app.domain.clock import CHINA
from app.domain.outcomes import Defect, NonAcceptanceGround, Result, SpecialProcedure
from app.domain.paper import PaperKind
from tests.services.said_papers import FORM, HOMESTEAD, ONE, SHEN, homestead, paper_of, received, said, tells
from tests.support import COMMITTED, MONDAY, PERSON, accepted, filled, marked_late


def test_a_supplement_is_asked_for_once_and_its_receipts_tell_what_is_left(counter, place):
    case, codes = received(counter, without=2)
    item = counter.catalogue.item(COMMITTED)
    defects = (
        *counter.acceptance.suggested_defects(case, item),
        Defect(f"form.{item.form[0].code}", "现住址", "请补写房号"),
    )
    counter.acceptance.ask_supplement(case.number, CLERK, defects, date(2026, 6, 12))
    tells(
        counter, case, PaperKind.SUPPLEMENT_NOTICE,
        "林**：", item.material(codes[0]).name, "请补写房号", "合计 3 项", "2026年6月12日前", "参照《中华人民共和国行政许可法》",
    )  # fmt: skip
    place.clock.set(MONDAY + timedelta(days=1))
    counter.acceptance.take_in_supplement(case.number, CLERK, {codes[0]: HandedIn(copies=2)}, {})
    part = tells(
        counter, case, PaperKind.SUPPLEMENT_RECEIPT, "按照一次性补正告知书", "还没有收齐", "在2026年6月12日前补齐"
    )
    assert item.material(codes[1]).name in part
    counter.acceptance.take_in_supplement(case.number, CLERK, {codes[1]: ONE}, {item.form[0].code: "3"})
    tells(
        counter, case, PaperKind.SUPPLEMENT_RECEIPT, "需要补正的内容已经收齐", f"{item.form[0].label}（申请表，已补正）"
    )


def test_a_case_that_silence_accepted_says_so_and_is_dated_back(counter, place):
    case, _codes = received(counter, without=0)
    place.clock.set(MONDAY + timedelta(days=14))
    assert counter.acceptance.sweep() == [case.number]
    text = tells(
        counter, case, PaperKind.ACCEPTANCE_NOTICE, "没有一次告知需要补正的全部内容", "（2026年5月18日）起即为受理"
    )
    assert "材料齐全，符合法定形式" not in text
    assert "系统自动记录" in text


def test_a_refused_acceptance_ticks_its_ground_and_names_who_is_competent(counter):
    case, _codes = received(counter)
    counter.acceptance.refuse_acceptance(
        case.number, CLERK, ground=NonAcceptanceGround.NOT_COMPETENT, reason="建房地块在城镇开发边界内", competent="示范县自然资源局", basis="《示范县规定》第二条"
    )  # fmt: skip
    tells(
        counter, case, PaperKind.NON_ACCEPTANCE_NOTICE,
        "林𬱖宁：", "√申请事项依法不属于本机关的职权范围", "建房地块在城镇开发边界内", "示范县自然资源局", "《示范县规定》第二条", "六个月内向人民法院",
    )  # fmt: skip


def test_materials_that_are_given_back_are_listed(counter):
    case, _codes = received(counter)
    counter.acceptance.give_back(case.number, CLERK, "申请人要求另选日期办理")
    tells(counter, case, PaperKind.RETURN_SLIP, "申请人要求另选日期办理", case.receipt.text, "退回下列申请材料")


def test_a_procedure_an_extension_and_a_refusal_have_their_papers(counter):
    case = accepted(counter, COMMITTED)
    counter.review.extend(case.number, SHEN, 10, reason="需要会同县级部门核实", approver="覃静秋")
    before = f"{case.due.astimezone(CHINA):%H:%M}"
    text = tells(counter, case, PaperKind.EXTENSION_NOTICE, "10 个工作日", "需要会同县级部门核实", "覃静秋", before)
    assert "原定期限2026年" in text
    counter.review.suspend(case.number, SHEN, SpecialProcedure.HEARING, basis="《示范县听证办法》第三条", days=15)
    tells(
        counter, case, PaperKind.SUSPENSION_NOTICE,
        "听证", "15 个工作日", "《中华人民共和国行政许可法》第四十五条；《示范县听证办法》第三条", case.notice.text,
    )  # fmt: skip
    counter.review.resume(case.number, SHEN, "听证结束")
    counter.review.decide(
        case.number, SHEN, Result.REFUSED, decided_by="覃静秋", reason="不符合条件", basis="《社会救助暂行办法》第九条"
    )
    tells(
        counter,
        case,
        PaperKind.REFUSAL_DECISION,
        "不予办理决定书",
        "不符合条件。",
        "《社会救助暂行办法》第九条",
        "六十日内",
    )
    counter.issuance.deliver(case.number, CLERK, "王知远", in_person=False, id_number="519900198501010332")
    tells(
        counter, case, PaperKind.SERVICE_RECEIPT,
        "林𬱖宁", "王知远", "519900********0332", "代收", "不予办理决定书", "云溪3不准〔2026〕000001号",
    )  # fmt: skip


def test_a_licence_ends_with_its_decision_and_a_homestead_approval_of_16_digits(counter):
    case = homestead(counter)
    tells(
        counter, case, PaperKind.GRANT_DECISION,
        "准予行政许可决定书", "《中华人民共和国土地管理法》，《中华人民共和国行政许可法》第三十八条第一款", "农村宅基地批准书", "十个工作日内送达",
    )  # fmt: skip
    counter.issuance.issue(case.number, CLERK)
    approval = paper_of(counter, case, PaperKind.CERTIFICATE)
    assert approval.number == "5199011012026001"
    tells(
        counter,
        case,
        PaperKind.CERTIFICATE,
        "农宅字5199011012026001号",
        "身份号码519900199203070323",
        "120平方米",
        "东至村道",
        "有效期自2026年5月18日起至2028年",
    )
    another = homestead(counter)
    counter.issuance.issue(another.number, CLERK)
    assert paper_of(counter, another, PaperKind.CERTIFICATE).number == "5199011012026002"
    residence = accepted(counter)
    counter.issuance.issue(residence.number, CLERK)
    assert paper_of(counter, residence, PaperKind.CERTIFICATE).number == "云溪3证〔2026〕000001号"


def test_a_case_handed_up_and_one_taken_back_have_their_forms(counter):
    case = accepted(counter, COMMITTED)
    counter.review.forward(case.number, SHEN, "示范县民政局", "超过乡镇审批权限")
    tells(counter, case, PaperKind.FORWARDING_SLIP, "示范县民政局：", "超过乡镇审批权限", case.notice.text)
    another = accepted(counter, COMMITTED)
    counter.closing.withdraw(another.number, CLERK, "困难已经解决")
    tells(
        counter,
        another,
        PaperKind.WITHDRAWAL_FORM,
        "林𬱖宁（公民身份号码519900199203070323）",
        "困难已经解决。",
        another.notice.text,
    )


def test_a_late_entry_is_marked_on_every_paper_with_reason_number_and_real_time(counter):
    draft = filled(counter)
    real = datetime(2026, 5, 15, 9, 5, tzinfo=CHINA)
    late = LateEntry("停电", "云溪手2026-17", real, real + timedelta(minutes=10))
    item = counter.catalogue.item(draft.item)
    preview = counter.intake.preview(marked_late(draft, late), item, CLERK)
    assert preview.remarks[0] == "补录：停电。原文书编号 云溪手2026-17"
    assert preview.values["received_at"] == "2026年5月15日 09:05"
    assert counter.intake.preview(draft, item, CLERK).remarks == ()
    case = counter.intake.accept(marked_late(draft, late), item, CLERK).case
    assert counter.issuance.preview(case, item, CLERK).remarks == preview.remarks
    counter.issuance.issue(case.number, CLERK)
    papers = counter.papers.of_case(case.number)
    assert len(papers) == 3
    for paper in papers:
        text = said(counter, paper)
        assert "补录：停电。原文书编号云溪手2026-17实际收件2026年5月15日09:05" in text
    assert "收件时间2026年5月15日09:05" in said(counter, papers[0])


def test_materials_that_follow_and_those_taken_over_are_told(counter):
    item = counter.catalogue.item(HOMESTEAD)
    draft = counter.intake.begin(item, CLERK)
    materials = {material.code: ONE for material in item.materials}
    materials["neighbour_opinion"] = HandedIn(how=TakenHow.PROMISED, promised_by=date(2026, 6, 1))
    materials["id_card"] = HandedIn(copies=1, how=TakenHow.REUSED, reused_from="20260401000731000155")
    application = replace(draft.application, applicant=PERSON, form=FORM, materials=materials)
    saved = counter.intake.save(replace(draft, application=application))
    case = counter.intake.accept(saved, item, CLERK).case
    tells(
        counter, case, PaperKind.MATERIALS_RECEIPT,
        "有效身份证件（取自办件 20260401 000731 0001 55）", "沿用前件", "相邻权利人意见（2026年6月1日前）", "合计 4 种",
    )  # fmt: skip
    seen = replace(ONE, checked_by=CLERK.login, checked_at=draft.started_at)
    counter.acceptance.take_in_following(case.number, CLERK, {"neighbour_opinion": seen})
    tells(
        counter, case, PaperKind.SUPPLEMENT_RECEIPT,
        "按照容缺受理时的承诺", "容缺后补的材料已经补齐", "相邻权利人意见（已核对原件）",
    )  # fmt: skip


def test_the_witness_is_that_of_the_acceptance_or_of_the_entry_itself(counter):
    case, _codes = received(counter, without=0)
    events = {type(event.fact).__name__: event.witness for event in counter.desk.file(case.number).events}
    receipt = paper_of(counter, case, PaperKind.MATERIALS_RECEIPT)
    assert events["CaseReceived"] in said(counter, receipt)
    done = accepted(counter)
    events = {type(event.fact).__name__: event.witness for event in counter.desk.file(done.number).events}
    assert all(events["CaseAccepted"] in said(counter, paper) for paper in counter.papers.of_case(done.number))
