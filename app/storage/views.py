"""Reads for screens: one query each, on views that the journal built."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Engine, Row, Text, and_, bindparam, func, select, text

from app.domain.case import CaseState
from app.domain.clock import parse_stamp, stamp
from app.domain.paper import PaperKind
from app.domain.people import Person
from app.services.snapshots import (
    CaseCounts,
    CaseFilter,
    CaseRow,
    CaseScope,
    DraftRow,
    ItemUse,
    KnownPerson,
    PaperRow,
    Today,
)
from app.storage.errors import driver_errors
from app.storage.schema import OPEN, case_counts, cases, drafts, item_days, item_versions, papers, people
from app.storage.search import case_query, people_query

_FOUND = text("SELECT rowid FROM case_search WHERE case_search MATCH :query ORDER BY rowid DESC LIMIT :limit")
_FOUND_PEOPLE = text(
    "SELECT rowid FROM people_search WHERE people_search MATCH :query ORDER BY rowid DESC LIMIT :limit"
)
_MATCHING = text("SELECT rowid FROM case_search WHERE case_search MATCH :query").columns(rowid=Text)
READY_STATES = (CaseState.DECIDED.value, CaseState.ISSUED.value)

_CASE = select(cases).where(cases.c.number == bindparam("number"))
_PAPERS = select(papers).where(papers.c.case_number == bindparam("number")).order_by(papers.c.id)
_HANDLING_S = func.avg((func.julianday(cases.c.accepted_at) - func.julianday(cases.c.started_at)) * 86_400)


class StoredViews:
    """Implements the port ``Views``; safe to use from any thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def case(self, number: str) -> CaseRow | None:
        """Return one case's row, None when there is none."""
        rows = self._read(_CASE, number=number)
        return _case_row(rows[0]) if rows else None

    def cases(self, wanted: CaseFilter, offset: int, limit: int) -> list[CaseRow]:
        """Return rows of the list, the latest received first, or the earliest due first as the filter says."""
        order = (cases.c.due.asc(), cases.c.id.asc()) if wanted.by_due else (cases.c.id.desc(),)
        query = select(cases).where(*_conditions(wanted)).order_by(*order).offset(offset).limit(limit)
        return [_case_row(row) for row in self._read(query)]

    def count_cases(self, wanted: CaseFilter) -> int:
        """Return how many rows the list has."""
        if wanted == CaseFilter(by_due=wanted.by_due, now=wanted.now):
            counted = select(func.coalesce(func.sum(case_counts.c.count), 0))
        else:
            counted = select(func.count()).select_from(cases).where(*_conditions(wanted))
        return self._number(counted)

    def find_cases(self, typed: str, limit: int) -> list[CaseRow]:
        """Return cases by number, name, initials, identity number from either end, or telephone; latest first."""
        found = self._match(_FOUND, case_query(typed), limit)
        rows = self._read(select(cases).where(cases.c.id.in_(found)).order_by(cases.c.id.desc())) if found else []
        return [_case_row(row) for row in rows]

    def find_people(self, typed: str, limit: int) -> list[KnownPerson]:
        """Return earlier applicants by name or identity number (from its start), the latest seen first."""
        found = self._match(_FOUND_PEOPLE, people_query(typed), limit)
        rows = self._read(select(people).where(people.c.id.in_(found)).order_by(people.c.id.desc())) if found else []
        return [_known_person(row) for row in rows]

    def papers(self, number: str) -> list[PaperRow]:
        """Return the papers of a case, oldest first."""
        return [
            PaperRow(PaperKind(row.kind), row.number, row.case_number, parse_stamp(row.made_at), row.digest, row.name)
            for row in self._read(_PAPERS, number=number)
        ]

    def drafts(self, limit: int) -> list[DraftRow]:
        """Return drafts, the last saved first."""
        same = and_(item_versions.c.code == drafts.c.item, item_versions.c.version == drafts.c.item_version)
        title = func.json_extract(item_versions.c.item, "$.name").label("title")
        query = select(drafts, title).join(item_versions, same).order_by(drafts.c.saved_at.desc())
        return [
            DraftRow(row.id, row.item, row.title, row.applicant, parse_stamp(row.saved_at))
            for row in self._read(query.limit(limit))
        ]

    def today(self, day: date) -> Today:
        """Return the figures of one day at this counter."""
        received = _on_day(cases.c.received_at, day)
        accepted = self._read(select(func.count(), _HANDLING_S).where(received, cases.c.accepted_at.is_not(None)))[0]
        delivered = self._number(select(func.count()).where(_on_day(cases.c.delivered_at, day)))
        return Today(accepted[0], delivered, round(accepted[1]) if accepted[1] is not None else None)

    def item_uses(self, since: date) -> list[ItemUse]:
        """Return how often each item was accepted since a day, the most used first."""
        used = func.sum(item_days.c.count).label("used")
        query = select(item_days.c.item, used).where(item_days.c.day >= since.isoformat())
        rows = self._read(query.group_by(item_days.c.item).order_by(used.desc(), item_days.c.item))
        return [ItemUse(row.item, row.used) for row in rows]

    def due_cases(self, limit: int) -> list[CaseRow]:
        """Return open cases that have a due date, the earliest first."""
        query = select(cases).where(OPEN, cases.c.due.is_not(None), cases.c.immediate == 0)
        return [_case_row(row) for row in self._read(query.order_by(cases.c.due, cases.c.id).limit(limit))]

    def counts(self, now: datetime) -> CaseCounts:
        """Return how many cases each part of the list has ``now``."""
        by_state: dict[str, int] = {state: count for state, count in self._read(select(case_counts))}  # noqa: C416
        done = by_state.get(CaseState.DELIVERED.value, 0)
        return CaseCounts(
            open=sum(by_state.values()) - done,
            near_due=self.count_cases(CaseFilter(CaseScope.NEAR_DUE, now=now)),
            overdue=self.count_cases(CaseFilter(CaseScope.OVERDUE, now=now)),
            to_deliver=sum(by_state.get(state, 0) for state in READY_STATES),
            done=done,
        )

    def _match(self, query: Any, wanted: str, limit: int) -> list[int]:  # noqa: ANN401  a text clause
        return [row.rowid for row in self._read(query.bindparams(query=wanted, limit=limit))] if wanted else []

    def _number(self, query: Any) -> int:  # noqa: ANN401  any select
        return int(self._read(query)[0][0])

    def _read(self, query: Any, **values: object) -> Sequence[Row[*tuple[Any, ...]]]:  # noqa: ANN401  any select
        with driver_errors(), self._engine.connect() as connection:
            return connection.execute(query, values).all()


