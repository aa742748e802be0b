"""What a supervisor sees of every case at a centre: lists with masked names, where cases pile up, and one case opened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from app.domain.clock import ProvenInterval

MOST_ROWS = 200
"""More than this no page of a list has."""


class CasesOf(StrEnum):
    """Which cases a list has."""

    OPEN = "open"
    CLOSED = "closed"
    ALL = "all"


class CasesBy(StrEnum):
    """In which order a list comes; all but ``NUMBER`` have open cases alone."""

    DUE = "due"
    """What falls due first; what has no clock that runs comes last."""
    STILL = "still"
    """What moved longest ago."""
    HANDED = "handed"
    """What is longest on its way to a holder that has not taken it over."""
    NUMBER = "number"
    """The newest number first."""


@dataclass(frozen=True, slots=True)
class CaseWish:
    """Which cases are asked for. A place is a station by its 6 digits, or a division with all below it by its 12."""

    number: str = ""
    """The whole number."""
    taken_in: str = ""
    """Place that took the case in."""
    held: str = ""
    """Place that holds it now."""
    scope: CasesOf = CasesOf.OPEN
    state: str = ""
    due_before: datetime | None = None
    """Only those whose clock runs and that fall due before."""
    still_since: datetime | None = None
    """Only those of which the centre has heard nothing since."""
    is_untaken: bool = False
    """Only those that were handed over and not taken over yet."""
    is_aside: bool = False
    """Only those of which something was set aside and nobody has settled it."""

    @property
    def order(self) -> CasesBy:
        """Return the order that fits: what is most urgent first, and by number where closed cases are among them."""
        if self.number or self.scope is not CasesOf.OPEN:
            return CasesBy.NUMBER
        if self.is_untaken:
            return CasesBy.HANDED
        return CasesBy.STILL if self.still_since else CasesBy.DUE


@dataclass(frozen=True, slots=True)
class CentreDesk:
    """A station as lists name it."""

    code: str
    name: str
    service_point: str = ""
    division: str = ""


@dataclass(frozen=True, slots=True)
class CentreCase:
    """One case as a list shows it; None where its header does not say, or says nothing that can be read."""

    number: str
    item: str
    title: str
    """Of the item; empty where the case's first body was erased."""
    applicant: str
    """Masked; what an organisation is called is public. Empty as the title."""
    state: str
    is_open: bool
    taker: CentreDesk
    holder: CentreDesk
    received_at: datetime | None
    accepted_at: datetime | None
    due: datetime | None
    suspended_at: datetime | None
    handed_at: datetime | None
    """Since when it is on its way to its holder."""
    moved_at: datetime
    """When the centre had the last entry that changed it."""
    claimed_at: datetime | None
    """When the last entry says that it was written."""
    proven: ProvenInterval
    """Of the last entry."""
    is_confirmed: bool
    """Whether all signatures of its history were checked."""
    is_aside: bool
    """Whether something of it was set aside and nobody has settled it."""


@dataclass(frozen=True, slots=True)
class CaseMarker:
    """Where a page of a list ended."""

    key: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class CasePage:
    """Some cases of a list, and where it goes on; None at its end."""

    cases: Sequence[CentreCase]
    goes_on: CaseMarker | None = None


@dataclass(frozen=True, slots=True)
class CaseCount:
    """How many open cases are in the hands of one place."""

    place: str
    """Code of a station, or the first digits of a division; empty for stations of which nobody said where they stand."""
    states: Mapping[str, int]
    overdue: int = 0
    untaken: int = 0

    @property
    def total(self) -> int:
        """Return how many there are in all."""
        return sum(self.states.values())


@dataclass(frozen=True, slots=True)
class CaseEntry:
    """One entry of a case's history at the centre."""

    n: int
    desk: CentreDesk
    """Where it was written."""
    epoch: int
    seq: int
    received_at: datetime
    is_confirmed: bool
    body: bytes | None = field(repr=False)
    """None where it was erased."""


@dataclass(frozen=True, slots=True)
class CaseAside:
    """One entry of a case that was set aside, without what it says."""

    desk: CentreDesk
    epoch: int
    seq: int
    reason: str
    received_at: datetime
    settled_at: datetime | None
    settled_how: str


@dataclass(frozen=True, slots=True)
class Opening:
    """That somebody opened a case; ``number`` says which."""

    at: datetime
    by: str
    """Log-in at the centre."""
    number: str


@dataclass(frozen=True, slots=True)
class OpenedCase:
    """One case with everything that the centre knows of it."""

    case: CentreCase
    entries: Sequence[CaseEntry] = field(repr=False)
    aside: Sequence[CaseAside]
    openings: Sequence[Opening]
    """Who opened it, newest first, this time included."""


class CentreCases(Protocol):
    """Every case at a centre, for a supervisor; nothing is changed.

    Each method reaches the database and raises what ``Central`` raises: CentralUnavailable("login") for a log-in that
    is not a supervisor's, CentreDeclined("bounds") for a place, an order or a size that there is not.
    """

    def cases(self, wish: CaseWish, after: CaseMarker | None, limit: int) -> CasePage:
        """Return up to ``limit`` (MOST_ROWS at most) cases after a place in the list; names are masked."""
        ...

    def case_counts(self, taken_in: str, held: str, digits: int) -> list[CaseCount]:
        """Return how many open cases each place holds: stations for 0 ``digits``, else divisions by 2, 4, 6, 9 or 12."""
        ...

    def desks(self) -> list[CentreDesk]:
        """Return all stations, by code, for choosing."""
        ...

    def open_case(self, number: str) -> OpenedCase:
        """Return one case with its whole history, which the centre writes down; CentreDeclined("case") for none."""
        ...
