import csv
from datetime import timedelta

import pytest
from pypdfium2 import PdfDocument

from app.demonstration import CLERK
from app.domain.errors import LimitExceeded, ReasonMissing
from app.domain.operators import Operator
from app.services import registers
from app.services.errors import NotPermitted
from app.services.registers import Wish
from app.services.snapshots import CaseFilter
from tests.support import COMMITTED, MONDAY, PERSON, accepted

DAY = MONDAY.date()


@pytest.fixture
def worked(counter):
    case = accepted(counter)
    counter.issuance.issue(case.number, CLERK)
    counter.issuance.deliver(case.number, CLERK, PERSON.name, in_person=True)
    return case, accepted(counter, COMMITTED)


def saved(counter, path, wish=Wish(CaseFilter())):  # noqa: B008  frozen
    counter.registers.save(wish, path, CLERK)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def exported(counter):
    with counter.desk._store.read() as uow:
        return [entry.read()["data"] for entry in uow.journal.newest("CasesExported", 5)]


def test_a_line_tells_all_that_a_paper_ledger_has(counter, tmp_path, worked):
    first, second = saved(counter, tmp_path / "a.csv")
    assert [first["办件编号"], second["办件编号"]] == [case.number for case in worked]
    assert first["状态"] == "已办结（准予）"
    assert first["领取"] == "林**（本人）"
    assert first["经办人"] == CLERK.name
    assert "收件凭证 云溪3收〔2026〕000001号" in first["文书"]
    assert first["材料"]
    assert second["到期"] > first["受理时间"]
    assert first["补录"] == "否"


def test_names_and_numbers_are_masked_and_the_export_is_on_record(counter, tmp_path, worked):
    text = "".join(value for row in saved(counter, tmp_path / "a.csv") for value in row.values())
    assert PERSON.name not in text
    assert PERSON.id_number not in text
    assert PERSON.phone not in text
    (fact,) = exported(counter)
    assert (fact["rows"], fact["is_whole"], fact["form"]) == (2, False, "csv")


def test_whole_data_needs_a_purpose_and_a_role(counter, tmp_path, worked):
    whole = Wish(CaseFilter(), is_whole=True, purpose="县局年度检查")
    with pytest.raises(ReasonMissing):
        counter.registers.save(Wish(CaseFilter(), is_whole=True), tmp_path / "a.csv", CLERK)
    with pytest.raises(NotPermitted):
        counter.registers.save(whole, tmp_path / "a.csv", Operator("clerk", "同事"))
    assert not (tmp_path / "a.csv").exists()
    assert saved(counter, tmp_path / "a.csv", whole)[0]["证件号码"] == PERSON.id_number
    assert exported(counter)[0]["purpose"] == "县局年度检查"


def test_the_days_of_the_filter_are_those_of_the_register(counter, place, tmp_path, worked):
    place.clock.set(MONDAY + timedelta(days=1))
    later = accepted(counter)
    wish = Wish(CaseFilter(received_from=DAY + timedelta(days=1), received_to=DAY + timedelta(days=1)))
    assert [row["办件编号"] for row in saved(counter, tmp_path / "a.csv", wish)] == [later.number]


def test_more_rows_than_anybody_reads_are_refused_before_anything_is_written(counter, tmp_path, worked, monkeypatch):
    monkeypatch.setattr(registers, "MOST_ROWS", 1)
    with pytest.raises(LimitExceeded):
        counter.registers.save(Wish(CaseFilter()), tmp_path / "a.xlsx", CLERK)
    assert exported(counter) == []


def test_cases_are_read_in_pages_without_losing_one(counter, tmp_path, worked, monkeypatch):
    monkeypatch.setattr(registers, "PAGE", 1)
    assert [row["办件编号"] for row in saved(counter, tmp_path / "a.csv")] == [case.number for case in worked]


def test_the_printed_register_lies_across_the_sheet_and_counts_late_entries_apart(counter, worked):
    pdf = PdfDocument(counter.registers.paper(Wish(CaseFilter()), CLERK))
    page = pdf[0]
    text = page.get_textpage().get_text_bounded()
    assert page.get_width() > page.get_height()
    assert "共 2 件，另补录 0 件" in text.replace("\r\n", "")
    assert PERSON.name not in text
