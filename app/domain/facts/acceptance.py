"""Facts of a case from 收件 to 受理, and of the ways out before it: see ``app.domain.acceptance``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from app.domain.application import Collection, HandedIn
from app.domain.catalogue import Limit, ProjectType
from app.domain.facts.base import Fact, NumberedPaper
from app.domain.outcomes import Defect, NonAcceptanceGround
from app.domain.people import Agent, Organisation, Person


@dataclass(frozen=True, slots=True)
class CaseReceived(Fact):
    """Materials were handed over (收件); the receipt lists them."""

    item: str
    item_version: int
    title: str
    department: str
    project_type: ProjectType
    applicant: Person
    form: Mapping[str, str]
    materials: Mapping[str, HandedIn]
    collection: Collection
    receipt: NumberedPaper
    holder: str
    """Code of the station that holds the case."""
    started_at: datetime | None = None
    """When the clerk began to type."""
    passed_warnings: Mapping[str, str] = field(default_factory=dict)
    """Why the clerk went on in spite of a warning, by place."""
    organisation: Organisation | None = None
    """The organisation that applies; ``applicant`` is then its representative."""
    co_applicants: tuple[Person, ...] = ()
    agent: Agent | None = None
    silence_until: datetime | None = None
    """When the case counts as accepted if the body says nothing (行政许可法 Art. 32)."""
    collect_at: str = ""
    """Code of the station where the applicant chose to collect the result (选地取件), empty for the other ways."""
    collect_at_name: str = ""


@dataclass(frozen=True, slots=True)
class CaseEnteredLate(Fact):
    """The case was really handled earlier on paper and is entered afterwards (补录); figures count it apart.

    ``received_at`` and ``accepted_at`` are the real times, ``paper_number`` that of the paper that was given out.
    """

    reason: str
    paper_number: str
    received_at: datetime
    accepted_at: datetime


@dataclass(frozen=True, slots=True)
class SupplementAsked(Fact):
    """The applicant was told everything that is missing, once (一次性补正告知).

    ``reason`` says why a second request was needed, or one after acceptance, which changes neither state nor clock.
    """

    defects: tuple[Defect, ...]
    notice: NumberedPaper
    reply_by: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SupplementReceived(Fact):
    """What the notice asked for was handed in, in whole (``complete``) or in part."""

    materials: Mapping[str, HandedIn]
    """The materials as they are now, for those that were handed in."""
    form: Mapping[str, str]
    """Values of the form that were mended."""
    receipt: NumberedPaper
    complete: bool
    open_defects: tuple[Defect, ...] = ()
    """What of the last notice is still missing."""
    silence_until: datetime | None = None
    others: Mapping[str, str] = field(default_factory=dict)
    """What was handed in for lines of the notice that are neither a material nor in the form, by place."""


@dataclass(frozen=True, slots=True)
class CaseAccepted(Fact):
    """The case is complete and within the body's power (受理): the clock started at ``accepted_at``."""

    accepted_at: datetime
    notice: NumberedPaper
    due: datetime | None = None
    near_due_from: datetime | None = None
    """From when on the case shows as near due (临期)."""
    due_is_provisional: bool = False
    statutory: Limit | None = None
    promised: Limit | None = None


@dataclass(frozen=True, slots=True)
class CaseDeemedAccepted(Fact):
    """The body said nothing until ``silent_until``: the case counts as accepted from ``accepted_at`` (Art. 32).

    The program records this by itself; ``accepted_at`` is the day all materials were received, dated back.
    """

    accepted_at: datetime
    silent_until: datetime
    notice: NumberedPaper
    due: datetime | None = None
    near_due_from: datetime | None = None
    due_is_provisional: bool = False
    statutory: Limit | None = None
    promised: Limit | None = None


@dataclass(frozen=True, slots=True)
class CaseNotAccepted(Fact):
    """The case was not accepted (不予受理), with the reason, the competent body and the remedies."""

    ground: NonAcceptanceGround
    reason: str
    competent: str
    basis: str
    remedies: str
    notice: NumberedPaper


@dataclass(frozen=True, slots=True)
class CaseReturned(Fact):
    """The materials were given back before acceptance (退件)."""

    reason: str
    slip: NumberedPaper


@dataclass(frozen=True, slots=True)
class CaseWithdrawn(Fact):
    """The applicant took the application back (撤回); ``form`` is what they signed."""

    reason: str
    form: NumberedPaper


@dataclass(frozen=True, slots=True)
class CaseForwarded(Fact):
    """The case was handed up to another body (转报), which decides."""

    to: str
    reason: str
    slip: NumberedPaper
