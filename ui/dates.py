"""Days, times and durations, written the way of the language that is spoken. Qt-free."""

from datetime import date, datetime

from app.domain.clock import CHINA
from ui.text import TAIWAN, _, is_chinese, language

WEEKDAYS_ZH = "一二三四五六日"
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SECONDS_OF_A_MINUTE = 60


def day_words(day: date) -> str:
    """Return a day as a heading says it: 5 月 18 日 周一, or Mon 18 May."""
    if is_chinese():
        week = "週" if language() == TAIWAN else "周"
        return f"{day.month} 月 {day.day} 日 {week}{WEEKDAYS_ZH[day.weekday()]}"
    return f"{WEEKDAYS_EN[day.weekday()]} {short_day(day)}"


def short_day(day: date) -> str:
    """Return month and day: 05-18, 05/18 or 18 May."""
    if not is_chinese():
        return f"{day.day} {MONTHS_EN[day.month - 1]}"
    return f"{day:%m/%d}" if language() == TAIWAN else f"{day:%m-%d}"


def long_day(day: date) -> str:
    """Return year, month and day: 2026-05-18, 2026/05/18 or 18 May 2026."""
    return f"{short_day(day)} {day.year}" if not is_chinese() else f"{day.year}{short_day(day)[2]}{short_day(day)}"


def time_of_day(at: datetime) -> str:
    """Return hours and minutes: 10:24."""
    return f"{at.astimezone(CHINA):%H:%M}"


def short_time(at: datetime) -> str:
    """Return month, day and time: 05-18 10:24, or 18 May 10:24."""
    return f"{short_day(at.astimezone(CHINA))} {time_of_day(at)}"


def long_time(at: datetime) -> str:
    """Return date and time: 2026-05-18 10:24, or 18 May 2026 10:24."""
    return f"{long_day(at.astimezone(CHINA))} {time_of_day(at)}"


def exact_time(at: datetime) -> str:
    """Return date and time with seconds: 2026-05-18 10:24:07, or 18 May 2026 10:24:07."""
    return f"{long_day(at.astimezone(CHINA))} {clock_time(at)}"


def clock_time(at: datetime) -> str:
    """Return the time of day with seconds: 10:24:07."""
    return f"{at.astimezone(CHINA):%H:%M:%S}"


def recent_time(at: datetime, now: datetime) -> str:
    """Return the time alone for today, else month, day and time, with the year where that is another one."""
    then, today = at.astimezone(CHINA).date(), now.astimezone(CHINA).date()
    if then == today:
        return time_of_day(at)
    return short_time(at) if then.year == today.year else long_time(at)


def duration(seconds: int) -> str:
    """Return a duration in minutes and seconds."""
    minutes, rest = divmod(seconds, SECONDS_OF_A_MINUTE)
    if not minutes:
        return _("%(seconds)d 秒") % {"seconds": rest}
    return _("%(minutes)d 分 %(seconds)d 秒") % {"minutes": minutes, "seconds": rest}
