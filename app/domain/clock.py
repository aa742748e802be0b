"""Time as the counter writes it: one zone, milliseconds."""

from datetime import datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8), "CST")
"""China keeps one zone without daylight saving."""


def stamp(at: datetime) -> str:
    """Return ``at`` as the journal writes it: ISO 8601, milliseconds, +08:00."""
    return at.astimezone(CHINA).isoformat(timespec="milliseconds")


def parse_stamp(text: str) -> datetime:
    """Return the moment that ``stamp`` wrote; ValueError when it has no zone."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("a time stamp needs a zone")
    return at
