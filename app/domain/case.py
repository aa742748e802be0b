"""A case (办件): what the facts so far have made of it.

The verbs, which check the rules and return the fact that follows, stand by stage: ``acceptance`` up to the acceptance
notice, ``review`` up to the decision, ``closing`` up to the archive. Nothing changes until a fact is recorded and
folded in with ``after``.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from app.domain.application import Application, Collection, HandedIn
from app.domain.catalogue import Limit, ProjectType
from app.domain.clock import stamp
from app.domain.deadline import Pause
from app.domain.errors import WrongState
from app.domain.facts import (
    CaseAccepted,
    CaseArchived,
    CaseCorrected,
    CaseDecided,
    CaseDeemedAccepted,
    CaseDelivered,
    CaseEnteredLate,
    CaseExtended,
    CaseForwarded,
    CaseNotAccepted,
    CaseRated,
    CaseReceived,
    CaseResumed,
    CaseReturned,
    CaseSuspended,
    CaseVoided,
    CaseWithdrawn,
    CertificateIssued,
    Fact,
    MaterialsFollowed,
    NumberedPaper,
    PaperVoided,
    ReviewStarted,
    SupplementAsked,
    SupplementReceived,
)
from app.domain.outcomes import RESULT_CODES, Defect, Result
from app.domain.people import Agent, Organisation, Person
from app.domain.typed_places import with_text


class CaseState(StrEnum):
    """Where a case stands (办件状态)."""

    RECEIVED = "received"
    SUPPLEMENT = "supplement"
    """What is missing was told; the applicant is to hand it in."""
    ACCEPTED = "accepted"
    REVIEW = "review"
    SUSPENDED = "suspended"
    DECIDED = "decided"
    ISSUED = "issued"
    DELIVERED = "delivered"
    RATED = "rated"
    NOT_ACCEPTED = "not_accepted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    FORWARDED = "forwarded"
    VOIDED = "voided"
    ARCHIVED = "archived"


BEFORE_ACCEPTANCE = frozenset({CaseState.RECEIVED, CaseState.SUPPLEMENT})
RUNNING = frozenset({CaseState.ACCEPTED, CaseState.REVIEW})
"""The clock of the limit runs."""
IN_HAND = RUNNING | {CaseState.SUSPENDED}
"""Accepted and not decided."""
READY = frozenset({CaseState.DECIDED, CaseState.ISSUED})
"""Decided and not handed over."""
OPEN = BEFORE_ACCEPTANCE | IN_HAND | READY
CLOSED = frozenset(CaseState) - OPEN
DEAD = frozenset(
    {CaseState.NOT_ACCEPTED, CaseState.RETURNED, CaseState.WITHDRAWN, CaseState.FORWARDED, CaseState.VOIDED}
)
"""Closed without the result that was asked for."""


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
    """The natural person who applies, or the representative of ``organisation``."""
    form: dict[str, str]
    materials: dict[str, HandedIn]
    collection: Collection
    receipt: NumberedPaper
    holder: str
    received_at: datetime
    """When the materials were handed over; of a late entry the real time."""
    entered_at: datetime
    """When the case was entered here; for all but late entries that is when it was received."""
    complete_at: datetime
    """When all that was asked for was there: the day from which the case counts as accepted (Art. 32)."""
    state: CaseState = CaseState.RECEIVED
    organisation: Organisation | None = None
    co_applicants: tuple[Person, ...] = ()
    agent: Agent | None = None
    silence_until: datetime | None = None
    late_entry: CaseEnteredLate | None = None
    supplements: int = 0
    """How often something was asked for."""
    defects: tuple[Defect, ...] = ()
    """What was asked for and is not there yet."""
    reply_by: date | None = None
    accepted_at: datetime | None = None
    is_deemed: bool = False
    notice: NumberedPaper | None = None
    limit: Limit | None = None
    """The limit that the due date counts: the promised one, else the statutory one."""
    due: datetime | None = None
    near_due_from: datetime | None = None
    due_is_provisional: bool = False
    suspended_at: datetime | None = None
    pauses: tuple[Pause, ...] = ()
    extra_days: int = 0
    """Working days of an extension, 0 as long as there was none."""
    reviewer: str = ""
    result: Result | None = None
    decided_at: datetime | None = None
    decision: NumberedPaper | None = None
    certificate: CertificateIssued | None = None
    """The certificate that is valid now, None while there is none or after it was voided."""
    voided_certificate: str = ""
    """Number of the certificate that was voided last and not replaced."""
    delivered_at: datetime | None = None
    closed_at: datetime | None = None
    grade: int | None = None
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
            entered_at=at,
            complete_at=at,
            organisation=fact.organisation,
            co_applicants=fact.co_applicants,
            agent=fact.agent,
            silence_until=fact.silence_until,
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
        fold = _FOLDS.get(type(fact))
        return fold(self, fact, at) if fold else self

    @property
    def is_immediate(self) -> bool:
        """Tell whether the case finishes in the same visit."""
        return self.project_type is ProjectType.IMMEDIATE

    @property
    def is_late_entry(self) -> bool:
        """Tell whether the case was handled earlier and entered afterwards (补录)."""
        return self.late_entry is not None

    @property
    def awaits_supplement(self) -> bool:
        """Tell whether something that was asked for can be handed in: before acceptance, or after it as an alarm."""
        return self.state is CaseState.SUPPLEMENT or (self.state in IN_HAND and bool(self.defects))

    @property
    def is_open(self) -> bool:
        """Tell whether something remains to be done for the applicant."""
        return self.state in OPEN

    @property
    def applicant_name(self) -> str:
        """Return the name of whoever applies: the organisation, else the person."""
        return self.organisation.name if self.organisation else self.applicant.name

    @property
    def applicant_number(self) -> str:
        """Return the number of whoever applies: the organisation's code, else that of the person's document."""
        return self.organisation.uscc if self.organisation else self.applicant.id_number

    @property
    def owed(self) -> dict[str, date]:
        """Return the materials that may follow and are not there yet, by code, with the promised day."""
        promised = {code: handed.promised_by for code, handed in self.materials.items() if handed.is_promised}
        return {code: day for code, day in promised.items() if day is not None}

    @property
    def application(self) -> Application:
        """Return what was applied for, as it stands now."""
        return Application(
            applicant=self.applicant,
            form=self.form,
            materials=self.materials,
            collection=self.collection,
            reasons=self.passed_warnings,
            organisation=self.organisation,
            co_applicants=self.co_applicants,
            agent=self.agent,
        )

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
            "late": self.is_late_entry,
            "deemed": self.is_deemed,
            "suspended": stamp(self.suspended_at) if self.suspended_at else None,
            "closed": stamp(self.closed_at) if self.closed_at else None,
        }

    def ensure(self, act: str, *states: CaseState) -> None:
        """Raise WrongState unless the case is in one of ``states``, where ``act`` belongs."""
        if self.state not in states:
            raise WrongState(act, self.state)

    def ended(self, state: CaseState, result: Result, at: datetime) -> "Case":
        """Return the case closed in ``state``; an open procedure ends with it."""
        return replace(self, state=state, result=result, closed_at=at, suspended_at=None, defects=())


# --- what each fact makes of a case -----------------------------------------------------------------------------


def _entered_late(case: Case, fact: CaseEnteredLate, _at: datetime) -> Case:
    return replace(case, late_entry=fact, received_at=fact.received_at, complete_at=fact.accepted_at)


def _supplement_asked(case: Case, fact: SupplementAsked, _at: datetime) -> Case:
    asked = replace(case, supplements=case.supplements + 1, defects=fact.defects, reply_by=fact.reply_by)
    if case.state not in BEFORE_ACCEPTANCE:
        return asked  # an alarm: what is asked for after acceptance moves neither state nor clock
    return replace(asked, state=CaseState.SUPPLEMENT, silence_until=None)


def _supplement_received(case: Case, fact: SupplementReceived, at: datetime) -> Case:
    taken = replace(
        case,
        materials={**case.materials, **fact.materials},
        form={**case.form, **fact.form},
        defects=fact.open_defects,
    )
    if not fact.complete:
        return taken
    settled = replace(taken, reply_by=None)
    if case.state not in BEFORE_ACCEPTANCE:
        return settled
    return replace(settled, state=CaseState.RECEIVED, complete_at=at, silence_until=fact.silence_until)


def _accepted(case: Case, fact: CaseAccepted | CaseDeemedAccepted, _at: datetime) -> Case:
    return replace(
        case,
        state=CaseState.ACCEPTED,
        accepted_at=fact.accepted_at,
        is_deemed=isinstance(fact, CaseDeemedAccepted),
        notice=fact.notice,
        limit=fact.promised or fact.statutory,
        due=fact.due,
        near_due_from=fact.near_due_from,
        due_is_provisional=fact.due_is_provisional,
        silence_until=None,
    )


def _review_started(case: Case, fact: ReviewStarted, _at: datetime) -> Case:
    return replace(case, state=CaseState.REVIEW, reviewer=fact.reviewer)


def _suspended(case: Case, _fact: CaseSuspended, at: datetime) -> Case:
    return replace(case, state=CaseState.SUSPENDED, suspended_at=at)


def _resumed(case: Case, fact: CaseResumed, at: datetime) -> Case:
    pause = Pause(case.suspended_at or at, at)
    return replace(
        case,
        state=CaseState.REVIEW if case.reviewer else CaseState.ACCEPTED,
        suspended_at=None,
        pauses=(*case.pauses, pause),
        due=fact.due,
        near_due_from=fact.near_due_from,
        due_is_provisional=fact.due_is_provisional,
    )


def _extended(case: Case, fact: CaseExtended, _at: datetime) -> Case:
    return replace(
        case,
        extra_days=fact.days,
        due=fact.due,
        near_due_from=fact.near_due_from,
        due_is_provisional=fact.due_is_provisional,
    )


def _decided(case: Case, fact: CaseDecided, at: datetime) -> Case:
    return replace(case, state=CaseState.DECIDED, result=fact.result, decided_at=at, decision=fact.decision)


def _issued(case: Case, fact: CertificateIssued, _at: datetime) -> Case:
    return replace(case, state=CaseState.ISSUED, certificate=fact, voided_certificate="")


def _paper_voided(case: Case, fact: PaperVoided, _at: datetime) -> Case:
    """Let the voided certificate be made anew; after delivery the case stays closed and only the paper is void."""
    if case.certificate is None or case.certificate.number.text != fact.paper_number:
        return case
    state = CaseState.DECIDED if case.state is CaseState.ISSUED else case.state
    return replace(case, state=state, certificate=None, voided_certificate=fact.paper_number)


def _delivered(case: Case, _fact: CaseDelivered, at: datetime) -> Case:
    return replace(case, state=CaseState.DELIVERED, delivered_at=at, closed_at=at)


def _materials_followed(case: Case, fact: MaterialsFollowed, _at: datetime) -> Case:
    return replace(case, materials={**case.materials, **fact.materials})


def _corrected(case: Case, fact: CaseCorrected, _at: datetime) -> Case:
    """Let what was mended count; a reason that was given for what stood there goes with it."""
    mended = case.application
    for change in fact.changes:
        mended = with_text(mended, change.place, change.after)
    places = {change.place for change in fact.changes}
    reasons = {place: reason for place, reason in case.passed_warnings.items() if place not in places}
    return replace(
        case,
        applicant=mended.applicant,
        organisation=mended.organisation,
        co_applicants=mended.co_applicants,
        agent=mended.agent,
        form=dict(mended.form),
        passed_warnings={**reasons, **fact.passed_warnings},
    )


def _rated(case: Case, fact: CaseRated, _at: datetime) -> Case:
    return replace(case, state=CaseState.RATED, grade=fact.grade)


def _archived(case: Case, _fact: CaseArchived, _at: datetime) -> Case:
    return replace(case, state=CaseState.ARCHIVED)


def _ending(state: CaseState, result: Result) -> Callable[[Case, Any, datetime], Case]:
    return lambda case, _fact, at: case.ended(state, result, at)


def _voided(case: Case, fact: CaseVoided, at: datetime) -> Case:
    return case.ended(CaseState.VOIDED, fact.result, at)


_FOLDS: Mapping[type[Fact], Callable[[Case, Any, datetime], Case]] = {
    CaseEnteredLate: _entered_late,
    SupplementAsked: _supplement_asked,
    SupplementReceived: _supplement_received,
    CaseAccepted: _accepted,
    CaseDeemedAccepted: _accepted,
    CaseNotAccepted: _ending(CaseState.NOT_ACCEPTED, Result.NOT_ACCEPTED),
    CaseReturned: _ending(CaseState.RETURNED, Result.RETURNED),
    CaseWithdrawn: _ending(CaseState.WITHDRAWN, Result.WITHDRAWN),
    CaseForwarded: _ending(CaseState.FORWARDED, Result.FORWARDED),
    CaseVoided: _voided,
    ReviewStarted: _review_started,
    CaseSuspended: _suspended,
    CaseResumed: _resumed,
    CaseExtended: _extended,
    CaseDecided: _decided,
    CertificateIssued: _issued,
    PaperVoided: _paper_voided,
    CaseDelivered: _delivered,
    MaterialsFollowed: _materials_followed,
    CaseCorrected: _corrected,
    CaseRated: _rated,
    CaseArchived: _archived,
}
