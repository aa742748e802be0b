"""Days as they are printed on cards and licences. Plain Python."""

import re
from datetime import date

_LETTERS = str.maketrans("OoDIl|ZSB", "000111258")
_DAY = r"([0-9OoDIl|ZSB]{4})[.,·年/-]?([0-9OoDIl|ZSB]{1,2})[.,·月/-]?([0-9OoDIl|ZSB]{1,2})日?"
_TERM = re.compile(_DAY + r"[^0-9长長永]{0,3}(?:" + _DAY + r"|([长長]期|永久))")


def day_of(year: str, month: str, day: str) -> date | None:
    """Return the day, letters taken for the digits they look like; None when there is no such day."""
    try:
        return date(*(int(part.translate(_LETTERS)) for part in (year, month, day)))
    except ValueError:
        return None


def days_of(text: str) -> tuple[date, date | None] | None:
    """Return from when to when (None: without an end) a line of text says that something is valid, None if it does not."""
    match = _TERM.search(text)
    if not match:
        return None
    parts = match.groups()
    since = day_of(*parts[:3])
    until = None if parts[6] else day_of(*parts[3:6])
    if since is None or (until is None and not parts[6]):
        return None
    return since, until
