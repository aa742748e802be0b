"""Reads the calendar: one YAML file a year with the statutory holidays and the make-up days (调休)."""

from datetime import date
from functools import partial
from pathlib import Path

from app.definitions.reader import Fields, Node, Remarks, read_folder
from app.domain.deadline import SATURDAY, Calendar

TOP = ("year", "holidays", "make_up_days")
FIRST_YEAR, LAST_YEAR = 2000, 2100


def read_calendar(folder: Path) -> Calendar:
    """Return the calendar of every year in ``folder``; BadDefinitions with every remark."""
    years: dict[int, Calendar] = {}
    read_folder(folder, partial(_add_year, years))
    return Calendar.of(years.values())


def _add_year(years: dict[int, Calendar], root: Node, remarks: Remarks) -> None:
    fields = Fields(root, TOP, TOP, remarks)
    year = fields.whole("year", FIRST_YEAR, LAST_YEAR)
    if year in years:
        fields.remark("year", "is the year of another file too")
    if year:
        years[year] = _year(fields, year)


def _year(fields: Fields, year: int) -> Calendar:
    holidays = frozenset(fields.each("holidays", partial(_day, year)))
    make_up_days = frozenset(fields.each("make_up_days", partial(_make_up_day, year)))
    if both := holidays & make_up_days:
        fields.remark("make_up_days", f"has {min(both)}, which is a holiday too")
    return Calendar(holidays, make_up_days, frozenset({year}))


def _day(year: int, node: Node) -> date:
    try:
        day = date.fromisoformat(node.text())
    except ValueError as error:
        raise node.error("must be a date such as 2026-05-01") from error
    if day.year != year:
        raise node.error(f"is not in {year}")
    return day


def _make_up_day(year: int, node: Node) -> date:
    day = _day(year, node)
    if day.weekday() < SATURDAY:
        raise node.error("is no Saturday or Sunday")
    return day
