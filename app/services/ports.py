"""What the services need of the world, as Protocols; each has a fake in ``tests/fakes`` that passes the same contract.

The store has two sides: a ``UnitOfWork`` writes (one transaction, rolled back unless committed) and ``Views`` reads
for screens. Errors that a port may raise are those of ``app.services.errors``.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import TracebackType
from typing import Protocol, Self, TypeVar

from app.domain.application import Application
from app.domain.catalogue import ServiceItem
from app.domain.clock import BothClocks
from app.domain.inquiry import Inquiry
from app.domain.journal import Entry, Head
from app.domain.operators import Operator
from app.domain.paper import Paper, PaperKind
from app.domain.paper_template import PaperTemplate
from app.domain.pile import Reading
from app.domain.skipping import USUAL_ROOM
from app.services.snapshots import (
    CaseCounts,
    CaseFilter,
    CaseRow,
    DayRow,
    DraftRow,
    InquiryFilter,
    ItemUse,
    KnownOrganisation,
    KnownPerson,
    PaperRow,
    Today,
)

T = TypeVar("T")


class Clock(Protocol):
    """Time that the PC's clock cannot move: the wall clock at start, carried by one that counts steadily."""

    def now(self) -> datetime:
        """Return the time in China with whole milliseconds."""
        ...

    def uptime_ms(self) -> int:
        """Return milliseconds of the clock that carries the time; time that the PC sleeps counts."""
        ...

    def reading(self) -> BothClocks:
        """Return the time with what the PC's clock says at the same moment."""
        ...

    def carry_on(self, at: datetime) -> None:
        """Go on from ``at`` as if it were now: when the PC's clock is behind the journal, or was set right."""
        ...


class StationKey(Protocol):
    """The key that signs this epoch's entries (Ed25519)."""

    @property
    def public_key(self) -> bytes:
        """Return the 32 bytes of the public key."""
        ...

    def sign(self, digest: bytes) -> bytes:
        """Return the 64-byte signature of a 32-byte hash."""
        ...


class Passwords(Protocol):
    """Hashes and checks operators' passwords (Argon2id)."""

    def hash(self, password: str) -> str:
        """Return a self-describing hash with a fresh salt."""
        ...

    def matches(self, password: str, hashed: str) -> bool:
        """Tell in constant time whether ``hashed`` was made of ``password``."""
        ...


class PaperMaker(Protocol):
    """Draws papers as PDF. Safe to call from any thread."""

    def make(self, paper: Paper) -> bytes:
        """Return the PDF; MissingGlyphs before anything is drawn, UnknownTemplate."""
        ...

    def missing_glyphs(self, text: str) -> str:
        """Return the characters of ``text`` that no font can draw, in order, each once."""
        ...

    def template(self, name: str) -> PaperTemplate:
        """Return the template of that name; UnknownTemplate when there is none."""
        ...

    def marked(self, pdf: bytes, line: str, *, across: str = "") -> bytes:
        """Return a copy of a paper with ``line`` at the foot of each page, and ``across`` in large letters over it.

        What the paper says stays as it is and can still be searched.
        """
        ...

    def warm_up(self) -> None:
        """Load what the first paper needs; for the background at start."""
        ...


class PageReader(Protocol):
    """Turns files from outside into pages and pages into pictures; every file is hostile until checked."""

    def read(self, data: bytes) -> list["NewPage"]:
        """Return the pages of a PDF, JPEG, PNG or TIFF; BadAttachment when it cannot be taken."""
        ...

    def thumbnail(self, data: bytes, media_type: str, turn: int, width_px: int) -> bytes:
        """Return the page as a PNG of at most ``width_px``, turned clockwise by ``turn`` degrees."""
        ...

    def paper(self, pdf: bytes, page: int, width_px: int) -> "Picture":
        """Return one page (from 0) of a paper as a picture of ``width_px``."""
        ...


@dataclass(frozen=True, slots=True)
class NewPage:
    """One page as it goes into the store: its bytes and their media type."""

    data: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in memory: 4 bytes a pixel (blue, green, red, alpha), rows without padding; ``pages`` of its paper."""

    width: int
    height: int
    pixels: bytes
    pages: int


class Pinyin(Protocol):
    """Readings of Chinese text in Latin letters, lower case."""

    def readings(self, text: str) -> tuple[Reading, ...]:
        """Return the likeliest readings of ``text``, six at most, one syllable a character."""
        ...

    def name_initials(self, name: str) -> tuple[str, ...]:
        """Return the initials that a person's name may have, such as ``zs`` for 张三."""
        ...


class Handle(Protocol):
    """Work that was handed to the runner."""

    def cancel(self) -> None:
        """Drop the result: neither callback will be called."""
        ...


class Runner(Protocol):
    """Does slow work beside the window and brings the result back to the window's thread."""

    def run(self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]) -> Handle:
        """Start ``work``; then exactly one of ``done`` and ``failed`` is called unless the handle was cancelled."""
        ...


# --- the store -------------------------------------------------------------------------------------------------


