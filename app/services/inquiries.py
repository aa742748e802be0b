"""Inquiries (咨询): a question without a case, from being asked to being settled."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from app.domain import inquiry as rules
from app.domain.clock import parse_stamp
from app.domain.facts import Fact, read_fact
from app.domain.inquiry import Inquiry
from app.domain.operators import Act, Operator
from app.domain.paper import PaperKind
from app.services.errors import NotFound
from app.services.paper_numbers import PaperNumbers
from app.services.permits import ensure_may
from app.services.ports import Store, UnitOfWork
from app.services.recording import Recorder
from app.services.snapshots import InquiryFilter


@dataclass(frozen=True, slots=True)
class InquiryEvent:
    """One step of an inquiry: when, by whom, what."""

    at: datetime
    operator: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class InquiryFile:
    """Everything that the page of an inquiry shows; ``responsible`` is the name of who was asked first."""

    inquiry: Inquiry
    responsible: str
    events: tuple[InquiryEvent, ...]


class InquiryService:
    """Use cases around questions."""

    def __init__(self, store: Store, recorder: Recorder, numbers: PaperNumbers) -> None:
        self._store = store
        self._recorder = recorder
        self._numbers = numbers

    def ask(self, operator: Operator, subject: str, item: str = "", asked_by: str = "", phone: str = "") -> Inquiry:
        """Record that somebody asked ``operator``, who is responsible from now on; ReasonMissing without a subject."""
        ensure_may(operator, Act.HANDLE_CASES)
        now = self._recorder.now()
        with self._store.write() as uow:
            number = self._numbers.next(uow, PaperKind.INQUIRY_SLIP, now.year)
            fact = rules.ask(number, subject, item, asked_by, phone)
            self._numbers.ensure_printable(fact)
            self._recorder.record(uow, operator.login, fact, now)
            uow.commit()
        return Inquiry.opened(fact, now, operator.login)

    def answer(self, number: str, operator: Operator, words: str) -> Inquiry:
        """Record the answer, which closes the inquiry; WrongState when it is closed, ReasonMissing."""
        return self._go_on(number, operator, lambda inquiry: rules.answer(inquiry, words))

    def hand_on(self, number: str, operator: Operator, to: str, reason: str = "", phone: str = "") -> Inquiry:
        """Record who is to answer; the first-asked clerk stays responsible. WrongState, ReasonMissing without ``to``."""
        return self._go_on(number, operator, lambda inquiry: rules.hand_on(inquiry, to, reason, phone))

    def close(self, number: str, operator: Operator, outcome: str) -> Inquiry:
        """Record how the inquiry was settled, or that it was let rest; WrongState when it is closed, ReasonMissing."""
        return self._go_on(number, operator, lambda inquiry: rules.close(inquiry, outcome))

    def file(self, number: str) -> InquiryFile:
        """Return an inquiry with its history, read from the journal; NotFound when there is none."""
        with self._store.read() as uow:
            inquiry = _load(uow, number)
            names = {account.operator.login: account.operator.name for account in uow.accounts.everyone()}
            bodies = [entry.read() for entry in uow.journal.of_inquiry(number)]
        events = tuple(
            InquiryEvent(parse_stamp(body["at"]), names.get(body["operator"], body["operator"]), read_fact(body))
            for body in bodies
        )
        return InquiryFile(inquiry, names.get(inquiry.clerk, inquiry.clerk), events)

    def page(self, wanted: InquiryFilter, offset: int, limit: int) -> list[Inquiry]:
        """Return rows ``offset`` to ``offset + limit`` of the list, the latest first."""
        return self._store.views.inquiries(wanted, offset, limit)

    def count(self, wanted: InquiryFilter) -> int:
        """Return how many rows the list has."""
        return self._store.views.count_inquiries(wanted)

    def _go_on(self, number: str, operator: Operator, make: Callable[[Inquiry], Fact]) -> Inquiry:
        ensure_may(operator, Act.HANDLE_CASES)
        now = self._recorder.now()
        with self._store.write() as uow:
            inquiry = _load(uow, number)
            fact = make(inquiry)
            self._recorder.record(uow, operator.login, fact, now)
            uow.commit()
        return inquiry.after(fact, now)


def _load(uow: UnitOfWork, number: str) -> Inquiry:
    bodies = [entry.read() for entry in uow.journal.of_inquiry(number)]
    if not bodies:
        raise NotFound("inquiry")
    return Inquiry.of([(read_fact(body), parse_stamp(body["at"]), body["operator"]) for body in bodies])
