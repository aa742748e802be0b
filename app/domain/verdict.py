"""What checking a paper comes to: whether it may be relied on, and why. How papers are checked is the job of ``app.verification``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from app.domain.clock import ProvenInterval


class Ruling(StrEnum):
    """Whether somebody may rely on a paper."""

    VALID = "valid"
    REFUSED = "refused"
    """Forged or changed, or it counts no more"""
    UNKNOWN = "unknown"
    """Cannot be told here"""


class Reason(StrEnum):
    """Why."""

    GENUINE = "genuine"
    """A station of the centre said exactly this, and nothing is known against it"""
    EXPIRED = "expired"
    CHANGED = "changed"
    """It is not what was signed, or damaged"""
    FORGED = "forged"
    """It claims to be of this centre, which never certified who signed it, or not for that day"""
    DIFFERS = "differs"
    """What the file says is not what its code says"""
    STATION_REVOKED = "station_revoked"
    """Issued after its station was shut out"""
    WITHDRAWN = "withdrawn"
    RECALLED = "recalled"
    VOID = "void"
    REPLACED = "replaced"
    NOTHING_FOUND = "nothing_found"
    """There is neither a code nor a signature"""
    UNREADABLE = "unreadable"
    OTHER_CENTRE = "other_centre"
    UNKNOWN_SUITE = "unknown_suite"
    STATION_STOPPED = "station_stopped"
    """Issued, as it says itself, before its station was shut out"""
    NOT_YET = "not_yet"
    """Issued on a day that has not come"""
    UNRECORDED = "unrecorded"
    """The journal of the window that it names is here, and has no such entry"""
    UNSIGNED = "unsigned"
    """The code holds, and the text around it bears no signature: it may have been changed"""


class Unread(StrEnum):
    """Why a file cannot be read."""

    MISSING = "missing"
    FORBIDDEN = "forbidden"
    FOLDER = "folder"
    EMPTY = "empty"
    SIZE = "size"
    """Too large"""
    KIND = "kind"
    """Neither a PDF nor a picture nor the text of a code"""
    PAGES = "pages"
    """Nothing was found on the first pages, and no more are looked at"""
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    LOST = "lost"
    """Whoever read it broke off over it, or took too long"""


VALID = frozenset({Reason.GENUINE})
UNKNOWN = frozenset(
    {
        *(Reason.NOTHING_FOUND, Reason.UNREADABLE, Reason.OTHER_CENTRE, Reason.UNKNOWN_SUITE),
        *(Reason.STATION_STOPPED, Reason.NOT_YET, Reason.UNRECORDED, Reason.UNSIGNED),
    }
)


class Finality(StrEnum):
    """Whether the centre has the journal entry that a paper rests on."""

    CONFIRMED = "confirmed"
    PROVISIONAL = "provisional"
    UNKNOWN = "unknown"
    """Who checks cannot know it"""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a counter's own store knows of a paper, which a stranger cannot know."""

    finality: Finality = Finality.UNKNOWN
    end: Reason | None = None
    """Why it counts no more"""
    stopped_at: datetime | None = None
    """When its station was shut out"""
    is_missing: bool = False
    """The journal of its station is here, and has no such entry"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What checking one paper came to."""

    reason: Reason
    said: Mapping[str, str] = field(default_factory=dict)
    """What was signed, by the names of GB/T 36901–36906; to be compared with what stands on the paper"""
    station: str = ""
    finality: Finality = Finality.UNKNOWN
    since: date | None = None
    """Since when it counts no more, where that is known"""
    list_until: datetime | None = None
    """Until when what was called back is known, None where nothing is known of it"""
    is_list_over: bool = False
    """Whether that time is past: what was called back lately may be missing"""
    unread: Unread | None = None
    """Why the file cannot be read, where that is the reason"""

    @property
    def ruling(self) -> Ruling:
        """Return whether somebody may rely on the paper."""
        if self.reason in VALID:
            return Ruling.VALID
        return Ruling.UNKNOWN if self.reason in UNKNOWN else Ruling.REFUSED


class ReceiptStanding(StrEnum):
    """What a journal or the centre says of a receipt."""

    PROVEN = "proven"
    """The entry that it names stands there, for its case"""
    OTHER_CASE = "other_case"
    """The entry that it names is of another case"""
    ABSENT = "absent"
    """There is no such entry: forged, or of another journal, or later than it was exported"""
    CASE_ONLY = "case_only"
    """Its case stands there; without its 16 digits nothing is proven"""
    NOTHING_FOUND = "nothing_found"
    """There are neither digits nor a bar code"""
    UNCHECKED = "unchecked"
    """The centre has the entry, and has not checked its signature yet, or found that it does not fit"""
    WAITING = "waiting"
    """The centre set the entry aside, and may still let it in"""
    SET_ASIDE = "set_aside"
    """The centre set the entry aside for good"""
    CONTRADICTED = "contradicted"
    """The centre has the acceptance of its case, with other digits"""
    NOT_THERE = "not_there"
    """The centre has no such entry that whoever asks may hear of: forged, or not sent yet"""
    NO_CASE = "no_case"
    """The centre tells nothing by the digits alone"""


OF_RECEIPTS = {
    ReceiptStanding.PROVEN: Ruling.VALID,
    ReceiptStanding.OTHER_CASE: Ruling.REFUSED,
    ReceiptStanding.ABSENT: Ruling.REFUSED,
    ReceiptStanding.SET_ASIDE: Ruling.REFUSED,
    ReceiptStanding.CONTRADICTED: Ruling.REFUSED,
}


@dataclass(frozen=True, slots=True)
class ReceiptVerdict:
    """What checking a receipt came to; of the entry that was found: its place, kind, case and time."""

    standing: ReceiptStanding
    seq: int = 0
    kind: str = ""
    case: str = ""
    at: datetime | None = None
    witness: str = ""
    station: str = ""
    proven: ProvenInterval = field(default_factory=ProvenInterval)
    """Between which moments of the centre's time it was recorded, where the centre was asked"""

    @property
    def ruling(self) -> Ruling:
        """Return whether somebody may rely on the receipt."""
        return OF_RECEIPTS.get(self.standing, Ruling.UNKNOWN)
