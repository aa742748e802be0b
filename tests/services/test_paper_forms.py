"""Papers that belong to no case, or are taken before there is one: forms, guides, inquiries, days."""

import io
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from app.demonstration import CLERK
from app.domain.application import HandedIn, TakenHow
from app.domain.catalogue import ProofPledge
from app.domain.documents import Document
from app.domain.facts import DayClosed, InquiryOpened, read_fact
from app.domain.paper import PaperKind
from app.domain.people import Agent, Person
from app.services import paper_forms
from tests.services.said_papers import (
    HOMESTEAD,
    paper_of,
    said,
)
from tests.support import COMMITTED, FORBIDDEN, accepted, filled

ALLOWS_PROOF_PLEDGE = "510109043000"


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
        proof = replace(item.materials[0], pledge=ProofPledge("居住在云溪镇", "有稳定住所", "居住属实"))
        values = paper_forms.proof_pledge(application, item, proof)
    text = said(counter, counter.papers.prepare(kind, values, CLERK, template=template))
    assert words in text
    assert "／" not in text


def by_pledge(counter):
    """Return a filled draft with a pledge in place of its proof, and the pledge."""
    item, draft = counter.catalogue.item(ALLOWS_PROOF_PLEDGE), filled(counter, ALLOWS_PROOF_PLEDGE)
    paper = counter.forms.in_place_of(item.material("lease"), draft, item, CLERK)
    materials = {**draft.application.materials, "lease": HandedIn(how=TakenHow.PLEDGED, pledge=paper.number)}
    return counter.intake.save(replace(draft, application=replace(draft.application, materials=materials))), paper


def test_a_pledge_in_place_of_a_proof_tells_which_and_may_be_signed(counter):
    _draft, paper = by_pledge(counter)
    assert (paper.number, paper.name, paper.may_be_signed) == ("云溪3诺〔2026〕000001号", "证明事项告知承诺书", True)
    text = said(counter, paper)
    pledge = counter.catalogue.item(ALLOWS_PROOF_PLEDGE).material("lease").pledge
    for words in ("住所、就业或者就读证明", "《居住证暂行条例》", pledge.content, pledge.conditions, pledge.pledged):
        assert words in text
    assert "／" not in text


def test_receipt_and_acceptance_notice_name_the_pledge_in_place_of_a_proof(counter):
    draft, paper = by_pledge(counter)
    case = counter.intake.accept(draft, counter.catalogue.item(draft.item), CLERK).case
    assert counter.desk.file(case.number).case.materials["lease"].pledge == paper.number
    receipt = said(counter, paper_of(counter, case, PaperKind.MATERIALS_RECEIPT))
    assert f"住所、就业或者就读证明（{paper.number}）———告知承诺" in receipt
    notice = said(counter, paper_of(counter, case, PaperKind.ACCEPTANCE_NOTICE))
    assert f"以书面承诺代替（告知承诺）：住所、就业或者就读证明（{paper.number}）。" in notice


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
        return counter.papers.numbers.next(uow, kind, 2026)


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


def test_the_guide_of_what_is_not_done_here_names_who_is_competent(counter):
    item = counter.catalogue.item(FORBIDDEN)
    document = pypdfium2.PdfDocument(io.BytesIO(counter.papers.guide(item, CLERK)))
    text = "".join(document[0].get_textpage().get_text_bounded().split())
    document.close()
    assert "这里不能办理：" in text
    assert f"请到{item.competent.rstrip('。')}" in text
    assert "当场受理" not in text
