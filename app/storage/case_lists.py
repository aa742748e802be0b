"""Lists of cases: which rows, in which order, and how many, made so that none goes through all cases.

A list of few cases - open, late, owed something - is led by the index of those cases alone, and whatever else narrows
it is looked at row by row. A list of most cases is led by what narrows it, and counted from ``case_counts``.
``tests/storage/test_query_plans.py`` holds every list to its index.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    ScalarSelect,
    Select,
    TextClause,
    column,
    func,
    literal,
    literal_column,
    select,
    table,
    text,
    union_all,
)

from app.domain.clock import stamp
from app.services.snapshots import CaseFilter, CaseScope
from app.storage.paper_marks import RECALLED_CASES
from app.storage.schema import (
    ELSEWHERE,
    IS_APART,
    IS_ELSEWHERE,
    IS_LATE,
    IS_OPEN,
    IS_OWED,
    IS_READY,
    IS_RECEIVED,
    IS_SUSPENDED,
    IS_TO_COLLECT,
    IS_TO_TAKE_OVER,
    RUNS,
    case_counts,
    cases,
)
from app.storage.search import case_query

Conditions = list[ColumnElement[bool]]

ONE_DAY = timedelta(days=1)
MOST = {CaseScope.ALL, CaseScope.DONE}
"""Lists that most cases belong to."""
BY_DUE = {CaseScope.OPEN, CaseScope.NEAR_DUE, CaseScope.OVERDUE}
"""Lists whose index is in the order in which they are shown: the earliest due first."""
NO_PLACE = 2**62
"""After the place of every case."""
NARROWING = ("item", "clerk", "department")
"""Columns that a list is narrowed by; the first that is given leads, for the others would choose less."""
NOBODY = 'name:""'
"""What is searched for where a text has nothing to search for."""
_search = table("case_search", column("rowid", Integer))
_FOUND = _search.join(cases, cases.c.id == _search.c.rowid + 0)
"""From what was found to its cases, never the other way."""


def page_of(wanted: CaseFilter, offset: int, limit: int) -> Select[Any] | CompoundSelect[Any]:
    """Return the query of some rows of a list."""
    return _ordered(wanted).offset(offset).limit(limit)


def count_of(wanted: CaseFilter) -> Select[tuple[int]]:
    """Return the query of how many rows a list has."""
    if wanted.scope is CaseScope.DONE:
        return select(_all(wanted) - _few(wanted, [IS_OPEN]) - _few(wanted, [IS_ELSEWHERE]))
    return select(_all(wanted)) if wanted.scope is CaseScope.ALL else select(_few(wanted, _scope(wanted)))


def _ordered(wanted: CaseFilter) -> Select[Any] | CompoundSelect[Any]:
    if wanted.scope not in MOST:
        few = select(cases).where(*_scope(wanted), *_row_by_row(wanted), *_text(wanted))
        is_sorted = wanted.scope in BY_DUE and not wanted.by_due
        return few.order_by(*_order(wanted, cases.c.id + 0 if is_sorted else cases.c.id))
    done = [cases.c.open == 0, cases.c.standing != ELSEWHERE] if wanted.scope is CaseScope.DONE else []
    if wanted.text:
        found = select(cases).select_from(_FOUND).where(_matches(wanted), *_row_by_row(wanted), *done)
        return found.order_by(*_order(wanted, _search.c.rowid))
    if wanted.received_from or wanted.received_to:
        at_once = select(cases).where(cases.c.apart == 0, *_entered(wanted), *_led(wanted), *done)
        later = select(cases).where(IS_APART, *_received(wanted), *_equal(wanted, NARROWING), *done)
        both = union_all(at_once, later)
        return both.order_by(*_order(wanted, both.selected_columns.id, both.selected_columns.due))
    return select(cases).where(*_led(wanted), *done).order_by(*_order(wanted, cases.c.id))


def _order(wanted: CaseFilter, place: ColumnElement[int], due: ColumnElement[Any] = cases.c.due) -> list[Any]:
    if wanted.by_due:
        return [due.asc(), place.asc()]
    return [place.asc() if wanted.oldest_first else place.desc()]


# --- how many ---------------------------------------------------------------------------------------------------


def _few(wanted: CaseFilter, scope: Conditions) -> ScalarSelect[int]:
    return _count(*scope, *_row_by_row(wanted), *_text(wanted))


def _all(wanted: CaseFilter) -> ColumnElement[int]:
    """Return how many cases of all states a list has."""
    if wanted.text:
        return _count_found(wanted)
    if wanted.received_from or wanted.received_to:
        return _all_of_days(wanted)
    sorts = [case_counts.c[name] == value for name, value in _given(wanted)]
    return select(func.coalesce(func.sum(case_counts.c.count), 0)).where(*sorts).scalar_subquery()


def _all_of_days(wanted: CaseFilter) -> ColumnElement[int]:
    """Count what was received on some days without looking at each case.

    The index of an item knows no days, but has its cases in the order in which they were entered. Only late entries
    were entered on another day than they were received: they are counted apart.
    """
    if not _given(wanted):
        return _count(*_received(wanted))
    rows = _equal(wanted, NARROWING)
    late = _count(IS_APART, *_received(wanted), *rows) - _count(IS_APART, *_entered(wanted, cases.c.id + 0), *rows)
    return _count(*_entered(wanted, cases.c.id), *_led(wanted)) + late


def _count(*conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).select_from(cases).where(*conditions).scalar_subquery()


def _count_found(wanted: CaseFilter) -> ScalarSelect[int]:
    rows = _row_by_row(wanted)
    found = select(func.count()).select_from(_FOUND if rows else _search)
    return found.where(_matches(wanted), *rows).scalar_subquery()


# --- which ------------------------------------------------------------------------------------------------------


def _scope(wanted: CaseFilter) -> Conditions:
    """Return what makes a case belong to a list of few, so that SQLite knows its index again."""
    now = stamp(wanted.now) if wanted.now else ""
    scopes: dict[CaseScope, Conditions] = {
        CaseScope.OPEN: [IS_OPEN],
        CaseScope.ELSEWHERE: [IS_ELSEWHERE],
        CaseScope.TO_TAKE_OVER: [IS_TO_TAKE_OVER],
        CaseScope.TO_COLLECT: [IS_TO_COLLECT],
        CaseScope.TO_RECALL: [cases.c.id.in_(RECALLED_CASES)],
        CaseScope.RECEIVED: [IS_RECEIVED],
        CaseScope.SUSPENDED: [IS_SUSPENDED],
        CaseScope.TO_DELIVER: [IS_READY],
        CaseScope.OWED: [IS_OWED, IS_OPEN],
        CaseScope.LATE: [IS_LATE],
        CaseScope.NEAR_DUE: [RUNS, cases.c.near_due_from <= now, cases.c.due >= now],
        CaseScope.OVERDUE: [RUNS, cases.c.due < now],
    }
    return scopes[wanted.scope]


def _given(wanted: CaseFilter) -> list[tuple[str, str]]:
    return [(name, getattr(wanted, name)) for name in NARROWING if getattr(wanted, name)]


def _led(wanted: CaseFilter) -> Conditions:
    """Return what narrows a list, led by the index of the first."""
    given = _given(wanted)
    leading = [cases.c[name] == value for name, value in given[:1]]
    return leading + _equal(wanted, [name for name, _value in given[1:]])


def _equal(wanted: CaseFilter, names: Iterable[str]) -> Conditions:
    """Return what narrows a list by these columns and uses none of their indexes."""
    return [_looked_at(cases.c[name]) == value for name, value in _given(wanted) if name in names]


def _row_by_row(wanted: CaseFilter) -> Conditions:
    """Return everything that narrows a list but a text, using no index."""
    return _equal(wanted, NARROWING) + _received(wanted, _looked_at(cases.c.received_at))


def _received(wanted: CaseFilter, column: ColumnElement[str] = cases.c.received_at) -> Conditions:
    return _within(wanted, column, lambda day: literal(day.isoformat()))


def _entered(wanted: CaseFilter, place: ColumnElement[int] = cases.c.id) -> Conditions:
    """Return that a case was entered on the days, as a span of places: cases stand in the order of their entry."""
    return _within(wanted, place, _first_place)


def _within(wanted: CaseFilter, column: ColumnElement[Any], begin: Callable[[date], ColumnElement[Any]]) -> Conditions:
    since = [column >= begin(wanted.received_from)] if wanted.received_from else []
    until = [column < begin(wanted.received_to + ONE_DAY)] if wanted.received_to else []
    return since + until


def _first_place(day: date) -> ColumnElement[int]:
    earlier = cases.alias("entered")
    first = select(earlier.c.id).where(
        earlier.c.entered_at >= day.isoformat(), earlier.c.taken_here == literal_column("1")
    )
    return func.coalesce(first.order_by(earlier.c.entered_at, earlier.c.id).limit(1).scalar_subquery(), NO_PLACE)


def _text(wanted: CaseFilter) -> Conditions:
    """Return that a row fits the text: the search goes once, and the rows that are looked at are held against it."""
    return [(cases.c.id + 0).in_(select(_search.c.rowid).where(_matches(wanted)))] if wanted.text else []


def _matches(wanted: CaseFilter) -> TextClause:
    return text("case_search MATCH :query").bindparams(query=case_query(wanted.text) or NOBODY)


def _looked_at(text_column: ColumnElement[str]) -> ColumnElement[str]:
    """Return a column that SQLite finds no index for."""
    return text_column.concat("")
