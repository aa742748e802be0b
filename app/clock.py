"""The counter's clock: wall time once at start, then carried by the monotonic clock.

Setting the PC's clock back or forward while the program runs moves no time stamp.
"""

import time
from datetime import datetime, timedelta

from app.domain.clock import CHINA


class SystemClock:
    """Implements the port ``Clock`` on this machine."""

    def __init__(self) -> None:
        self._started_at = datetime.now(CHINA)
        self._started_ns = time.monotonic_ns()

    def now(self) -> datetime:
        """Return the time in China with whole milliseconds."""
        elapsed_us = (time.monotonic_ns() - self._started_ns) // 1000
        now = self._started_at + timedelta(microseconds=elapsed_us)
        return now.replace(microsecond=now.microsecond // 1000 * 1000)

    def uptime_ms(self) -> int:
        """Return milliseconds of the machine's monotonic clock."""
        return time.monotonic_ns() // 1_000_000
