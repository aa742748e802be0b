"""What has to be said in the journal about the PC's clock, kept until it stands there.

A fact about the clock goes in front of the next entry, in that entry's transaction. Whether the transaction was
committed is seen in the journal itself, so that a rollback loses no fact and a commit tells none twice.
"""

import threading
from datetime import datetime, timedelta

from app.domain.clock import JUMP_MS, ClockWatch
from app.domain.facts import ClockDrifted, ClockFoundBehind, ClockJumped, Fact
from app.domain.journal import Entry
from app.services.ports import Clock, Journal

A_MOMENT = timedelta(milliseconds=1)


class ClockNotes:
    """Looks at the PC's clock and remembers what the journal does not know yet. Safe to call from any thread."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._watch = ClockWatch(clock.reading())
        self._waiting: list[Fact] = []
        self._written: tuple[Entry, int] | None = None
        self._last_noted: ClockJumped | ClockDrifted | None = None
        self._behind: ClockFoundBehind | None = None

    @property
    def last_noted(self) -> ClockJumped | ClockDrifted | None:
        """Return the last jump or drift since the start, None when there was none."""
        return self._last_noted

    @property
    def behind(self) -> ClockFoundBehind | None:
        """Return how the PC's clock was found behind the journal since the start, None when it was not."""
        return self._behind

    def restart(self) -> None:
        """Take the distance between the two clocks as it is for granted: the counter's time was set right."""
        with self._lock:
            self._watch = ClockWatch(self._clock.reading())
            self._last_noted = self._behind = None

    def go_on_after(self, last_at: datetime) -> None:
        """Let time go on just after the last entry, which is later than it; note it when the PC's clock is behind."""
        with self._lock:
            wall, started_at = self._clock.reading().wall, last_at + A_MOMENT
            self._clock.carry_on(started_at)
            self._watch = ClockWatch(self._clock.reading())
            behind_ms = round((wall - last_at) / A_MOMENT)
            if behind_ms <= -JUMP_MS:
                self._behind = ClockFoundBehind(last_at, wall, started_at, behind_ms)
                self._waiting.append(self._behind)

    def look(self) -> list[Fact]:
        """Look at the clock and return what is waiting to be written."""
        with self._lock:
            reading = self._clock.reading()
            jumped_ms = self._watch.jump(reading)
            if jumped_ms:
                self._note(ClockJumped(reading.now, reading.wall, jumped_ms))
            drifted_ms = self._watch.drift()
            if drifted_ms:
                self._note(ClockDrifted(reading.now, reading.wall, drifted_ms))
            return list(self._waiting)

    def to_write(self, journal: Journal) -> list[Fact]:
        """Look at the clock and return what ``journal``, whose transaction is open, does not say yet."""
        self.look()
        with self._lock:
            if self._written:
                entry, count = self._written
                self._written = None
                latest = journal.latest(entry.read()["kind"])
                if latest is not None and latest.hash == entry.hash:
                    del self._waiting[:count]
            return list(self._waiting)

    def wrote(self, last: Entry, count: int) -> None:
        """Take note that the first ``count`` facts were appended, the last of them as ``last``; not yet committed."""
        with self._lock:
            self._written = (last, count)

    def _note(self, fact: ClockJumped | ClockDrifted) -> None:
        self._last_noted = fact
        self._waiting.append(fact)
