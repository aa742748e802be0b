"""The station's signing key (Ed25519) and the check of its signatures."""

from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


class Ed25519StationKey:
    """Implements the port ``StationKey``."""

    def __init__(self, seed: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self._public_key = self._key.public_key().public_bytes_raw()

    @property
    def public_key(self) -> bytes:
        """Return the 32 bytes of the public key."""
        return self._public_key

    def sign(self, digest: bytes) -> bytes:
        """Return the 64-byte signature of a 32-byte hash."""
        return self._key.sign(digest)


def verify(public_key: bytes, digest: bytes, signature: bytes) -> bool:
    """Tell whether ``signature`` of ``digest`` was made by the owner of ``public_key``."""
    try:
        _public_key(public_key).verify(signature, digest)
    except (InvalidSignature, ValueError):
        return False
    return True


@lru_cache(maxsize=256)
def _public_key(raw: bytes) -> Ed25519PublicKey:
    """Return a key ready for use: of one station many entries are checked in a row."""
    return Ed25519PublicKey.from_public_bytes(raw)
