"""The journal (台账): entries, their canonical body, the chain and its check.

``hash = SHA-256(prev ‖ SHA-256(body))`` and ``signature = Ed25519(hash)``; docs/journal.md tells it to strangers.
Where entries are kept is the job of ``app.storage``; keys are the job of ``app.security``.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

BODY_VERSION = 1
REPLACED = "replaced"
"""Why an epoch begins a journal that is not its station's first: the PC before was lost, and its entries are at the centre."""
FIRST_PREV = bytes(32)
LARGEST_INT = 2**53 - 1
"""RFC 8785 §3.2.2.3: beyond it a JSON number is not the same in every language."""
WITNESS_DIGITS = 16
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_AS_THEY_ARE = frozenset({str, bool, type(None)})

Sign = Callable[[bytes], bytes]
"""Signs a 32-byte hash with the station's key; 64 bytes come back."""
Verify = Callable[[bytes, bytes, bytes], bool]
"""Tells whether (public key 32 bytes, hash 32 bytes, signature 64 bytes) belong together."""


def canonical(body: Mapping[str, Any]) -> str:
    """Return ``body`` as canonical JSON (RFC 8785) for the values a body may hold.

    Bodies hold strings, whole numbers within ±(2^53 − 1), booleans, null, lists and objects with ASCII keys, for
    which sorted keys and no spaces are the whole of RFC 8785; ValueError for anything else, a half surrogate included.
    """
    _refuse_what_differs(body)
    text = _CANONICAL.encode(body)
    text.encode()
    return text


def _refuse_what_differs(value: object) -> None:
    # Of a dict, Mapping alone would ask for longer than all the rest takes.
    if isinstance(value, dict | Mapping):
        if not all(isinstance(key, str) and key.isascii() for key in value):
            raise ValueError("keys of a body are ASCII text")
        _refuse_of_each(value.values())
    elif isinstance(value, list | tuple):
        _refuse_of_each(value)
    elif isinstance(value, int) and abs(value) > LARGEST_INT:
        raise ValueError("a body cannot hold a number so large")
    elif not (value is None or isinstance(value, str | int)):
        raise ValueError(f"a body cannot hold {type(value).__name__}")


def _refuse_of_each(values: Iterable[object]) -> None:
    for value in values:
        if type(value) not in _AS_THEY_ARE:
            _refuse_what_differs(value)


def chain_hash(prev: bytes, body: str) -> bytes:
    """Return the 32-byte hash of an entry with this body after the entry with hash ``prev``."""
    return hashlib.sha256(prev + hashlib.sha256(body.encode()).digest()).digest()


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact as it stands in the journal; ``body`` is the exact canonical text that was hashed."""

    station: str
    epoch: int
    seq: int
    prev: bytes
    hash: bytes
    signature: bytes
    body: str

    @classmethod
    def seal(cls, body: Mapping[str, Any], prev: bytes, sign: Sign) -> "Entry":
        """Return the signed entry of ``body`` (which names station, epoch and seq) after ``prev``."""
        text = canonical(body)
        digest = chain_hash(prev, text)
        return cls(body["station"], body["epoch"], body["seq"], prev, digest, sign(digest), text)

    def read(self) -> dict[str, Any]:
        """Return the body as a dict, parsed anew at each call."""
        parsed: dict[str, Any] = json.loads(self.body)
        return parsed

    @property
    def witness(self) -> str:
        """Return the 16 hex digits that a paper carries, so that the citizen holds the witness."""
        return self.hash.hex()[:WITNESS_DIGITS]


def case_of(entry: Entry) -> str:
    """Return the case that an entry names, empty for none and for a body that cannot be read."""
    return _told_of(entry.body)[0]


def is_note(entry: Entry) -> bool:
    """Tell whether an entry says nothing of a case's state: it has no header, or cannot be read."""
    return _told_of(entry.body)[1]


@lru_cache(maxsize=8)
def _told_of(text: str) -> tuple[str, bool]:
    """Return the case that a body names and whether it is a note; both are asked of an entry several times in a row."""
    try:
        body = json.loads(text)
        case, header = body.get("case"), body.get("header")
    except (ValueError, AttributeError, RecursionError):
        return "", True
    return (case if isinstance(case, str) else ""), header is None


