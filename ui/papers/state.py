"""What the list of papers shows, without Qt."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.domain.paper import PaperState
from app.services.listed_papers import ListedPaper, PaperFilter
from app.services.paper_lists import PaperOverview
from app.services.searches import Period
from ui.exporting import NO_EXPORT, Export

TakeRows = Callable[[list[ListedPaper]], None]
Load = Callable[[int, int, TakeRows], None]
"""Asks for rows from an offset, as many as a limit allows; they are handed over when they have been read."""
NOTHING = PaperOverview({}, ())


class Panel(StrEnum):
    """What stands beside the list."""

    PAPER = "paper"
    EXPORT = "export"


@dataclass(frozen=True, slots=True)
class PapersState:
    """What the list shows; ``round`` grows whenever its rows have to be read again."""

    now: datetime
    wanted: PaperFilter
    station: str
    """Code of this window, whose papers it may print."""
    names: Mapping[str, str] = field(default_factory=dict)
    """The operators' names by their logins."""
    period: Period = Period.ALL
    days: tuple[str, str] = ("", "")
    """Chosen days as they were typed."""
    days_problem: str = ""
    overview: PaperOverview = NOTHING
    panel: Panel = Panel.PAPER
    export: Export = NO_EXPORT
    chosen: ListedPaper | None = None
    is_searching: bool = True
    round: int = 0
    keeps_place: bool = False
    """Whether the rows are those of the same filter, so that the cursor stays where it was."""

    @property
    def count(self) -> int:
        """Return how many rows the list has."""
        return self.overview.scopes.get(self.wanted.scope, 0)

    @property
    def is_narrowed(self) -> bool:
        """Tell whether something beside the part narrows the list."""
        wanted = self.wanted
        return bool(wanted.text or wanted.kind or wanted.clerk or self.period is not Period.ALL)

    @property
    def can_reprint(self) -> bool:
        """Tell whether the chosen paper came out of a printer here, so that 补打 is the next print of it."""
        if self.chosen is None or self.chosen.case is None:
            return False
        paper = self.chosen.paper
        return paper.state is PaperState.PRINTED and paper.station == self.station
