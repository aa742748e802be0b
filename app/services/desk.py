"""Reading cases: the board of the counter, the list of all cases, one case with its history."""

from dataclasses import dataclass, field
from datetime import date, datetime

from app.domain.case import RUNNING, Case, CaseState
from app.domain.catalogue import ServiceItem
from app.domain.clock import ProvenInterval, parse_stamp
from app.domain.deadline import Calendar, Light, days_left, light
from app.domain.facts import Fact, PersonalDataShown, read_fact
from app.domain.inquiry import Inquiry
from app.domain.journal import Entry
from app.domain.operators import Operator
from app.domain.station import Station
from app.services.day_closing import is_closed, papers_left, unclosed_day
from app.services.known_stations import names_of
from app.services.listed_papers import PaperFilter, PaperScope
from app.services.people_named import People
from app.services.ports import Store, UnitOfWork
from app.services.recording import Recorder, load_case, load_item
from app.services.snapshots import (
    CaseCounts,
    CaseFilter,
    CaseMark,
    CaseRow,
    DraftRow,
    InquiryFilter,
    KnownPerson,
    PaperRow,
    Today,
)

BOARD_ROWS = 5
MOST_REMINDERS = 20


@dataclass(frozen=True, slots=True)
class LitCase:
    """A case with its light; ``days_left`` counts working days, negative when overdue; no light without a due date."""

    row: CaseRow
    light: Light | None
    days_left: int
    holder_name: str = ""
    """What the station is called that holds the case, empty for this one."""
    is_reply_late: bool = False
    """Whether what a supplement notice asks for was not handed in by its day."""


