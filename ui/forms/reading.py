"""How what was typed into a form is read: days, moments, numbers. Qt-free."""

import re
from datetime import date, datetime

from app.domain.clock import CHINA

_DAY = re.compile(r"(\d{4})\D?(\d{1,2})\D?(\d{1,2})\D?")
_MOMENT = re.compile(r"(.+?)[\sT]+(\d{1,2})[:：.]?(\d{2})")


def read_day(typed: str) -> date | None:
    """Return the day that was typed as 2026-05-18, 20260518 or 2026.5.18; None for anything else."""
    match = _DAY.fullmatch(typed.strip())
    if not match:
        return None
    try:
        return date(*(int(part) for part in match.groups()))
    except ValueError:
        return None


def read_moment(typed: str) -> datetime | None:
    """Return the moment in China that was typed as a day and 9:30 or 0930 behind it; None for anything else."""
    match = _MOMENT.fullmatch(typed.strip())
    day = read_day(match.group(1)) if match else None
    if not match or day is None:
        return None
    try:
        return datetime(day.year, day.month, day.day, int(match.group(2)), int(match.group(3)), tzinfo=CHINA)
    except ValueError:
        return None


def read_count(typed: str) -> int | None:
    """Return a whole number from 0; None for anything else."""
    return int(typed) if re.fullmatch(r"[0-9]{1,4}", typed.strip()) else None
