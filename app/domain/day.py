"""What happened at the counter on a day (日结): facts counted, numbers used, one line for each case (一事一记).

Late entries (补录) are counted apart in every figure. Which entries a closing covers is told by the journal's port.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.domain.blanks import run
from app.domain.facts import (
    BlanksReceived,
    BlanksSpoiled,
    BlankUsed,
    CaseAccepted,
    CaseArchived,
    CaseCorrected,
    CaseDecided,
    CaseDeemedAccepted,
    CaseDelivered,
    CaseEnteredLate,
    CaseExtended,
    CaseForwarded,
    CaseHandedOver,
    CaseNotAccepted,
    CaseReceived,
    CaseResumed,
    CaseReturned,
    CaseSuspended,
    CaseTakenOver,
    CaseVoided,
    CaseWithdrawn,
    CertificateIssued,
    Fact,
    InquiryAnswered,
    InquiryClosed,
    InquiryHandedOn,
    InquiryOpened,
    MaterialsFollowed,
    PaperPrinted,
    PaperRecalled,
    PaperReplaced,
    PaperRevoked,
    PaperVoided,
    PrintSpoiled,
    SupplementAsked,
    SupplementReceived,
    numbered_papers,
)
from app.domain.numbering import daily_sequence, daily_series
from app.domain.outcomes import Result
from app.domain.paper import PaperKind


class Figure(StrEnum):
    """What a day's report counts, in its order."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    DEEMED = "deemed"
    SUPPLEMENT_ASKED = "supplement_asked"
    SUPPLEMENT_RECEIVED = "supplement_received"
    FOLLOWED = "followed"
    """Materials that were allowed to follow came in."""
    NOT_ACCEPTED = "not_accepted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    FORWARDED = "forwarded"
    HANDED_OVER = "handed_over"
    """Cases that went to another station."""
    TAKEN_OVER = "taken_over"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    EXTENDED = "extended"
    GRANTED = "granted"
    REFUSED = "refused"
    ISSUED = "issued"
    DELIVERED = "delivered"
    CORRECTED = "corrected"
    VOIDED = "voided"
    ARCHIVED = "archived"
    ASKED = "asked"
    """Inquiries that were opened."""
    HANDED_ON = "handed_on"
    SETTLED = "settled"
    """Inquiries that were answered or closed."""
    PRINTED = "printed"
    REPRINTED = "reprinted"
    SPOILED = "spoiled"
    PAPERS_VOIDED = "papers_voided"
    BLANKS_RECEIVED = "blanks_received"
    """Pre-numbered blank forms, each of them counted."""
    BLANKS_USED = "blanks_used"
    BLANKS_SPOILED = "blanks_spoiled"
    REVOKED = "revoked"
    """Certificates that were taken from their holders."""
    REPLACED = "replaced"


_FIGURES: dict[type[Fact], Figure] = {
    CaseReceived: Figure.RECEIVED,
    CaseAccepted: Figure.ACCEPTED,
    CaseDeemedAccepted: Figure.DEEMED,
    SupplementAsked: Figure.SUPPLEMENT_ASKED,
    SupplementReceived: Figure.SUPPLEMENT_RECEIVED,
    MaterialsFollowed: Figure.FOLLOWED,
    CaseNotAccepted: Figure.NOT_ACCEPTED,
    CaseReturned: Figure.RETURNED,
    CaseWithdrawn: Figure.WITHDRAWN,
    CaseForwarded: Figure.FORWARDED,
    CaseHandedOver: Figure.HANDED_OVER,
    CaseTakenOver: Figure.TAKEN_OVER,
    CaseSuspended: Figure.SUSPENDED,
    CaseResumed: Figure.RESUMED,
    CaseExtended: Figure.EXTENDED,
    CertificateIssued: Figure.ISSUED,
    CaseDelivered: Figure.DELIVERED,
    CaseCorrected: Figure.CORRECTED,
    CaseVoided: Figure.VOIDED,
    CaseArchived: Figure.ARCHIVED,
    InquiryOpened: Figure.ASKED,
    InquiryHandedOn: Figure.HANDED_ON,
    InquiryAnswered: Figure.SETTLED,
    InquiryClosed: Figure.SETTLED,
    PrintSpoiled: Figure.SPOILED,
    PaperRecalled: Figure.PAPERS_VOIDED,
    PaperVoided: Figure.PAPERS_VOIDED,
    BlanksReceived: Figure.BLANKS_RECEIVED,
    BlankUsed: Figure.BLANKS_USED,
    BlanksSpoiled: Figure.BLANKS_SPOILED,
    PaperRevoked: Figure.REVOKED,
    PaperReplaced: Figure.REPLACED,
}
LATE = "_late"
"""What the name of a figure ends in that counts late entries."""


