"""Every case at a centre in memory: ``MemoryCases`` over rows that a test lays out, ``CasesOfCentre`` over a MemoryCentre."""

import json
from dataclasses import replace
from datetime import datetime, timedelta

from app.domain.case import OPEN
from app.domain.clock import CHINA, ProvenInterval, parse_stamp
from app.domain.numbering import case_number
from app.domain.people import masked_name
from app.services.errors import CentreDeclined
from app.services.ports import (
    MOST_ROWS,
    CaseAside,
    CaseCount,
    CaseEntry,
    CaseMarker,
    CasePage,
    CasesBy,
    CasesOf,
    CentreCase,
    CentreDesk,
    OpenedCase,
    Opening,
)

DIGITS = {0, 2, 4, 6, 9, 12}
LEVELS = (2, 4, 6, 9)
FAR_OFF = datetime(9999, 1, 1, tzinfo=CHINA)
RUNNING = {"accepted", "review"}


class MemoryCases:
    """Implements the port ``CentreCases``; ``rows``, ``histories`` and ``asides`` are what a test lays out."""

    def __init__(self, desks=(), by="wang_min", now=None):
        self.known_desks = {desk.code: desk for desk in desks}
        self.by = by
        self.now = now
        self.rows = []
        self.histories = {}
        self.asides = {}
        self.opened = []
        self.declines = None
        """What is raised at each call, None for nothing."""

    def cases(self, wish, after, limit):
        self._enter()
        if not 1 <= limit <= MOST_ROWS:
            raise CentreDeclined("bounds")
        found = sorted(
            (row for row in self._rows() if self._fits(row, wish)),
            key=lambda row: self._sort_key(row, wish.order),
            reverse=wish.order is CasesBy.NUMBER,
        )
        begin = next((n + 1 for n, row in enumerate(found) if after and row.number == after.number), 0)
        page = found[begin : begin + limit]
        return CasePage(page, CaseMarker("", page[-1].number) if len(page) == limit else None)

    def case_counts(self, taken_in, held, digits):
        self._enter()
        if digits not in DIGITS:
            raise CentreDeclined("bounds")
        counts = {}
        for row in self._rows():
            if row.is_open and self._stands_at(row.taker, taken_in) and self._stands_at(row.holder, held):
                desk = self._desk(row.holder.code)
                place = desk.code if digits == 0 else desk.division[:digits]
                counts.setdefault(place, []).append(row)
        return [self._count(place, rows) for place, rows in sorted(counts.items())]

    def desks(self):
        self._enter()
        return sorted(self.known_desks.values(), key=lambda desk: desk.code)

    def open_case(self, number):
        self._enter()
        row = next((row for row in self._rows() if row.number == number), None)
        if row is None:
            raise CentreDeclined("case")
        self.opened.append(Opening(self._now(), self.by, number))
        openings = [one for one in reversed(self.opened) if one.number == number]
        return OpenedCase(row, self._history(number), self._aside(number), openings)

    # --- inside ------------------------------------------------------------------------------------------------

    def _rows(self):
        return self.rows

    def _history(self, number):
        return self.histories.get(number, [])

    def _aside(self, number):
        return self.asides.get(number, [])

    def _now(self):
        return self.now

    def _enter(self):
        if self.declines:
            raise self.declines

    def _desk(self, code):
        return self.known_desks[code]

    def _stands_at(self, desk, place):
        if not place:
            return True
        if not place.isdecimal() or len(place) not in {6, 12}:
            raise CentreDeclined("bounds")
        if len(place) == 6:
            return desk.code == place
        digits = next((level for level in LEVELS if not place[level:].strip("0")), 12)
        return self._desk(desk.code).division.startswith(place[:digits])

    def _fits(self, row, wish):
        runs = row.state in RUNNING and row.due is not None
        return (
            (not wish.number or row.number == wish.number)
            and self._stands_at(row.taker, wish.taken_in)
            and self._stands_at(row.holder, wish.held)
            and (wish.scope is CasesOf.ALL or row.is_open == (wish.scope is CasesOf.OPEN))
            and (not wish.state or row.state == wish.state)
            and (wish.due_before is None or (runs and row.due < wish.due_before))
            and (wish.still_since is None or row.moved_at < wish.still_since)
            and (not wish.is_untaken or row.handed_at is not None)
            and (not wish.is_aside or row.is_aside)
        )

    def _sort_key(self, row, order):
        key = {
            CasesBy.DUE: row.due if row.state in RUNNING and row.due else FAR_OFF,
            CasesBy.STILL: row.moved_at,
            CasesBy.HANDED: row.handed_at,
            CasesBy.NUMBER: row.number,
        }[order]
        return key, row.number

    def _count(self, place, rows):
        states = {}
        for row in sorted(rows, key=lambda row: row.state):
            states[row.state] = states.get(row.state, 0) + 1
        overdue = sum(row.state in RUNNING and row.due is not None and row.due < self._now() for row in rows)
        return CaseCount(place, states, overdue, sum(row.handed_at is not None for row in rows))


