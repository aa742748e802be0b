"""Who is named on a paper, how much of them is told, and which body speaks to them."""

from dataclasses import replace
from datetime import date

from app.demonstration import CLERK, COOPERATIVE
from app.domain.documents import Document, Sex
from app.domain.outcomes import Defect, NonAcceptanceGround, Result, SpecialProcedure
from app.domain.paper import PaperKind
from app.domain.people import Agent, AgentKind, Organisation, Person
from tests.services.said_papers import FOR_ORGANISATIONS, SHEN, homestead, paper_of, received, said, tells, with_people
from tests.support import CERTIFICATE, COMMITTED, accepted, filled


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


def test_a_certificate_for_another_purpose_does_not_say_so(counter):
    item, draft = counter.catalogue.item(CERTIFICATE), filled(counter)
    form = {**draft.application.form, "purpose": "其他"}
    saved = counter.intake.save(replace(draft, application=replace(draft.application, form=form)))
    case = counter.intake.accept(saved, item, CLERK).case
    counter.issuance.issue(case.number, CLERK)
    text = tells(counter, case, PaperKind.CERTIFICATE, "本证明只说明居住情况，有效期至")
    assert "其他" not in text
