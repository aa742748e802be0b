"""Facts of an accepted case until its outcome is there: 审查, 特别程序, 延期, 决定, 制证; see ``app.domain.review``."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.domain.facts.base import Fact, NumberedPaper
from app.domain.outcomes import Result, SpecialProcedure


@dataclass(frozen=True, slots=True)
class ReviewStarted(Fact):
    """Somebody of the deciding body took the accepted case up (审查)."""

    reviewer: str


@dataclass(frozen=True, slots=True)
class CaseSuspended(Fact):
    """A special procedure began (特别程序): its time does not count."""

    procedure: SpecialProcedure
    basis: str
    notice: NumberedPaper
    days: int | None = None
    """Working days that it is expected to take."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CaseResumed(Fact):
    """The special procedure ended: the clock runs again, and the due date moved by the time that did not count."""

    outcome: str
    stopped_days: int
    """Working days that did not count."""
    due: datetime | None = None
    near_due_from: datetime | None = None
    due_is_provisional: bool = False


@dataclass(frozen=True, slots=True)
class CaseExtended(Fact):
    """The head of the body extended the limit by ``days`` working days (延期), once; the clock never stopped."""

    days: int
    reason: str
    approver: str
    notice: NumberedPaper
    due: datetime | None = None
    near_due_from: datetime | None = None
    due_is_provisional: bool = False


@dataclass(frozen=True, slots=True)
class CaseDecided(Fact):
    """The case was decided (决定): granted or refused.

    A refusal has reason, basis and remedies; ``decision`` is its paper, which an immediate grant has none of.
    """

    result: Result
    reason: str = ""
    basis: str = ""
    remedies: str = ""
    decided_by: str = ""
    """Who decided, where that is not the operator."""
    decision: NumberedPaper | None = None


@dataclass(frozen=True, slots=True)
class CertificateIssued(Fact):
    """A certificate was made (制证): its number, its template and what stands on it."""

    number: NumberedPaper
    template: str
    name: str
    values: Mapping[str, str]
    issued_on: date
    valid_until: date | None = None
    replaces: str = ""
    """Number of the voided certificate that this one takes the place of."""