@dataclass(frozen=True, slots=True)
class Board:
    """What the counter's home shows beside the one field."""

    today: Today
    drafts: list[DraftRow]
    due: list[LitCase]
    counts: CaseCounts
    reminders: list[LitCase]
    """Cases that wait for somebody today, whatever their light says."""
    inquiries: list[Inquiry]
    """Questions that wait, the latest first."""
    inquiries_open: int
    to_print: int
    """Papers that did not come out of a printer yet, or nobody has said that they did."""
    expiring: int
    """Certificates that run out within a month."""
    unclosed: date | None
    """The earliest day that should have been closed and was not."""
    is_day_closed: bool
    """Whether today was closed and nothing has happened since."""


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of a case's history, as its timeline shows it."""

    seq: int
    at: datetime
    operator: str
    fact: Fact
    witness: str
    station: str = ""
    """Code of the station where it happened."""
    proven: ProvenInterval = field(default_factory=ProvenInterval)
    second_person: str = ""
    """Name of the second person where one consented."""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Everything that the case page shows."""

    case: Case
    item: ServiceItem
    lit: LitCase
    events: list[Event]
    papers: list[PaperRow]
    held_here: bool
    today: date
    holder_name: str = ""
    """What the station is called that holds the case, empty for this one."""


class DeskService:
    """Use cases that look at cases and change none."""

    def __init__(self, store: Store, recorder: Recorder, station: Station, calendar: Calendar) -> None:
        self._store = store
        self._recorder = recorder
        self._station = station
        self._calendar = calendar

    def board(self) -> Board:
        """Return today's figures, the drafts to go on with and what is due first."""
        now = self._recorder.now()
        views = self._store.views
        return Board(
            today=views.today(now.date()),
            drafts=views.drafts(BOARD_ROWS),
            due=[self._lit(row, now) for row in views.due_cases(BOARD_ROWS)],
            counts=views.counts(now),
            reminders=[self._lit(row, now) for row in views.reminders(now.date(), MOST_REMINDERS)],
            inquiries=views.inquiries(InquiryFilter(), 0, BOARD_ROWS),
            inquiries_open=views.count_inquiries(InquiryFilter()),
            to_print=len(papers_left(views, now.date())),
            expiring=views.count_papers(PaperFilter(now.date(), PaperScope.EXPIRING)),
            unclosed=unclosed_day(views, now.date()),
            is_day_closed=is_closed(views, now.date()),
        )

    def page(self, wanted: CaseFilter, offset: int, limit: int) -> list[LitCase]:
        """Return rows ``offset`` to ``offset + limit`` of the list."""
        now = wanted.now or self._recorder.now()
        rows = self._store.views.cases(wanted, offset, limit)
        names = self._names(rows)
        return [self._lit(row, now, names.get(row.holder, "")) for row in rows]

    def count(self, wanted: CaseFilter) -> int:
        """Return how many rows the list has."""
        return self._store.views.count_cases(wanted)

    def counts(self) -> CaseCounts:
        """Return how many cases each part of the list has now."""
        return self._store.views.counts(self._recorder.now())

    def now(self) -> datetime:
        """Return the counter's time, for filters."""
        return self._recorder.now()

    def find(self, text: str, limit: int = 8) -> list[LitCase]:
        """Return cases by number, name, initials, identity number or telephone, the latest changed first."""
        now = self._recorder.now()
        return [self._lit(row, now) for row in self._store.views.find_cases(text, limit)]

    def find_people(self, text: str, limit: int = 5) -> list[KnownPerson]:
        """Return earlier applicants by name or the beginning of their identity number, the latest seen first."""
        return self._store.views.find_people(text, limit)

    def file(self, number: str) -> CaseFile:
        """Return a case with its history, read from the journal; NotFound when there is none."""
        now = self._recorder.now()
        with self._store.read() as uow:
            case = load_case(uow, number)
            item = load_item(uow, case)
            entries = uow.journal.of_case(number)
            people = People(uow, self._station.code, {entry.station for entry in entries})
            events = [self._event(uow, entry, people) for entry in entries]
        row = self._row(number)
        held_here = case.holder == self._station.code
        holder = "" if held_here else case.holder_name or self._names([row])[row.holder]
        return CaseFile(
            case=case,
            item=item,
            lit=self._lit(row, now, holder),
            events=events,
            papers=self._store.views.papers(number),
            held_here=held_here,
            today=now.date(),
            holder_name=holder,
        )

    def mark(self, number: str) -> CaseMark | None:
        """Return where what happened to a case is known, None at a counter that never met a centre."""
        return self._row(number).mark

    def reveal(self, number: str, operator: Operator) -> Case:
        """Return the case for showing personal data in full, which the journal keeps on record."""
        with self._store.write() as uow:
            case = load_case(uow, number)
            self._recorder.record(uow, operator.login, PersonalDataShown(), self._recorder.now(), number=number)
            uow.commit()
        return case

    def _row(self, number: str) -> CaseRow:
        row = self._store.views.case(number)
        assert row is not None  # noqa: S101  the journal has the case, so its view has a row
        return row

    def _names(self, rows: list[CaseRow]) -> dict[str, str]:
        """Return what the other stations are called that hold these cases; by their code where nobody says it."""
        holders = {row.holder for row in rows} - {self._station.code}
        if not holders:
            return {}
        with self._store.read() as uow:
            return {code: code for code in holders} | names_of(uow.directory.get(code) for code in holders)

    def _lit(self, row: CaseRow, now: datetime, holder: str = "") -> LitCase:
        is_late = row.state is CaseState.SUPPLEMENT and row.reply_by is not None and row.reply_by < now.date()
        return LitCase(row, *self._light(row, now), holder, is_late)

    def _light(self, row: CaseRow, now: datetime) -> tuple[Light | None, int]:
        if row.state is CaseState.SUSPENDED:
            return Light.PAUSED, 0
        if row.due is None or row.state not in RUNNING:
            return None, 0
        return light(now, row.due, row.near_due_from, self._calendar), days_left(now, row.due, self._calendar)

    def _event(self, uow: UnitOfWork, entry: Entry, people: People) -> Event:
        body = entry.read()
        return Event(
            seq=entry.seq,
            at=parse_stamp(body["at"]),
            operator=people.name(entry.station, body["operator"]),
            fact=read_fact(body),
            witness=entry.witness,
            second_person=people.name(entry.station, body["data"].get("approved_by", "")),
            station=entry.station,
            proven=proven(uow, entry, is_own=entry.station == self._station.code),
        )


def proven(uow: UnitOfWork, entry: Entry, *, is_own: bool) -> ProvenInterval:
    """Return between which moments the centre proves that an entry was made."""
    anchor = entry.read().get("anchor")
    if is_own:
        not_after = uow.outbox.received_at(entry.epoch, entry.seq)
    else:
        received = uow.received.get(entry.station, entry.epoch, entry.seq)
        not_after = received.received_at if received else None
    return ProvenInterval(parse_stamp(anchor["at"]) if anchor else None, not_after)
