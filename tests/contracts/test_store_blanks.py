"""What every store makes of the facts of blank forms."""

import pytest

from app.domain.blanks import BlankState
from app.domain.facts import BlanksGivenBack, BlanksReceived, BlanksRestored, BlanksSpoiled, BlankUsed
from app.services.ports import BlankCounts
from tests.contracts.entries import add, entry

FORM, OTHER = "居住证明用纸", "批准书用纸"
FACTS = (
    BlanksReceived(FORM, "A05", "A08", "县局"),
    BlanksReceived(OTHER, "001", "002", "县局"),
    BlanksReceived(FORM, "A01", "A02", "省厅"),
    BlanksSpoiled(FORM, "A05", "A06", "丢失", "second"),
    BlankUsed(FORM, "A07", "paper-1"),
    BlanksSpoiled(FORM, "A07", "A07", "卡纸", "second", "paper-1"),
    BlankUsed(FORM, "A08", "paper-1"),
    BlanksGivenBack(FORM, "A02", "A02", "登记错了", "second"),
    BlanksRestored(FORM, "A06", "A06", "找到了", "second"),
)


@pytest.fixture
def ledger(store):
    add(store, *(entry(fact, seq=seq) for seq, fact in enumerate(FACTS, start=1)))
    return store


def numbers(blanks):
    return [blank.number for blank in blanks]


def test_blanks_stand_in_the_order_in_which_they_came_and_each_as_the_last_fact_left_it(ledger):
    with ledger.read() as uow:
        rows = uow.blanks.page(FORM, None, 0, 10)
        assert numbers(rows) == ["A05", "A06", "A07", "A08", "A01", "A02"]
        states = [row.state.value for row in rows]
        assert states == ["spoiled", "unused", "spoiled", "used", "unused", "given_back"]
        assert [(row.paper_number, row.reason, row.approved_by, row.source) for row in rows[1:4]] == [
            ("", "找到了", "second", "县局"),
            ("paper-1", "卡纸", "second", "县局"),
            ("paper-1", "", "", "县局"),
        ]
        assert numbers(uow.blanks.page(FORM, BlankState.SPOILED, 1, 10)) == ["A07"]


def test_the_next_one_is_the_first_that_came_and_is_left(ledger):
    with ledger.read() as uow:
        assert uow.blanks.next(FORM).number == "A06"
        assert numbers(uow.blanks.before(FORM, "A01")) == ["A06"]
        assert uow.blanks.before(FORM, "A06") == uow.blanks.before(FORM, "B99") == []
        assert uow.blanks.next("never received") is None
        assert uow.blanks.get(OTHER, "A06") is None


def test_they_are_counted_by_form_and_found_by_paper(ledger):
    with ledger.read() as uow:
        assert uow.blanks.counts() == {FORM: BlankCounts(2, 1, 2, 1), OTHER: BlankCounts(2)}
        assert numbers(uow.blanks.of_paper("paper-1")) == ["A07", "A08"]
        assert uow.blanks.of_paper("") == []


def test_what_was_given_back_comes_again_behind_the_others(ledger):
    add(ledger, entry(BlanksReceived(FORM, "A02", "A02", "县局"), seq=len(FACTS) + 1))
    with ledger.read() as uow:
        row = uow.blanks.page(FORM, None, 5, 1)[0]
        assert (row.number, row.state, row.reason, row.source) == ("A02", BlankState.UNUSED, "", "县局")


def test_building_the_views_again_gives_the_same_ledger(ledger):
    with ledger.read() as uow:
        before = uow.blanks.page(FORM, None, 0, 10)
    ledger.rebuild_views()
    with ledger.read() as uow:
        assert uow.blanks.page(FORM, None, 0, 10) == before
