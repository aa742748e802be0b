"""How far numbers are skipped when a journal begins a new epoch, so that none is given out twice.

After a backup is restored nobody knows which numbers were used since. A series that has room for so many numbers in its
day or year therefore goes on where it would stand if it had been used up evenly until now: a share of its room, as
large as the share of the day or year that has gone by. No window is that fast, nights and Sundays counted. It goes by
the clock alone, so it holds however old the backup is, and when the same backup is restored again. In a narrow series more
can have been given out between two restores; what is known of that – by the counter in the way – counts as well.
"""

import re
from datetime import datetime

from app.domain.clock import CHINA

WHOLE = 1_000_000
"""A share is told in millionths."""
USUAL_ROOM = 999_999
SHARED, GIVEN = "*/", "+/"
"""Beginnings of keys that are no series of their own."""
_PADDED = re.compile(r"\{serial:0([1-9])\}")


def share_of_day(at: datetime) -> int:
    """Return how much of its day has gone by at ``at``, in millionths."""
    local = at.astimezone(CHINA)
    return _share(local, local.replace(hour=0, minute=0, second=0, microsecond=0), 24 * 3600)


def share_of_year(at: datetime) -> int:
    """Return how much of its year has gone by at ``at``, in millionths; the last day of a leap year counts as gone."""
    local = at.astimezone(CHINA)
    return _share(local, datetime(local.year, 1, 1, tzinfo=CHINA), 365 * 24 * 3600)


def skipped(share: int, room: int) -> int:
    """Return the last number that is skipped in a series with ``room`` for so many."""
    return share * room // WHOLE


def skipped_series(series: str) -> str:
    """Return the key under which the share is kept for all series of the same day or year, the last part of a key."""
    return f"{SHARED}{series.rpartition('/')[2]}"


def given_series(series: str) -> str:
    """Return the key under which it is kept how far a series is known to have been given out elsewhere."""
    return f"{GIVEN}{series}"


def room_of(pattern: str) -> int:
    """Return how many numbers a year's series has room for by its pattern: ``{serial:03}`` has 999."""
    padded = _PADDED.search(pattern)
    return min(10 ** int(padded[1]) - 1, USUAL_ROOM) if padded else USUAL_ROOM


def _share(at: datetime, since: datetime, whole_s: int) -> int:
    return min(int((at - since).total_seconds() * WHOLE / whole_s), WHOLE)
