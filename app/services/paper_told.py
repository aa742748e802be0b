"""What a paper is made from: the fact that uses its number, the case around it, and what ties it to the journal."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.domain.application import Application
from app.domain.case import Case
from app.domain.catalogue import ServiceItem
from app.domain.facts import CaseEnteredLate, Fact, NumberedPaper
from app.domain.paper import PaperKind
from app.services.paper_words import long_time

Values = dict[str, str]
Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Witness:
    """What ties a paper to the journal: who acted, when, and the acceptance entry's 16 hex digits."""

    clerk: str
    at: datetime
    digits: str


@dataclass(frozen=True, slots=True)
class OfCase:
    """A case around the fact of a paper; ``case`` is as it was right after the fact, ``before`` right before it."""

    case: Case
    before: Case
    item: ServiceItem
    late_entry: CaseEnteredLate | None = None
    """Also where that was recorded after the fact."""

    @property
    def application(self) -> Application:
        """Return what was applied for."""
        return self.case.application

    @property
    def received(self) -> str:
        """Return when the materials were really received."""
        return long_time(self.late_entry.received_at if self.late_entry else self.case.received_at)

    @property
    def accepted(self) -> str:
        """Return when the case was accepted, empty as long as it is not."""
        return long_time(self.case.accepted_at) if self.case.accepted_at else ""

    @property
    def acceptance_number(self) -> str:
        """Return the number of the acceptance notice, empty as long as there is none."""
        return self.case.notice.text if self.case.notice else ""


@dataclass(frozen=True, slots=True)
class Told:
    """One paper that is to be filled: its kind and number, its fact, and the case where it belongs to one."""

    kind: PaperKind
    number: NumberedPaper
    fact: Fact
    witness: Witness
    of_case: OfCase | None = None
    item: ServiceItem | None = None
    """The item that a paper without a case is about."""
    second_person: str = ""
    """Name of the second person where the fact has their login."""
    entry: bytes = b""
    """Hash of the entry that uses the number, empty for what is not recorded."""

    @property
    def case(self) -> OfCase:
        """Return the case; only papers that belong to one ask."""
        assert self.of_case is not None  # noqa: S101  these facts are recorded for a case only
        return self.of_case


@dataclass(frozen=True, slots=True)
class Filled:
    """What one kind of paper says beside what every paper says."""

    values: Values
    tables: Mapping[str, Rows] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    template: str = ""
    """Its name where that is not the kind's."""
