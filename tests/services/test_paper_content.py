"""Every outcome on a real counter, and what its paper says: read back from the PDF that was kept."""

import io
from dataclasses import replace
from datetime import date, datetime, timedelta

import pypdfium2
import pytest

from app.demonstration import CLERK, COOPERATIVE
from app.domain.application import HandedIn, LateEntry, TakenHow
from app.domain.clock import CHINA
from app.domain.documents import Document, Sex
from app.domain.facts import DayClosed, InquiryOpened, read_fact
from app.domain.operators import Operator, Role
from app.domain.outcomes import Defect, NonAcceptanceGround, Result, SpecialProcedure
from app.domain.paper import PaperKind
from app.domain.people import Agent, AgentKind, Organisation, Person
from app.services import paper_forms
from tests.support import CERTIFICATE, COMMITTED, FORBIDDEN, MONDAY, PERSON, accepted, filled, marked_late

SHEN = Operator("shenqing", "沈青", tuple(Role))
ONE = HandedIn(originals=1)
HOMESTEAD = "510117053000"
FOR_ORGANISATIONS = "510120032000"
FORM = {
    "site": "云溪镇柳湾村4组",
    "area": "120",
    "storeys": "2",
    "kind": "原址翻建",
    "base_area": "90",
    "owner": "柳湾村4组",
}
FORM |= {"land_use": "农村宅基地", "east": "村道", "south": "林守田宅", "west": "耕地", "north": "水渠"}


def said(counter, paper):
    """Return the whole text of a paper's PDF without spaces and line ends."""
    document = pypdfium2.PdfDocument(io.BytesIO(counter.papers.pdf(paper, CLERK)))
    try:
        return "".join("".join(page.get_textpage().get_text_bounded().split()) for page in document)
    finally:
        document.close()


def paper_of(counter, case, kind):
    return [paper for paper in counter.papers.of_case(case.number) if paper.kind is kind][-1]


def tells(counter, case, kind, *words):
    text = said(counter, paper_of(counter, case, kind))
    assert [word for word in words if word.replace(" ", "") not in text] == []
    return text


def received(counter, without=1):
    draft = filled(counter, COMMITTED)
    codes = [material.code for material in counter.catalogue.item(COMMITTED).materials][:without]
    there = {code: one for code, one in draft.application.materials.items() if code not in codes}
    saved = counter.intake.save(replace(draft, application=replace(draft.application, materials=there)))
    return counter.intake.receive(saved, counter.catalogue.item(COMMITTED), CLERK).case, codes


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


def homestead(counter):
    item = counter.catalogue.item(HOMESTEAD)
    draft = counter.intake.begin(item, CLERK)
    materials = {material.code: ONE for material in item.materials}
    application = replace(draft.application, applicant=PERSON, form=FORM, materials=materials)
    saved = counter.intake.save(replace(draft, application=application))
    case = counter.intake.accept(saved, item, CLERK).case
    counter.review.decide(case.number, SHEN, Result.GRANTED, decided_by="覃静秋")
    return case


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


def with_people(counter, code=COMMITTED, **changes):
    draft = filled(counter, code, machine="微耕机", price="5000")
    reasons = {"applicant.id_number": "已核对", "organisation.uscc": "已核对", "agent.mandate": "已核对"}
    application = replace(draft.application, reasons=reasons, **changes)
    saved = counter.intake.save(replace(draft, application=application))
    return counter.intake.accept(saved, counter.catalogue.item(code), CLERK).case


def test_an_organisation_is_named_in_full_with_its_representative_masked(counter):
    organisation = Organisation("云溪镇柳湾养殖专业合作社", "93519900MA00000004", "云溪镇柳湾村")
    agent = Agent(Person("王知远", "519900198501010332", "13805555281", "云溪镇"), AgentKind.MANDATED, "同事", "委1号")
    case = with_people(counter, FOR_ORGANISATIONS, organisation=organisation, agent=agent)
    text = tells(
        counter, case, PaperKind.ACCEPTANCE_NOTICE, "云溪镇柳湾养殖专业合作社（代表人林**）", "王**（委托代理人，同事）"
    )
    assert "信用代码93519900MA00000004" in text
    assert "林𬱖宁" not in text


