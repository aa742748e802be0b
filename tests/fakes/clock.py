"""A PC whose clock can be set, pulled and put to sleep, without waiting; passes the same contract as the real one."""

from datetime import datetime, timedelta

from app.domain.clock import CHINA, BothClocks

BOOTED_AT = datetime(2026, 5, 18, 8, 0, tzinfo=CHINA)
TICK = timedelta(milliseconds=1)


class FakeClock:
    """Implements the port ``Clock``; each look takes a millisecond."""

    def __init__(self, at=BOOTED_AT):
        self._steady = timedelta(0)
        self._wall = at
        self._base = (at, self._steady)

    def now(self):
        self.pass_by(TICK)
        started_at, started = self._base
        return started_at + (self._steady - started)

    def uptime_ms(self):
        return self._steady // TICK

    def reading(self):
        return BothClocks(self.now(), self._wall)

    def carry_on(self, at):
        self._base = (at, self._steady)

    def pass_by(self, time, per_million=0):
        """Let time go by, awake or asleep; the PC's clock runs fast by so many millionths, or slow."""
        self._steady += time
        self._wall += time + time * per_million / 1_000_000

    def set_wall(self, by):
        """Set the PC's clock forward or back."""
        self._wall += by
