"""The fact of a closed counter day (日结): see ``app.domain.day``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.domain.facts.base import Fact, NumberedPaper


@dataclass(frozen=True, slots=True)
class DayClosed(Fact):
    """The day was closed: what happened, numbers used, what is open; the clerk and a second person signed."""

    day: date
    report: NumberedPaper
    counts: Mapping[str, int]
    """Accepted, issued, printed, spoiled, open and the like, by name."""
    series: Mapping[str, str]
    """First and last serial used of each series that day, such as ``412-431``."""
    approved_by: str
    """Login of the second person."""
    remark: str = ""
    entries: int = 0
    """How many entries of the journal the closing is the first to cover."""
    follows: str = ""
    """Number of the earlier report of the same day, when work went on after it."""
    tables: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    """What stands in the report's tables, so that it can be drawn again as it was: much of it is no fact."""
