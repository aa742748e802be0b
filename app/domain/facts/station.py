"""Facts of the station itself: its chain, its numbers, its recovery sheet, who and where it is, its catalogue."""

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.facts.base import Fact
from app.domain.station import Station


@dataclass(frozen=True, slots=True)
class EpochOpened(Fact):
    """A journal began: with a new installation, or after a restored backup, whose last hash it names."""

    public_key: str
    previous_hash: str | None = None
    program: str = ""
    reason: str = ""
    """``restored`` from a backup, ``recovered`` after the keys were lost, ``rotated``, ``parted`` from another machine
    that used the same journal, ``replaced`` where nothing was left of the machine before; empty for a new installation."""
    backup_made_at: datetime | None = None
    vouched_by: str = ""
    """The public key of the one before, which speaks for this one; empty where that was lost."""
    voucher: str = ""
    """What it says, signed by it; ``app.domain.vouching`` tells how."""


@dataclass(frozen=True, slots=True)
class SeriesEnd:
    """The last number of a series that is known to have been given out."""

    series: str
    last: int


@dataclass(frozen=True, slots=True)
class NumbersSkipped(Fact):
    """Numbers that may have been used since a backup are left out, in every series of ``day`` and of ``year``.

    It follows an EpochOpened; the gap in each series is no lost paper. The shares are those of the day and the year
    that had gone by, in millionths; ``app.domain.skipping`` tells which numbers they leave out.
    """

    day: date
    day_share: int
    year: int
    year_share: int
    given: tuple[SeriesEnd, ...] = ()
    """Of which series more was given out than the backup knows, where that could be seen: they go on behind it."""


@dataclass(frozen=True, slots=True)
class EntrySetApart(Fact):
    """An entry that stood in this journal while another machine went on with the same one, word for word.

    Two entries stood at its place, and the centre has the other one. What it says holds no more: it was entered again,
    or will be. ``prev``, ``hash`` and ``signature`` are in hex, by the key of that epoch.
    """

    epoch: int
    seq: int
    prev: str
    hash: str
    signature: str
    body: str


@dataclass(frozen=True, slots=True)
class RecoverySheetMade(Fact):
    """A recovery sheet was made; its code, which is kept nowhere, opens the backups from now on. ``sheet`` names it."""

    sheet: str


@dataclass(frozen=True, slots=True)
class StationSetUp(Fact):
    """The counter was told who and where it is; the last such fact counts."""

    station: Station


@dataclass(frozen=True, slots=True)
class CentreJoined(Fact):
    """The counter enrolled at a centre: which one, by its root's fingerprint, and with which public document key."""

    fingerprint: str
    document_key: str
    """An uncompressed point on P-256, hex."""
    confirmed_by: str = ""
    """Login of the second person where it takes the place of another centre's, empty where it does not."""


@dataclass(frozen=True, slots=True)
class PublishedItem:
    """One catalogue item in the version and with the content digest under which it was published."""

    code: str
    version: int
    digest: str


@dataclass(frozen=True, slots=True)
class CatalogueLoaded(Fact):
    """Items were published to this counter: only those that are new or changed."""

    items: tuple[PublishedItem, ...]
