"""A case (办件): what may be done with it in each state, and what state the facts have brought it to.

Verbs check and return the fact that follows; nothing changes until a fact is recorded and folded in with ``after``.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from app.domain.application import Application, Collection, HandedIn, check, passed_warnings
from app.domain.catalogue import ProjectType, ServiceItem, UseLevel
from app.domain.clock import stamp
from app.domain.deadline import DueDate
from app.domain.errors import ApplicationIncomplete, ItemNotOpen, MayNotIssue, WrongState
from app.domain.facts import (
    CaseAccepted,
    CaseDecided,
    CaseDelivered,
    CaseReceived,
    CertificateIssued,
    Fact,
    NumberedPaper,
)
from app.domain.outcomes import RESULT_CODES, Result
from app.domain.people import Person, tidy_id_number, tidy_name


class CaseState(StrEnum):
    """Where a case stands (办件状态)."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    DECIDED = "decided"
    ISSUED = "issued"
    DELIVERED = "delivered"


def ensure_open(item: ServiceItem) -> None:
    """Raise ItemNotOpen when no case of ``item`` can be opened; the error names who is competent."""
    if not item.can_be_opened:
        raise ItemNotOpen(item.title, item.state, item.state_reason, item.competent)


def receive(
    item: ServiceItem,
    application: Application,
    *,
    today: date,
    started_at: datetime,
    receipt: NumberedPaper,
    holder: str,
) -> CaseReceived:
    """Return the fact that the materials of ``application`` were handed over.

    ItemNotOpen when the catalogue does not allow it; ApplicationIncomplete with every place that stands in the way.
    """
    ensure_open(item)
    tidy = application.tidied()
    problems = check(tidy, item, today)
    if problems:
        raise ApplicationIncomplete(problems)
    return CaseReceived(
        item=item.code,
        item_version=item.version,
        title=item.title,
        department=item.department,
        project_type=item.project_type,
        applicant=tidy.applicant,
        form={entry.code: tidy.form.get(entry.code, "") for entry in item.form},
        materials={m.code: tidy.handed_in(m) for m in item.materials if tidy.handed_in(m).is_there},
        collection=tidy.collection,
        receipt=receipt,
        holder=holder,
        started_at=started_at,
        passed_warnings=passed_warnings(tidy, item, today),
    )


@dataclass(frozen=True, slots=True)
class Case:
    """One applicant asking for one item once, as the facts so far tell it."""

    number: str
    item: str
    item_version: int
    title: str
    department: str
    project_type: ProjectType
    applicant: Person
    form: dict[str, str]
    materials: dict[str, HandedIn]
    collection: Collection
    receipt: NumberedPaper
    holder: str
    received_at: datetime
    state: CaseState = CaseState.RECEIVED
    accepted_at: datetime | None = None
    notice: NumberedPaper | None = None
    due: datetime | None = None
    due_is_provisional: bool = False
    result: Result | None = None
    certificate: CertificateIssued | None = None
    delivered_at: datetime | None = None
    passed_warnings: dict[str, str] = field(default_factory=dict)

    @classmethod
    def opened(cls, number: str, fact: CaseReceived, at: datetime) -> "Case":
        """Return the case that ``fact`` opened under ``number``."""
        return cls(
            number=number,
            item=fact.item,
            item_version=fact.item_version,
            title=fact.title,
            department=fact.department,
            project_type=fact.project_type,
            applicant=fact.applicant,
            form=dict(fact.form),
            materials=dict(fact.materials),
            collection=fact.collection,
            receipt=fact.receipt,
            holder=fact.holder,
            received_at=at,
            passed_warnings=dict(fact.passed_warnings),
        )

    @classmethod
    def of(cls, number: str, facts: Iterable[tuple[Fact, datetime]]) -> "Case":
        """Return the case that these facts, oldest first, have made; WrongState when the first opens none."""
        history = iter(facts)
        first, at = next(history)
        if not isinstance(first, CaseReceived):
            raise WrongState("begin", first.kind)
        case = cls.opened(number, first, at)
        for fact, moment in history:
            case = case.after(fact, moment)
        return case

    def after(self, fact: Fact, at: datetime) -> "Case":
        """Return the case after ``fact`` happened ``at``; facts that tell nothing of its state leave it as it is."""
        match fact:
            case CaseAccepted():
                return replace(
                    self,
                    state=CaseState.ACCEPTED,
                    accepted_at=fact.accepted_at,
                    notice=fact.notice,
                    due=fact.due,
                    due_is_provisional=fact.due_is_provisional,
                )
            case CaseDecided():
                return replace(self, state=CaseState.DECIDED, result=fact.result)
            case CertificateIssued():
                return replace(self, state=CaseState.ISSUED, certificate=fact)
            case CaseDelivered():
                return replace(self, state=CaseState.DELIVERED, delivered_at=at)
            case _:
                return self

    @property
    def is_immediate(self) -> bool:
        """Tell whether the case finishes in the same visit."""
        return self.project_type is ProjectType.IMMEDIATE

    def header(self) -> dict[str, Any]:
        """Return what an entry's header tells others of the case, without personal data."""
        return {
            "number": self.number,
            "item": self.item,
            "item_version": self.item_version,
            "state": self.state.value,
            "holder": self.holder,
            "received": stamp(self.received_at),
            "accepted": stamp(self.accepted_at) if self.accepted_at else None,
            "due": stamp(self.due) if self.due else None,
            "result": RESULT_CODES[self.result] if self.result else None,
        }

    def accept(self, item: ServiceItem, at: datetime, due: DueDate | None, notice: NumberedPaper) -> CaseAccepted:
        """Return the fact that the case was accepted ``at``, due as computed; WrongState unless just received."""
        self._ensure(CaseState.RECEIVED, "accept")
        return CaseAccepted(
            accepted_at=at,
            notice=notice,
            due=due.at if due else None,
            near_due_from=due.near_from if due else None,
            due_is_provisional=due.provisional if due else False,
            statutory=item.statutory,
            promised=item.promised,
        )

    def grant(self, item: ServiceItem, level: UseLevel) -> CaseDecided:
        """Return the fact that the case was granted at a service point of ``level``.

        WrongState unless accepted; MayNotIssue when the catalogue does not let this level decide on the spot.
        """
        self._ensure(CaseState.ACCEPTED, "grant")
        if level not in item.issuers:
            raise MayNotIssue(item.title, level)
        return CaseDecided(Result.GRANTED)

    def issue(self, certificate: CertificateIssued) -> CertificateIssued:
        """Return the fact that ``certificate`` was made; WrongState unless granted."""
        self._ensure(CaseState.DECIDED, "issue")
        return certificate

    def deliver(self, item: ServiceItem, collected_by: str, in_person: bool, id_number: str = "") -> CaseDelivered:
        """Return the fact that the result was handed over.

        WrongState unless it is there: issued where the item has a certificate, decided where it has none.
        """
        self._ensure(CaseState.ISSUED if item.makes_certificate else CaseState.DECIDED, "deliver")
        return CaseDelivered(tidy_name(collected_by), in_person, tidy_id_number(id_number))

    def _ensure(self, state: CaseState, act: str) -> None:
        if self.state is not state:
            raise WrongState(act, self.state)
