"""Every case at the centre as a supervisor sees it: the functions of schema ``supervise``.

What stations wrote into headers is anybody's text until it was read here.
"""

from datetime import datetime
from typing import Any

from app.central.connection import Address, Link
from app.domain.clock import CHINA, ProvenInterval, parse_stamp
from app.services.errors import CentreDeclined
from app.services.ports import (
    CaseAside,
    CaseCount,
    CaseEntry,
    CaseMarker,
    CasePage,
    CasesBy,
    CaseWish,
    CentreCase,
    CentreDesk,
    OpenedCase,
    Opening,
)

CASES = (
    "SELECT sort_key, number, item, title, applicant, state, is_open, taker, taker_name, taker_point,"
    " holder, holder_name, holder_point, received, accepted, due, suspended, handed, changed_at,"
    " last_claimed, last_anchored, last_received, is_confirmed, is_aside FROM supervise.cases("
    "%s::text, %s::text, %s::text, %s::text, %s::text, %s::timestamptz, %s::timestamptz, %b::bool, %b::bool,"
    " %s::text, %s::text, %s::text, %b::int)"
)
HISTORY = (
    "SELECT case_n, station, name, service_point, epoch, seq, received_at, is_confirmed, body"
    " FROM supervise.open_case(%s::text, %b::bigint, %b::int)"
)
ASIDE = (
    "SELECT station, name, service_point, epoch, seq, reason, received_at, settled_at, settled_how"
    " FROM supervise.set_aside(%s::text)"
)
YEARS = range(1950, 2200)
AT_ONCE = 500
"""Entries of a history that are read at once."""
MOST_ENTRIES = 5000
"""Of a longer history the end is left out: no case has so many, and a station that writes without end fills no memory."""


class Supervision:
    """Implements the port ``CentreCases``."""

    def __init__(self, address: Address) -> None:
        self._link = Link(address)

    def cases(self, wish: CaseWish, after: CaseMarker | None, limit: int) -> CasePage:
        """Return up to ``limit`` cases after a place in the list."""
        marker = after or CaseMarker()
        rows = self._link.rows(
            CASES,
            wish.number,
            wish.taken_in,
            wish.held,
            wish.scope.value,
            wish.state,
            wish.due_before,
            wish.still_since,
            wish.is_untaken,
            wish.is_aside,
            wish.order.value,
            marker.key,
            marker.number,
            limit,
        )
        cases = [_case(row) for _key, *row in rows]
        key = rows[-1][0] if rows and wish.order is not CasesBy.NUMBER else ""
        return CasePage(cases, CaseMarker(key, cases[-1].number) if len(rows) == limit else None)

    def case_counts(self, taken_in: str, held: str, digits: int) -> list[CaseCount]:
        """Return how many open cases each place holds."""
        statement = (
            "SELECT place, state, many, overdue, untaken FROM supervise.case_counts(%s::text, %s::text, %b::int)"
        )
        states: dict[str, dict[str, int]] = {}
        overdue: dict[str, int] = {}
        untaken: dict[str, int] = {}
        for place, state, many, late, waiting in self._link.rows(statement, taken_in, held, digits):
            states.setdefault(place, {})[state] = many
            overdue[place] = overdue.get(place, 0) + late
            untaken[place] = untaken.get(place, 0) + waiting
        return [CaseCount(place, found, overdue[place], untaken[place]) for place, found in states.items()]

    def desks(self) -> list[CentreDesk]:
        """Return all stations, by code."""
        statement = "SELECT code, name, service_point, division FROM supervise.stations()"
        return [CentreDesk(*row) for row in self._link.rows(statement)]

    def open_case(self, number: str) -> OpenedCase:
        """Return one case with its whole history, which the centre writes down."""
        self._link.rows("SELECT supervise.write_down(%s::text)", number)
        entries: list[CaseEntry] = []
        page = self._history(number, 0)
        while page:
            entries += page
            is_over = len(page) < AT_ONCE or len(entries) >= MOST_ENTRIES
            page = [] if is_over else self._history(number, entries[-1].n)
        found = self.cases(CaseWish(number), None, 1).cases
        if not found:
            raise CentreDeclined("case")
        opened = self._link.rows("SELECT at, by_whom FROM supervise.openings(%s::text)", number)
        return OpenedCase(
            found[0],
            entries,
            [_aside(row) for row in self._link.rows(ASIDE, number)],
            [Opening(_in_china(at), by, number) for at, by in opened],
        )

    def _history(self, number: str, after: int) -> list[CaseEntry]:
        rows = self._link.rows(HISTORY, number, after, AT_ONCE)
        return [
            CaseEntry(n, CentreDesk(station, name, point), epoch, seq, _in_china(received), is_confirmed, body)
            for n, station, name, point, epoch, seq, received, is_confirmed, body in rows
        ]

    def close(self) -> None:
        """End the connection."""
        self._link.close()


def _case(row: list[Any]) -> CentreCase:
    number, item, title, applicant, state, is_open, *rest = row
    taker, taker_name, taker_point, holder, holder_name, holder_point, *rest = rest
    received, accepted, due, suspended, handed, moved, claimed, anchored, arrived, is_confirmed, is_aside = rest
    return CentreCase(
        number=number,
        item=item or "",
        title=title or "",
        applicant=applicant or "",
        state=state,
        is_open=is_open,
        taker=CentreDesk(taker, taker_name, taker_point),
        holder=CentreDesk(holder, holder_name, holder_point),
        received_at=_stamped(received),
        accepted_at=_stamped(accepted),
        due=_stamped(due),
        suspended_at=_stamped(suspended),
        handed_at=_stamped(handed),
        moved_at=_in_china(moved),
        claimed_at=_stamped(claimed),
        proven=ProvenInterval(_stamped(anchored), _in_china(arrived) if arrived else None),
        is_confirmed=is_confirmed,
        is_aside=is_aside,
    )


def _aside(row: tuple[Any, ...]) -> CaseAside:
    station, name, point, epoch, seq, reason, received, settled, how = row
    desk = CentreDesk(station, name, point)
    return CaseAside(desk, epoch, seq, reason, _in_china(received), settled and _in_china(settled), how or "")


def _stamped(text: str | None) -> datetime | None:
    """Return a moment that a station wrote, None for what is none or lies beyond all calendars."""
    try:
        at = _in_china(parse_stamp(text)) if text else None
    except (ValueError, OverflowError):
        return None
    return at if at and at.year in YEARS else None


def _in_china(moment: datetime) -> datetime:
    return moment.astimezone(CHINA)