class CasesOfCentre(MemoryCases):
    """The same over what stations pushed to a MemoryCentre."""

    def __init__(self, centre, desks):
        super().__init__(desks)
        self.centre = centre

    def _now(self):
        return self.centre.at

    def _rows(self):
        return [self._row(number, folder) for number, folder in self.centre.state.cases.items()]

    def _row(self, number, folder):
        stored = [self.centre.state.journal[place] for place in folder.entries]
        bodies = [json.loads(one.body) for one in stored]
        first, last = bodies[0]["data"], bodies[-1]
        headers = [
            (body["header"], one.received_at) for body, one in zip(bodies, stored, strict=True) if body["header"]
        ]
        header, moved_at = headers[-1]
        state = header["state"]
        return CentreCase(
            number=number,
            item=header.get("item", ""),
            title=first.get("title", ""),
            applicant=applicant(first),
            state=state,
            is_open=state in OPEN,
            taker=self._named(stored[0].station),
            holder=self._named(folder.holder),
            received_at=moment(header.get("received")),
            accepted_at=moment(header.get("accepted")),
            due=moment(header.get("due")),
            suspended_at=moment(header.get("suspended")),
            handed_at=moment(header.get("handed")),
            moved_at=moved_at,
            claimed_at=moment(last["at"]),
            proven=ProvenInterval(moment((last["anchor"] or {}).get("at")), stored[-1].received_at),
            is_confirmed=all(self._is_confirmed(one) for one in stored),
            is_aside=bool(self._aside(number)),
        )

    def _named(self, code):
        return replace(self._desk(code), division="")

    def _is_confirmed(self, stored):
        return (stored.epoch, stored.seq) <= self.centre.state.verified.get(stored.station, (0, 0))

    def _history(self, number):
        places = self.centre.state.cases[number].entries
        stored = [self.centre.state.journal[place] for place in places]
        return [
            CaseEntry(
                n,
                self._named(one.station),
                one.epoch,
                one.seq,
                one.received_at,
                self._is_confirmed(one),
                one.body.encode(),
            )
            for n, one in enumerate(stored, start=1)
        ]

    def _aside(self, number):
        return [
            CaseAside(self._named(one.station), one.epoch, one.seq, one.quarantined, one.received_at, None, "")
            for one in self.centre.state.journal.values()
            if one.case == number and one.quarantined
        ]


def applicant(data):
    if data.get("organisation"):
        return data["organisation"]["name"]
    return masked_name(data["applicant"]["name"]) if data.get("applicant") else ""


def moment(text):
    try:
        return parse_stamp(text) if text else None
    except ValueError:
        return None


def desk(code, name="", service_point="", division=""):
    """Return a station, named after its code where no name is given."""
    return CentreDesk(code, name or f"窗口 {code}", service_point, division)


VILLAGE, TOWN, OTHER, FAR = (
    desk("000732", "1 号窗口", "柳湾村便民服务站", "519900101201"),
    desk("000731", "3 号窗口", "云溪镇便民服务中心", "519900101000"),
    desk("000734", "2 号窗口", "示范县云溪镇大坪里少数民族聚居村便民服务站", "519900101203"),
    desk("000733", "1 号窗口", "石桥村便民服务站"),
)


def row(number, now, days=None, **changes):
    """Return a case that was taken in ten days ago and is due in ``days``."""
    taken = now - timedelta(days=10)
    usual = CentreCase(
        number=number,
        item="510117051000",
        title="居住证明",
        applicant="张**",
        state="accepted",
        is_open=True,
        taker=VILLAGE,
        holder=TOWN,
        received_at=taken,
        accepted_at=taken,
        due=None if days is None else now + timedelta(days=days),
        suspended_at=None,
        handed_at=None,
        moved_at=now - timedelta(days=2),
        claimed_at=now - timedelta(days=2),
        proven=ProvenInterval(now - timedelta(days=2, minutes=9), now - timedelta(days=2)),
        is_confirmed=True,
        is_aside=False,
    )
    return replace(usual, **changes)


def furnished_cases(now):
    """Return cases of every kind at four stations."""
    made = MemoryCases((VILLAGE, TOWN, OTHER, FAR), now=now)
    made.rows = [
        row(numbered(now, VILLAGE, 1), now, -3, is_aside=True),
        row(numbered(now, VILLAGE, 2), now, -1, state="review", title="公共场所卫生许可", applicant="云溪竹编合作社"),
        row(numbered(now, VILLAGE, 3), now, 1, handed_at=now - timedelta(days=1), is_confirmed=False),
        row(numbered(now, TOWN, 4), now, 5, taker=TOWN, title="老年人优待证", applicant="李**"),
        row(numbered(now, OTHER, 5), now, 9, taker=OTHER, holder=OTHER, applicant="欧***", moved_at=now),
        row(numbered(now, FAR, 6), now, 30, taker=FAR, holder=FAR, state="suspended", suspended_at=now),
        row(numbered(now, FAR, 7), now, None, taker=FAR, holder=FAR, state="received", accepted_at=None),
        row(numbered(now, TOWN, 8), now, -20, taker=TOWN, state="delivered", is_open=False),
    ]
    made.asides = {
        made.rows[0].number: [CaseAside(VILLAGE, 1, 97, "not_the_holder", now - timedelta(hours=1), None, "")]
    }
    return made


def numbered(now, station, serial):
    return case_number(now.date(), station.code, serial)
