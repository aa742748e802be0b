"""The end of the day (日结): what happened, which numbers were used, what is left; two people sign.

A closing covers everything that no earlier one did, so that closings part the journal: work after a day was closed
(日结后) stands in the next one, whether that is a second closing of the same day or the closing of a later one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.domain.clock import CHINA, parse_stamp
from app.domain.day import DayTally, Happened, SeriesUse
from app.domain.errors import AlreadyDone, LimitExceeded, SamePerson
from app.domain.facts import DayClosed, NumberedPaper, NumbersSkipped, read_fact
from app.domain.journal import Entry
from app.domain.operators import Act, Operator
from app.domain.paper import PaperKind
from app.services.day_summary import DayLine, DaySummary, Owed, SeriesLeft
from app.services.day_words import day_tables
from app.services.paper_numbers import PaperNumbers
from app.services.permits import ensure_may
from app.services.ports import Store, UnitOfWork, Views
from app.services.recording import Recorder, load_case, load_item
from app.services.snapshots import CaseFilter, CaseRow, CaseScope, InquiryFilter, PaperRow

MOST_ROWS = 60
"""How many rows the lists of what is left have."""
LOOK_BACK_DAYS = 14
MOST_SKIPS = 50
PRINT_BACK_DAYS = 3
"""Nobody asks any more about a paper that was not printed for longer: it went another way."""


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """A closing that was made: its fact, when and by whom."""

    fact: DayClosed
    at: datetime
    operator: str


class DayClosingService:
    """Use cases at the end of a day."""

    def __init__(self, store: Store, recorder: Recorder, numbers: PaperNumbers) -> None:
        self._store = store
        self._recorder = recorder
        self._numbers = numbers

    def summary(self, day: date) -> DaySummary:
        """Return what a closing of ``day`` would say now; some 100 ms for a full day, so call it beside the window."""
        with self._store.read() as uow:
            return self._summary(uow, day)

    def close(self, day: date, operator: Operator, second: Operator, remark: str = "") -> NumberedPaper:
        """Record that ``day`` was closed and return the number of its report (日结单).

        ``second`` was confirmed by ``OperatorService.second_person``. SamePerson, NotPermitted; LimitExceeded for a
        day that is still to come, AlreadyDone when nothing happened since it was closed.
        """
        ensure_may(operator, Act.HANDLE_CASES)
        ensure_may(second, Act.CONFIRM)
        if second.login == operator.login:
            raise SamePerson
        with self._store.write() as uow:
            summary = self._summary(uow, day)
            _ensure_can_close(summary)
            number = self._numbers.next(uow, PaperKind.DAY_REPORT, summary.now.year)
            fact = _closed(summary, number, second, remark)
            self._recorder.record(uow, operator.login, fact, summary.now)
            uow.commit()
        return number

    def offered(self) -> date | None:
        """Return the earliest day before today that should have been closed and was not; see ``unclosed_day``."""
        return unclosed_day(self._store.views, self._recorder.now().date())

    def is_closed(self, day: date) -> bool:
        """Tell whether ``day`` was closed and nothing has happened on it since."""
        return is_closed(self._store.views, day)

    def closings(self, limit: int) -> list[ClosedDay]:
        """Return the closings that were made, the latest first."""
        with self._store.read() as uow:
            return [_closing(entry) for entry in uow.journal.newest(DayClosed.__name__, limit)]

    def _summary(self, uow: UnitOfWork, day: date) -> DaySummary:
        now, views = self._recorder.now(), self._store.views
        closed_days = {row.day for row in views.days(day - timedelta(days=366)) if row.is_closed}
        tally = DayTally.of(_happened(entry, closed_days) for entry in uow.journal.unclosed(day))
        return DaySummary(
            day=day,
            now=now,
            tally=tally,
            series=_series_left(uow, tally.series.values()),
            lines=tuple(self._lines(tally)),
            counts=views.counts(now),
            due=tuple(views.due_cases(MOST_ROWS)),
            drafts=tuple(views.drafts(MOST_ROWS)),
            owed=tuple(_owed(uow, views.cases(CaseFilter(CaseScope.OWED), 0, MOST_ROWS), now)),
            inquiries=tuple(views.inquiries(InquiryFilter(), 0, MOST_ROWS)),
            to_print=tuple(papers_left(views, day)),
            names={account.operator.login: account.operator.name for account in uow.accounts.everyone()},
            follows=_earlier_report(uow, day),
        )

    def _lines(self, tally: DayTally) -> list[DayLine]:
        lines = []
        for case in tally.cases.values():
            row = self._store.views.case(case.number)
            assert row is not None  # noqa: S101  the journal has the case, so its view has a row
            lines.append(DayLine(row, case.at, tuple(case.steps), tuple(case.operators), case.is_late, case.is_after))
        return lines


def unclosed_day(views: Views, today: date) -> date | None:
    """Return the earliest day before ``today`` that should have been closed and was not, None when there is none.

    Before the first closing ever only the last day with work is offered, so that a counter that begins to close its
    days is not asked for all of its past.
    """
    rows = [row for row in views.days(today - timedelta(days=LOOK_BACK_DAYS)) if row.day < today]
    open_days = [row.day for row in rows if row.has_open_work and not row.is_closed]
    first_closed = next((row.day for row in rows if row.is_closed), None)
    if first_closed is None:
        return open_days[-1] if open_days else None
    return next((day for day in open_days if day > first_closed), None)


def papers_left(views: Views, day: date) -> list[PaperRow]:
    """Return the papers of ``day`` and of the days just before it that did not come out of a printer.

    A slip of an inquiry is left out: it is printed when the citizen wants one.
    """
    rows = views.papers_to_print(day - timedelta(days=PRINT_BACK_DAYS), MOST_ROWS)
    return [row for row in rows if row.kind is not PaperKind.INQUIRY_SLIP]


def is_closed(views: Views, day: date) -> bool:
    """Tell whether ``day`` was closed and nothing has happened on it since."""
    return any(row.day == day and row.is_closed and not row.has_open_work for row in views.days(day))


def _happened(entry: Entry, closed_days: set[date]) -> Happened:
    body = entry.read()
    at = parse_stamp(body["at"])
    return Happened(
        at=at,
        operator=body["operator"],
        fact=read_fact(body),
        case=body["case"] or "",
        is_late=bool((body["header"] or {}).get("late")),
        is_after=at.astimezone(CHINA).date() in closed_days,
    )


def _series_left(uow: UnitOfWork, uses: Iterable[SeriesUse]) -> tuple[SeriesLeft, ...]:
    """Count every series that was used, from its first number on; a restored backup explains what it skipped."""
    skips = [read_fact(entry.read()) for entry in uow.journal.newest(NumbersSkipped.__name__, MOST_SKIPS)]
    periods = {
        period
        for skip in skips
        if isinstance(skip, NumbersSkipped)
        for period in (f"{skip.day:%Y%m%d}", str(skip.year), *(end.series.rpartition("/")[2] for end in skip.given))
    }
    return tuple(SeriesLeft(use, uow.numbers.missing(use.key), use.key.rpartition("/")[2] in periods) for use in uses)


def _owed(uow: UnitOfWork, rows: Sequence[CaseRow], now: datetime) -> list[Owed]:
    owed: list[Owed] = []
    today = now.astimezone(CHINA).date()
    for row in rows:
        case = load_case(uow, row.number)
        item = load_item(uow, case)
        owed.extend(Owed(row, item.material(code).name, by, by < today) for code, by in case.owed.items())
    return owed


def _earlier_report(uow: UnitOfWork, day: date) -> str:
    closings = (_closing(entry).fact for entry in uow.journal.newest(DayClosed.__name__, LOOK_BACK_DAYS))
    return next((fact.report.text for fact in closings if fact.day == day), "")


def _ensure_can_close(summary: DaySummary) -> None:
    today = summary.now.astimezone(CHINA).date()
    if summary.day > today:
        raise LimitExceeded("day", today.isoformat())
    if summary.follows and not summary.has_work:
        raise AlreadyDone("close_day")


def _closed(summary: DaySummary, number: NumberedPaper, second: Operator, remark: str) -> DayClosed:
    return DayClosed(
        day=summary.day,
        report=number,
        counts=_all_counts(summary),
        series=_spans(summary.series),
        approved_by=second.login,
        remark=remark.strip(),
        entries=summary.tally.entries,
        follows=summary.follows,
        tables=day_tables(summary),
    )


def _all_counts(summary: DaySummary) -> dict[str, int]:
    """Return what happened, late entries under names of their own, and what is left."""
    counts = summary.counts
    left = {
        "after_closing": summary.tally.after,
        "open": counts.open,
        "near_due": counts.near_due,
        "overdue": counts.overdue,
        "suspended_now": counts.suspended,
        "owed": counts.owed,
        "to_deliver": counts.to_deliver,
        "drafts": len(summary.drafts),
        "inquiries_open": len(summary.inquiries),
        "to_print": len(summary.to_print),
    }
    return {**summary.tally.counts, **left}


def _spans(series: Iterable[SeriesLeft]) -> dict[str, str]:
    """Return first and last serials by a name of ASCII letters, as keys of a body must be: kind, period, and which."""
    spans: dict[str, str] = {}
    for left in series:
        use = left.use
        name = f"{use.kind}/{use.key.rpartition('/')[2]}" if use.kind else use.key
        same = sum(other == name or other.startswith(f"{name}/") for other in spans)
        spans[f"{name}/{same + 1}" if same else name] = use.span
    return spans


def _closing(entry: Entry) -> ClosedDay:
    body = entry.read()
    fact = read_fact(body)
    assert isinstance(fact, DayClosed)  # noqa: S101  newest() was asked for this kind
    return ClosedDay(fact, parse_stamp(body["at"]), body["operator"])
