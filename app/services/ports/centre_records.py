"""What an administrator sees of a centre, and what an act there comes to."""

from collections.abc import Container
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from app.services.ports.blanks import BlankCounts

# --- what is seen -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CentrePlan:
    """What stands at an address, and so what preparing it would do."""

    database: str
    server: str
    """Version of PostgreSQL."""
    current: str
    """Version of the centre's schema; empty where the database is no centre yet."""
    newest: str
    """The version that this program brings."""
    may_prepare: bool
    """Whether the log-in is a superuser, which preparing needs."""
    may_run: bool = True
    """Whether it may look after the centre: one of ``lideng_admin``."""
    may_supervise: bool = True
    """Whether it may see all cases: one of ``lideng_supervisor``."""

    @property
    def is_ready(self) -> bool:
        """Tell whether there is a centre that this program understands as it is."""
        return bool(self.current) and self.current >= self.newest


@dataclass(frozen=True, slots=True)
class StationRow:
    """One station as an administrator sees it."""

    code: str
    name: str
    service_point: str
    invited_until: datetime | None = None
    enrolled_at: datetime | None = None
    revoked_at: datetime | None = None
    epoch: int = 0
    seq: int = 0
    """Where its chain ends at the centre; 0 when nothing came yet."""
    received_at: datetime | None = None
    verified_epoch: int = 0
    verified_seq: int = 0
    """How far the watch has checked its signatures."""
    inbox_last: int = 0
    quarantined: int = 0
    left_behind: int = 0
    """Entries that its restored copies did not know."""
    division: str = ""
    """12 digits, empty where nobody said."""


@dataclass(frozen=True, slots=True)
class AsideEntry:
    """One entry in quarantine."""

    station: str
    epoch: int
    seq: int
    case_number: str
    reason: str
    received_at: datetime
    body: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class FoundEntry:
    """One entry that is not as it should be: ``signature`` where that does not fit."""

    station: str
    epoch: int
    seq: int
    fault: str
    found_at: datetime


@dataclass(frozen=True, slots=True)
class WaitingKey:
    """One epoch of a station whose key nobody has spoken for."""

    station: str
    epoch: int
    public_key: str
    opened_at: datetime
    entries: int


@dataclass(frozen=True, slots=True)
class ReceiptEntry:
    """What the centre tells of an entry to whoever brings a receipt."""

    station: str
    epoch: int
    seq: int
    hash: bytes
    kind: str
    """Empty where the body was erased."""
    at: datetime | None
    """As the station says; None where it was erased, or cannot be read."""
    received_at: datetime
    anchored_at: datetime | None
    """Of the anchor of this centre that it bears, None without one."""
    is_confirmed: bool
    """Whether its signature was checked and fits."""
    aside: str
    """Empty, ``waiting`` where it was set aside and may be let in, or ``for_good``."""


@dataclass(frozen=True, slots=True)
class PublishedBulletin:
    """A bulletin that stations have got or will get, without what it says."""

    n: int
    topic: str
    version: int
    published_at: datetime
    size: int


@dataclass(frozen=True, slots=True)
class Changes:
    """What a file would change of what is published of its topic; things are named as people call them."""

    topic: str
    version: int
    """The published version, 0 for none."""
    published_at: datetime | None
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()

    @property
    def are_any(self) -> bool:
        """Tell whether publishing would change anything."""
        return bool(self.added or self.removed or self.changed)


# --- what an act comes to -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation file that was written: for whom, until when, and the fingerprint to tell on the telephone."""

    station: str
    file: Path
    expires_at: datetime
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Signed:
    """What became of one station's request; ``fault`` is empty when it has its certificate, or ``published``."""

    station: str
    fault: str = ""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What was taken in of an exported journal."""

    station: str
    entries: int
    """How many the file has."""
    taken: int
    """How many of them the centre did not have."""
    aside: tuple[tuple[int, int, str], ...]
    """Epoch, seq and reason of those that it set aside."""
    images: int = 0
    """How many page images lie beside the journal and are at the centre now."""
    images_refused: int = 0
    """How many are damaged, or belong to no case of the station."""


@dataclass(frozen=True, slots=True)
class CalledBack:
    """The list of what was called back, as it was written."""

    file: Path
    number: int
    until: datetime
    """From then on a newer one is to be had."""
    stations: int
    """How many certificates of stations are on it"""
    papers: int
    added: int
    """How many papers were on no list before"""
    entries: int
    """How many entries were read for it"""
    version: int = 0
    """Of the bulletin that brings it to all stations; 0 where none was published."""
    remarks: tuple["Remark", ...] = ()
    """The first thing that is wrong with a station's journal; what of it is sound counted all the same."""


@dataclass(frozen=True, slots=True)
class StationBlanks:
    """How many pre-numbered blanks of one form a station has had, by what became of them."""

    station: str
    form: str
    counts: BlankCounts


@dataclass(frozen=True, slots=True)
class CountedBlanks:
    """The blank forms of stations, by station and form."""

    rows: tuple[StationBlanks, ...]
    remarks: tuple["Remark", ...] = ()
    """Entries about blanks that cannot be read; they are not counted."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that is not as it should be; ``detail`` names what it is about: a series, a case, a time."""

    station: str
    epoch: int
    seq: int
    what: str
    """``sequence``, ``hash``, ``digest``, ``body``, ``signature``, ``epoch``, ``head``, ``numbers``, ``time``, ``anchor``,
    ``custody`` or ``holder``."""
    detail: str = ""


SETTLEABLE = frozenset({"epoch", "numbers", "time", "anchor", "custody"})
"""What a station did once and cannot undo. Everything else speaks of the database itself, and is to be mended."""


@dataclass
class Audited:
    """What an audit came to."""

    stations: int = 0
    entries: int = 0
    cases: int = 0
    quarantined: int = 0
    remarks: list[Remark] = field(default_factory=list)
    settled: list[Remark] = field(default_factory=list)
    """Remarks that are as true as the others, about which an administrator has written down what was decided."""

    def settle(self, done: Container[tuple[str, int, int, str]]) -> None:
        """Put those remarks apart whose station, epoch, seq and word are in ``done``."""
        apart: dict[bool, list[Remark]] = {True: [], False: []}
        for one in self.remarks:
            apart[(one.station, one.epoch, one.seq, one.what) in done].append(one)
        self.remarks, self.settled = apart[False], self.settled + apart[True]
