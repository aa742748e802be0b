"""Working days, due dates and lights; the calendar is data, never code.

The day after the start is day 1, and the last day ends when the window closes. China has one time zone.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import count, islice, takewhile
from typing import TypedDict

from app.domain.catalogue import Limit, LimitUnit
from app.domain.clock import CHINA

SATURDAY = 5
ONE_DAY = timedelta(days=1)
NEAR_SHARE = 5
"""The last fifth of a limit shows as near due, one working day at least."""
ESCALATED_AFTER = 2
"""Working days overdue after which a case is escalated (督办)."""


class Light(StrEnum):
    """How near an open case is to its due date."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    ESCALATED = "escalated"
    PAUSED = "paused"
    """The clock stands still while a special procedure runs."""


@dataclass(frozen=True, slots=True)
class WindowHours:
    """When the window is open on a working day; spans are in order and do not overlap."""

    spans: tuple[tuple[time, time], ...] = ((time(9), time(12)), (time(13, 30), time(17)))

    @property
    def closes(self) -> time:
        """Return the time at which the day's last span ends, which ends a day limit too."""
        return self.spans[-1][1]

    @property
    def a_day(self) -> timedelta:
        """Return for how long the window is open on a working day."""
        spans = ((_minutes(opens), _minutes(closes)) for opens, closes in self.spans)
        return timedelta(minutes=sum(closes - opens for opens, closes in spans))


@dataclass(frozen=True, slots=True)
class Calendar:
    """Statutory holidays and make-up days (调休) of the years that were published."""

    holidays: frozenset[date]
    make_up_days: frozenset[date]
    years: frozenset[int]

    @classmethod
    def of(cls, years: Iterable["Calendar"]) -> "Calendar":
        """Return one calendar of several."""
        parts = list(years)
        return cls(
            frozenset().union(*(part.holidays for part in parts)),
            frozenset().union(*(part.make_up_days for part in parts)),
            frozenset().union(*(part.years for part in parts)),
        )

    def is_working_day(self, day: date) -> bool:
        """Tell whether ``day`` counts: Monday to Friday less holidays, plus make-up days."""
        if day in self.make_up_days:
            return True
        return day.weekday() < SATURDAY and day not in self.holidays

    def is_provisional(self, first: date, last: date) -> bool:
        """Tell whether the calendar of any year from ``first`` to ``last`` has not been published yet."""
        return any(year not in self.years for year in range(first.year, last.year + 1))

    def working_days_after(self, day: date) -> Iterator[date]:
        """Yield the working days after ``day``, without end."""
        return (later for n in count(1) if self.is_working_day(later := day + n * ONE_DAY))

    def working_day_number(self, day: date, number: int) -> date:
        """Return the ``number``-th working day after ``day``, 1 or more."""
        return next(islice(self.working_days_after(day), number - 1, None))

    def working_days_before(self, day: date, number: int) -> date:
        """Return the ``number``-th working day before ``day``, 1 or more."""
        earlier = (before for n in count(1) if self.is_working_day(before := day - n * ONE_DAY))
        return next(islice(earlier, number - 1, None))

    def working_days_between(self, after: date, until: date) -> int:
        """Return how many working days lie after ``after`` up to and with ``until``; negative when it is earlier."""
        if until < after:
            return -self.working_days_between(until, after)
        made_up = sum(after < day <= until and day.weekday() >= SATURDAY for day in self.make_up_days)
        off = self.holidays - self.make_up_days
        free = sum(after < day <= until and day.weekday() < SATURDAY for day in off)
        return _weekdays(until) - _weekdays(after) + made_up - free


@dataclass(frozen=True, slots=True)
class Pause:
    """A span that does not count (特别程序): from the moment of the notice to that of going on."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class DueDate:
    """When a case is due and from when on it is near due; provisional beyond the last published calendar."""

    at: datetime
    near_from: datetime
    provisional: bool


class DueFields(TypedDict):
    """How a fact says when the case is due, under the names that the facts have for it."""

    due: datetime | None
    near_due_from: datetime | None
    due_is_provisional: bool


def due_fields(due: DueDate | None) -> DueFields:
    """Return ``due`` as a fact says it; None stands for a case without a limit."""
    if due is None:
        return DueFields(due=None, near_due_from=None, due_is_provisional=False)
    return DueFields(due=due.at, near_due_from=due.near_from, due_is_provisional=due.provisional)


def due_date(
    start: datetime,
    limit: Limit,
    calendar: Calendar,
    hours: WindowHours,
    *,
    pauses: Iterable[Pause] = (),
    extra_days: int = 0,
) -> DueDate:
    """Return when a case accepted at ``start`` is due.

    Working days by 行政许可法 Art. 82. Natural days and months by 民法典 Art. 201–203: a last day that is no working
    day moves to the next one. Hours and minutes count while the window is open. ``pauses`` do not count (Art. 45) and
    ``extra_days`` of an extension are added (Art. 42), both in the kind of day or hour in which the limit counts.
    ValueError when ``start`` has no zone.
    """
    start = _in_china(start)
    pauses = tuple(pauses)
    if limit.unit in {LimitUnit.HOUR, LimitUnit.MINUTE}:
        return _due_in_hours(start, limit, calendar, hours, pauses, extra_days)
    more_days = extra_days + sum(_paused_days(pause, limit, calendar) for pause in pauses)
    last_day = _last_day(start.date(), limit, calendar, more_days)
    at = datetime.combine(last_day, hours.closes, CHINA)
    near_day = calendar.working_days_before(last_day, _near_days(start.date(), last_day, calendar))
    near_from = max(start, datetime.combine(near_day, time(0), CHINA))
    return DueDate(at, near_from, calendar.is_provisional(start.date(), last_day))


def silence_until(received: datetime, days: int, calendar: Calendar, hours: WindowHours) -> datetime:
    """Return the end of the ``days``-th working day after ``received``, until when the body may stay silent."""
    last_day = calendar.working_day_number(_in_china(received).date(), days)
    return datetime.combine(last_day, hours.closes, CHINA)


def stopped_days(pause: Pause, calendar: Calendar) -> int:
    """Return the working days of a pause: those after the day of the notice, up to the day of going on."""
    return calendar.working_days_between(_in_china(pause.since).date(), _in_china(pause.until).date())


def add_months(day: date, months: int) -> date:
    """Return the same day ``months`` later, or that month's last day when it has no such day (民法典 Art. 202)."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def days_left(now: datetime, due: datetime, calendar: Calendar) -> int:
    """Return the working days after today up to the due date, 0 on the due day, negative when overdue."""
    return calendar.working_days_between(_in_china(now).date(), _in_china(due).date())


