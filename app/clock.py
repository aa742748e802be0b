"""The counter's clock: wall time once at start, then carried by a clock that nobody can set.

Setting the PC's clock back or forward while the program runs moves no time stamp. Time zones and daylight saving do
not either: wall time is read as universal time and told in China's one zone.

What carries the time counts the hours that the PC sleeps too: on Linux CLOCK_BOOTTIME (CLOCK_MONOTONIC stands still
meanwhile); on Windows Python's monotonic clock is GetTickCount64 or the performance counter, and both go on.
"""

import time
from datetime import datetime, timedelta

from app.domain.clock import CHINA, BothClocks

AT_ONCE = timedelta(milliseconds=20)
TRIES = 5
_BOOTTIME = getattr(time, "CLOCK_BOOTTIME", None)


class SystemClock:
    """Implements the port ``Clock`` on this machine."""

    def __init__(self) -> None:
        self._base = (datetime.now(CHINA), _steady_ns())

    def now(self) -> datetime:
        """Return the time in China with whole milliseconds."""
        started_at, started_ns = self._base
        now = started_at + timedelta(microseconds=(_steady_ns() - started_ns) // 1000)
        return _whole_ms(now)

    def uptime_ms(self) -> int:
        """Return milliseconds of the clock that carries the time."""
        return _steady_ns() // 1_000_000

    def reading(self) -> BothClocks:
        """Return the time with what the PC's clock says at the same moment.

        It is read again when the process was held up between the two, which would look as if the clock had been set.
        """
        for _ in range(TRIES):
            before, wall, after = self.now(), datetime.now(CHINA), self.now()
            if after - before <= AT_ONCE:
                break
        return BothClocks(after, _whole_ms(wall))

    def carry_on(self, at: datetime) -> None:
        """Go on from ``at`` as if it were now."""
        self._base = (at.astimezone(CHINA), _steady_ns())


def _steady_ns() -> int:
    return time.monotonic_ns() if _BOOTTIME is None else time.clock_gettime_ns(_BOOTTIME)


def _whole_ms(at: datetime) -> datetime:
    return at.replace(microsecond=at.microsecond // 1000 * 1000)