class Fault(StrEnum):
    """What is wrong with the first bad entry of a chain."""

    BODY = "body"
    """The body is not the one that was hashed, or names another station, epoch or seq than the entry."""
    HASH = "hash"
    """The hash does not follow from body and previous hash."""
    SIGNATURE = "signature"
    """The signature was not made by the key of this epoch."""
    SEQUENCE = "sequence"
    """An entry is missing, repeated or out of order before this one."""
    EPOCH = "epoch"
    """The epoch does not begin with an EpochOpened fact that names this key and the chain before it."""


class ChainBroken(Exception):
    """Entry ``seq`` of ``epoch`` is the first that does not check; ``fault`` says how."""

    def __init__(self, epoch: int, seq: int, fault: Fault) -> None:
        super().__init__(f"epoch {epoch} entry {seq}: {fault}")
        self.epoch = epoch
        self.seq = seq
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain ends: the last entry's epoch, seq and hash, and the time stamp in its body."""

    epoch: int
    seq: int
    hash: bytes
    at: str = ""
    """Empty when the body is gone; every stamp has the same zone and width, so that they compare as text."""


def checked(entries: Iterable[Entry], verify: Verify) -> Iterator[Entry]:
    """Yield ``entries`` one by one after checking each against the one before it.

    The chain starts at its first epoch's first entry; that of a counter which was set up anew after a loss is a later one
    and says so. Epochs only grow, some numbers may be left out. Each epoch begins
    at seq 1 with ``EpochOpened``, whose data holds the public key (hex) that signed it and the last hash of the epoch before. ChainBroken at the first entry
    that does not check: what came before it is sound.
    """
    previous: Entry | None = None
    public_key = b""
    for entry in entries:
        body = _checked_body(entry)
        if previous is None or entry.epoch != previous.epoch:
            public_key = _checked_opening(entry, body, previous)
        elif (entry.station, entry.seq) != (previous.station, previous.seq + 1):
            raise ChainBroken(entry.epoch, entry.seq, Fault.SEQUENCE)
        _check_link(entry, previous, public_key, verify)
        previous = entry
        yield entry


def has_sound_body(entry: Entry) -> bool:
    """Tell whether the body is canonical and names the entry's own place, whoever wrote it."""
    return sound_body(entry) is not None


def sound_body(entry: Entry) -> dict[str, Any] | None:
    """Return the body of an entry, None when ``has_sound_body`` says no."""
    try:
        return _checked_body(entry)
    except ChainBroken:
        return None


def _checked_body(entry: Entry) -> dict[str, Any]:
    try:
        body = entry.read()
        same = canonical(body) == entry.body
        named = (body["station"], body["epoch"], body["seq"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ChainBroken(entry.epoch, entry.seq, Fault.BODY) from None
    if not same or named != (entry.station, entry.epoch, entry.seq):
        raise ChainBroken(entry.epoch, entry.seq, Fault.BODY)
    return body


def _checked_opening(entry: Entry, body: Mapping[str, Any], previous: Entry | None) -> bytes:
    """Return the public key of the epoch that ``entry`` opens."""
    is_anew = previous is None and _begins_anew(body)
    is_next = entry.epoch > previous.epoch if previous else is_anew or entry.epoch == 1
    if entry.seq != 1 or not is_next:
        raise ChainBroken(entry.epoch, entry.seq, Fault.SEQUENCE)
    try:
        data = body["data"]
        known_hash = previous.hash.hex() if previous else None
        if body["kind"] != "EpochOpened" or (data["previous_hash"] != known_hash and not is_anew):
            raise ChainBroken(entry.epoch, entry.seq, Fault.EPOCH)
        return bytes.fromhex(data["public_key"])
    except (KeyError, TypeError, ValueError):
        raise ChainBroken(entry.epoch, entry.seq, Fault.EPOCH) from None


def _begins_anew(body: Mapping[str, Any]) -> bool:
    """Tell whether an epoch goes on behind an entry that only the centre has of this journal."""
    data = body.get("data")
    return isinstance(data, dict) and data.get("reason") == REPLACED and isinstance(data.get("previous_hash"), str)


def _check_link(entry: Entry, previous: Entry | None, public_key: bytes, verify: Verify) -> None:
    same_epoch = previous is not None and previous.epoch == entry.epoch
    if entry.prev != (previous.hash if previous and same_epoch else FIRST_PREV):
        raise ChainBroken(entry.epoch, entry.seq, Fault.SEQUENCE)
    if entry.hash != chain_hash(entry.prev, entry.body):
        raise ChainBroken(entry.epoch, entry.seq, Fault.HASH)
    if not verify(public_key, entry.hash, entry.signature):
        raise ChainBroken(entry.epoch, entry.seq, Fault.SIGNATURE)
