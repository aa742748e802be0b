"""What a centre in memory holds, all of which a backup of it keeps."""

from dataclasses import dataclass, field
from datetime import datetime

from app.domain.journal import Entry


@dataclass
class Stored:
    """One entry as the centre keeps it."""

    station: str
    epoch: int
    seq: int
    prev: bytes
    hash: bytes
    signature: bytes
    body: str | None
    received_at: datetime
    case: str = ""
    quarantined: str = ""
    is_settled: bool = False
    """Whether an administrator said what was decided of it: it is not let in any more."""
    digest: bytes = b""

    @property
    def place(self):
        return self.epoch, self.seq

    def entry(self):
        return Entry(self.station, self.epoch, self.seq, self.prev, self.hash, self.signature, self.body or "")


@dataclass
class CaseFolder:
    """What the centre knows of a case: who holds it, who is a party, and its entries in the order they came."""

    holder: str
    parties: list = field(default_factory=list)
    entries: list = field(default_factory=list)


@dataclass
class CentreState:
    """Everything that a backup of the centre holds."""

    stations: dict = field(default_factory=dict)
    journal: dict = field(default_factory=dict)
    heads: dict = field(default_factory=dict)
    verified: dict = field(default_factory=dict)
    epochs: dict = field(default_factory=dict)
    """(station, epoch) → its public key, and how many entries the centre has that the new epoch did not know."""
    doubted: set = field(default_factory=set)
    """(station, epoch) whose keys nobody believes yet."""
    refused: dict = field(default_factory=dict)
    """(station, epoch) → the first seq that an administrator refused."""
    cases: dict = field(default_factory=dict)
    inboxes: dict = field(default_factory=dict)
    marks: dict = field(default_factory=dict)
    """Beside each place of an inbox a number that is never given again, not even by a centre that was restored."""
    bulletins: list = field(default_factory=list)
    chunks: dict = field(default_factory=dict)
    blobs: dict = field(default_factory=dict)

    def journal_of(self, station):
        """Return everything that the centre has of one station, oldest first."""
        return [stored for (name, *_), stored in sorted(self.journal.items()) if name == station]

    def by_hash(self, station, digest):
        """Return the entry of a station that has this hash, None when there is none."""
        return next((one for one in self.journal_of(station) if one.hash == digest), None)

    def is_refused(self, stored):
        return stored.seq >= self.refused.get((stored.station, stored.epoch), stored.seq + 1)
