"""The days that a list is narrowed to, in words and as they are typed. Qt-free."""

from dataclasses import dataclass
from datetime import date

from app.services.searches import Period
from ui.text import _


def period_choices() -> tuple[tuple[str, str], ...]:
    """Return the periods to choose from, each with its words; all days is none of them."""
    return (
        (Period.TODAY, _("今天")),
        (Period.YESTERDAY, _("昨天")),
        (Period.WEEK, _("本周")),
        (Period.MONTH, _("本月")),
        (Period.LAST_MONTH, _("上月")),
        (Period.CHOSEN, _("自选日期…")),
    )


@dataclass(frozen=True, slots=True)
class TypedDays:
    """Two days as typed, None for no end; ``problem`` says what is wrong with them."""

    first: date | None
    last: date | None
    problem: str = ""


def typed_days(first: str, last: str) -> TypedDays:
    """Return the days that were typed: 2026-05-18; empty for no end."""
    begin, end = _day(first), _day(last)
    wrong = (first.strip() and begin is None) or (last.strip() and end is None)
    if wrong:
        return TypedDays(None, None, _("请填日期，如 2026-05-18"))
    if begin and end and begin > end:
        return TypedDays(None, None, _("起始日期在截止日期之后"))
    return TypedDays(begin, end)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
