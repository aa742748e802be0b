"""What can be said in the journal: every kind of fact, in the past participle, as frozen dataclasses.

A fact's class name is its ``kind`` in the body and its fields are the ``data``. A field is only ever added, with a
default, so that old entries stay readable. What follows from a fact for a case is told in ``app.domain.case``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from app.domain.application import Collection, HandedIn
from app.domain.catalogue import Limit, ProjectType
from app.domain.operators import Role
from app.domain.outcomes import Correction, Defect, NonAcceptanceGround, Result, SpecialProcedure
from app.domain.paper import PaperKind
from app.domain.people import Agent, Organisation, Person
from app.domain.plain import from_plain, to_plain
from app.domain.station import Station


@dataclass(frozen=True, slots=True)
class NumberedPaper:
    """The number that a fact uses up: ``serial`` in ``series`` (from 1, without a gap), and ``text`` as printed."""

    series: str
    serial: int
    text: str


NO_NUMBER = NumberedPaper("", 0, "")
"""Stands where a number would be while an act is only imagined; it is never recorded."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened; it is recorded once and never changed."""

    @property
    def kind(self) -> str:
        """Return the name under which the fact stands in a body."""
        return type(self).__name__

    def data(self) -> dict[str, Any]:
        """Return the fact's fields as plain JSON values."""
        plain: dict[str, Any] = to_plain(self)
        return plain


# --- the station -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EpochOpened(Fact):
    """A journal began: with a new installation, or after a restored backup, whose last hash it names."""

    public_key: str
    previous_hash: str | None = None
    program: str = ""
    reason: str = ""
    """``restored`` from a backup, ``recovered`` after the keys were lost; empty for a new installation."""
    backup_made_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NumbersSkipped(Fact):
    """Numbers that may have been used since a backup are left out, in every series of ``day`` and of ``year``.

    It follows an EpochOpened; the gap in each series is no lost paper. The shares are those of the day and the year
    that had gone by, in millionths; ``app.domain.skipping`` tells which numbers they leave out.
    """

    day: date
    day_share: int
    year: int
    year_share: int


@dataclass(frozen=True, slots=True)
class RecoverySheetMade(Fact):
    """A recovery sheet was made; its code, which is kept nowhere, opens the backups from now on. ``sheet`` names it."""

    sheet: str


@dataclass(frozen=True, slots=True)
class StationSetUp(Fact):
    """The counter was told who and where it is; the last such fact counts."""

    station: Station


@dataclass(frozen=True, slots=True)
class OperatorEnrolled(Fact):
    """An account was opened, or its name or roles were changed; the last such fact of a login counts."""

    login: str
    name: str
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class OperatorDisabled(Fact):
    """An account was closed: nobody can log in with it until it is enabled again."""

    login: str


@dataclass(frozen=True, slots=True)
class OperatorEnabled(Fact):
    """A disabled account was opened again."""

    login: str


@dataclass(frozen=True, slots=True)
class PasswordChanged(Fact):
    """The password of ``login`` was changed; ``reset`` when an administrator gave a new one."""

    login: str
    reset: bool = False


@dataclass(frozen=True, slots=True)
class WindowHandedOver(Fact):
    """One operator gave the window to another (AB 岗), with everything that was open on it."""

    giver: str
    taker: str


@dataclass(frozen=True, slots=True)
class OperatorLoggedIn(Fact):
    """An operator took the window over, or unlocked it."""

    unlocked: bool = False


@dataclass(frozen=True, slots=True)
class OperatorLoggedOut(Fact):
    """An operator gave the window back; ``idle`` when the program did it after a time without a key."""

    idle: bool = False


@dataclass(frozen=True, slots=True)
class PublishedItem:
    """One catalogue item in the version and with the content digest under which it was published."""

    code: str
    version: int
    digest: str


@dataclass(frozen=True, slots=True)
class CatalogueLoaded(Fact):
    """Items were published to this counter: only those that are new or changed."""

    items: tuple[PublishedItem, ...]


@dataclass(frozen=True, slots=True)
class JournalExported(Fact):
    """The journal was written to a file; it is the last entry in it, so that a file cut short shows."""

    entries: int


# --- the clock -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ClockJumped(Fact):
    """The PC's clock was set while the program ran; the counter's time did not follow.

    ``noticed_at`` is the counter's time and ``wall`` the PC's clock at that moment; ``difference_ms`` is how far it was
    set, negative for back.
    """

    noticed_at: datetime
    wall: datetime
    difference_ms: int


@dataclass(frozen=True, slots=True)
class ClockDrifted(Fact):
    """The PC's clock and the counter's time have parted slowly, without a jump, by ``difference_ms`` since the last word."""

    noticed_at: datetime
    wall: datetime
    difference_ms: int


