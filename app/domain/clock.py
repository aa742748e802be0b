"""Time as the counter writes it: one zone, milliseconds; and what it makes of a PC's clock that is set.

BothClocks clocks is the job of ``app.clock``.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8), "CST")
"""China keeps one zone without daylight saving."""
JUMP_MS = 2_000
"""A PC's clock that moves by this much against the time that is carried has been set; less is correction."""
SLEW_PER_MILLION = 500
"""How fast a correct clock may be pulled towards the time of the network; crystals drift ten times slower."""
DRIFT_MS = 60_000
"""Slow drift is told when it has come to this much."""
LONGEST_SILENCE = timedelta(days=60)
"""A start this long after the last entry may come from a clock that is wrong: it is asked for a look."""


def stamp(at: datetime) -> str:
    """Return ``at`` as the journal writes it: ISO 8601, milliseconds, +08:00."""
    return at.astimezone(CHINA).isoformat(timespec="milliseconds")


def parse_stamp(text: str) -> datetime:
    """Return the moment that ``stamp`` wrote; ValueError when it has no zone."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("a time stamp needs a zone")
    return at


@dataclass(frozen=True, slots=True)
class ProvenInterval:
    """Between which moments of the centre's time something was recorded; None where the centre does not know yet.

    ``not_before`` is that of the anchor in the body, ``not_after`` when the centre had the entry.
    """

    not_before: datetime | None = None
    not_after: datetime | None = None

    @property
    def is_closed(self) -> bool:
        """Tell whether the centre proves both ends."""
        return self.not_before is not None and self.not_after is not None


@dataclass(frozen=True, slots=True)
class BothClocks:
    """The counter's time and the PC's clock at one moment."""

    now: datetime
    wall: datetime

    @property
    def apart_ms(self) -> int:
        """Return by how much the PC's clock is ahead of the counter's time, negative when it is behind."""
        return round((self.wall - self.now) / timedelta(milliseconds=1))


class ClockWatch:
    """Tells a PC's clock that was set from one that is being corrected.

    A network's time service pulls a clock slowly, and after a night asleep the two may have parted a little: what lies
    within ``SLEW_PER_MILLION`` of the time that went by is drift, and followed. ``JUMP_MS`` more than that is a jump;
    the watch then takes the new distance for granted, so that one jump is told once. Many small steps add up to one.
    """

    def __init__(self, reading: BothClocks) -> None:
        self._last = reading.now
        self._usual_ms = float(reading.apart_ms)
        self._drifted_ms = 0.0

    def jump(self, reading: BothClocks) -> int:
        """Return by how many milliseconds the PC's clock was set since the last look, 0 when it was not."""
        allowed_ms = max(0.0, (reading.now - self._last) / timedelta(milliseconds=1)) * SLEW_PER_MILLION / 1_000_000
        self._last = reading.now
        moved_ms = reading.apart_ms - self._usual_ms
        if abs(moved_ms) >= JUMP_MS + allowed_ms:
            self._usual_ms += moved_ms
            return round(moved_ms)
        followed_ms = min(max(moved_ms, -allowed_ms), allowed_ms)
        self._usual_ms += followed_ms
        self._drifted_ms += followed_ms
        return 0

    def drift(self) -> int:
        """Return the milliseconds of slow drift once they have come to ``DRIFT_MS``, and count from there; else 0."""
        if abs(self._drifted_ms) < DRIFT_MS:
            return 0
        drifted_ms, self._drifted_ms = round(self._drifted_ms), 0.0
        return drifted_ms
