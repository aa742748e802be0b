"""What lists of papers are narrowed to and what they show, as frozen snapshots."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.paper import PaperKind, PaperState
from app.services.snapshots import CaseRow, PaperRow

SOON_DAYS = 30
"""So many days before its end a certificate runs out soon."""


class PaperScope(StrEnum):
    """Which part of the papers a list shows; all but the last are of this counter's own."""

    ALL = "all"
    VALID = "valid"
    """有效: neither void, revoked, replaced nor run out."""
    TO_PRINT = "to_print"
    """待打印, or sent to a printer and nobody has said that it came out."""
    PROVISIONAL = "provisional"
    """临时: the centre has not confirmed what it rests on."""
    TO_RECALL = "to_recall"
    """须收回"""
    EXPIRING = "expiring"
    """Valid, and runs out within ``PaperFilter.soon_days``."""
    EXPIRED = "expired"
    """已过期"""
    VOIDED = "voided"
    REVOKED = "revoked"
    REPLACED = "replaced"
    ELSEWHERE = "elsewhere"
    """Made at other stations and known here by the cases that they passed on."""


class Expiry(StrEnum):
    """How far off the end of a paper is."""

    NEVER = "never"
    LATER = "later"
    SOON = "soon"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class PaperFilter:
    """What a list of papers is narrowed to ``today``; empty text and None narrow nothing."""

    today: date
    scope: PaperScope = PaperScope.ALL
    text: str = ""
    """A part of the paper's number, as ``number_pieces`` tells. Without a digit, or where it is a long number, also what
    finds its case: the holder's name, the number of the case or of the holder's document, the telephone."""
    kind: PaperKind | None = None
    template: str = ""
    """Of a certificate."""
    made_from: date | None = None
    made_to: date | None = None
    """The last day, itself included."""
    clerk: str = ""
    """Login of who made the paper."""
    soon_days: int = SOON_DAYS
    oldest_first: bool = False
    """For what is read as a ledger; certificates that run out keep the order of their ends."""


@dataclass(frozen=True, slots=True)
class Behind:
    """Where a page of a list begins: behind the paper with a number, or at the beginning, and so many rows further on.

    A page that begins right behind a paper is read as quickly as the first one, and moves no row when papers come.
    """

    number: str = ""
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class ListedPaper:
    """A paper with its case, None where it has none; names and numbers are whole here and masked when shown."""

    paper: PaperRow
    case: CaseRow | None


@dataclass(frozen=True, slots=True)
class PaperTotal:
    """How many papers there are of one sort."""

    kind: PaperKind
    template: str
    state: PaperState
    expiry: Expiry
    is_own: bool
    count: int

    def belongs_to(self, scope: PaperScope) -> bool:
        """Tell whether the papers belong to a part of the list; False for the parts that the centre's word decides."""
        if scope is PaperScope.ELSEWHERE or not self.is_own:
            return scope is PaperScope.ELSEWHERE and not self.is_own
        alive = not self.state.is_over
        return {
            PaperScope.ALL: True,
            PaperScope.VALID: alive and self.expiry is not Expiry.OVER,
            PaperScope.TO_PRINT: self.state in {PaperState.TO_PRINT, PaperState.SENT},
            PaperScope.EXPIRING: alive and self.expiry is Expiry.SOON,
            PaperScope.EXPIRED: alive and self.expiry is Expiry.OVER,
            PaperScope.VOIDED: self.state is PaperState.VOIDED,
            PaperScope.REVOKED: self.state is PaperState.REVOKED,
            PaperScope.REPLACED: self.state is PaperState.REPLACED,
        }.get(scope, False)


MARKED = (PaperScope.PROVISIONAL, PaperScope.TO_RECALL)
"""Parts that no total tells of: they follow from what the centre said, and are few."""


def by_scope(totals: Iterable[PaperTotal]) -> Mapping[PaperScope, int]:
    """Return how many papers each part of the list has, but for those of ``MARKED``."""
    every = tuple(totals)
    return {
        scope: sum(total.count for total in every if total.belongs_to(scope))
        for scope in PaperScope
        if scope not in MARKED
    }