def test_a_decision_comes_from_the_body_that_seals_it_and_names_an_organisation_by_its_code(counter):
    case = with_people(counter, FOR_ORGANISATIONS, organisation=COOPERATIVE)
    counter.review.decide(
        case.number, SHEN, Result.REFUSED, decided_by="覃静秋", reason="面积不足", basis="《示范办法》第五条"
    )
    text = tells(counter, case, PaperKind.REFUSAL_DECISION, f"（统一社会信用代码{COOPERATIVE.uscc}）提出的")
    assert text.startswith(case.department)
    assert f"{case.department}（印章）" in text


def test_a_decision_tells_the_whole_number_and_a_receipt_a_masked_one(counter):
    case = homestead(counter)
    decided = tells(counter, case, PaperKind.GRANT_DECISION, "你（公民身份号码519900199203070323）提出的")
    assert "你（单位）" not in decided
    receipt = tells(counter, case, PaperKind.MATERIALS_RECEIPT, "身份号码519900********0323")
    assert "519900199203070323" not in receipt


def spoken(counter, case, kind):
    """Return who speaks first on a paper of the case, and its whole text."""
    text = said(counter, paper_of(counter, case, kind))
    return next(body for body in (case.department, counter.station.body) if text.startswith(body)), text


def test_the_deciding_body_speaks_in_notices_and_the_window_in_receipts(counter):
    case = accepted(counter, COMMITTED)
    county, town = case.department, counter.station.body
    assert county != town
    counter.acceptance.ask_supplement(
        case.number, CLERK, (Defect("other.1", "照片", "一寸 2 张"),), date(2026, 6, 12), "照片看不清"
    )
    counter.review.extend(case.number, SHEN, 5, reason="需要核实", approver="覃静秋")
    counter.review.suspend(case.number, SHEN, SpecialProcedure.HEARING, basis="《示范县听证办法》第三条")
    notices = {PaperKind.ACCEPTANCE_NOTICE: "专用印章", PaperKind.SUPPLEMENT_NOTICE: "印章"}
    notices |= {PaperKind.EXTENSION_NOTICE: "印章", PaperKind.SUSPENSION_NOTICE: "印章"}
    for kind, seal in notices.items():
        speaks, text = spoken(counter, case, kind)
        assert speaks == county, kind
        assert f"{county}（{seal}）2026年5月18日" in text
        assert "由云溪镇便民服务中心（3号窗口）代为送达" in text
    speaks, text = spoken(counter, case, PaperKind.MATERIALS_RECEIPT)
    assert speaks == town
    assert f"{county}自收到材料之日起五日内" in text


def test_what_is_not_accepted_is_said_by_the_competent_body_with_its_remedies(counter):
    case, _codes = received(counter)
    counter.acceptance.refuse_acceptance(
        case.number,
        CLERK,
        ground=NonAcceptanceGround.NOT_ENTITLED,
        reason="不在本县居住",
        competent="",
        basis="《示范办法》第二条",
    )
    speaks, text = spoken(counter, case, PaperKind.NON_ACCEPTANCE_NOTICE)
    assert speaks == case.department
    for words in (
        f"{case.department}（专用印章）",
        "六十日内向县级人民政府申请行政复议",
        "公民身份号码519900199203070323",
    ):
        assert words in text


def test_a_window_of_the_deciding_body_hands_over_for_nobody_else(counter):
    assert "代为送达" not in said(counter, paper_of(counter, homestead(counter), PaperKind.ACCEPTANCE_NOTICE))


