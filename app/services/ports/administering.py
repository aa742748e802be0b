"""What an administrator does at a centre, as the commands and the window see it: one office over one database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from app.services.ports.centre_records import (
    AsideEntry,
    Audited,
    CalledBack,
    CentrePlan,
    Changes,
    FoundEntry,
    Invited,
    PublishedBulletin,
    Signed,
    StationRow,
    TakenIn,
    WaitingKey,
)
from app.services.ports.supervising import CentreCases
from app.services.progress import Tell, silent

SHORTEST_PASSPHRASE = 12
"""Characters of what seals an authority: whoever opens it speaks for the whole centre."""
LEAST_DAYS = 365
"""For how long bodies are kept at least."""


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

    def newest(self, topic: str) -> tuple[int, bytes]:
        """Return version and payload of what was published last of a topic; 0 and nothing when there is none."""
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

    def call_back(self, path: Path, days: int, tell: Tell = silent, *, to_stations: bool) -> CalledBack:
        """Write the signed list of what counts no more, stations and papers; publish it ``to_stations`` if it is news to them.

        What the list in that file said, and the one that was published last, stays on it. It is to be renewed within
        ``days``. BadRevocationList when there is a file that is no list of this centre, DiskFull, PlaceUnavailable; what
        ``tell`` raises stops it, and nothing is written.
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