def _conditions(wanted: CaseFilter) -> list[ColumnElement[bool]]:
    conditions = _scope(wanted)
    if wanted.item:
        conditions.append(cases.c.item == wanted.item)
    if wanted.department:
        conditions.append(cases.c.department == wanted.department)
    if wanted.received_on:
        conditions.append(_on_day(cases.c.received_at, wanted.received_on))
    if wanted.text:
        query = case_query(wanted.text) or 'name:""'
        conditions.append(cases.c.id.in_(_MATCHING.bindparams(query=query)))
    return conditions


def _scope(wanted: CaseFilter) -> list[ColumnElement[bool]]:
    now = stamp(wanted.now) if wanted.now else ""
    match wanted.scope:
        case CaseScope.OPEN:
            return [OPEN]
        case CaseScope.DONE:
            return [cases.c.state == CaseState.DELIVERED.value]
        case CaseScope.TO_DELIVER:
            return [cases.c.state.in_(READY_STATES)]
        case CaseScope.NEAR_DUE:
            return [and_(OPEN, cases.c.near_due_from <= now, cases.c.due >= now)]
        case CaseScope.OVERDUE:
            return [and_(OPEN, cases.c.due < now)]
        case CaseScope.ALL:
            return []


def _on_day(column: ColumnElement[Any], day: date) -> ColumnElement[bool]:
    return and_(column >= day.isoformat(), column < (day + timedelta(days=1)).isoformat())


def _case_row(row: Row[*tuple[Any, ...]]) -> CaseRow:
    return CaseRow(
        number=row.number,
        item=row.item,
        title=row.title,
        department=row.department,
        applicant=row.applicant,
        id_number=row.id_number,
        phone=row.phone,
        state=CaseState(row.state),
        is_immediate=bool(row.immediate),
        holder=row.holder,
        received_at=parse_stamp(row.received_at),
        accepted_at=_moment(row.accepted_at),
        due=_moment(row.due),
        near_due_from=_moment(row.near_due_from),
        delivered_at=_moment(row.delivered_at),
    )


def _known_person(row: Row[*tuple[Any, ...]]) -> KnownPerson:
    person = Person(row.name, row.id_number, row.phone, row.address)
    return KnownPerson(person, row.cases, parse_stamp(row.last_seen))


def _moment(text: str | None) -> datetime | None:
    return parse_stamp(text) if text else None
