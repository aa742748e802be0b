"""What screens show, as frozen snapshots: read in one query, never changed, never asked for more."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.case import CaseState
from app.domain.paper import SIGNED, PaperKind, PaperState, SignerRole
from app.domain.people import Organisation, Person


class CaseScope(StrEnum):
    """Which part of all cases a list shows."""

    ALL = "all"
    OPEN = "open"
    NEAR_DUE = "near_due"
    OVERDUE = "overdue"
    TO_DELIVER = "to_deliver"
    RECEIVED = "received"
    """Taken in and not accepted yet, also while a supplement is awaited."""
    SUSPENDED = "suspended"
    OWED = "owed"
    """Materials that may follow are not there yet."""
    LATE = "late"
    """Late entries (补录)."""
    DONE = "done"
    ELSEWHERE = "elsewhere"
    """Open, and in the hands of another station."""
    TO_TAKE_OVER = "to_take_over"
    """Handed to this station, which has not said yet that case and papers are here."""
    TO_COLLECT = "to_collect"
    """Open, and its result is to be collected here (选地取件), whoever holds the case."""
    TO_RECALL = "to_recall"
    """With papers of this station that must be called back, whoever holds the case and however it ended."""


class CaseMark(StrEnum):
    """Where what happened to a case here is known, as a quiet mark beside it."""

    HERE = "here"
    """Something of it is on this machine only (仅在本机)."""
    AT_CENTRE = "at_centre"
    """The centre has all of it (已到中心)."""
    CONFIRMED = "confirmed"
    """The centre has checked all signatures of it (已确认)."""


class PaperMark(StrEnum):
    """What the centre makes of an own paper, told beside it and never on it: the paper in the citizen's hand stays as it is."""

    PROVISIONAL = "provisional"
    """Given out, and the centre has not confirmed what it rests on (临时)."""
    FINAL = "final"
    """The centre has what made it, and has checked chain and signature (已确认)."""
    TO_RECALL = "to_recall"
    """What it rests on was set aside for good: it must be called back from the citizen (须收回)."""


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What a list of cases is narrowed to; empty text and None narrow nothing."""

    scope: CaseScope = CaseScope.ALL
    text: str = ""
    item: str = ""
    department: str = ""
    received_from: date | None = None
    received_to: date | None = None
    """The last day, itself included."""
    clerk: str = ""
    """Login of who took the case in."""
    now: datetime | None = None
    """For the scopes near due and overdue."""
    by_due: bool = False
    oldest_first: bool = False
    """For lists that are read to their end: a case that comes meanwhile moves no row."""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case in a list; names and numbers are whole here and masked when shown."""

    number: str
    item: str
    title: str
    department: str
    applicant: str
    id_number: str
    phone: str
    state: CaseState
    is_immediate: bool
    holder: str
    received_at: datetime
    accepted_at: datetime | None
    due: datetime | None
    near_due_from: datetime | None
    delivered_at: datetime | None
    representative: str = ""
    """Who represents the organisation that applies; ``applicant`` is then the organisation."""
    agent: str = ""
    entered_at: datetime | None = None
    """When it was entered; of a late entry after ``received_at``."""
    is_late: bool = False
    """A late entry (补录): shown apart and counted apart."""
    is_deemed: bool = False
    suspended_at: datetime | None = None
    silence_until: datetime | None = None
    reply_by: date | None = None
    """By when the applicant is to hand in what a supplement notice asks for."""
    owed_by: date | None = None
    """The earliest day by which a material was promised that is not there yet."""
    closed_at: datetime | None = None
    clerk: str = ""
    """Login of who took the case in."""
    awaits_taking_over: bool = False
    """Handed over, and its holder has not said yet that it is there."""
    collect_at: str = ""
    """Code of the station where the applicant chose to collect the result."""
    mark: CaseMark | None = None
    """None at a counter that never met a centre."""


@dataclass(frozen=True, slots=True)
class InquiryFilter:
    """What a list of inquiries is narrowed to; ``text`` fits the number, who asked, the telephone and the subject."""

    only_open: bool = True
    text: str = ""


