"""A question without a case (咨询): who is asked first stays responsible until it is settled (首问责任).

Verbs check the rules and return the fact that follows; ``Inquiry.of`` tells what the facts so far have made of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from app.domain.errors import WrongState, ensure_given
from app.domain.facts import (
    Fact,
    InquiryAnswered,
    InquiryClosed,
    InquiryHandedOn,
    InquiryOpened,
    NumberedPaper,
)
from app.domain.people import tidy_name, tidy_phone


class InquiryState(StrEnum):
    """Where a question stands."""

    OPEN = "open"
    HANDED_ON = "handed_on"
    """Somebody else is to answer; the first-asked clerk sees to it that they do."""
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One question, as the facts so far tell it."""

    number: str
    subject: str
    item: str
    asked_by: str
    phone: str
    clerk: str
    """Login of who was asked first and stays responsible."""
    opened_at: datetime
    state: InquiryState = InquiryState.OPEN
    handed_to: str = ""
    handed_phone: str = ""
    outcome: str = ""
    """The answer, or how it was settled."""
    closed_at: datetime | None = None

    @classmethod
    def opened(cls, fact: InquiryOpened, at: datetime, clerk: str) -> "Inquiry":
        """Return the question that ``fact`` opened, for which ``clerk`` is responsible."""
        return cls(fact.number.text, fact.subject, fact.item, fact.asked_by, fact.phone, clerk, at)

    @classmethod
    def of(cls, facts: Iterable[tuple[Fact, datetime, str]]) -> "Inquiry":
        """Return the question that these facts, each with its moment and operator, have made; oldest first.

        WrongState when the first one opens none.
        """
        history = iter(facts)
        first, at, clerk = next(history)
        if not isinstance(first, InquiryOpened):
            raise WrongState("begin", first.kind)
        inquiry = cls.opened(first, at, clerk)
        for fact, moment, _operator in history:
            inquiry = inquiry.after(fact, moment)
        return inquiry

    def after(self, fact: Fact, at: datetime) -> "Inquiry":
        """Return the question after ``fact`` happened ``at``."""
        match fact:
            case InquiryHandedOn():
                return replace(self, state=InquiryState.HANDED_ON, handed_to=fact.to, handed_phone=fact.phone)
            case InquiryAnswered():
                return replace(self, state=InquiryState.CLOSED, outcome=fact.answer, closed_at=at)
            case InquiryClosed():
                return replace(self, state=InquiryState.CLOSED, outcome=fact.outcome, closed_at=at)
            case _:
                return self

    @property
    def is_open(self) -> bool:
        """Tell whether somebody still waits for an answer."""
        return self.state is not InquiryState.CLOSED


def ask(number: NumberedPaper, subject: str, item: str = "", asked_by: str = "", phone: str = "") -> InquiryOpened:
    """Return the fact that somebody asked; ReasonMissing without a subject, a name is not needed."""
    ensure_given(subject=subject)
    return InquiryOpened(number, subject.strip(), item, tidy_name(asked_by), tidy_phone(phone))


def answer(inquiry: Inquiry, words: str) -> InquiryAnswered:
    """Return the fact that the question was answered, which closes it; WrongState once closed, ReasonMissing."""
    _ensure_open(inquiry, "answer")
    ensure_given(answer=words)
    return InquiryAnswered(inquiry.number, words.strip())


def hand_on(inquiry: Inquiry, to: str, reason: str = "", phone: str = "") -> InquiryHandedOn:
    """Return the fact that somebody else is to answer, once more if need be; WrongState once closed, ReasonMissing."""
    _ensure_open(inquiry, "hand_on")
    ensure_given(to=to)
    return InquiryHandedOn(inquiry.number, to.strip(), reason.strip(), tidy_phone(phone))


def close(inquiry: Inquiry, outcome: str) -> InquiryClosed:
    """Return the fact that the question is settled or was let rest; WrongState once closed, ReasonMissing."""
    _ensure_open(inquiry, "close")
    ensure_given(outcome=outcome)
    return InquiryClosed(inquiry.number, outcome.strip())


def _ensure_open(inquiry: Inquiry, act: str) -> None:
    if not inquiry.is_open:
        raise WrongState(act, inquiry.state)
