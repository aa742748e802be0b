"""Reads for screens: one query each, on views that the journal built."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Engine, Row, and_, bindparam, func, literal_column, or_, select, text, union_all

from app.domain.case import BEFORE_ACCEPTANCE, OPEN, READY, CaseState
from app.domain.clock import parse_stamp, stamp
from app.domain.inquiry import Inquiry
from app.services.listed_papers import Behind, ListedPaper, PaperFilter, PaperTotal
from app.services.snapshots import (
    CaseCounts,
    CaseFilter,
    CaseRow,
    CaseScope,
    DayRow,
    DraftRow,
    InquiryFilter,
    ItemUse,
    KnownOrganisation,
    KnownPerson,
    PaperCounts,
    PaperRow,
    Today,
)
from app.storage import paper_lists
from app.storage.case_lists import count_of, page_of
from app.storage.errors import driver_errors
from app.storage.marks import marked
from app.storage.paper_marks import OWN_PAPER, count_provisional, count_to_recall, marked_papers, papers_to_recall
from app.storage.rows import case_row, inquiry, known_organisation, known_person, paper_row
from app.storage.schema import (
    ELSEWHERE,
    IS_DEEMED,
    IS_OPEN,
    IS_OWED,
    IS_TO_PRINT,
    RUNS,
    TAKEN_HERE,
    case_counts,
    cases,
    days,
    drafts,
    inquiries,
    item_days,
    item_versions,
    organisations,
    papers,
    people,
)
from app.storage.search import case_query, organisation_query, people_query

_FOUND = text("SELECT rowid FROM case_search WHERE case_search MATCH :query ORDER BY rowid DESC LIMIT :limit")
_FOUND_PEOPLE = text(
    "SELECT rowid FROM people_search WHERE people_search MATCH :query ORDER BY rowid DESC LIMIT :limit"
)
_FOUND_ORGANISATIONS = text(
    "SELECT rowid FROM organisation_search WHERE organisation_search MATCH :query ORDER BY rowid DESC LIMIT :limit"
)
ONE_DAY = timedelta(days=1)

_CASE = select(cases).where(cases.c.number == bindparam("number"))
_PAPER = select(papers).where(papers.c.number == bindparam("number"))
_PAPERS = select(papers).where(papers.c.case_number == bindparam("number")).order_by(papers.c.id)
_HANDLING_S = func.avg((func.julianday(cases.c.accepted_at) - func.julianday(cases.c.started_at)) * 86_400)


class StoredViews:
    """Implements the port ``Views``; safe to use from any thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def case(self, number: str) -> CaseRow | None:
        """Return one case's row, None when there is none."""
        rows = self._case_rows(_CASE, number=number)
        return rows[0] if rows else None

    def cases(self, wanted: CaseFilter, offset: int, limit: int) -> list[CaseRow]:
        """Return rows of the list, the latest received first, or the earliest due first as the filter says."""
        return self._case_rows(page_of(wanted, offset, limit))

    def count_cases(self, wanted: CaseFilter) -> int:
        """Return how many rows the list has."""
        return self._number(count_of(wanted))

    def find_cases(self, typed: str, limit: int) -> list[CaseRow]:
        """Return cases by number, name, initials, identity number from either end, or telephone; latest first."""
        found = self._match(_FOUND, case_query(typed), limit)
        return self._case_rows(select(cases).where(cases.c.id.in_(found)).order_by(cases.c.id.desc())) if found else []

    def find_people(self, typed: str, limit: int) -> list[KnownPerson]:
        """Return earlier applicants by name or identity number (from its start), the latest seen first."""
        found = self._match(_FOUND_PEOPLE, people_query(typed), limit)
        rows = self._read(select(people).where(people.c.id.in_(found)).order_by(people.c.id.desc())) if found else []
        return [known_person(row) for row in rows]

    def find_organisations(self, typed: str, limit: int) -> list[KnownOrganisation]:
        """Return earlier organisations by a part of their name or the beginning of their code, the latest seen first."""
        found = self._match(_FOUND_ORGANISATIONS, organisation_query(typed), limit)
        known = select(organisations).where(organisations.c.id.in_(found)).order_by(organisations.c.id.desc())
        return [known_organisation(row) for row in self._read(known)] if found else []

    def cases_of(self, number: str, item: str, since: date) -> list[CaseRow]:
        """Return an applicant's cases of an item (of all for "") that are open or were received since, latest first."""
        mine = [cases.c.id_number == number, or_(cases.c.open == 1, cases.c.received_at >= since.isoformat())]
        if item:
            mine.append(cases.c.item.concat("") == item)  # found by the person, who has fewer cases than the item
        return self._case_rows(select(cases).where(*mine).order_by(cases.c.id.desc()))

    def papers(self, number: str) -> list[PaperRow]:
        """Return the papers of a case, oldest first."""
        return self._paper_rows(_PAPERS, number=number)

    def paper(self, number: str) -> PaperRow | None:
        """Return the paper of that number, None when there is none."""
        rows = self._paper_rows(_PAPER, number=number)
        return rows[0] if rows else None

    def papers_to_print(self, since: date, limit: int) -> list[PaperRow]:
        """Return papers made since a day that have not come out of a printer yet, oldest first."""
        query = select(papers).where(papers.c.made_at >= since.isoformat(), IS_TO_PRINT, OWN_PAPER)
        return [paper_row(row) for row in self._read(query.order_by(papers.c.made_at, papers.c.id).limit(limit))]

    def papers_to_recall(self, limit: int) -> list[PaperRow]:
        """Return own papers that must be called back, the latest first."""
        return self._paper_rows(papers_to_recall(limit))

    def paper_counts(self) -> PaperCounts:
        """Return how many own papers the centre has not confirmed, and how many must be called back."""
        return PaperCounts(self._number(count_provisional()), self._number(count_to_recall()))

    def listed_papers(self, wanted: PaperFilter, behind: Behind, limit: int) -> list[ListedPaper]:
        """Return rows of the list of papers, the latest made first, or by their end as the part of the list says."""
        rows = self._paper_rows(paper_lists.page_of(wanted, behind, limit))
        numbers = {row.case_number for row in rows} - {""}
        about = {case.number: case for case in self._case_rows(select(cases).where(cases.c.number.in_(numbers)))}
        return [ListedPaper(row, about.get(row.case_number)) for row in rows]

    def count_papers(self, wanted: PaperFilter) -> int:
        """Return how many rows the list of papers has."""
        return self._number(paper_lists.count_of(wanted))

    def paper_totals(self, wanted: PaperFilter) -> list[PaperTotal]:
        """Return how many papers there are of each sort, whatever part of the list is wanted."""
        return [paper_lists.total(tuple(row)) for row in self._read(paper_lists.totals_of(wanted))]

    def drafts(self, limit: int) -> list[DraftRow]:
        """Return drafts, the last saved first."""
        same = and_(item_versions.c.code == drafts.c.item, item_versions.c.version == drafts.c.item_version)
        title = func.json_extract(item_versions.c.item, "$.name").label("title")
        organisation = func.json_extract(drafts.c.application, "$.organisation.name").label("organisation")
        query = select(drafts, title, organisation).join(item_versions, same).order_by(drafts.c.saved_at.desc())
        return [
            DraftRow(
                draft_id=row.id,
                item=row.item,
                title=row.title,
                applicant=row.applicant,
                saved_at=parse_stamp(row.saved_at),
                started_at=parse_stamp(row.started_at),
                operator=row.operator,
                organisation=row.organisation or "",
            )
            for row in self._read(query.limit(limit))
        ]

    def inquiries(self, wanted: InquiryFilter, offset: int, limit: int) -> list[Inquiry]:
        """Return rows of the list of inquiries, the latest first."""
        query = select(inquiries).where(*_asked(wanted)).order_by(inquiries.c.id.desc())
        return [inquiry(row) for row in self._read(query.offset(offset).limit(limit))]

    def count_inquiries(self, wanted: InquiryFilter) -> int:
        """Return how many rows the list of inquiries has."""
        return self._number(select(func.count()).select_from(inquiries).where(*_asked(wanted)))

    def days(self, since: date) -> list[DayRow]:
        """Return the days of the journal from ``since`` on, oldest first."""
        query = select(days).where(days.c.day >= since.isoformat()).order_by(days.c.day)
        return [DayRow(date.fromisoformat(row.day), row.work > row.closed, row.closed > 0) for row in self._read(query)]

    def today(self, day: date) -> Today:
        """Return the figures of one day at this counter."""
        received = and_(_on_day(cases.c.entered_at, day), cases.c.late == 0, TAKEN_HERE)
        accepted = self._read(select(func.count(), _HANDLING_S).where(received, cases.c.accepted_at.is_not(None)))[0]
        delivered = self._number(
            select(func.count()).where(_on_day(cases.c.delivered_at, day), cases.c.delivered_here == 1)
        )
        late = self._number(select(func.count()).where(_on_day(cases.c.entered_at, day), cases.c.late == 1, TAKEN_HERE))
        return Today(accepted[0], delivered, round(accepted[1]) if accepted[1] is not None else None, late)

    def chosen_places(self, limit: int) -> list[str]:
        """Return the codes of stations where applicants chose to collect, the latest first, by cases taken in here."""
        chosen = select(cases.c.collect_at).where(cases.c.collect_at != literal_column("''"), TAKEN_HERE)
        last = chosen.group_by(cases.c.collect_at).order_by(func.max(cases.c.id).desc())
        return [row.collect_at for row in self._read(last.limit(limit))]

    def item_uses(self, since: date) -> list[ItemUse]:
        """Return how often each item was accepted since a day, the most used first."""
        used = func.sum(item_days.c.count).label("used")
        query = select(item_days.c.item, used).where(item_days.c.day >= since.isoformat())
        rows = self._read(query.group_by(item_days.c.item).order_by(used.desc(), item_days.c.item))
        return [ItemUse(row.item, row.used) for row in rows]

    def silent_cases(self, now: datetime) -> list[str]:
        """Return the numbers of received cases whose time to say what is missing ended before ``now``, oldest first."""
        query = select(cases.c.number).where(cases.c.silence_until < stamp(now), cases.c.open == 1)
        return [row.number for row in self._read(query.order_by(cases.c.silence_until, cases.c.id))]

    def reminders(self, day: date, limit: int) -> list[CaseRow]:
        """Return cases that wait for somebody on ``day``, the first received first."""
        waiting = union_all(
            select(cases.c.id).where(IS_DEEMED),
            select(cases.c.id).where(cases.c.silence_until < (day + ONE_DAY).isoformat(), IS_OPEN),
            select(cases.c.id).where(cases.c.reply_by < day.isoformat(), IS_OPEN),
            select(cases.c.id).where(IS_OWED, IS_OPEN, cases.c.owed_by <= day.isoformat()),
        )
        query = select(cases).where(cases.c.id.in_(waiting)).order_by(cases.c.id).limit(limit)
        return self._case_rows(query)

    def due_cases(self, limit: int) -> list[CaseRow]:
        """Return cases whose clock runs, the earliest due first."""
        query = select(cases).where(RUNS, cases.c.due.is_not(None), cases.c.immediate == 0)
        return self._case_rows(query.order_by(cases.c.due, cases.c.id).limit(limit))

    def counts(self, now: datetime) -> CaseCounts:
        """Return how many cases each part of the list has ``now``."""
        counted = select(case_counts.c.state, func.sum(case_counts.c.count)).group_by(case_counts.c.state)
        by_state: dict[str, int] = {state: count for state, count in self._read(counted)}  # noqa: C416
        still_open = _sum(by_state, OPEN)
        return CaseCounts(
            open=still_open,
            near_due=self.count_cases(CaseFilter(CaseScope.NEAR_DUE, now=now)),
            overdue=self.count_cases(CaseFilter(CaseScope.OVERDUE, now=now)),
            to_deliver=_sum(by_state, READY),
            done=sum(by_state.values()) - still_open - by_state.get(ELSEWHERE, 0),
            received=_sum(by_state, BEFORE_ACCEPTANCE),
            suspended=_sum(by_state, {CaseState.SUSPENDED}),
            owed=self.count_cases(CaseFilter(CaseScope.OWED)),
            late=self.count_cases(CaseFilter(CaseScope.LATE)),
            elsewhere=by_state.get(ELSEWHERE, 0),
            to_take_over=self.count_cases(CaseFilter(CaseScope.TO_TAKE_OVER)),
            to_collect=self.count_cases(CaseFilter(CaseScope.TO_COLLECT)),
            to_recall=self.count_cases(CaseFilter(CaseScope.TO_RECALL)),
        )

    def _case_rows(self, query: Any, **values: object) -> list[CaseRow]:  # noqa: ANN401  any select of cases
        with driver_errors(), self._engine.connect() as connection:
            rows = [case_row(row) for row in connection.execute(query, values)]
            return marked(connection, rows)

    def _paper_rows(self, query: Any, **values: object) -> list[PaperRow]:  # noqa: ANN401  any select of papers
        with driver_errors(), self._engine.connect() as connection:
            return marked_papers(connection, [paper_row(row) for row in connection.execute(query, values)])

    def _match(self, query: Any, wanted: str, limit: int) -> list[int]:  # noqa: ANN401  a text clause
        return [row.rowid for row in self._read(query.bindparams(query=wanted, limit=limit))] if wanted else []

    def _number(self, query: Any) -> int:  # noqa: ANN401  any select
        return int(self._read(query)[0][0])

    def _read(self, query: Any, **values: object) -> Sequence[Row[*tuple[Any, ...]]]:  # noqa: ANN401  any select
        with driver_errors(), self._engine.connect() as connection:
            return connection.execute(query, values).all()


def _on_day(column: ColumnElement[Any], day: date) -> ColumnElement[bool]:
    return and_(column >= day.isoformat(), column < (day + ONE_DAY).isoformat())


def _asked(wanted: InquiryFilter) -> list[ColumnElement[bool]]:
    """Return what narrows the list of inquiries: few enough to look through, so that any part of a word fits."""
    conditions: list[ColumnElement[bool]] = [inquiries.c.closed_at.is_(None)] if wanted.only_open else []
    if wanted.text:
        places = (inquiries.c.number, inquiries.c.asked_by, inquiries.c.phone, inquiries.c.subject)
        conditions.append(or_(*(place.contains(wanted.text, autoescape=True) for place in places)))
    return conditions


def _sum(by_state: Mapping[str, int], states: Iterable[CaseState]) -> int:
    return sum(by_state.get(state.value, 0) for state in states)