@dataclass(frozen=True, slots=True)
class DayRow:
    """One day of the journal: whether work was done that no closing covers, and whether it was closed at all."""

    day: date
    has_open_work: bool
    is_closed: bool


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Someone who was here before, as last typed, and how often."""

    person: Person
    cases: int
    last_seen: datetime


@dataclass(frozen=True, slots=True)
class KnownOrganisation:
    """An organisation that was here before, with its representative, as last typed, and how often."""

    organisation: Organisation
    representative: Person
    cases: int
    last_seen: datetime


@dataclass(frozen=True, slots=True)
class PaperSignature:
    """One signature by hand on a paper; see ``PaperSigned``."""

    line: int
    signer: str
    role: SignerRole
    for_whom: str
    picture: str
    """Digest of the signature's picture."""
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One numbered paper; ``digest`` is empty as long as the PDF has not been drawn, ``case_number`` without a case."""

    kind: PaperKind
    number: str
    case_number: str
    made_at: datetime
    digest: str
    name: str
    """Title of the certificate, empty for the other kinds."""
    epoch: int = 1
    seq: int = 0
    """Epoch and seq of the entry that uses the number."""
    state: PaperState = PaperState.TO_PRINT
    sent: int = 0
    """How often it was sent to a printer."""
    printed: int = 0
    """How often it came out well, as the clerk said."""
    void_reason: str = ""
    voided_by: str = ""
    """Login of the second person who agreed to voiding it."""
    station: str = ""
    """Code of the station whose paper it is; one of another station is read here and never drawn."""
    signatures: tuple[PaperSignature, ...] = ()
    """Who signed it on the screen, in order."""
    still_open: int = 0
    """How many might still sign it once somebody has; see ``PaperSigned``."""
    valid_until: date | None = None
    """The last day of a certificate that runs out."""
    ended_at: datetime | None = None
    """Since when a paper counts no more that was declared void, revoked or replaced."""
    ground: str = ""
    """Why a certificate was revoked (``RevocationGround``) or replaced (``ReplacementGround``)."""
    replaced_by: str = ""
    """Number of the certificate that took its place after it had been handed over."""
    clerk: str = ""
    """Login of who made it."""
    template: str = ""
    """Name of the template of a certificate, empty for the other kinds."""
    mark: PaperMark | None = None
    """None for a paper that counts no more and one of another station, and at a counter that never met a centre."""

    def is_expired(self, today: date) -> bool:
        """Tell whether a certificate that counts otherwise has run out by ``today``."""
        return not self.state.is_over and self.valid_until is not None and self.valid_until < today

    @property
    def may_be_signed(self) -> bool:
        """Tell whether somebody may still sign it on the screen, as far as its kind tells; see ``SignatureService``."""
        is_open = not self.signatures or bool(self.still_open)
        return is_open and self.kind in SIGNED and not self.state.is_over


@dataclass(frozen=True, slots=True)
class PaperCounts:
    """How many own papers are not settled with the centre, void ones left out."""

    provisional: int = 0
    to_recall: int = 0


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One draft in a list."""

    draft_id: str
    item: str
    title: str
    applicant: str
    saved_at: datetime
    started_at: datetime
    operator: str = ""
    """Login of who began it."""
    organisation: str = ""
    """Name of the organisation that applies, empty for a person."""


@dataclass(frozen=True, slots=True)
class Today:
    """A day's figures; ``mean_handling_s`` is from the draft's start to acceptance, None without a case.

    Late entries are counted in ``late`` alone.
    """

    accepted: int
    delivered: int
    mean_handling_s: int | None
    late: int = 0


@dataclass(frozen=True, slots=True)
class ItemUse:
    """How often an item was accepted."""

    item: str
    count: int


@dataclass(frozen=True, slots=True)
class CaseCounts:
    """How many cases each part of the list has."""

    open: int
    near_due: int
    overdue: int
    to_deliver: int
    done: int
    received: int = 0
    suspended: int = 0
    owed: int = 0
    late: int = 0
    elsewhere: int = 0
    """Open cases in the hands of other stations; no other part but the whole list has them."""
    to_take_over: int = 0
    to_collect: int = 0
    """Open cases whose result is to be collected here, whoever holds them."""
    to_recall: int = 0
    """Cases with papers that must be called back, whoever holds them."""