@dataclass(frozen=True, slots=True)
class ClockFoundBehind(Fact):
    """The PC's clock was earlier than the last entry at a start; time went on from ``started_at``.

    Or while the program ran, when another process had written an entry by a clock that was ahead.
    """

    last_at: datetime
    wall: datetime
    started_at: datetime
    difference_ms: int
    """``wall`` less ``last_at``: always negative."""


@dataclass(frozen=True, slots=True)
class ClockCorrected(Fact):
    """An administrator let the counter's time follow the PC's clock, from ``before`` to ``after``, for ``reason``.

    It is the only entry whose time may be earlier than that of the entry before it.
    """

    before: datetime
    after: datetime
    reason: str


# --- a case ----------------------------------------------------------------------------------------------------


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


@dataclass(frozen=True, slots=True)
class ReviewStarted(Fact):
    """Somebody of the deciding body took the accepted case up (审查)."""

    reviewer: str


@dataclass(frozen=True, slots=True)
class CaseSuspended(Fact):
    """A special procedure began (特别程序): its time does not count."""

    procedure: SpecialProcedure
    basis: str
    notice: NumberedPaper
    days: int | None = None
    """Working days that it is expected to take."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CaseResumed(Fact):
    """The special procedure ended: the clock runs again, and the due date moved by the time that did not count."""

    outcome: str
    stopped_days: int
    """Working days that did not count."""
    due: datetime | None = None
    near_due_from: datetime | None = None
    due_is_provisional: bool = False


@dataclass(frozen=True, slots=True)
class CaseExtended(Fact):
    """The head of the body extended the limit by ``days`` working days (延期), once; the clock never stopped."""

    days: int
    reason: str
    approver: str
    notice: NumberedPaper
    due: datetime | None = None
    near_due_from: datetime | None = None
    due_is_provisional: bool = False


@dataclass(frozen=True, slots=True)
class CaseDecided(Fact):
    """The case was decided (决定): granted or refused.

    A refusal has reason, basis and remedies; ``decision`` is its paper, which an immediate grant has none of.
    """

    result: Result
    reason: str = ""
    basis: str = ""
    remedies: str = ""
    decided_by: str = ""
    """Who decided, where that is not the operator."""
    decision: NumberedPaper | None = None


@dataclass(frozen=True, slots=True)
class CertificateIssued(Fact):
    """A certificate was made (制证): its number, its template and what stands on it."""

    number: NumberedPaper
    template: str
    name: str
    values: Mapping[str, str]
    issued_on: date
    valid_until: date | None = None
    replaces: str = ""
    """Number of the voided certificate that this one takes the place of."""


@dataclass(frozen=True, slots=True)
class CaseDelivered(Fact):
    """The result was handed over (送达) to ``collected_by``; ``in_person`` when that is the applicant."""

    collected_by: str
    in_person: bool = True
    id_number: str = ""
    """Of whoever collected it for the applicant."""
    receipt: NumberedPaper | None = None
    """The 送达回证 that was signed."""


@dataclass(frozen=True, slots=True)
class MaterialsFollowed(Fact):
    """Materials that were allowed to follow (容缺后补) were handed in, as they are now, by code."""

    materials: Mapping[str, HandedIn]
    receipt: NumberedPaper


@dataclass(frozen=True, slots=True)
class CaseCorrected(Fact):
    """Typing errors were mended: what was written stays in the journal, what counts from now on is ``after``."""

    changes: tuple[Correction, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class CaseVoided(Fact):
    """The case was closed as void (作废办结) or as entered by mistake (录入错误), with a second person's consent."""

    result: Result
    reason: str
    approved_by: str
    """Login of the second person."""


@dataclass(frozen=True, slots=True)
class CaseRated(Fact):
    """The citizen rated the service once, of their own will: grade 1 (very satisfied) to 5."""

    grade: int
    comment: str = ""


@dataclass(frozen=True, slots=True)
class CaseArchived(Fact):
    """The closed case was put into the archive (归档)."""

    place: str = ""
    """Where its papers stand."""


# --- papers -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FormPrepared(Fact):
    """A form was filled in from what was typed, for signing or as a slip: 委托书, 告知承诺书, 取件凭证 and the like.

    What stands on it stands here, so that it can be drawn again; it may belong to no case yet.
    """

    paper_kind: PaperKind
    number: NumberedPaper
    name: str
    """What the paper is called."""
    values: Mapping[str, str]
    template: str = ""
    """The template's name where it is not that of the kind."""


@dataclass(frozen=True, slots=True)
class PaperPrinted(Fact):
    """A paper was sent to a printer; ``copy`` is 0 for the first print, n for 补打第 n 次."""

    paper_number: str
    printer: str = ""
    copy: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PrintConfirmed(Fact):
    """The clerk saw that the print came out well (已打印)."""

    paper_number: str


