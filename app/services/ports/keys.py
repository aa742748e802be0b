"""What the services need of keys and passwords."""

from typing import Protocol


class StationKey(Protocol):
    """The key that signs this epoch's entries (Ed25519)."""

    @property
    def public_key(self) -> bytes:
        """Return the 32 bytes of the public key."""
        ...

    def sign(self, digest: bytes) -> bytes:
        """Return the 64-byte signature of a 32-byte hash."""
        ...


class Passwords(Protocol):
    """Hashes and checks operators' passwords (Argon2id)."""

    def hash(self, password: str) -> str:
        """Return a self-describing hash with a fresh salt."""
        ...

    def matches(self, password: str, hashed: str) -> bool:
        """Tell in constant time whether ``hashed`` was made of ``password``."""
        ...
