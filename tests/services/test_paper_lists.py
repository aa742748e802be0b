"""Lists of papers on a real counter: the overview beside the rows, and the list as a file."""

import csv
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.demonstration import CLERK, SUPERVISOR
from app.domain.documents import Document
from app.domain.errors import LimitExceeded, ReasonMissing
from app.domain.facts import FormPrepared
from app.domain.operators import Operator
from app.domain.paper import PaperKind
from app.domain.paper_ends import RevocationGround
from app.domain.people import Agent, AgentKind, Organisation, Person
from app.services import paper_lists
from app.services.certificate_life import Revocation
from app.services.errors import NotPermitted
from app.services.listed_papers import Behind, PaperFilter, PaperScope
from app.services.paper_forms import mandate
from app.services.paper_lists import PaperWish
from tests.contracts.stations import THERE, Writer, numbered, receive
from tests.support import COMMITTED, MONDAY, PERSON, accepted, filled, handed_over_certificate, set_aside_for_good

ALL = PaperFilter(MONDAY.date())


@pytest.fixture
def worked(counter):
    """A certificate that was handed over with its papers, and a case that goes on."""
    return handed_over_certificate(counter), accepted(counter, COMMITTED)


def saved(counter, path, wanted=ALL, **wish):
    counter.paper_lists.save(PaperWish(wanted, **wish), path, CLERK)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def exported(counter):
    with counter.desk._store.read() as uow:
        return [entry.read()["data"] for entry in uow.journal.newest("PapersExported", 5)]


def test_the_overview_counts_parts_and_names_sorts(counter, worked):
    certificate, _case = worked
    overview = counter.paper_lists.overview(ALL)
    sorts = {(sort.kind, sort.template): sort for sort in overview.sorts}
    assert sorts[PaperKind.MATERIALS_RECEIPT, ""].count == 2
    assert sorts[PaperKind.CERTIFICATE, ""].count == 1
    assert sorts[PaperKind.CERTIFICATE, certificate.template].title == "居住证明"
    assert overview.scopes[PaperScope.ALL] == len(counter.paper_lists.page(ALL, Behind(), 100))
    assert overview.scopes[PaperScope.TO_RECALL] == overview.scopes[PaperScope.VOIDED] == 0


def test_a_chosen_sort_narrows_the_parts_and_leaves_the_sorts(counter, worked):
    chosen = replace(ALL, kind=PaperKind.CERTIFICATE)
    overview = counter.paper_lists.overview(chosen)
    assert overview.scopes[PaperScope.ALL] == 1
    assert overview.sorts == counter.paper_lists.overview(ALL).sorts


def test_what_must_be_called_back_is_counted(counter, worked):
    receipt = counter.papers.of_case(worked[1].number)[0]
    set_aside_for_good(counter, receipt)
    assert counter.paper_lists.overview(ALL).scopes[PaperScope.TO_RECALL] == 1
    narrowed = replace(ALL, kind=PaperKind.CERTIFICATE)
    assert counter.paper_lists.overview(narrowed).scopes[PaperScope.TO_RECALL] == 0


def test_a_template_that_is_gone_goes_by_its_name(counter, worked):
    with counter.desk._store.write() as uow:
        uow._connection.execute("UPDATE papers SET template = 'older' WHERE kind = 'certificate'")
        uow.commit()
    assert "older" in [sort.title for sort in counter.paper_lists.overview(ALL).sorts]


def test_a_file_has_a_line_for_each_paper_in_the_order_of_the_list(counter, tmp_path, worked):
    certificate, _case = worked
    lines = saved(counter, tmp_path / "a.csv")
    rows = counter.paper_lists.page(ALL, Behind(), 100)
    assert [line["文书编号"] for line in lines] == [row.paper.number for row in rows]
    (line,) = [line for line in lines if line["文书编号"] == certificate.number]
    assert (line["文书"], line["经办人"], line["办件编号"]) == ("居住证明", CLERK.name, certificate.case_number)
    assert (line["申请人"], line["状态"], line["出具时间"][:10]) == ("林**", "已打印", "2026-05-18")


def test_how_a_paper_ended_is_told(counter, tmp_path, worked):
    certificate, _case = worked
    why = Revocation(RevocationGround.HOLDER_GONE, "持有人迁出", "示范撤〔2026〕3号")
    counter.certificates.revoke(certificate, CLERK, why, SUPERVISOR)
    (line,) = saved(counter, tmp_path / "a.csv", replace(ALL, scope=PaperScope.REVOKED))
    assert (line["状态"], line["终止原因"], line["确认人"]) == ("注销", "持有人迁出", SUPERVISOR.login)
    assert line["终止时间"]


def test_names_and_numbers_are_masked_and_the_export_is_on_record(counter, tmp_path, worked):
    text = "".join(value for line in saved(counter, tmp_path / "a.csv") for value in line.values())
    assert PERSON.name not in text
    assert PERSON.id_number not in text
    (fact,) = exported(counter)
    assert (fact["is_whole"], fact["form"], fact["day_from"]) == (False, "csv", None)


def test_whole_data_needs_a_purpose_and_a_role(counter, tmp_path, worked):
    with pytest.raises(ReasonMissing):
        saved(counter, tmp_path / "a.csv", is_whole=True)
    with pytest.raises(NotPermitted):
        counter.paper_lists.save(PaperWish(ALL, True, "年度检查"), tmp_path / "a.csv", Operator("yi", "易"))
    assert not (tmp_path / "a.csv").exists()
    assert exported(counter) == []
    lines = saved(counter, tmp_path / "a.csv", is_whole=True, purpose="年度检查")
    assert PERSON.id_number in [line["证件号码"] for line in lines]
    assert [fact["purpose"] for fact in exported(counter)] == ["年度检查"]


