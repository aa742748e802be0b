"""Entries made ready for the way to the centre: what fits one batch, and what of it has to stay here."""

import hashlib
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from app.domain.journal import Entry
from app.services.errors import ChainRefused
from app.services.ports import LARGEST_BODY, Batch, Outgoing

Digests = Mapping[Entry, bytes | None]
MOST_BYTES_A_CHARACTER = 4


class Packed:
    """Entries with what goes out for them; ``withheld`` are those of them whose bodies stay here.

    ``digests`` are those of bodies that nobody has any more, None where the digest is lost too.
    """

    def __init__(self, entries: Sequence[Entry], withheld: Sequence[Entry], digests: Digests) -> None:
        self.entries = entries
        self.withheld = withheld
        self.digests = digests
        self.batch = as_batch(entries, set(withheld), digests)
        self.end = (entries[-1].epoch, entries[-1].seq)


def packed_up(entries: Sequence[Entry], digests: Digests) -> Packed:
    """Return entries ready to be sent, without the bodies that are too large."""
    return Packed(entries, [one for one in entries if is_too_large(one)], digests)


def one_batch(entries: Sequence[Entry], most_bytes: int) -> list[Entry]:
    """Return the first of ``entries`` that fit one batch: of one epoch, and not too large together."""
    batch: list[Entry] = []
    size = 0
    for entry in entries:
        length = len(entry.body.encode())
        size += length if length <= LARGEST_BODY else 0
        if batch and (entry.epoch != batch[0].epoch or size > most_bytes):
            break
        batch.append(entry)
    return batch


def as_batch(entries: Sequence[Entry], withheld: set[Entry], digests: Digests = MappingProxyType({})) -> Batch:
    """Return entries as they are pushed; ChainRefused for one without body and digest, which nobody could check."""
    outgoing = []
    for entry in entries:
        digest = hashlib.sha256(entry.body.encode()).digest() if entry.body else digests.get(entry)
        if digest is None:
            raise ChainRefused(entry.seq)
        body = None if not entry.body or (withheld and entry in withheld) else entry.body
        outgoing.append(Outgoing(entry.hash, digest, body, entry.signature))
    return Batch(entries[0].epoch, entries[0].seq, entries[0].prev, tuple(outgoing))


def is_too_large(entry: Entry) -> bool:
    """Tell whether the centre takes no body of this size."""
    return len(entry.body) * MOST_BYTES_A_CHARACTER > LARGEST_BODY and len(entry.body.encode()) > LARGEST_BODY
