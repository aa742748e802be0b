"""Operators' passwords: Argon2id with the parameters of RFC 9106's second choice."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError


class Argon2Passwords:
    """Implements the port ``Passwords``: 64 MiB, 3 passes, 4 lanes."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher(time_cost=3, memory_cost=65_536, parallelism=4)

    def hash(self, password: str) -> str:
        """Return a self-describing hash with a fresh salt."""
        return self._hasher.hash(password)

    def matches(self, password: str, hashed: str) -> bool:
        """Tell in constant time whether ``hashed`` was made of ``password``."""
        try:
            return self._hasher.verify(hashed, password)
        except (VerificationError, InvalidHashError):
            return False
