"""How much goes over the line in one call: as much as a slow line takes in a few seconds, and no more.

The centre ends a statement after a minute, so that a call that asks for too much on a slow line fails for ever.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from app.services.errors import CentralUnavailable
from app.services.ports import MOST_BYTES, MOST_ENTRIES

FIRST_BYTES = 256 * 1024
"""At 8 kB/s, which is a slow line, half a minute."""
LEAST_BYTES = 8 * 1024
USUAL_BODY = 2 * 1024
"""Bytes of an entry with its hashes; most are smaller."""
QUICK_S, SLOW_S = 2.0, 10.0


class Pace:
    """Grows while calls are quick, shrinks when one is slow, and more so when a slow one does not come back."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self.most_bytes = FIRST_BYTES
        """What the next call should carry at most; a single entry goes however large it is."""

    @property
    def most_entries(self) -> int:
        """Return how many entries the next call should ask for, of which nobody knows how large they are."""
        return min(max(self.most_bytes // USUAL_BODY, 1), MOST_ENTRIES)

    @contextmanager
    def call(self) -> Iterator[None]:
        """Measure a call that carries about ``most_bytes``."""
        began = self._monotonic()
        try:
            yield
        except CentralUnavailable:
            if self._monotonic() - began > QUICK_S:
                self._change(1 / 4)
            raise
        took = self._monotonic() - began
        if took < QUICK_S:
            self._change(2)
        elif took > SLOW_S:
            self._change(1 / 2)

    def _change(self, factor: float) -> None:
        self.most_bytes = min(max(int(self.most_bytes * factor), LEAST_BYTES), MOST_BYTES)