@dataclass(frozen=True, slots=True)
class PrintSpoiled(Fact):
    """What came out of the printer was spoiled or nothing came out; it is printed again (重打)."""

    paper_number: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PaperVoided(Fact):
    """A paper was declared void; its number stays used. ``approved_by`` is the second person's login."""

    paper_number: str
    reason: str
    approved_by: str
    original_recovered: bool = True


@dataclass(frozen=True, slots=True)
class PaperMade(Fact):
    """A numbered paper was drawn; ``digest`` is the SHA-256 (hex) of the PDF that the store keeps."""

    paper_kind: PaperKind
    paper_number: str
    digest: str
    template: str = ""
    template_digest: str = ""
    """SHA-256 (hex) of the template's file: the version that the paper was drawn by."""


@dataclass(frozen=True, slots=True)
class PersonalDataShown(Fact):
    """An operator looked at the whole of masked personal data."""

    purpose: str = ""


# --- without a case ---------------------------------------------------------------------------------------------


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


@dataclass(frozen=True, slots=True)
class DayClosed(Fact):
    """The day was closed: what happened, numbers used, what is open; the clerk and a second person signed."""

    day: date
    report: NumberedPaper
    counts: Mapping[str, int]
    """Accepted, issued, printed, spoiled, open and the like, by name."""
    series: Mapping[str, str]
    """First and last serial used of each series that day, such as ``412-431``."""
    approved_by: str
    """Login of the second person."""
    remark: str = ""
    entries: int = 0
    """How many entries of the journal the closing is the first to cover."""
    follows: str = ""
    """Number of the earlier report of the same day, when work went on after it."""
    tables: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    """What stands in the report's tables, so that it can be drawn again as it was: much of it is no fact."""


@dataclass(frozen=True, slots=True)
class CasesExported(Fact):
    """A list of cases was written to a file or printed; ``is_whole`` when names and numbers in it are not masked."""

    rows: int
    is_whole: bool
    form: str
    """``xlsx``, ``csv`` or ``pdf``."""
    day_from: date | None = None
    day_to: date | None = None
    purpose: str = ""


def numbered_papers(fact: Fact) -> tuple[tuple[PaperKind, NumberedPaper, str], ...]:
    """Return the papers whose numbers ``fact`` uses up: kind, number, and the name where its kind has several."""
    match fact:
        case CaseReceived():
            return ((PaperKind.MATERIALS_RECEIPT, fact.receipt, ""),)
        case CaseAccepted() | CaseDeemedAccepted():
            return ((PaperKind.ACCEPTANCE_NOTICE, fact.notice, ""),)
        case CaseDecided() if fact.decision is not None:
            granted = fact.result is Result.GRANTED
            return ((PaperKind.GRANT_DECISION if granted else PaperKind.REFUSAL_DECISION, fact.decision, ""),)
        case CertificateIssued():
            return ((PaperKind.CERTIFICATE, fact.number, fact.name),)
        case CaseDelivered() if fact.receipt is not None:
            return ((PaperKind.SERVICE_RECEIPT, fact.receipt, ""),)
        case FormPrepared():
            return ((fact.paper_kind, fact.number, fact.name),)
        case _ if type(fact) in _PLAIN_PAPERS:
            kind, field_name = _PLAIN_PAPERS[type(fact)]
            return ((kind, getattr(fact, field_name), ""),)
        case _:
            return ()


_PLAIN_PAPERS: dict[type[Fact], tuple[PaperKind, str]] = {
    SupplementAsked: (PaperKind.SUPPLEMENT_NOTICE, "notice"),
    SupplementReceived: (PaperKind.SUPPLEMENT_RECEIPT, "receipt"),
    MaterialsFollowed: (PaperKind.SUPPLEMENT_RECEIPT, "receipt"),
    CaseNotAccepted: (PaperKind.NON_ACCEPTANCE_NOTICE, "notice"),
    CaseReturned: (PaperKind.RETURN_SLIP, "slip"),
    CaseWithdrawn: (PaperKind.WITHDRAWAL_FORM, "form"),
    CaseForwarded: (PaperKind.FORWARDING_SLIP, "slip"),
    CaseSuspended: (PaperKind.SUSPENSION_NOTICE, "notice"),
    CaseExtended: (PaperKind.EXTENSION_NOTICE, "notice"),
    InquiryOpened: (PaperKind.INQUIRY_SLIP, "number"),
    DayClosed: (PaperKind.DAY_REPORT, "report"),
}
"""Facts that always use exactly one number, of a kind without names: the kind and the field that holds it."""


FACTS: dict[str, type[Fact]] = {kind.__name__: kind for kind in Fact.__subclasses__()}


def read_fact(body: Mapping[str, Any]) -> Fact:
    """Return the fact in an entry's body; KeyError when this program does not know its kind."""
    return from_plain(FACTS[body["kind"]], body["data"])