def test_a_letter_speaks_to_one_to_several_and_to_an_organisation(counter):
    organised = with_people(counter, FOR_ORGANISATIONS, organisation=COOPERATIVE)
    tells(counter, organised, PaperKind.ACCEPTANCE_NOTICE, "你单位提出的")
    other = Person("Ana", "E12345678", "", "", Document.PASSPORT, date(1990, 1, 2), Sex.FEMALE, "示范国")
    several = with_people(counter, co_applicants=(other,))
    tells(counter, several, PaperKind.ACCEPTANCE_NOTICE, "你们提出的")
    tells(counter, several, PaperKind.MATERIALS_RECEIPT, "证件号码公民身份号码519900********0323、护照号码E1*****78")


def test_papers_after_a_correction_tell_what_counts_and_earlier_ones_what_was_written(counter):
    agent = Agent(Person("王知远", "519900198501010332", "13805555281", "云溪镇"), AgentKind.MANDATED, "同事", "委1号")
    other = Person("李小禾", "519900198501010359", "13805555281", "云溪镇")
    case = with_people(counter, agent=agent, co_applicants=(other,))
    receipt = said(counter, paper_of(counter, case, PaperKind.MATERIALS_RECEIPT))
    changes = {"agent.name": "汪知远", "agent.relation": "同学", "co_applicants.0.name": "黎小禾"}
    counter.closing.correct(case.number, CLERK, changes, "认错手写字")
    notice = tells(counter, case, PaperKind.ACCEPTANCE_NOTICE, "王**（委托代理人，同事）", "林**、李**")
    assert "汪" not in notice + said(counter, paper_of(counter, case, PaperKind.MATERIALS_RECEIPT))
    assert said(counter, paper_of(counter, case, PaperKind.MATERIALS_RECEIPT)) == receipt
    counter.closing.withdraw(case.number, CLERK, "不再需要")
    tells(counter, case, PaperKind.WITHDRAWAL_FORM, "汪**（委托代理人，同学）", "林𬱖宁、黎小禾")


def test_several_applicants_are_all_named(counter):
    numbers = {"王": "519900198501010332", "李": "519900198501010359", "赵": "519900198501010375"}
    others = tuple(Person(f"{name}小禾", number, "13805555281", "云溪镇") for name, number in numbers.items())
    case = with_people(counter, co_applicants=others[:2])
    tells(counter, case, PaperKind.MATERIALS_RECEIPT, "林**、王**、李**")
    many = with_people(counter, co_applicants=others)
    tells(counter, many, PaperKind.MATERIALS_RECEIPT, "林**、王**、李**等4人")


def test_a_document_that_is_no_resident_card_is_named(counter):
    foreigner = Person(
        "Ana Maria", "E12345678", "13805555270", "云溪镇", Document.PASSPORT, date(1990, 1, 2), Sex.FEMALE, "示范国"
    )
    case = with_people(counter, applicant=foreigner)
    tells(counter, case, PaperKind.MATERIALS_RECEIPT, "护照号码E1*****78")
    counter.closing.withdraw(case.number, CLERK, "不再需要")
    tells(counter, case, PaperKind.WITHDRAWAL_FORM, "AnaMaria（护照号码E12345678）")


def test_a_certificate_about_several_or_a_foreigner_tells_nothing_of_one_that_is_wrong_of_them(counter):
    foreigner = Person(
        "Ana Maria", "E12345678", "13805555270", "云溪镇", Document.PASSPORT, date(1990, 1, 2), Sex.FEMALE, "示范国"
    )
    other = Person("李小禾", "519900198501010359", "", "")
    alone = with_people(counter, CERTIFICATE, applicant=foreigner)
    counter.issuance.issue(alone.number, CLERK)
    text = tells(counter, alone, PaperKind.CERTIFICATE, "AnaMaria（护照号码E12345678），女，1990年1月2日出生")
    assert "户籍地址" not in text
    both = with_people(counter, CERTIFICATE, applicant=foreigner, co_applicants=(other,))
    counter.issuance.issue(both.number, CLERK)
    text = tells(
        counter, both, PaperKind.CERTIFICATE, "AnaMaria、李小禾（护照号码E12345678、公民身份号码519900198501010359）"
    )
    assert [word for word in ("女，", "出生", "户籍地址") if word in text] == []


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


