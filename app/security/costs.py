"""What guessing a password or a passphrase costs: Argon2id with the parameters of RFC 9106's second choice."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cost:
    """Passes over a memory in KiB, by so many lanes."""

    passes: int
    memory_kib: int
    lanes: int


COST = Cost(3, 65_536, 4)
"""Of what is hashed or sealed now; what was earlier says itself what it cost."""
