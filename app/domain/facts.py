"""What can be said in the journal: every kind of fact, in the past participle, as frozen dataclasses.

A fact's class name is its ``kind`` in the body and its fields are the ``data``. A field is only ever added, with a
default, so that old entries stay readable. What follows from a fact for a case is told in ``app.domain.case``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from app.domain.application import Collection, HandedIn
from app.domain.catalogue import Limit, ProjectType
from app.domain.operators import Role
from app.domain.paper import PaperKind
from app.domain.people import Person
from app.domain.plain import from_plain, to_plain
from app.domain.station import Station


class Result(StrEnum):
    """How a case ended (办结结果); the codes of the national schema stand in ``RESULT_CODES``."""

    GRANTED = "granted"


RESULT_CODES = {Result.GRANTED: "0"}


@dataclass(frozen=True, slots=True)
class NumberedPaper:
    """The number that a fact uses up: ``serial`` in ``series`` (from 1, without a gap), and ``text`` as printed."""

    series: str
    serial: int
    text: str


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
class CaseDecided(Fact):
    """The case was decided (决定)."""

    result: Result


@dataclass(frozen=True, slots=True)
class CertificateIssued(Fact):
    """A certificate was made (制证): its number, its template and what stands on it."""

    number: NumberedPaper
    template: str
    name: str
    values: Mapping[str, str]
    issued_on: date
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class CaseDelivered(Fact):
    """The result was handed over (送达) to ``collected_by``; ``in_person`` when that is the applicant."""

    collected_by: str
    in_person: bool = True
    id_number: str = ""
    """Of whoever collected it for the applicant."""


@dataclass(frozen=True, slots=True)
class PaperMade(Fact):
    """A numbered paper was drawn; ``digest`` is the SHA-256 (hex) of the PDF that the store keeps."""

    paper_kind: PaperKind
    paper_number: str
    digest: str


@dataclass(frozen=True, slots=True)
class PersonalDataShown(Fact):
    """An operator looked at the whole of masked personal data."""

    purpose: str = ""


FACTS: dict[str, type[Fact]] = {kind.__name__: kind for kind in Fact.__subclasses__()}


def read_fact(body: Mapping[str, Any]) -> Fact:
    """Return the fact in an entry's body; KeyError when this program does not know its kind."""
    return from_plain(FACTS[body["kind"]], body["data"])
