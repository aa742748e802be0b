"""Facts of inquiries (咨询), which have no case: see ``app.domain.inquiry``."""

from dataclasses import dataclass

from app.domain.facts.base import Fact, NumberedPaper


@dataclass(frozen=True, slots=True)
class InquiryOpened(Fact):
    """Somebody asked something without a case (咨询): who is asked first stays responsible (首问责任)."""

    number: NumberedPaper
    subject: str
    item: str = ""
    """Code of the item that it is about."""
    asked_by: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class InquiryAnswered(Fact):
    """The question was answered, which closes it."""

    number: str
    answer: str


@dataclass(frozen=True, slots=True)
class InquiryHandedOn(Fact):
    """The question was handed on to whoever can answer it; it stays open, and the first-asked clerk responsible."""

    number: str
    to: str
    reason: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class InquiryClosed(Fact):
    """A question that was handed on is settled, or the citizen let it rest."""

    number: str
    outcome: str
