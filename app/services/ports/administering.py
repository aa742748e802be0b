"""What an administrator does at a centre, as the commands and the window see it: one office over one database."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from app.services.ports.supervising import CentreCases
from app.services.progress import Tell, silent

SHORTEST_PASSPHRASE = 12
"""Characters of what seals an authority: whoever opens it speaks for the whole centre."""
LEAST_DAYS = 365
"""For how long bodies are kept at least."""

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


# --- the office -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class InvitationWish:
    """What an invitation shall be: for which station, where stations find the centre, where the file goes."""

    station: str
    file: Path
    name: str = ""
    """Empty for the name that the centre knows."""
    service_point: str = ""
    division: str = ""
    hosts: tuple[str, ...] = ()
    """Names by which stations reach the centre; empty for the ones that the administrator uses."""
    ca: Path | None = None
    """The certificate of who signed the servers' own; None for the one that the administrator uses."""
    days: int = 14
    again: bool = False
    """Whether one that is enrolled or shut out is meant: what it has is good no more."""


class CentreOffice(CentreCases, Protocol):
    """What an administrator does at one centre, and what a supervisor sees there.

    Every method reaches the database and raises what ``Central`` raises, and CentreDeclined. Those that sign need an
    authority that was opened: BadInput.
    """

    def plan(self) -> CentrePlan:
        """Return what stands here; nothing is changed."""
        ...

    def prepare(self) -> str:
        """Make the centre or bring it up to date, and return its version; NotPermitted unless a superuser."""
        ...

    def status(self) -> Mapping[str, Any]:
        """Return figures of the centre by name."""
        ...

    def stations(self) -> list[StationRow]:
        """Return all stations, by code."""
        ...

    def invite(self, wish: InvitationWish) -> Invited:
        """Sign an invitation and let the centre expect its station; BadInput when nobody could read the file."""
        ...

    def revoke(self, station: str, why: str) -> None:
        """Shut a station out for good; where an authority is open, all others are told at once."""
        ...

    def take_in(self, path: Path, tell: Tell = silent) -> TakenIn:
        """Take in what a station could not bring itself, with the page images that lie beside the journal.

        NotAJournal, BrokenJournal, ChainForked, BadImageFile. It may be cut anywhere and done again.
        """
        ...

    def waiting(self) -> list[Signed]:
        """Return whose certificate requests wait."""
        ...

    def sign(self) -> list[Signed]:
        """Sign what waits, and publish directory and revocations where they changed."""
        ...

    def bulletins(self, limit: int) -> list[PublishedBulletin]:
        """Return the last bulletins, newest first."""
        ...

    def compare(self, topic: str, payload: bytes) -> Changes:
        """Return what publishing would change; BadInput, BadDefinitions for what no counter could use."""
        ...

    def publish(self, topic: str, payload: bytes, version: int = 0) -> int:
        """Sign and publish a bulletin, after the check of ``compare``; return its version."""
        ...

    def quarantined(self) -> list[AsideEntry]:
        """Return entries in quarantine that nobody has settled, oldest first, the first thousand."""
        ...

    def settle(self, station: str, epoch: int, seq: int, how: str) -> None:
        """Say what was decided about an entry in quarantine."""
        ...

    def findings(self) -> list[FoundEntry]:
        """Return entries whose signature does not fit and that nobody has settled, oldest first, the first thousand."""
        ...

    def settle_finding(self, station: str, epoch: int, seq: int, how: str) -> None:
        """Say what was decided about such an entry, so that checking goes on behind it."""
        ...

    def waiting_keys(self) -> list[WaitingKey]:
        """Return the keys of epochs that nobody has spoken for, oldest first."""
        ...

    def believe_key(self, station: str, epoch: int, how: str) -> None:
        """Believe such a key, and publish the directory at once where an authority is open; CentreDeclined."""
        ...

    def refuse(self, station: str, epoch: int, seq: int, how: str) -> None:
        """Refuse what stands in a station's journal from an entry to the end of its epoch; CentreDeclined.

        It stays there, nobody gets it, and the chain goes on from in front of it where that is a whole epoch.
        """
        ...

    def audit(self, only: Iterable[str], tell: Tell) -> Audited:
        """Check the stations ``only``, or everything; what ``tell`` raises stops it."""
        ...

    def settle_remark(self, station: str, epoch: int, seq: int, what: str, how: str) -> None:
        """Say what was decided about a remark of the audit, which counts it apart from then on.

        CentreDeclined for a word that is not in SETTLEABLE, a place that is not there, or one that was settled before.
        """
        ...

    def keep_bodies(self, days: int) -> None:
        """Set for how many days (LEAST_DAYS at least) bodies are kept."""
        ...

    def erase_bodies(self, tell: Tell) -> int:
        """Erase bodies whose time has come and return how many went; what ``tell`` raises stops it."""
        ...

    def detach_year(self, year: int) -> list[str]:
        """Take a year out of journal and images and return the names of its tables."""
        ...

    def open_authority(self, path: Path, passphrase: str) -> str:
        """Open the authority that signs from now on and return its fingerprint; WrongPassphrase, BadAuthority."""
        ...

    def make_authority(self, path: Path, name: str, passphrase: str) -> str:
        """Make and open the authority of the centre called ``name``.

        BadInput when there is such a file, or the passphrase is shorter than SHORTEST_PASSPHRASE.
        """
        ...

    def close_authority(self) -> None:
        """Forget the authority's key."""
        ...

    def close(self) -> None:
        """Forget the key and end the connection."""
        ...


class OpenOffice(Protocol):
    """Opens an office; nothing is reached before it is asked something."""

    def __call__(self, url: str, ca: str, password: str) -> CentreOffice:
        """Return the office at ``url``; ``ca`` names the file of the server's CA. BadInput for what is no address."""
        ...


class KeptPasswords(Protocol):
    """Where an administrator's password for a centre may be kept: the system's keyring, never in clear."""

    def get(self, url: str) -> str:
        """Return the password of a log-in, empty when none is kept."""
        ...

    def keep(self, url: str, password: str) -> bool:
        """Keep a password, an empty one for none; tell whether it is kept."""
        ...