class Journal(Protocol):
    """The append-only journal of this station, oldest first, by epoch and seq."""

    def head(self) -> Head | None:
        """Return where the journal ends, None when it is empty."""
        ...

    def append(self, entry: Entry) -> None:
        """Add the entry that follows the head and bring every view up to it."""
        ...

    def latest(self, kind: str) -> Entry | None:
        """Return the newest entry of a ``kind`` that belongs to no case, such as StationSetUp; None when there is none."""
        ...

    def kinds(self) -> Mapping[str, "KindCount"]:
        """Return how many entries of each kind there are."""
        ...

    def newest(self, kind: str, limit: int) -> list[Entry]:
        """Return the newest entries of a ``kind`` that belong to no case, the latest first."""
        ...

    def opening(self, epoch: int) -> Entry:
        """Return the first entry of an epoch; NotFound when there is no such epoch."""
        ...

    def at(self, epoch: int, seq: int) -> Entry:
        """Return one entry by its place; NotFound when there is none."""
        ...

    def of_case(self, number: str) -> list[Entry]:
        """Return the entries of one case; an empty list when there is none."""
        ...

    def of_inquiry(self, number: str) -> list[Entry]:
        """Return the entries of one inquiry; an empty list when there is none."""
        ...

    def unclosed(self, day: date) -> list[Entry]:
        """Return what happened on ``day``, and on closed days before it, since they were closed; oldest first.

        These are the entries that a closing of ``day`` made now would be the first to cover.
        """
        ...

    def length(self) -> int:
        """Return how many entries there are, without reading them."""
        ...

    def entries(self) -> Iterator[Entry]:
        """Yield every entry without holding them all in memory."""
        ...


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many entries of one kind there are, and the time stamp of the newest, empty when its body is gone."""

    count: int
    last_at: str


class Numbers(Protocol):
    """Which numbers of a series are used; asked and used in one transaction, so none is given out twice."""

    def next(self, series: str, room: int = USUAL_ROOM) -> int:
        """Return the number after the last one that stands in the journal or is skipped, 1 for a new series.

        ``room`` is how many numbers the series has in its day or year; how far is skipped depends on it.
        """
        ...

    def is_taken(self, paper_number: str) -> bool:
        """Tell whether some paper has this number, in whichever series."""
        ...

    def missing(self, series: str) -> int:
        """Return how many numbers up to the last one that was used stand in no fact: 0 in a series without a gap."""
        ...


class Drafts(Protocol):
    """Half-filled applications; no facts, but they survive a crash."""

    def save(self, draft: "Draft") -> None:
        """Keep ``draft``, replacing what was kept under its id."""
        ...

    def get(self, draft_id: str) -> "Draft | None":
        """Return the draft, None when there is none of that id."""
        ...

    def discard(self, draft_id: str) -> None:
        """Remove the draft, if it is there."""
        ...


@dataclass(frozen=True, slots=True)
class Draft:
    """An application that is being typed, with the item version that it is typed against."""

    draft_id: str
    item: str
    item_version: int
    operator: str
    application: Application
    started_at: datetime
    saved_at: datetime


class Blobs(Protocol):
    """Page images and made papers, by SHA-256 (hex) of their bytes; equal bytes are kept once."""

    def put(self, data: bytes) -> str:
        """Keep ``data`` and return its digest."""
        ...

    def get(self, digest: str) -> bytes:
        """Return the bytes; NotFound when the store has none of that digest, DamagedStore when they changed."""
        ...

    def sweep(self) -> int:
        """Remove what neither a fact nor a draft names any more; return how many were removed."""
        ...


class Items(Protocol):
    """Published versions of catalogue items."""

    def publish(self, items: Iterable[ServiceItem]) -> None:
        """Keep new versions; a version that is there already is never changed."""
        ...

    def get(self, code: str, version: int) -> ServiceItem:
        """Return one version; NotFound when it was never published here."""
        ...

    def current(self) -> list[ServiceItem]:
        """Return the newest version of every item, by code."""
        ...


@dataclass(frozen=True, slots=True)
class Account:
    """An operator with what log-in needs; failures count since the last success."""

    operator: Operator
    password_hash: str
    failures: int = 0
    last_failure: datetime | None = None
    disabled: bool = False
    """A disabled account cannot log in and stays, because the journal names it."""
    must_change: bool = False
    """The password was given by somebody else and has to be changed before the first work with it."""


class Accounts(Protocol):
    """Operators' accounts with their password hashes, which never stand in the journal."""

    def get(self, login: str) -> Account | None:
        """Return the account, None when there is none."""
        ...

    def save(self, account: Account) -> None:
        """Keep ``account``, replacing what was kept under its login."""
        ...

    def everyone(self) -> list[Account]:
        """Return all accounts by login, disabled ones too."""
        ...


class Preferences(Protocol):
    """Settings of this counter that are no facts: theme, text size, language, idle time."""

    def all(self) -> Mapping[str, str]:
        """Return every setting that was kept."""
        ...

    def set(self, key: str, value: str) -> None:
        """Keep one setting."""
        ...


