"""The commands of a supervisor at a centre: what was asked becomes a search, and what came is read as facts.

Words are in ``ui.supervising_words``.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.config import Settings
from app.definitions.calendar import read_calendar
from app.definitions.divisions import read_divisions
from app.domain.clock import CHINA
from app.domain.division import CODE_LENGTH
from app.services.ports import MOST_ROWS, CaseMarker, CasesOf, CaseWish, CentreCase, CentreCases
from app.services.supervising import CaseList, CaseSearch, CentreFile, PlaceCount, SupervisingService

DIGITS = {"city": 4, "county": 6, "township": 9, "station": 0}
"""By what open cases can be counted, and how many digits of a division tell it."""


def list_cases(office: CentreCases, settings: Settings, asked: Mapping[str, Any]) -> CaseList | list[PlaceCount]:
    """Return the cases that were asked for, or how many each place holds."""
    if asked["count"]:
        return _counts(office, settings, asked)
    service = _service(settings)
    wish = service.wish(_search(asked))
    found, is_whole = _read(office, wish, asked["most"])
    return CaseList(tuple(map(service.lit, found)), is_whole)


def open_case(office: CentreCases, settings: Settings, asked: Mapping[str, Any]) -> CentreFile:
    """Return one case with its history; the centre writes down who opened it."""
    return _service(settings).read(office.open_case(asked["number"]))


def _search(asked: Mapping[str, Any]) -> CaseSearch:
    return CaseSearch(
        taken_in=asked["taken_in"],
        held=asked["held"],
        scope=CasesOf(asked["scope"]),
        state=asked["state"],
        is_overdue=asked["overdue"],
        due_within=asked["due_within"],
        is_untaken=asked["untaken"],
        still_days=asked["still"],
        is_aside=asked["aside"],
    )


def _read(office: CentreCases, wish: CaseWish, most: int) -> tuple[list[CentreCase], bool]:
    found: list[CentreCase] = []
    marker: CaseMarker | None = None
    while len(found) < most:
        page = office.cases(wish, marker, min(MOST_ROWS, most - len(found)))
        found += page.cases
        marker = page.goes_on
        if marker is None:
            return found, True
    return found, False


def _counts(office: CentreCases, settings: Settings, asked: Mapping[str, Any]) -> list[PlaceCount]:
    counts = office.case_counts(asked["taken_in"], asked["held"], DIGITS[asked["count"]])
    if asked["count"] == "station":
        names = {desk.code: f"{desk.service_point} {desk.name}".strip() for desk in office.desks()}
        return [PlaceCount(count, names.get(count.place, "")) for count in counts]
    divisions = read_divisions(settings.definitions("divisions") / "divisions.csv")
    return [PlaceCount(count, divisions.full_name(count.place.ljust(CODE_LENGTH, "0"))) for count in counts]


def _service(settings: Settings) -> SupervisingService:
    return SupervisingService(lambda: datetime.now(CHINA), read_calendar(settings.definitions("calendar")))