def test_a_workbook_says_what_it_is(counter, tmp_path, worked):
    assert counter.paper_lists.save(PaperWish(ALL), tmp_path / "a.xlsx", CLERK) > 0
    assert (tmp_path / "a.xlsx").read_bytes()[:2] == b"PK"


def test_pages_of_a_file_follow_one_another(counter, tmp_path, worked, monkeypatch):
    whole = saved(counter, tmp_path / "a.csv")
    monkeypatch.setattr(paper_lists, "PAGE", 2)
    assert saved(counter, tmp_path / "b.csv") == whole


def test_a_list_without_end_is_refused(counter, tmp_path, worked, monkeypatch):
    monkeypatch.setattr(paper_lists, "MOST_ROWS", 1)
    with pytest.raises(LimitExceeded):
        saved(counter, tmp_path / "a.csv")


MANDATES = replace(ALL, kind=PaperKind.MANDATE)
AGENT = Agent(Person("王知远", "519900198501010332", "13805555281"), relation="代办员", scope="领取结果")


def prepared(counter, agent=AGENT, template="agency_mandate", **applicants):
    application = replace(filled(counter, COMMITTED).application, agent=agent, **applicants)
    values = mandate(application, counter.catalogue.item(COMMITTED), MONDAY.date(), date(2026, 6, 18))
    return counter.papers.prepare(PaperKind.MANDATE, values, CLERK, template=template)


def taken_in_by(counter, agent):
    draft = filled(counter, COMMITTED)
    draft = replace(draft, application=replace(draft.application, agent=agent))
    return counter.intake.accept(draft, counter.catalogue.item(COMMITTED), CLERK).case


def test_the_list_of_mandates_is_their_ledger(counter, tmp_path):
    paper, item = prepared(counter), counter.catalogue.item(COMMITTED)
    (row,) = saved(counter, tmp_path / "a.csv", MANDATES)
    assert (row["登记编号"], row["文书"], row["登记日期"]) == (paper.number, "代办委托书", "2026-05-18")
    assert (row["委托人"], row["受托人"], row["受托人电话"]) == ("林**", "王**", "138****5281")
    assert row["受托人证件号码"] == "519900********0332"
    assert (row["与委托人"], row["办件编号"]) == ("代办员", "")
    assert (row["事项"], row["委托内容"], row["期限至"]) == (item.title, "领取结果", "2026年6月18日")
    assert (row["经办人"], row["状态"]) == (CLERK.name, "待打印")
    (whole,) = saved(counter, tmp_path / "whole.csv", MANDATES, is_whole=True, purpose="核对委托")
    assert (whole["委托人"], whole["受托人证件号码"]) == (PERSON.name, "519900198501010332")


def test_a_ledger_begins_with_the_first_mandate_and_ends_with_the_last_day(counter, tmp_path):
    first, second = prepared(counter), prepared(counter, template="")
    lines = saved(counter, tmp_path / "a.csv", MANDATES)
    assert [(line["登记编号"], line["文书"]) for line in lines] == [
        (first.number, "代办委托书"),
        (second.number, "委托书"),
    ]
    assert saved(counter, tmp_path / "b.csv", replace(MANDATES, made_to=MONDAY.date() - timedelta(days=1))) == []


def test_a_ledger_names_the_cases_that_a_mandate_was_used_for(counter, tmp_path):
    used, unused = prepared(counter), prepared(counter)
    case = taken_in_by(counter, replace(AGENT, mandate=used.number))
    taken_in_by(counter, replace(AGENT, kind=AgentKind.VILLAGE_AGENT))
    lines = {line["登记编号"]: line["办件编号"] for line in saved(counter, tmp_path / "a.csv", MANDATES)}
    assert lines == {used.number: case.number, unused.number: ""}


def test_everybody_in_a_ledger_is_masked_but_organisations(counter, tmp_path):
    prepared(counter, co_applicants=(Person("沈青", "C01X00T47", document=Document.PASSPORT),))
    prepared(counter, organisation=Organisation("云溪镇测试合作社", "91510000MA00000000"))
    several, organisation = saved(counter, tmp_path / "a.csv", MANDATES)
    assert (several["委托人"], several["委托人证件号码"][-9:]) == ("林**、沈*", "C0*****47")
    assert (organisation["委托人"], organisation["委托人证件号码"]) == ("云溪镇测试合作社", "91510000MA00000000")


def test_what_people_agreed_on_is_no_formula_in_a_ledger(counter, tmp_path):
    prepared(counter, replace(AGENT, relation="=1+1", scope="@SUM(A1)"))
    (line,) = saved(counter, tmp_path / "a.csv", MANDATES)
    assert (line["与委托人"], line["委托内容"]) == ("'=1+1", "'@SUM(A1)")


def test_mandates_of_other_windows_are_a_plain_list(counter, tmp_path):
    there = Writer(THERE)
    case, taken = there.takes(1)
    number = numbered("柳湾1委〔2026〕000001号", 1)
    header = there.cases[case].header()
    receive(counter.desk._store, taken, there.says(FormPrepared(PaperKind.MANDATE, number, "委托书", {}), case, header))
    (line,) = saved(counter, tmp_path / "a.csv", replace(MANDATES, scope=PaperScope.ELSEWHERE))
    assert (line["文书编号"], line["办件编号"]) == (number.text, case)
    assert saved(counter, tmp_path / "b.csv", MANDATES) == []