class UnitOfWork(Protocol):
    """One durable transaction; leaving the block without ``commit`` rolls everything back.

    Another writer is waited for; StoreBusy when it takes too long, DiskFull and ReadOnlyStore as the disk says.
    """

    @property
    def journal(self) -> Journal:
        """Return the journal."""
        ...

    @property
    def numbers(self) -> Numbers:
        """Return the numbers in use."""
        ...

    @property
    def drafts(self) -> Drafts:
        """Return the drafts."""
        ...

    @property
    def blobs(self) -> Blobs:
        """Return page images and papers."""
        ...

    @property
    def items(self) -> Items:
        """Return the catalogue's versions."""
        ...

    @property
    def accounts(self) -> Accounts:
        """Return the operators' accounts."""
        ...

    @property
    def preferences(self) -> Preferences:
        """Return the window's preferences."""
        ...

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def commit(self) -> None:
        """Make everything durable; it stays whole even when the power fails right after."""
        ...


class Views(Protocol):
    """Reads for screens, one query each; every one sees the last commit."""

    def case(self, number: str) -> CaseRow | None:
        """Return one case's row, None when there is none."""
        ...

    def cases(self, wanted: CaseFilter, offset: int, limit: int) -> list[CaseRow]:
        """Return rows of the list, the latest change first, or the earliest due first as the filter says."""
        ...

    def count_cases(self, wanted: CaseFilter) -> int:
        """Return how many rows the list has."""
        ...

    def find_cases(self, text: str, limit: int) -> list[CaseRow]:
        """Return cases by number, name, initials, identity number from either end, or telephone; latest first."""
        ...

    def find_people(self, text: str, limit: int) -> list[KnownPerson]:
        """Return earlier applicants by name or identity number (from its start), the latest seen first."""
        ...

    def find_organisations(self, text: str, limit: int) -> list[KnownOrganisation]:
        """Return earlier organisations by a part of their name or the beginning of their code, the latest seen first."""
        ...

    def cases_of(self, number: str, item: str, since: date) -> list[CaseRow]:
        """Return an applicant's cases of an item (of all for "") that are open or were received since, latest first.

        ``number`` is that of the applicant's document, or the organisation's code.
        """
        ...

    def papers(self, number: str) -> list[PaperRow]:
        """Return the papers of a case, oldest first."""
        ...

    def paper(self, number: str) -> PaperRow | None:
        """Return the paper of that number, None when there is none."""
        ...

    def papers_made(self, since: date, until: date, kind: PaperKind | None = None) -> list[PaperRow]:
        """Return the papers whose numbers were used from one day to another, both included, oldest first."""
        ...

    def papers_to_print(self, since: date, limit: int) -> list[PaperRow]:
        """Return papers made since a day that have not come out of a printer yet and are not void, oldest first."""
        ...

    def drafts(self, limit: int) -> list[DraftRow]:
        """Return drafts, the last saved first."""
        ...

    def inquiries(self, wanted: InquiryFilter, offset: int, limit: int) -> list[Inquiry]:
        """Return rows of the list of inquiries, the latest first."""
        ...

    def count_inquiries(self, wanted: InquiryFilter) -> int:
        """Return how many rows the list of inquiries has."""
        ...

    def days(self, since: date) -> list[DayRow]:
        """Return the days of the journal from ``since`` on, oldest first."""
        ...

    def today(self, day: date) -> Today:
        """Return the figures of one day at this counter."""
        ...

    def item_uses(self, since: date) -> list[ItemUse]:
        """Return how often each item was accepted since a day, the most used first."""
        ...

    def silent_cases(self, now: datetime) -> list[str]:
        """Return the numbers of received cases whose time to say what is missing ended before ``now``, oldest first."""
        ...

    def reminders(self, day: date, limit: int) -> list[CaseRow]:
        """Return cases that wait for somebody on ``day``, the first received first.

        Accepted by silence and not taken up; received, with what is missing to be told by the end of the day at the
        latest; a supplement not handed in by its day; promised materials that were due by ``day``.
        """
        ...

    def due_cases(self, limit: int) -> list[CaseRow]:
        """Return cases whose clock runs, the earliest due first; of equal ones the first received."""
        ...

    def counts(self, now: datetime) -> CaseCounts:
        """Return how many cases each part of the list has ``now``: a case is near due from its ``near_due_from``."""
        ...


class Store(Protocol):
    """The encrypted database of the counter; safe to use from any thread."""

    def write(self) -> UnitOfWork:
        """Return a transaction that has not begun yet; one writer at a time holds the store."""
        ...

    def read(self) -> UnitOfWork:
        """Return a transaction that sees one moment of the store, keeps no writer waiting and writes nothing."""
        ...

    @property
    def views(self) -> Views:
        """Return the reading side."""
        ...

    def rebuild_views(self) -> int:
        """Throw every view away and build it again from the journal, in one transaction; return the entries read."""
        ...

    def check_pages(self) -> None:
        """Check that every page of the file is as it was written; DamagedStore when one is not."""
        ...

    def close(self) -> None:
        """Close every connection; the store cannot be used afterwards."""
        ...
