"""Reads the calendar: one YAML file a year with the statutory holidays and the make-up days (调休)."""

from datetime import date
from pathlib import Path

from app.definitions.reader import Node, parse
from app.domain.deadline import Calendar
from app.services.errors import BadDefinitions, DefinitionError

TOP = ("year", "holidays", "make_up_days")
FIRST_YEAR, LAST_YEAR = 2000, 2100


def read_calendar(folder: Path) -> Calendar:
    """Return the calendar of every year in ``folder``; BadDefinitions with every remark."""
    years, errors = [], []
    for path in sorted(folder.glob("*.yaml")):
        try:
            years.append(_year(parse(path.read_bytes(), path.name)))
        except DefinitionError as error:
            errors.append(error)
    if errors:
        raise BadDefinitions(errors)
    return Calendar.of(years)


def _year(node: Node) -> Calendar:
    at = node.mapping(TOP, required=TOP)
    year = int(at["year"].number(FIRST_YEAR, LAST_YEAR))
    holidays = frozenset(_day(entry, year) for entry in at["holidays"].sequence())
    make_up_days = frozenset(_day(entry, year) for entry in at["make_up_days"].sequence())
    if both := holidays & make_up_days:
        raise at["make_up_days"].error(f"{min(both)} is a holiday too")
    return Calendar(holidays, make_up_days, frozenset({year}))


def _day(node: Node, year: int) -> date:
    try:
        day = date.fromisoformat(node.text())
    except ValueError as error:
        raise node.error("must be a date such as 2026-05-01") from error
    if day.year != year:
        raise node.error(f"is not in {year}")
    return day
