"""Facts of what was shown whole or taken out of the counter: personal data, lists, the journal itself."""

from dataclasses import dataclass
from datetime import date

from app.domain.facts.base import Fact


@dataclass(frozen=True, slots=True)
class PersonalDataShown(Fact):
    """An operator looked at the whole of masked personal data."""

    purpose: str = ""


@dataclass(frozen=True, slots=True)
class CasesExported(Fact):
    """A list of cases was written to a file or printed; ``is_whole`` when names and numbers in it are not masked."""

    rows: int
    is_whole: bool
    form: str
    """``xlsx``, ``csv`` or ``pdf``."""
    day_from: date | None = None
    day_to: date | None = None
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class PapersExported(Fact):
    """A list of papers was written to a file; fields as in ``CasesExported``, the days are those of making them."""

    rows: int
    is_whole: bool
    form: str
    day_from: date | None = None
    day_to: date | None = None
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class JournalExported(Fact):
    """The journal was written to a file; it is the last entry in it, so that a file cut short shows."""

    entries: int
