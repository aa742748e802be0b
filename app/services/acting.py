"""One act on a case that is there: one transaction, one fact, and the rule of silence before everything else."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from app.domain import acceptance
from app.domain.case import Case
from app.domain.catalogue import ServiceItem
from app.domain.deadline import Calendar, DueDate, due_date, silence_until
from app.domain.errors import SilenceOver
from app.domain.facts import Fact, NumberedPaper
from app.domain.operators import SYSTEM, Act, Operator
from app.domain.outcomes import SILENCE_DAYS
from app.domain.paper import PaperKind
from app.domain.station import Station
from app.services.paper_numbers import PaperNumbers
from app.services.permits import ensure_may
from app.services.ports import Store, UnitOfWork
from app.services.recording import Recorder, load_case, load_case_in_hand, load_item


@dataclass(frozen=True, slots=True)
class Situation:
    """What a use case needs to make its fact: the case, its item version, the moment, and numbers for papers."""

    case: Case
    item: ServiceItem
    now: datetime
    number: Callable[[PaperKind], NumberedPaper]
    """Gives the next number of a kind of paper; it counts as used when the fact names it."""
    is_shut_out: Callable[[str], bool]
    """Tells whether the centre has shut a station out, as far as the directory here says."""


def is_shut_out(uow: UnitOfWork, code: str) -> bool:
    """Tell whether the directory says that the centre has shut a station out."""
    station = uow.directory.get(code)
    return station is not None and station.revoked_at is not None


class CaseActs:
    """Carries acts on cases out; shared by the services that make them."""

    def __init__(
        self, store: Store, recorder: Recorder, station: Station, calendar: Calendar, numbers: PaperNumbers
    ) -> None:
        self._store = store
        self._recorder = recorder
        self._numbers = numbers
        self.station = station
        self.calendar = calendar

    def carry_out(
        self, number: str, operator: Operator, make: Callable[[Situation], Fact], needs: Act = Act.HANDLE_CASES
    ) -> Case:
        """Record the fact that ``make`` returns for the case and return the case after it.

        NotPermitted unless the operator's roles allow what it ``needs``; NotFound when there is no such case;
        NotHeldHere when another station has it; whatever ``make`` raises, with nothing written. A case that counts as accepted by silence is recorded as such first,
        and SilenceOver tells that the act was not done.
        """
        ensure_may(operator, needs)
        with self._store.write() as uow:
            act = self._act(uow, number)
            if acceptance.is_silent(act.case, act.now):
                self._deem(uow, act)
                uow.commit()
                raise SilenceOver
            case = self.record(uow, act.case, make(act), operator.login, act.now)
            uow.commit()
        return case

    def deem_accepted(self, number: str) -> bool:
        """Record that the case counts as accepted by silence, if it does by now, and tell whether it did.

        Of a case in other hands that is for its holder to record.
        """
        with self._store.write() as uow:
            if load_case(uow, number).holder != self.station.code:
                return False
            act = self._act(uow, number)
            if not acceptance.is_silent(act.case, act.now):
                return False
            self._deem(uow, act)
            uow.commit()
        return True

    def due(self, item: ServiceItem, accepted_at: datetime) -> DueDate | None:
        """Return when a case of ``item`` accepted then is due; None without a limit."""
        return due_date(accepted_at, item.limit, self.calendar, self.station.hours) if item.limit else None

    def silence_until(self, received_at: datetime) -> datetime:
        """Return until when the body may leave materials that it received then unanswered (Art. 32)."""
        return silence_until(received_at, SILENCE_DAYS, self.calendar, self.station.hours)

    def record(self, uow: UnitOfWork, case: Case, fact: Fact, login: str, now: datetime) -> Case:
        """Record ``fact`` inside ``uow`` and return the case after it; MissingGlyphs when its paper cannot be drawn."""
        self._numbers.ensure_printable(fact)
        after = case.after(fact, now)
        self._recorder.record(uow, login, fact, now, case=after)
        return after

    def _act(self, uow: UnitOfWork, number: str) -> Situation:
        case, now = load_case_in_hand(uow, number, self.station.code), self._recorder.now()
        item = load_item(uow, case)
        return Situation(
            case,
            item,
            now,
            lambda kind: self._numbers.next(uow, kind, now.year),
            partial(is_shut_out, uow),
        )

    def _deem(self, uow: UnitOfWork, act: Situation) -> None:
        due = self.due(act.item, act.case.complete_at)
        notice = act.number(PaperKind.ACCEPTANCE_NOTICE)
        deemed = acceptance.deem_accepted(act.case, act.item, act.now, due, notice)
        self.record(uow, act.case, deemed, SYSTEM, act.now)
