"""A signing key speaks for the one that follows it, so that whoever believes the first can believe the second.

An epoch can be opened by whoever has a station's password for the centre; the key of that epoch is its own word alone.
"""

import hashlib
from dataclasses import dataclass

from app.domain.journal import Sign, Verify, canonical


@dataclass(frozen=True, slots=True)
class Voucher:
    """What one key says of another: its own public key and a signature, both hex; empty where none was there."""

    by: str = ""
    signature: str = ""


NOBODY = Voucher()


def vouch(public_key: bytes, sign: Sign, station: str, fresh: bytes) -> Voucher:
    """Return the word of a station's key for its next one, whose public key is ``fresh``."""
    return Voucher(public_key.hex(), sign(_statement(station, fresh)).hex())


def is_vouched(verify: Verify, station: str, fresh: bytes, by: bytes, signature: bytes) -> bool:
    """Tell whether the key ``by`` of a station spoke for the key ``fresh``."""
    return verify(by, _statement(station, fresh), signature)


def _statement(station: str, fresh: bytes) -> bytes:
    """Return what is signed. It is no hash of an entry: that one is of 64 bytes, and this of text."""
    text = canonical({"kind": "lideng signing key", "public_key": fresh.hex(), "station": station})
    return hashlib.sha256(text.encode()).digest()
