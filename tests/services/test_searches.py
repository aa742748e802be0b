from datetime import date

import pytest

from app.demonstration import CLERK
from app.domain.errors import ReasonMissing
from app.domain.operators import Operator
from app.services.searches import Period, SavedSearch, days_of
from app.services.snapshots import CaseFilter, CaseScope
from tests.support import CERTIFICATE, MONDAY

COLLEAGUE = Operator("colleague", "同事")
MONTHLY = SavedSearch("本月居住证明", Period.MONTH, CaseFilter(CaseScope.ALL, item=CERTIFICATE, now=MONDAY))
LATE = SavedSearch("补录", Period.ALL, CaseFilter(CaseScope.LATE))


def names(searches):
    return [search.name for search in searches]


def test_a_search_is_kept_under_its_name_for_its_operator_only(counter):
    counter.searches.save(CLERK, MONTHLY)
    (kept,) = counter.searches.of(CLERK)
    assert (kept.name, kept.wanted.item, kept.wanted.now) == ("本月居住证明", CERTIFICATE, None)
    assert counter.searches.of(COLLEAGUE) == ()


def test_the_same_name_again_replaces_it_in_its_place(counter):
    counter.searches.save(CLERK, MONTHLY)
    counter.searches.save(CLERK, LATE)
    changed = SavedSearch(MONTHLY.name, Period.TODAY, CaseFilter())
    assert names(counter.searches.save(CLERK, changed)) == ["本月居住证明", "补录"]
    assert counter.searches.of(CLERK)[0].period is Period.TODAY


def test_it_is_renamed_deleted_and_brought_back(counter):
    counter.searches.save(CLERK, MONTHLY)
    before = counter.searches.save(CLERK, LATE)
    assert names(counter.searches.rename(CLERK, "补录", "补录的")) == ["本月居住证明", "补录的"]
    assert names(counter.searches.delete(CLERK, "补录的")) == ["本月居住证明"]
    assert counter.searches.replace_all(CLERK, before) == before == counter.searches.of(CLERK)


def test_a_name_that_is_taken_gives_way_when_another_is_called_so(counter):
    counter.searches.save(CLERK, MONTHLY)
    counter.searches.save(CLERK, LATE)
    (only,) = counter.searches.rename(CLERK, "补录", "本月居住证明")
    assert only.wanted.scope is CaseScope.LATE


def test_a_search_needs_a_name(counter):
    with pytest.raises(ReasonMissing):
        counter.searches.save(CLERK, SavedSearch(" ", Period.ALL, CaseFilter()))


def test_what_a_newer_program_kept_is_left_out(counter):
    counter.searches.save(CLERK, LATE)
    with counter.desk._store.write() as uow:
        kept = uow.preferences.all()[f"searches/{CLERK.login}"]
        uow.preferences.set(f"searches/{CLERK.login}", kept.replace('"late"', '"sometime"'))
        uow.commit()
    assert counter.searches.of(CLERK) == ()


def test_days_move_on_with_the_calendar():
    today = date(2026, 3, 4)
    assert days_of(Period.WEEK, today) == (date(2026, 3, 2), today)
    assert days_of(Period.LAST_MONTH, today) == (date(2026, 2, 1), date(2026, 2, 28))
    assert days_of(Period.YESTERDAY, date(2026, 1, 1)) == (date(2025, 12, 31),) * 2
    assert MONTHLY.on(today).received_from == date(2026, 3, 1)


def test_chosen_days_stay():
    chosen = SavedSearch("春节前", Period.CHOSEN, CaseFilter(received_from=date(2026, 2, 1)))
    assert chosen.on(date(2026, 5, 1)).received_from == date(2026, 2, 1)
