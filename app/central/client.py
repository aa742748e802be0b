"""The centre as one station reaches it: implements the port ``Central`` with the functions of schema ``api``.

Binary both ways: as text every byte of a body, a hash and an image would cost two on the wire.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import Any, LiteralString

from app.central.connection import SILENCE_S, Address, Link
from app.domain.clock import CHINA, stamp
from app.domain.journal import Entry
from app.services.errors import NotFound
from app.services.ports import (
    CENTRAL_SCHEMA,
    Anchor,
    Batch,
    Bulletin,
    BulletinHead,
    CentralHead,
    Deliveries,
    Delivery,
    Greeting,
    InboxPlace,
    Parts,
    Pushed,
    Quarantined,
)

PUSH = (
    "SELECT head_epoch, head_seq, head_hash, last_received_at, aside, reasons FROM api.push("
    "%b::int, %b::bigint, %b::bytea, %b::bytea[], %b::bytea[], %b::bytea[], %b::bytea[])"
)
HELLO = (
    "SELECT now_at, nonce, schema_version, head_epoch, head_seq, head_hash, verified_epoch, verified_seq,"
    " inbox_last, bulletin_last, (to_jsonb(hello) ->> 'inbox_mark')::bigint FROM api.hello(%b::int) AS hello"
)
"""A centre of an earlier version tells no mark."""
PULL = (
    "SELECT restarted, n, mark, received_at, station, epoch, seq, prev, hash, signature, body"
    " FROM api.pull(%b::bigint, %b::bigint, %b::int)"
)
BULLETINS = "SELECT n, topic, version, published_at, size, signature FROM api.bulletin_heads(%b::bigint, %b::int)"
PIECE = 128 * 1024
"""Bytes of a bulletin that are asked for at a time."""
DIGESTS = "SELECT epoch, seq, digest FROM api.digests(%b::int[], %b::bigint[])"
OWN = "SELECT station, epoch, seq, prev, hash, signature, body FROM api.own(%b::int, %b::bigint, %b::int)"

PUT_BLOB: LiteralString = "api.put_blob(%b::bytea, %b::bigint, %b::bytea[], %b::text)"


class PostgresCentral:
    """One station's connection to its centre. One call at a time; the next call after a failure logs in again."""

    def __init__(self, address: Address, silence_s: float = SILENCE_S) -> None:
        self._link = Link(address, silence_s)

    def hello(self) -> Greeting:
        """Return the centre's time, a fresh anchor, and how far it knows this station."""
        row = self._link.row_of_any_host(HELLO, CENTRAL_SCHEMA)
        now, nonce, schema, epoch, seq, digest, verified_epoch, verified_seq, *lasts = row
        inbox_last, bulletin_last, inbox_mark = lasts
        now = _in_china(now)
        return Greeting(
            now=now,
            anchor=Anchor(nonce.hex(), stamp(now)),
            schema=schema,
            head=None if epoch is None else CentralHead(epoch, seq, digest),
            verified=None if verified_epoch is None else (verified_epoch, verified_seq),
            inbox_last=inbox_last,
            bulletin_last=bulletin_last,
            inbox_mark=inbox_mark,
        )

    def push(self, batch: Batch) -> Pushed:
        """Store a batch that follows what the centre has; pushing twice is pushing once."""
        epoch, seq, digest, received_at, aside, reasons = self._link.row(PUSH, *as_columns(batch))
        quarantined = tuple(zip(aside, reasons, strict=True))
        return Pushed(CentralHead(epoch, seq, digest), _in_china(received_at), quarantined)

    def pull(self, after: InboxPlace, limit: int) -> Deliveries:
        """Return up to ``limit`` entries of the inbox after a place; fewer when they are large, none at its end."""
        rows = self._link.rows(PULL, after.n, after.mark, limit)
        deliveries = tuple(
            Delivery(InboxPlace(n, mark), _entry(row), _in_china(received))
            for _restarted, n, mark, received, *row in rows
        )
        return Deliveries(deliveries, restarted=bool(rows and rows[0][0]))

    def own(self, epoch: int, seq: int, limit: int) -> tuple[Entry, ...]:
        """Return own entries after a place as the centre has them; ``body`` is empty where it has none."""
        return tuple(_entry(row) for row in self._link.rows(OWN, epoch, seq, limit))

    def digests(self, places: Iterable[tuple[int, int]]) -> Mapping[tuple[int, int], bytes]:
        """Return the digests of own entries whose body the centre does not have, by epoch and seq; BatchRefused."""
        asked = list(places)
        rows = self._link.rows(DIGESTS, [epoch for epoch, _seq in asked], [seq for _epoch, seq in asked])
        return {(epoch, seq): digest for epoch, seq, digest in rows}

    def quarantine(self, limit: int) -> tuple[Quarantined, ...]:
        """Return own entries that were set aside and not let in since, the newest first."""
        rows = self._link.rows("SELECT * FROM api.quarantine(%b::int)", limit)  # an older centre tells no ``is_final``
        return tuple(Quarantined(*row) for row in rows)

    def bulletin_heads(self, after: int, limit: int) -> tuple[BulletinHead, ...]:
        """Return which bulletins there are after number ``after``, in order."""
        rows = self._link.rows(BULLETINS, after, limit)
        return tuple(
            BulletinHead(n, topic, version, _in_china(at), size, signature)
            for n, topic, version, at, size, signature in rows
        )

    def bulletin(self, head: BulletinHead) -> Bulletin | None:
        """Return the bulletin of ``head`` with what it says, None when the centre does not give it any more.

        It comes in pieces, each of which a slow line carries before the centre gives a statement up.
        """
        statement = "SELECT api.bulletin_part(%b::bigint, %b::int, %b::int)"
        pieces = [self._link.row(statement, head.n, begin, PIECE)[0] for begin in range(0, head.size, PIECE)]
        if None in pieces:
            return None
        return Bulletin(head.n, head.topic, head.version, head.published_at, b"".join(pieces), head.signature)

    def missing_chunks(self, digests: Iterable[bytes]) -> frozenset[bytes]:
        """Return which chunks the centre does not have of this station."""
        return self._which("SELECT * FROM api.missing_chunks(%b::bytea[])", digests)

    def confirmed_blobs(self, digests: Iterable[bytes]) -> frozenset[bytes]:
        """Return which images are at the centre whole, of that very hash, and durable."""
        return self._which("SELECT * FROM api.confirmed_blobs(%b::bytea[])", digests)

    def _which(self, statement: Any, digests: Iterable[bytes]) -> frozenset[bytes]:  # noqa: ANN401  a literal
        asked = list(digests)
        return frozenset(digest for (digest,) in self._link.rows(statement, asked)) if asked else frozenset()

    def put_chunk(self, data: bytes) -> None:
        """Store one chunk; BatchRefused when it is empty or larger than CHUNK."""
        self._link.rows("SELECT api.put_chunk(%b::bytea)", data)

    def put_blob(self, digest: bytes, size: int, chunks: tuple[bytes, ...], case_number: str) -> bool:
        """Store which chunks make an image of a case; False when one of them is not there."""
        return bool(self._link.row(f"SELECT {PUT_BLOB}", digest, size, list(chunks), case_number)[0])

    def put_blobs(self, images: Sequence[Parts]) -> None:
        """Store of some images which chunks make them: one statement, so that the disk is waited for once."""
        calls: list[LiteralString] = [PUT_BLOB] * len(images)
        given = [(one.digest, one.size, list(one.chunks), one.case_number) for one in images]
        self._link.rows("SELECT " + ", ".join(calls), *chain.from_iterable(given))

    def share_blobs(self, images: Collection[tuple[bytes, str]]) -> frozenset[tuple[bytes, str]]:
        """Let images that the centre has belong to further cases of this station too, and return those that do now."""
        statement = "SELECT shared_digest, shared_case FROM api.share_blobs(%b::bytea[], %b::text[])"
        digests, cases = [digest for digest, _case in images], [case for _digest, case in images]
        return frozenset((digest, case) for digest, case in self._link.rows(statement, digests, cases))

    def get_chunk(self, blob: bytes, index: int) -> bytes:
        """Return one chunk of an image, from 0; empty after the last. NotFound, NotAParty."""
        (data,) = self._link.row("SELECT api.get_chunk(%b::bytea, %b::int)", blob, index)
        if data is None:
            raise NotFound("page")
        return bytes(data)

    def give_up_when(self, is_given_up: Callable[[], bool]) -> None:
        """Ask this while a call waits; CentralUnavailable ends the call when it says so."""
        self._link.give_up_when(is_given_up)

    def close(self) -> None:
        """End the connection; the next call opens another one."""
        self._link.close()


def as_columns(batch: Batch) -> tuple[object, ...]:
    """Return a batch as the centre takes it: where it begins, then hashes, digests, bodies and signatures."""
    entries = batch.entries
    return (
        batch.epoch,
        batch.first_seq,
        batch.prev,
        [entry.hash for entry in entries],
        [entry.digest for entry in entries],
        [None if entry.body is None else entry.body.encode() for entry in entries],
        [entry.signature for entry in entries],
    )


def _entry(row: Iterable[Any]) -> Entry:
    station, epoch, seq, prev, digest, signature, body = row
    return Entry(station, epoch, seq, prev, digest, signature, (body or b"").decode())


def _in_china(moment: datetime) -> datetime:
    return moment.astimezone(CHINA)
