"""What the closing of a day says, as a frozen snapshot: read by ``day_closing``, said in words by ``day_words``."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.domain.day import DayTally, Figure, SeriesUse
from app.domain.inquiry import Inquiry
from app.services.snapshots import CaseCounts, CaseRow, DraftRow, PaperRow


@dataclass(frozen=True, slots=True)
class SeriesLeft:
    """One series with what the day used of it and how many numbers up to its last one stand in no fact."""

    use: SeriesUse
    gaps: int
    is_explained: bool = False
    """Whether numbers of its day or year were skipped because a backup was restored."""


@dataclass(frozen=True, slots=True)
class DayLine:
    """One line of the day's ledger (一事一记)."""

    row: CaseRow
    at: datetime
    steps: tuple[Figure, ...]
    operators: tuple[str, ...]
    is_late: bool
    is_after: bool


@dataclass(frozen=True, slots=True)
class Owed:
    """One material that may follow and is not there yet."""

    row: CaseRow
    material: str
    by: date
    is_overdue: bool = False
    """Whether the promised day has gone by."""


@dataclass(frozen=True, slots=True)
class DaySummary:
    """What the closing of ``day`` would say now."""

    day: date
    now: datetime
    tally: DayTally
    series: tuple[SeriesLeft, ...]
    lines: tuple[DayLine, ...]
    counts: CaseCounts
    due: tuple[CaseRow, ...]
    drafts: tuple[DraftRow, ...]
    owed: tuple[Owed, ...]
    inquiries: tuple[Inquiry, ...]
    to_print: tuple[PaperRow, ...]
    names: Mapping[str, str]
    """Names of operators by login."""
    follows: str = ""
    """Number of the earlier report of the same day."""

    @property
    def has_work(self) -> bool:
        """Tell whether something happened that a report has to tell."""
        return bool(self.lines) or any(self.tally.count(figure) for figure in (Figure.ASKED, Figure.SETTLED))

    def name_of(self, login: str) -> str:
        """Return an operator's name; the login when there is no such account."""
        return self.names.get(login, login)
