"""What the services need of the centre: one connection of one station, which the centre knows by its log-in.

Every method is one short call: a link may be cut before or after its effect, and calling again does no harm. Hashes,
digests and signatures are raw bytes.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.domain.journal import Entry

CENTRAL_SCHEMA = 1
"""The schema of the centre that this program speaks."""
MOST_ENTRIES = 500
MOST_BYTES = 8 * 1024 * 1024
"""The bodies of one batch together."""
LARGEST_BODY = 64 * 1024
MOST_DIGESTS = 500
MOST_SHARED = 32
"""Images that one call may let belong to further cases."""
CHUNK = 256 * 1024
"""Bytes of a chunk of an image; only the last one of an image is shorter."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """What nobody could know before ``at``, the centre's time as a stamp; ``nonce`` is hex. It goes into bodies."""

    nonce: str
    at: str


@dataclass(frozen=True, slots=True)
class CentralHead:
    """Where the centre's copy of this station's journal ends."""

    epoch: int
    seq: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Greeting:
    """What the centre says at the beginning of every contact."""

    now: datetime
    anchor: Anchor
    schema: int
    head: CentralHead | None
    verified: tuple[int, int] | None
    """Epoch and seq up to which the centre has checked this station's signatures."""
    inbox_last: int
    bulletin_last: int
    inbox_mark: int | None = None
    """That of the last row of the inbox: who read that very row has read all; None where the centre does not tell."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Which chunks make an image of a case, by their digests."""

    digest: bytes
    size: int
    chunks: tuple[bytes, ...]
    case_number: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One own entry on its way; ``body`` is None for one that the centre cannot take, so that only its chain goes on."""

    hash: bytes
    digest: bytes
    """SHA-256 of the body."""
    body: str | None
    signature: bytes


@dataclass(frozen=True, slots=True)
class Batch:
    """Entries of one epoch without a gap from ``first_seq`` on; ``prev`` is the hash of the entry before them."""

    epoch: int
    first_seq: int
    prev: bytes
    entries: tuple[Outgoing, ...]


@dataclass(frozen=True, slots=True)
class Pushed:
    """The centre has the whole batch, durably; ``quarantined`` names those of it that it set aside, with the reason."""

    head: CentralHead
    received_at: datetime
    """When the centre had the last entry of the batch: at an earlier call, if the answer to that was lost."""
    quarantined: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class InboxPlace:
    """A place in the inbox with the mark of the row that stands there, so that a restored centre is noticed."""

    n: int = 0
    mark: int = 0


@dataclass(frozen=True, slots=True)
class Delivery:
    """One entry of another station that concerns this one."""

    place: InboxPlace
    entry: Entry
    received_at: datetime
    """When the centre had it."""


@dataclass(frozen=True, slots=True)
class Deliveries:
    """What stands in the inbox after a place, in order; ``restarted`` when that place is not known and all begins again."""

    entries: tuple[Delivery, ...]
    restarted: bool = False


@dataclass(frozen=True, slots=True)
class BulletinHead:
    """Which bulletin there is, without what it says: on a slow line that takes minutes. Nothing of it is proven."""

    n: int
    topic: str
    version: int
    published_at: datetime
    size: int
    """How many bytes it says."""
    signature: bytes


@dataclass(frozen=True, slots=True)
class Bulletin:
    """What the centre publishes to all stations, signed by its authority."""

    n: int
    topic: str
    version: int
    published_at: datetime
    payload: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Quarantined:
    """An own entry that the centre set aside: in the chain, but applied nowhere."""

    epoch: int
    seq: int
    case_number: str
    reason: str
    is_final: bool = False
    """Whether it is never let in any more: an administrator said so, or nothing that may come gives it its right."""


class Central(Protocol):
    """The centre as one station reaches it.

    Any method: CentralUnavailable when the link or the centre fails (whether it took effect is not known, call again),
    StationUnknown, StationRevoked, CentralVersion.
    """

    def hello(self) -> Greeting:
        """Return the centre's time, a fresh anchor, and how far it knows this station."""
        ...

    def push(self, batch: Batch) -> Pushed:
        """Store a batch that follows what the centre has; pushing twice is pushing once.

        ChainForked when another entry stands at a place of it, or before it; ChainRefused when it does not follow or a
        hash is wrong; BatchRefused when it is beyond the bounds or a body cannot be read. Nothing of it is stored then.
        """
        ...

    def pull(self, after: InboxPlace, limit: int) -> Deliveries:
        """Return up to ``limit`` entries of the inbox after a place; fewer when they are large, none at its end."""
        ...

    def own(self, epoch: int, seq: int, limit: int) -> tuple[Entry, ...]:
        """Return own entries after a place as the centre has them, by epoch and seq; ``body`` is empty where it has none."""
        ...

    def bulletin_heads(self, after: int, limit: int) -> tuple[BulletinHead, ...]:
        """Return which bulletins there are after number ``after``, in order."""
        ...

    def digests(self, places: Iterable[tuple[int, int]]) -> Mapping[tuple[int, int], bytes]:
        """Return the digests of own entries whose body the centre does not have, by epoch and seq.

        BatchRefused for more than MOST_ENTRIES places.
        """
        ...

    def bulletin(self, head: BulletinHead) -> Bulletin | None:
        """Return the bulletin of ``head`` with what it says, None when the centre does not give it any more."""
        ...

    def missing_chunks(self, digests: Iterable[bytes]) -> frozenset[bytes]:
        """Return which chunks the centre does not have."""
        ...

    def put_chunk(self, data: bytes) -> None:
        """Store one chunk; BatchRefused when it is empty or larger than CHUNK."""
        ...

    def put_blob(self, digest: bytes, size: int, chunks: tuple[bytes, ...], case_number: str) -> bool:
        """Store which chunks make an image of a case; False when one of them is not there.

        NotAParty when the case is not this station's; BatchRefused when the chunks do not make ``digest`` and ``size``.
        """
        ...

    def put_blobs(self, images: Sequence[Parts]) -> None:
        """Store of some images which chunks make them, in one call; as ``put_blob``.

        Whether the others are there when one is refused is open.
        """
        ...

    def share_blobs(self, images: Collection[tuple[bytes, str]]) -> frozenset[tuple[bytes, str]]:
        """Let images that the centre has belong to further cases of this station too, and return those that do now.

        Each is a digest and a case, up to MOST_SHARED; an image must be this station's own or of a case that it takes
        part in.
        """
        ...

    def confirmed_blobs(self, digests: Iterable[bytes]) -> frozenset[bytes]:
        """Return which images are at the centre whole, of that very hash, and durable."""
        ...

    def get_chunk(self, blob: bytes, index: int) -> bytes:
        """Return one chunk of an image, from 0; empty after the last.

        NotFound when the centre has no such image; NotAParty when it belongs to no case of this station.
        """
        ...

    def quarantine(self, limit: int) -> tuple[Quarantined, ...]:
        """Return own entries that were set aside and not let in since, the newest first."""
        ...

    def give_up_when(self, is_given_up: Callable[[], bool]) -> None:
        """Ask this now and then while a call waits; CentralUnavailable ends the call when it says so."""
        ...

    def close(self) -> None:
        """End the connection; the next call opens another one."""
        ...