def test_forms_before_acceptance_tell_what_was_typed_and_belong_to_no_case(counter):
    item = counter.catalogue.item(COMMITTED)
    agent = Agent(Person("王知远", "519900198501010332", "13805555281", "云溪镇"), relation="同事", scope="领取结果")
    application = replace(filled(counter, COMMITTED).application, agent=agent)
    values = paper_forms.mandate(application, item, date(2026, 5, 18), date(2026, 6, 18))
    paper = counter.papers.prepare(PaperKind.MANDATE, values, CLERK, template="agency_mandate")
    text = said(counter, paper)
    assert paper.number == "云溪3委〔2026〕000001号"
    assert (paper.case_number, paper.name) == ("", "代办委托书")
    for words in ("林𬱖宁", "王知远", "13805555281", "领取结果", "2026年5月18日起至2026年6月18日", item.title):
        assert words in text
    ledger = counter.papers.mandates(date(2026, 5, 18), date(2026, 5, 18))
    assert [(line.paper.number, line.values["agent_name"]) for line in ledger] == [(paper.number, "王知远")]


def test_every_principal_of_a_mandate_is_told_and_signs_by_name(counter):
    item, agent = counter.catalogue.item(COMMITTED), Agent(Person("王知远", "519900198501010332", "13805555281"))
    second = Person("Anna Weber", "C01X00T47", document=Document.PASSPORT)
    alone = replace(filled(counter, COMMITTED).application, agent=agent)
    values = paper_forms.mandate(replace(alone, co_applicants=(second,)), item, date(2026, 5, 18), date(2026, 6, 18))
    text = said(counter, counter.papers.prepare(PaperKind.MANDATE, values, CLERK))
    for words in ("护照号码C01X00T47", "委托人林𬱖宁签名", "委托人AnnaWeber签名"):
        assert words in text
    values = paper_forms.mandate(alone, item, date(2026, 5, 18), date(2026, 6, 18))
    text = said(counter, counter.papers.prepare(PaperKind.MANDATE, values, CLERK))
    assert "委托人签名或盖章" in text
    assert "委托人林𬱖宁签名" not in text
    assert "代表人" not in text


def test_more_principals_than_lines_share_the_last_one(counter):
    people = [Person(name, "") for name in "甲乙丙丁戊己庚辛"]
    application = replace(
        filled(counter, COMMITTED).application,
        applicant=people[0],
        co_applicants=tuple(people[1:]),
        agent=Agent(Person("王知远", "")),
    )
    item = counter.catalogue.item(COMMITTED)
    values = paper_forms.mandate(application, item, date(2026, 5, 18), date(2026, 6, 18))
    assert (values["signer_5"], values["signer_6"]) == ("戊", "己等 3 人")


def test_a_certificate_for_another_purpose_does_not_say_so(counter):
    item, draft = counter.catalogue.item(CERTIFICATE), filled(counter)
    form = {**draft.application.form, "purpose": "其他"}
    saved = counter.intake.save(replace(draft, application=replace(draft.application, form=form)))
    case = counter.intake.accept(saved, item, CLERK).case
    counter.issuance.issue(case.number, CLERK)
    text = tells(counter, case, PaperKind.CERTIFICATE, "本证明只说明居住情况，有效期至")
    assert "其他" not in text


@pytest.mark.parametrize(
    ("kind", "template", "words"),
    [
        (PaperKind.PLEDGE, "", "符合上列条件"),
        (PaperKind.PLEDGE, "proof_pledge", "申请人可以自主选择"),
        (PaperKind.PRIVACY_NOTICE, "", "处理目的"),
    ],
)
def test_the_usual_words_of_a_form_are_whole(counter, kind, template, words):
    item, application = counter.catalogue.item(COMMITTED), filled(counter, COMMITTED).application
    make = {PaperKind.PLEDGE: paper_forms.pledge, PaperKind.PRIVACY_NOTICE: paper_forms.privacy}[kind]
    values = make(application, item)
    if template:
        proof = ("住所证明", "居住在云溪镇", "示范办法", "有稳定住所", "居住属实")
        values = paper_forms.proof_pledge(application, item, *proof)
    text = said(counter, counter.papers.prepare(kind, values, CLERK, template=template))
    assert words in text
    assert "／" not in text


