"""What a supervisor asks of every case at a centre, in working days, and what the entries of an opened case tell.

Looking is the port's (``CentreCases``); who may look is held by ``AdministeringService``.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app.domain.case import RUNNING, Case
from app.domain.clock import CHINA, ProvenInterval, parse_stamp
from app.domain.deadline import Calendar, Light, days_left, light
from app.domain.errors import BrokenRule
from app.domain.facts import Fact
from app.domain.foreign import UNREADABLE, read_foreign
from app.services.ports import CaseCount, CaseEntry, CasesOf, CaseWish, CentreCase, CentreDesk, OpenedCase


@dataclass(frozen=True, slots=True)
class CaseSearch:
    """Which cases a supervisor wants to see, as it is said. Places as in ``CaseWish``."""

    number: str = ""
    taken_in: str = ""
    held: str = ""
    scope: CasesOf = CasesOf.OPEN
    state: str = ""
    is_overdue: bool = False
    due_within: int | None = None
    """Due, or overdue, by the end of the so-many-th working day after today; 0 is today."""
    is_untaken: bool = False
    still_days: int | None = None
    """Nothing was heard for so many days."""
    is_aside: bool = False


@dataclass(frozen=True, slots=True)
class LitCentreCase:
    """A case with its light; ``days_left`` counts working days, negative when overdue; no light where no clock runs."""

    case: CentreCase
    light: Light | None
    days_left: int


@dataclass(frozen=True, slots=True)
class CaseList:
    """What was found; not whole when there is more."""

    cases: tuple[LitCentreCase, ...]
    is_whole: bool


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """How many open cases one place holds, and what it is called."""

    count: CaseCount
    name: str


@dataclass(frozen=True, slots=True)
class CentreEvent:
    """One entry of an opened case; without a fact where its body was erased or cannot be read here."""

    desk: CentreDesk
    epoch: int
    seq: int
    at: datetime | None
    """When it says that it was written."""
    operator: str
    fact: Fact | None
    proven: ProvenInterval
    is_confirmed: bool
    is_erased: bool = False

    @property
    def second_person(self) -> str:
        """Return the log-in of the second person where one consented."""
        return str(getattr(self.fact, "approved_by", ""))


@dataclass(frozen=True, slots=True)
class CentreFile:
    """An opened case as a reader sees it; ``case`` is None where its entries make none that is known here."""

    opened: OpenedCase
    case: Case | None
    events: tuple[CentreEvent, ...]


class SupervisingService:
    """Counts days for lists of a centre and reads what was opened there."""

    def __init__(self, now: Callable[[], datetime], calendar: Calendar) -> None:
        self._now = now
        self._calendar = calendar

    def wish(self, search: CaseSearch) -> CaseWish:
        """Return what to ask the centre for."""
        now = self._now()
        if search.number:
            return CaseWish(search.number, scope=CasesOf.ALL)
        due_before = now if search.is_overdue else None
        if search.due_within is not None:
            due_before = _end_of(self._day_after(now.astimezone(CHINA).date(), search.due_within))
        return CaseWish(
            taken_in=search.taken_in,
            held=search.held,
            scope=search.scope,
            state=search.state,
            due_before=due_before,
            still_since=None if search.still_days is None else now - timedelta(days=search.still_days),
            is_untaken=search.is_untaken,
            is_aside=search.is_aside,
        )

    def lit(self, case: CentreCase) -> LitCentreCase:
        """Return a case with its light.

        What the centre knows of a limit is its end, so the last working day before it is near, whatever its length.
        """
        if case.suspended_at is not None and case.is_open:
            return LitCentreCase(case, Light.PAUSED, 0)
        if case.due is None or case.state not in RUNNING:
            return LitCentreCase(case, None, 0)
        day = self._calendar.working_days_before(case.due.astimezone(CHINA).date(), 1)
        now = self._now()
        near = datetime.combine(day, time(0), CHINA)
        shown = light(now, case.due, near, self._calendar)
        return LitCentreCase(case, shown, days_left(now, case.due, self._calendar))

    def read(self, opened: OpenedCase) -> CentreFile:
        """Return what the entries of a case tell."""
        events = tuple(_event(entry) for entry in opened.entries)
        return CentreFile(opened, _case_of(opened.case.number, events), events)

    def _day_after(self, today: date, days: int) -> date:
        return self._calendar.working_day_number(today, days) if days else today


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(0), CHINA)


def _event(entry: CaseEntry) -> CentreEvent:
    claimed, operator, fact, since = None, "", None, None
    try:
        body = json.loads(entry.body or b"")
        operator = str(body["operator"])
        claimed = parse_stamp(body["at"])
        since = parse_stamp(body["anchor"]["at"]) if body.get("anchor") else None
        fact = read_foreign(body)
    except UNREADABLE:
        pass  # what was made out until then is shown
    proven = ProvenInterval(since, entry.received_at)
    place = (entry.desk, entry.epoch, entry.seq)
    return CentreEvent(*place, claimed, operator, fact, proven, entry.is_confirmed, is_erased=entry.body is None)


def _case_of(number: str, events: tuple[CentreEvent, ...]) -> Case | None:
    known = [(event.fact, event.at) for event in events if event.fact is not None and event.at is not None]
    try:
        return Case.of(number, known) if known else None
    except (BrokenRule, *UNREADABLE):
        return None
