"""When the next round is due by itself: once a minute, later and later while the centre fails, never all at once."""

import random
from collections.abc import Callable

USUAL_S = 60.0
LONGEST_S = 1800.0
FIRST_S = 30.0
"""After a power cut all counters of a city start in the same minute; each waits its own part of this."""
MOST_DOUBLINGS = 10


class Rhythm:
    """Counts in seconds of a clock that nobody sets; the jitter is half of the wait either way."""

    def __init__(self, uptime_s: Callable[[], float], chance: random.Random) -> None:
        self._uptime_s = uptime_s
        self._chance = chance
        self._failures = 0
        self._due_s = uptime_s() + chance.uniform(0, FIRST_S)

    def went(self, *, well: bool) -> None:
        """Note how a round went and choose when the next one is due."""
        self._failures = 0 if well else min(self._failures + 1, MOST_DOUBLINGS)
        wait_s = min(USUAL_S * 2 ** max(0, self._failures - 1), LONGEST_S)
        self._due_s = self._uptime_s() + wait_s * self._chance.uniform(0.5, 1.5)

    def hurry(self) -> None:
        """Let the next round be due at once."""
        self._due_s = self._uptime_s()

    def wait_s(self) -> float:
        """Return how many seconds remain, 0 when it is due."""
        return max(0.0, self._due_s - self._uptime_s())
