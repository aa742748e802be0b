import csv

import pytest

from app.demonstration import CLERK
from app.domain.blanks import BlankState
from app.domain.errors import BlankNotSo, BlanksBetween, ReasonMissing, SamePerson
from app.domain.operators import Operator, Role
from app.domain.paper import PaperKind, PaperState
from app.services.blanks import LOW_STOCK, BlankUse
from app.services.errors import NotPermitted
from tests.support import accepted

FORM = "居住证明用纸"
SECOND = Operator("second", "邓复核", (Role.SUPERVISOR,))
PEER = Operator("peer", "同事")


@pytest.fixture
def stocked(counter):
    counter.blanks.receive(CLERK, FORM, "a 0001", "A0030", "县政务服务局")
    return counter.blanks


@pytest.fixture
def certificate(counter):
    case = counter.issuance.issue(accepted(counter).number, CLERK)
    return next(row for row in counter.papers.of_case(case.number) if row.kind is PaperKind.CERTIFICATE)


def use(counter, paper, number, **said):
    blank = BlankUse(FORM, number, **said)
    with counter.papers._store.write() as uow:
        counter.blanks.use(uow, paper, blank, CLERK)
        uow.commit()


def stock(blanks):
    return next(one for one in blanks.stocks() if one.form == FORM)


def states(blanks):
    return {row.number: row.state for row in blanks.page(FORM, 0, 100) if row.state is not BlankState.UNUSED}


def test_the_next_number_is_proposed_and_low_stock_is_told(stocked, certificate):
    assert (stock(stocked).next, stock(stocked).counts.unused, stock(stocked).is_low) == ("A0001", 30, False)
    stocked.spoil(CLERK, FORM, "A0001", "A0010", "受潮", SECOND)
    assert (stock(stocked).next, stock(stocked).counts.unused, stock(stocked).is_low) == ("A0011", LOW_STOCK, True)


def test_each_form_tells_at_its_own_count_that_it_runs_out(stocked):
    stocked.keep_low(FORM, 30)
    assert stock(stocked).is_low
    stocked.keep_low(FORM, 0)
    stocked.give_back(CLERK, FORM, "A0001", "A0029", "不再使用", SECOND)
    assert not stock(stocked).is_low
    stocked.give_back(CLERK, FORM, "A0030", "", "不再使用", SECOND)
    assert stock(stocked).is_low
    assert {one.low for one in stocked.stocks() if one.form != FORM} == {LOW_STOCK}


def test_a_paper_is_bound_to_the_blank_it_is_printed_on(counter, stocked, certificate):
    use(counter, certificate, "a0001")
    assert [(row.number, row.state) for row in stocked.of_paper(certificate.number)] == [("A0001", BlankState.USED)]
    assert stocked.next(FORM) == "A0002"


def test_no_blank_is_skipped_without_saying_what_became_of_it(counter, stocked, certificate):
    with pytest.raises(BlanksBetween) as asked:
        use(counter, certificate, "A0004")
    assert (asked.value.first, asked.value.last, asked.value.count) == ("A0001", "A0003", 3)
    assert states(stocked) == {}
    with pytest.raises(ReasonMissing):
        use(counter, certificate, "A0004", between="丢失")
    use(counter, certificate, "A0004", between="丢失", approved_by=SECOND)
    assert states(stocked) == dict.fromkeys(["A0001", "A0002", "A0003"], BlankState.SPOILED) | {
        "A0004": BlankState.USED
    }


def test_a_spoiled_print_spoils_its_blank_and_takes_the_next(counter, stocked, certificate):
    use(counter, certificate, "A0001")
    counter.papers.to_print(certificate, CLERK)
    sent = counter.papers.find(certificate.number)
    with pytest.raises(ReasonMissing):
        use(counter, sent, "A0002")
    use(counter, sent, "A0002", spoiled="卡纸", approved_by=SECOND)
    assert [(row.number, row.state) for row in stocked.of_paper(certificate.number)] == [
        ("A0001", BlankState.SPOILED),
        ("A0002", BlankState.USED),
    ]
    assert counter.papers.find(certificate.number).state is PaperState.TO_PRINT


def test_a_blank_of_which_nothing_is_known_is_not_used(counter, stocked, certificate):
    with pytest.raises(BlankNotSo):
        use(counter, certificate, "B0001")


def test_what_is_void_or_leaves_the_counter_needs_a_second_person_who_may_confirm(stocked):
    for act in (stocked.spoil, stocked.restore, stocked.give_back):
        with pytest.raises(SamePerson):
            act(CLERK, FORM, "A0001", "A0001", "受潮", CLERK)
        with pytest.raises(NotPermitted):
            act(CLERK, FORM, "A0001", "A0001", "受潮", PEER)
    with pytest.raises(NotPermitted):
        stocked.receive(SECOND, FORM, "B1", "B2", "县局")


def test_what_was_said_by_mistake_is_taken_back_by_another_fact(stocked):
    stocked.spoil(CLERK, FORM, "A0001", "", "找不到", SECOND)
    stocked.restore(CLERK, FORM, "A0001", "", "找到了", SECOND)
    stocked.give_back(CLERK, FORM, "A0001", "A0030", "号码登记错了", SECOND)
    assert stock(stocked).counts.unused == 0
    assert stocked.receive(CLERK, FORM, "A0001", "A0030", "县政务服务局") == 30


def test_the_ledger_goes_into_a_file_with_everybodys_name(counter, stocked, certificate, tmp_path):
    use(counter, certificate, "A0001")
    assert stocked.export(FORM, tmp_path / "ledger.csv") == 30
    with (tmp_path / "ledger.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[1][:5] == ["A0001", "使用", certificate.number, "", CLERK.name]
    assert rows[2][:2] == ["A0002", "结存"]
