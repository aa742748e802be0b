"""Operators' passwords, hashed with Argon2id."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.security import costs


class Argon2Passwords:
    """Implements the port ``Passwords``; a hash costs what ``costs`` says."""

    def __init__(self) -> None:
        cost = costs.COST
        self._hasher = PasswordHasher(time_cost=cost.passes, memory_cost=cost.memory_kib, parallelism=cost.lanes)

    def hash(self, password: str) -> str:
        """Return a self-describing hash with a fresh salt."""
        return self._hasher.hash(password)

    def matches(self, password: str, hashed: str) -> bool:
        """Tell in constant time whether ``hashed`` was made of ``password``."""
        try:
            return self._hasher.verify(hashed, password)
        except (VerificationError, InvalidHashError):
            return False