def test_the_slip_for_collecting_belongs_to_its_case(counter):
    case = accepted(counter, COMMITTED)
    item = counter.catalogue.item(COMMITTED)
    values = paper_forms.collection(item, counter.station, date(2026, 5, 28), None)
    paper = counter.papers.prepare(PaperKind.COLLECTION_SLIP, values, CLERK, case_number=case.number)
    assert paper.case_number == case.number
    text = said(counter, paper)
    assert case.number in text
    assert "2026年5月28日" in text
    assert "云溪镇便民服务中心3号窗口" in text


def recorded(counter, fact):
    with counter.intake._store.write() as uow:
        counter.intake._recorder.record(uow, CLERK.login, fact, counter.desk.now())
        uow.commit()


def number(counter, kind):
    with counter.intake._store.write() as uow:
        return counter.papers.next_number(uow, kind, 2026)


def test_an_inquiry_and_a_closed_day_have_papers_without_a_case(counter):
    slip, report = number(counter, PaperKind.INQUIRY_SLIP), number(counter, PaperKind.DAY_REPORT)
    recorded(counter, InquiryOpened(slip, "老房翻建要哪些材料", HOMESTEAD, "林小禾", "13805555270"))
    tables = {
        "counts": (("收件", "3", "受理", "2"),),
        "ledger": (("10:26", "1", "居住证明", "林**", "收件→受理", "何长宁"),),
    }
    recorded(counter, DayClosed(date(2026, 5, 18), report, {}, {}, CLERK.login, "无异常", 12, "", tables))
    asked = said(counter, counter.papers.find(slip.text))
    for words in ("老房翻建要哪些材料", "林**", "138****5270", "农村宅基地用地建房审批"):
        assert words in asked
    closed = said(counter, counter.papers.find(report.text))
    for words in ("2026年5月18日", "收件→受理", "何长宁", "无异常", "台账条数12"):
        assert words in closed


def test_the_guide_of_an_item_tells_what_to_bring_and_leaves_no_fact(counter):
    def entries():
        with counter.intake._store.read() as uow:
            return [read_fact(entry.read()) for entry in uow.journal.entries()]

    before = len(entries())
    item = counter.catalogue.item(HOMESTEAD)
    document = pypdfium2.PdfDocument(io.BytesIO(counter.papers.guide(item, CLERK)))
    text = "".join(document[0].get_textpage().get_text_bounded().split())
    assert len(document) == 1
    document.close()
    for words in ("办事指南", item.name, "相邻权利人意见（可以后补）", "15个工作日", "不收费", "工作日09:00—12:00"):
        assert words in text
    assert len(entries()) == before


def test_the_witness_is_that_of_the_acceptance_or_of_the_entry_itself(counter):
    case, _codes = received(counter, without=0)
    events = {type(event.fact).__name__: event.witness for event in counter.desk.file(case.number).events}
    receipt = paper_of(counter, case, PaperKind.MATERIALS_RECEIPT)
    assert events["CaseReceived"] in said(counter, receipt)
    done = accepted(counter)
    events = {type(event.fact).__name__: event.witness for event in counter.desk.file(done.number).events}
    assert all(events["CaseAccepted"] in said(counter, paper) for paper in counter.papers.of_case(done.number))


def test_the_guide_of_what_is_not_done_here_names_who_is_competent(counter):
    item = counter.catalogue.item(FORBIDDEN)
    document = pypdfium2.PdfDocument(io.BytesIO(counter.papers.guide(item, CLERK)))
    text = "".join(document[0].get_textpage().get_text_bounded().split())
    document.close()
    assert "这里不能办理：" in text
    assert f"请到{item.competent.rstrip('。')}" in text
    assert "当场受理" not in text