@dataclass(frozen=True, slots=True)
class Happened:
    """One fact of the day with what its entry tells; ``case`` is empty for none.

    ``is_late`` when it belongs to a late entry; ``is_after`` when its day had been closed before it happened.
    """

    at: datetime
    operator: str
    fact: Fact
    case: str = ""
    is_late: bool = False
    is_after: bool = False


@dataclass(slots=True)
class SeriesUse:
    """The numbers of one series that a day used: how many, the first and the last, as serials and as printed."""

    key: str
    kind: PaperKind | None
    """None for case numbers."""
    first: int
    first_text: str
    last: int
    last_text: str
    count: int = 1

    @property
    def span(self) -> str:
        """Return first and last serial, such as ``412-431``."""
        return f"{self.first}-{self.last}"


@dataclass(slots=True)
class CaseDay:
    """What happened to one case on a day: the figures it went through, in order, and who did it."""

    number: str
    at: datetime
    is_late: bool
    is_after: bool
    steps: list[Figure] = field(default_factory=list)
    operators: list[str] = field(default_factory=list)


@dataclass(slots=True)
class DayTally:
    """A day's facts, counted."""

    entries: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    """By figure; those of late entries under the figure's name with ``LATE``."""
    after: int = 0
    """How many cases were touched after their day had been closed (日结后)."""
    series: dict[str, SeriesUse] = field(default_factory=dict)
    cases: dict[str, CaseDay] = field(default_factory=dict)

    @classmethod
    def of(cls, happened: Iterable[Happened]) -> "DayTally":
        """Return the tally of these facts, oldest first."""
        tally = cls()
        facts = list(happened)
        late = {one.case for one in facts if one.is_late or isinstance(one.fact, CaseEnteredLate)}
        for one in facts:
            tally._add(one, is_late=bool(one.case) and one.case in late)
        tally.after = sum(case.is_after for case in tally.cases.values())
        return tally

    def count(self, figure: Figure) -> int:
        """Return a figure without late entries."""
        return self.counts[figure]

    def count_late(self, figure: Figure) -> int:
        """Return a figure of late entries."""
        return self.counts[figure + LATE]

    def _add(self, one: Happened, *, is_late: bool) -> None:
        self.entries += 1
        figure = figure_of(one.fact)
        if figure is not None:
            self.counts[figure + LATE if is_late else figure] += _pieces(one.fact)
        if one.case:
            self._add_to_case(one, figure, is_late=is_late)
        if isinstance(one.fact, CaseReceived):
            key = daily_series(one.case)
            self._use(SeriesUse(key, None, daily_sequence(one.case), one.case, daily_sequence(one.case), one.case))
        for kind, paper, _name in numbered_papers(one.fact):
            self._use(SeriesUse(paper.series, kind, paper.serial, paper.text, paper.serial, paper.text))

    def _add_to_case(self, one: Happened, figure: Figure | None, *, is_late: bool) -> None:
        if figure is None or figure in PRINTING:
            return
        case = self.cases.setdefault(one.case, CaseDay(one.case, one.at, is_late, one.is_after))
        case.is_after = case.is_after or one.is_after
        case.steps.append(figure)
        if one.operator not in case.operators:
            case.operators.append(one.operator)

    def _use(self, use: SeriesUse) -> None:
        known = self.series.get(use.key)
        if known is None:
            self.series[use.key] = use
        else:
            known.last, known.last_text, known.count = use.last, use.last_text, known.count + 1


PRINTING = frozenset({Figure.PRINTED, Figure.REPRINTED, Figure.SPOILED})
"""Figures of printing: no step of a case."""


def figure_of(fact: Fact) -> Figure | None:
    """Return the figure that ``fact`` counts in, None for none."""
    match fact:
        case CaseDecided():
            return Figure.GRANTED if fact.result is Result.GRANTED else Figure.REFUSED
        case PaperPrinted():
            return Figure.REPRINTED if fact.copy else Figure.PRINTED
        case _:
            return _FIGURES.get(type(fact))


def _pieces(fact: Fact) -> int:
    """Return how many of its figure a fact counts for: a run of blank forms is one fact."""
    return len(run(fact.first, fact.last)) if isinstance(fact, BlanksReceived | BlanksSpoiled) else 1
