"""A case (办件): what the facts so far have made of it.

The verbs, which check the rules and return the fact that follows, stand by stage: ``acceptance`` up to the acceptance
notice, ``review`` up to the decision, ``closing`` up to the archive. Nothing changes until a fact is recorded and
folded in with ``after``; what each fact makes of a case stands in ``folding``, the states in ``case_state``.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from app.domain.application import Application, Collection, HandedIn
from app.domain.case_state import BEFORE_ACCEPTANCE, CLOSED, DEAD, IN_HAND, OPEN, READY, RUNNING, CaseState
from app.domain.catalogue import Limit, ProjectType
from app.domain.clock import stamp
from app.domain.deadline import Pause
from app.domain.errors import WrongState
from app.domain.facts import CaseEnteredLate, CaseReceived, CertificateIssued, Fact, NumberedPaper
from app.domain.folding import FOLDS
from app.domain.outcomes import RESULT_CODES, Defect, HandOverPurpose, Result
from app.domain.people import Agent, Organisation, Person

__all__ = ["BEFORE_ACCEPTANCE", "CLOSED", "DEAD", "IN_HAND", "OPEN", "READY", "RUNNING", "Case", "CaseState"]
"""Whoever reads a case asks for its state too."""


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
    holder_name: str = ""
    """What the holder is called, empty as long as nobody handed the case over."""
    handed_from: str = ""
    """Code of the station that handed the case to its holder, to which it can be sent back."""
    handed_from_name: str = ""
    handed_at: datetime | None = None
    handed_for: HandOverPurpose | None = None
    taken_over_at: datetime | None = None
    """When the holder said that case and papers are there, None as long as they are on the way."""
    collect_at: str = ""
    """Code of the station where the applicant chose to collect the result, empty when that is not at another place."""
    collect_at_name: str = ""
    came_by: str = field(default="", compare=False)
    """Hash (hex) of the hand-over by which the case came to whoever acts on it, empty at the station that took it in. Known
    where the case was read from a journal: facts alone do not tell it."""

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
            collect_at=fact.collect_at,
            collect_at_name=fact.collect_at_name,
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
        fold = FOLDS.get(type(fact))
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
    def awaits_taking_over(self) -> bool:
        """Tell whether the case was handed over and its holder has not said yet that it is there."""
        return self.handed_at is not None and self.taken_over_at is None

    @property
    def is_open(self) -> bool:
        """Tell whether something remains to be done for the applicant."""
        return self.state in OPEN

    @property
    def is_collected_elsewhere(self) -> bool:
        """Tell whether the result is to be handed over where the applicant chose and the case is not."""
        return self.collect_at not in {"", self.holder}

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
            collect_at=self.collect_at,
            collect_at_name=self.collect_at_name,
            reasons=self.passed_warnings,
            organisation=self.organisation,
            co_applicants=self.co_applicants,
            agent=self.agent,
        )

    def header(self) -> dict[str, Any]:
        """Return what an entry's header tells others of the case, without personal data.

        ``collect_at`` makes the named station a party of the case; it stands there for as long as it holds. ``came_by``
        is the hand-over that whoever wrote the entry acted on, so that the centre can tell what came early from what came
        late.
        """
        header: dict[str, Any] = {
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
            "handed": stamp(self.handed_at) if self.handed_at and self.awaits_taking_over else None,
            "closed": stamp(self.closed_at) if self.closed_at else None,
        }
        seldom = {"collect_at": self.collect_at, "came_by": self.came_by}
        return header | {key: value for key, value in seldom.items() if value}

    def ensure(self, act: str, *states: CaseState) -> None:
        """Raise WrongState unless the case is in one of ``states``, where ``act`` belongs."""
        if self.state not in states:
            raise WrongState(act, self.state)

    def ended(self, state: CaseState, result: Result, at: datetime) -> "Case":
        """Return the case closed in ``state``; an open procedure ends with it."""
        return replace(self, state=state, result=result, closed_at=at, suspended_at=None, defects=())
