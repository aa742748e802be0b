"""What the list of cases shows, without Qt."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.services.desk import CaseFile, LitCase
from app.services.searches import Period, SavedSearch
from app.services.snapshots import CaseCounts, CaseFilter
from ui.exporting import NO_EXPORT, Export

TakeRows = Callable[[list[LitCase]], None]
Load = Callable[[int, int, TakeRows], None]
"""Asks for rows from an offset, as many as a limit allows; they are handed over when they have been read."""
NOTHING = CaseCounts(0, 0, 0, 0, 0)


class Panel(StrEnum):
    """What stands beside the list."""

    CASE = "case"
    EXPORT = "export"
    SEARCHES = "searches"


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be filtered by: each as the value that the filter has and the words for it."""

    items: tuple[tuple[str, str], ...] = ()
    departments: tuple[tuple[str, str], ...] = ()
    clerks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DeskState:
    """What the list shows; ``round`` grows whenever its rows have to be read again."""

    now: datetime
    wanted: CaseFilter
    station: str
    """Code of this window, which holds the cases that it may go on with."""
    choices: Choices = Choices()
    period: Period = Period.ALL
    days: tuple[str, str] = ("", "")
    """Chosen days as they were typed."""
    days_problem: str = ""
    has_others: bool = False
    """Whether there are other stations that a case could be at."""
    has_centre: bool = False
    """Whether there is a centre that knows of cases, so that they bear marks."""
    searches: tuple[SavedSearch, ...] = ()
    search: str = ""
    """Name of the saved search that the list follows."""
    panel: Panel = Panel.CASE
    export: Export = NO_EXPORT
    count: int = 0
    counts: CaseCounts = NOTHING
    chosen: CaseFile | None = None
    is_searching: bool = True
    round: int = 0
    keeps_place: bool = False
    """Whether the rows are those of the same filter, so that the cursor stays where it was."""

    @property
    def is_narrowed(self) -> bool:
        """Tell whether something beside the scope narrows the list."""
        wanted = self.wanted
        dates = self.period is not Period.ALL
        return bool(wanted.text or wanted.item or wanted.department or wanted.clerk or dates)