def light(now: datetime, due: datetime, near_from: datetime | None, calendar: Calendar) -> Light:
    """Return the light of an open case."""
    if now > due:
        return Light.ESCALATED if days_left(now, due, calendar) <= -ESCALATED_AFTER else Light.RED
    return Light.YELLOW if near_from is not None and now >= near_from else Light.GREEN


def _weekdays(day: date) -> int:
    """Return how many days from Monday to Friday there are up to and with ``day``; the first day of all is a Monday."""
    weeks, rest = divmod(day.toordinal(), 7)
    return weeks * SATURDAY + min(rest, SATURDAY)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _in_china(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("a moment needs a zone")
    return at.astimezone(CHINA)


def _last_day(start: date, limit: Limit, calendar: Calendar, more_days: int) -> date:
    if limit.unit is LimitUnit.WORKING_DAY:
        return calendar.working_day_number(start, limit.amount + more_days)
    by_month = limit.unit is LimitUnit.MONTH
    last = add_months(start, limit.amount) if by_month else start + limit.amount * ONE_DAY
    last += more_days * ONE_DAY
    return last if calendar.is_working_day(last) else next(calendar.working_days_after(last))


def _paused_days(pause: Pause, limit: Limit, calendar: Calendar) -> int:
    """Return the days of a pause in the kind of day in which ``limit`` counts."""
    if limit.unit is LimitUnit.WORKING_DAY:
        return stopped_days(pause, calendar)
    return (_in_china(pause.until).date() - _in_china(pause.since).date()).days


def _near_days(start: date, last_day: date, calendar: Calendar) -> int:
    return max(1, calendar.working_days_between(start, last_day) // NEAR_SHARE)


def _due_in_hours(
    start: datetime, limit: Limit, calendar: Calendar, hours: WindowHours, pauses: tuple[Pause, ...], extra_days: int
) -> DueDate:
    per_unit = timedelta(hours=1) if limit.unit is LimitUnit.HOUR else timedelta(minutes=1)
    whole = limit.amount * per_unit + extra_days * hours.a_day
    whole += sum((_open_time(pause, calendar, hours) for pause in pauses), timedelta(0))
    at = _after_open_time(start, whole, calendar, hours)
    near_from = _after_open_time(start, whole - whole / NEAR_SHARE, calendar, hours)
    return DueDate(at, near_from, calendar.is_provisional(start.date(), at.date()))


def _open_time(pause: Pause, calendar: Calendar, hours: WindowHours) -> timedelta:
    """Return for how long the window was open during a pause."""
    since, until = _in_china(pause.since), _in_china(pause.until)
    spans = takewhile(lambda span: span[0] < until, _open_spans(since, calendar, hours))
    return sum((max(min(closes, until) - max(opens, since), timedelta(0)) for opens, closes in spans), timedelta(0))


def _after_open_time(start: datetime, wanted: timedelta, calendar: Calendar, hours: WindowHours) -> datetime:
    """Return the moment at which the window has been open for ``wanted`` since ``start``."""
    for opens, closes in _open_spans(start, calendar, hours):
        begins = max(opens, start)
        if begins + wanted <= closes:
            return begins + wanted
        wanted -= max(closes - begins, timedelta(0))
    raise AssertionError("open spans have no end")


def _open_spans(start: datetime, calendar: Calendar, hours: WindowHours) -> Iterator[tuple[datetime, datetime]]:
    for n in count():
        day = start.date() + n * ONE_DAY
        if calendar.is_working_day(day):
            for opens, closes in hours.spans:
                yield datetime.combine(day, opens, CHINA), datetime.combine(day, closes, CHINA)
