"""What an act would make, without doing it: for the form that shows its paper before anything is written."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from app.domain.case import Case
from app.domain.catalogue import ServiceItem
from app.domain.deadline import Calendar
from app.domain.facts import NO_NUMBER, Fact
from app.domain.operators import Act, Operator
from app.domain.station import Station
from app.services.acceptance import AcceptanceService
from app.services.acting import CaseActs, Situation, is_shut_out
from app.services.case_closing import CaseClosingService
from app.services.custody import CustodyService
from app.services.paper_numbers import PaperNumbers
from app.services.permits import ensure_may
from app.services.ports import Store
from app.services.recording import Recorder, load_case_in_hand, load_item
from app.services.reviewing import ReviewService


class CaseServices(Protocol):
    """The services that act on cases: those of the counter, or those of a rehearsal."""

    @property
    def acceptance(self) -> AcceptanceService:
        """Return what acts before acceptance."""
        ...

    @property
    def review(self) -> ReviewService:
        """Return what acts up to the decision."""
        ...

    @property
    def closing(self) -> CaseClosingService:
        """Return what closes cases."""
        ...

    @property
    def custody(self) -> CustodyService:
        """Return what moves cases between stations."""
        ...


@dataclass(frozen=True, slots=True)
class Outlook:
    """What an act would make: the fact, and the case as it would stand then."""

    case: Case
    item: ServiceItem
    fact: Fact


class RehearsalService:
    """Carries acts out on paper only; every rule is checked, no number is used and nothing is written."""

    def __init__(
        self, store: Store, recorder: Recorder, station: Station, calendar: Calendar, numbers: PaperNumbers
    ) -> None:
        self._store = store
        self._recorder = recorder
        self._station = station
        self._calendar = calendar
        self._numbers = numbers

    def outlook(self, do: Callable[[CaseServices], Case]) -> Outlook:
        """Return what ``do``, one act, would make; it raises what the act would raise."""
        acts = _RehearsedActs(self._store, self._recorder, self._station, self._calendar, self._numbers)
        do(
            _Rehearsed(
                AcceptanceService(self._store, self._recorder, acts),
                ReviewService(acts),
                CaseClosingService(acts),
                CustodyService(acts),
            )
        )
        if acts.outlook is None:
            raise ValueError("nothing was done")
        return acts.outlook


@dataclass(frozen=True, slots=True)
class _Rehearsed:
    acceptance: AcceptanceService
    review: ReviewService
    closing: CaseClosingService
    custody: CustodyService


class _RehearsedActs(CaseActs):
    """Makes the fact of an act and keeps it instead of recording it."""

    outlook: Outlook | None = None

    def carry_out(
        self, number: str, operator: Operator, make: Callable[[Situation], Fact], needs: Act = Act.HANDLE_CASES
    ) -> Case:
        """Return the case as it would stand after the fact that ``make`` returns."""
        ensure_may(operator, needs)
        with self._store.read() as uow:
            case, now = load_case_in_hand(uow, number, self.station.code), self._recorder.now()
            item = load_item(uow, case)
            fact = make(Situation(case, item, now, lambda _kind: NO_NUMBER, partial(is_shut_out, uow)))
        after = case.after(fact, now)
        self.outlook = Outlook(after, item, fact)
        return after
