"""Lists of papers: which rows, in which order, and how many, each led by an index of its own.

Papers are listed the latest made first, those that run out by their end. The index ``papers_by_day`` has everything
that a list is narrowed by but a text, so that what does not fit costs no look at its row.
"""

import re
from datetime import timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    case,
    func,
    literal_column,
    or_,
    select,
    text,
    tuple_,
)

from app.domain.paper import PaperKind, PaperState
from app.domain.paper_numbering import number_pieces
from app.domain.people import tidy_id_number
from app.services.listed_papers import Behind, Expiry, PaperFilter, PaperScope, PaperTotal
from app.storage.paper_marks import IS_VALID, OWN_PAPER, PROVISIONAL_PAPERS, RECALLED_PAPERS
from app.storage.schema import IS_OVER, IS_TO_PRINT, RUNS_OUT, cases, papers
from app.storage.search import case_query

Conditions = list[ColumnElement[bool]]

_LONG_NUMBER = re.compile(r"[0-9A-Z]{8,}")
"""So long is no serial of a paper, but may be the number of a case, a document or a telephone."""
BY_END = {PaperScope.EXPIRING: False, PaperScope.EXPIRED: True}
"""Lists in the order in which certificates run out, and whether the latest comes first."""
ONE_DAY = timedelta(days=1)
_CASES_FOUND = text("SELECT rowid FROM case_search WHERE case_search MATCH :query").columns(cases.c.id)


def page_of(wanted: PaperFilter, behind: Behind, limit: int) -> Select[Any]:
    """Return the query of some rows of a list."""
    column, is_latest_first = _order(wanted)
    place = (column, papers.c.id)
    turned = [one.desc() if is_latest_first else one.asc() for one in place]
    query = select(papers).where(*_all_conditions(wanted)).order_by(*turned)
    if behind.number:
        it = papers.alias("it")
        known = [select(it.c[one.name]).where(it.c.number == behind.number).scalar_subquery() for one in place]
        query = query.where(tuple_(*place) < tuple_(*known) if is_latest_first else tuple_(*place) > tuple_(*known))
    return query.offset(behind.skipped).limit(limit)


def count_of(wanted: PaperFilter) -> Select[int]:
    """Return the query of how many rows a list has."""
    return select(func.count()).select_from(papers).where(*_all_conditions(wanted))


def totals_of(wanted: PaperFilter) -> Select[Any]:
    """Return the query of how many papers of each sort there are, whatever part of the list is shown."""
    sort = (papers.c.kind, papers.c.template, papers.c.state, _expiry(wanted), OWN_PAPER)
    return select(*sort, func.count()).where(*_narrowed(wanted)).group_by(*sort)


def total(row: tuple[str, str, str, str, int, int]) -> PaperTotal:
    """Return what a row of ``totals_of`` says."""
    kind, template, state, expiry, is_own, count = row
    return PaperTotal(PaperKind(kind), template, PaperState(state), Expiry(expiry), bool(is_own), count)


def _order(wanted: PaperFilter) -> tuple[ColumnElement[Any], bool]:
    by_end = BY_END.get(wanted.scope)
    return (papers.c.made_at, not wanted.oldest_first) if by_end is None else (papers.c.valid_until, by_end)


def _all_conditions(wanted: PaperFilter) -> Conditions:
    return [*_scope(wanted), *_narrowed(wanted)]


def _scope(wanted: PaperFilter) -> Conditions:
    """Return what makes a paper belong to a part of the list, in the words of the index that leads it."""
    today, ends = wanted.today.isoformat(), papers.c.valid_until
    runs_out = [OWN_PAPER, RUNS_OUT, IS_VALID]
    scopes: dict[PaperScope, Conditions] = {
        PaperScope.ALL: [OWN_PAPER],
        PaperScope.VALID: [OWN_PAPER, IS_VALID, or_(ends.is_(None), ends >= today)],
        PaperScope.TO_PRINT: [OWN_PAPER, IS_TO_PRINT],
        PaperScope.PROVISIONAL: [papers.c.id.in_(PROVISIONAL_PAPERS)],
        PaperScope.TO_RECALL: [papers.c.id.in_(RECALLED_PAPERS)],
        PaperScope.EXPIRING: [*runs_out, ends >= today, ends <= _soon(wanted)],
        PaperScope.EXPIRED: [*runs_out, ends < today],
        PaperScope.VOIDED: _over(PaperState.VOIDED),
        PaperScope.REVOKED: _over(PaperState.REVOKED),
        PaperScope.REPLACED: _over(PaperState.REPLACED),
        PaperScope.ELSEWHERE: [~OWN_PAPER],
    }
    return scopes[wanted.scope]


def _over(state: PaperState) -> Conditions:
    return [OWN_PAPER, IS_OVER, papers.c.state == literal_column(f"'{state}'")]


def _narrowed(wanted: PaperFilter) -> Conditions:
    given = {"kind": wanted.kind, "template": wanted.template, "clerk": wanted.clerk}
    return [
        *(papers.c[name] == str(value) for name, value in given.items() if value),
        *([papers.c.made_at >= wanted.made_from.isoformat()] if wanted.made_from else []),
        *([papers.c.made_at < (wanted.made_to + ONE_DAY).isoformat()] if wanted.made_to else []),
        *([_fits(wanted.text)] if wanted.text.strip() else []),
    ]


def _fits(typed: str) -> ColumnElement[bool]:
    """Return that a paper has the number, or belongs to a case that the text finds."""
    pieces = number_pieces(typed)
    ways = [papers.c.id.in_(_numbered(pieces))] if pieces else []
    if not pieces or _LONG_NUMBER.fullmatch(tidy_id_number(typed)):
        ways.append(papers.c.case_number.in_(_found(typed)))
    return or_(*ways)


def _numbered(pieces: tuple[str, ...]) -> Select[Any]:
    """Return the places of papers by number, which are read off the index of numbers alone."""
    other = papers.alias("numbered")
    return select(other.c.id).where(other.c.number.like(f"%{'%'.join(pieces)}%"))


def _found(typed: str) -> Select[Any]:
    query = case_query(typed)
    if not query:
        return select(cases.c.number).where(literal_column("0"))
    return select(cases.c.number).where(cases.c.id.in_(_CASES_FOUND.bindparams(query=query)))


def _soon(wanted: PaperFilter) -> str:
    return (wanted.today + timedelta(days=wanted.soon_days)).isoformat()


def _expiry(wanted: PaperFilter) -> ColumnElement[str]:
    ends = papers.c.valid_until
    return case(
        (ends.is_(None), Expiry.NEVER.value),
        (ends < wanted.today.isoformat(), Expiry.OVER.value),
        (ends <= _soon(wanted), Expiry.SOON.value),
        else_=Expiry.LATER.value,
    ).label("expiry")
