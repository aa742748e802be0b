"""Tells a device that types from a person, by how fast keys follow one another. Qt-free.

A key between fields – Enter or Tab – that comes in the middle of fast keys is kept back for a moment, because only what
follows tells what it was; so is everything behind it. What was kept back is given out as a card, or as the keys that it
was: nothing is ever lost.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from app.services.ports import IdentityCard
from app.services.typed_cards import typed_card

FAST_MS = 40
"""Devices need 1 to 16 ms a key, and up to 35 for a Han character. Fast typists need 80, and less for two keys alone."""
FEWEST = 3
QUIET_MS = 90
"""So long after the last key a device has typed everything."""
BETWEEN = ("\t", "\n")


@dataclass
class Burst:
    """Keys that follow one another fast; times are those of the keys, in ms."""

    today: Callable[[], date]
    _signs: list[str] = field(default_factory=list)
    _last_ms: int = 0
    _keeps: bool = False

    @property
    def is_keeping(self) -> bool:
        """Tell whether keys are kept back at the moment."""
        return self._keeps

    @property
    def is_new(self) -> bool:
        """Tell whether no key has come yet, or the last one began."""
        return len(self._signs) <= 1

    def key(self, sign: str, at_ms: int) -> bool:
        """Take note of a key – what it writes, a line end for Enter – and tell whether it is to be kept back."""
        if at_ms - self._last_ms > FAST_MS and not self._keeps:
            self._signs.clear()
        self._last_ms = at_ms
        self._signs.append(sign)
        self._keeps = self._keeps or (sign in BETWEEN and len(self._signs) >= FEWEST)
        return self._keeps

    def forget(self) -> None:
        """Begin anew with the next key: a person did something else."""
        if not self._keeps:
            self._signs.clear()

    def drop(self) -> None:
        """Begin anew with the next key, whatever was kept back."""
        self._keeps = False
        self._signs.clear()

    def end(self) -> IdentityCard | None:
        """Return the card that was typed, now that nothing follows; None: the keys were keys."""
        text = "".join(self._signs)
        self.drop()
        return typed_card(text, self.today())
