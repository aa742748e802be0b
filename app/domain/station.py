"""The counter itself, with how its papers are numbered, and what is known of the other stations."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from app.domain.catalogue import UseLevel
from app.domain.deadline import WindowHours
from app.domain.paper import PageSize, PaperKind
from app.domain.paper_numbering import SERIES_WORDS, USUAL_PATTERN, PaperSeries, colliding, paper_number


@dataclass(frozen=True, slots=True)
class Station:
    """One window (窗口) of a service point; its code is given by the centre and never changes.

    ``paper_prefix`` is this window's own (云溪3): several windows of one body work without a network, so each counts
    its papers in a series of its own and the series stays gapless. ``paper_patterns`` holds the patterns of kinds that
    are not numbered by ``paper_pattern``. Whoever changes a pattern asks ``check_pattern`` of ``paper_numbering`` about
    it, and ``pattern_collisions`` of the changed station.
    """

    code: str
    service_point: str
    body: str
    """The body in whose name the window takes in cases, such as 云溪镇人民政府."""
    window: str
    phone: str
    division: str
    """12-digit code of the service point's division."""
    level: UseLevel
    paper_prefix: str
    paper_pattern: str = USUAL_PATTERN
    page_size: PageSize = PageSize.A4
    hours: WindowHours = field(default_factory=WindowHours)
    paper_patterns: Mapping[str, str] = field(default_factory=dict)
    """Patterns by kind of paper."""
    seals: tuple["BodySeal", ...] = ()
    """Of bodies that speak on papers; one that has none here seals by hand."""
    verification_page: str = ""
    """Address of the page that checks certificates, to which the code on them leads; empty for a code of plain text."""

    def paper_number(self, kind: PaperKind, year: int, serial: int, own: str = "", numbering: str = "") -> str:
        """Return the number of the ``serial``-th paper of ``kind`` of the ``year`` at this window.

        ``numbering`` is the pattern of the template ``own`` where that has numbers of its own. SeriesExhausted as
        told in ``paper_numbering``.
        """
        pattern = numbering or self.pattern(kind)
        return paper_number(self.series(kind, year, own), serial, pattern, self.division)

    def series(self, kind: PaperKind, year: int, own: str = "") -> PaperSeries:
        """Return the series in which this window counts papers of ``kind``, or of the template ``own``, in ``year``."""
        return PaperSeries(self.paper_prefix, kind, year, own)

    def seal_of(self, body: str) -> str:
        """Return the digest of the picture of the seal of ``body``, empty where it seals by hand."""
        return next((seal.picture for seal in self.seals if seal.body == body), "")

    def sealed(self, body: str, picture: str) -> "Station":
        """Return the station with the picture (its digest) of the seal of ``body``, without one where that is empty."""
        others = tuple(seal for seal in self.seals if seal.body != body)
        return replace(self, seals=(*others, BodySeal(body, picture)) if picture else others)

    def pattern(self, kind: PaperKind) -> str:
        """Return the pattern by which papers of ``kind`` are numbered."""
        return self.paper_patterns.get(kind, self.paper_pattern)

    def pattern_collisions(self, numberings: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
        """Return the pairs of kinds (or templates with ``numberings`` of their own) that could share a number."""
        kinds = {str(kind): (kind, self.pattern(kind)) for kind in SERIES_WORDS}
        own = {name: (PaperKind.CERTIFICATE, pattern) for name, pattern in numberings.items()}
        return colliding({**kinds, **own}, self.paper_prefix)


@dataclass(frozen=True, slots=True)
class BodySeal:
    """The picture of a body's seal, by its digest."""

    body: str
    picture: str


class StationKind(StrEnum):
    """What a station is to a case that comes to it."""

    WINDOW = "window"
    DEPARTMENT = "department"
    COLLECTION = "collection"
    """A place where results are collected and nothing is taken in."""


@dataclass(frozen=True, slots=True)
class EpochKey:
    """The public key (hex) that signs one epoch of a station's journal."""

    epoch: int
    public_key: str


@dataclass(frozen=True, slots=True)
class RefusedTail:
    """What the centre's administrator refused of a station's journal: an epoch from some entry on, all of it from 1 on."""

    epoch: int
    from_seq: int


@dataclass(frozen=True, slots=True)
class KnownStation:
    """A station as the centre's directory names it."""

    code: str
    name: str
    service_point: str = ""
    division: str = ""
    kind: StationKind = StationKind.WINDOW
    phone: str = ""
    keys: tuple[EpochKey, ...] = ()
    revoked_at: datetime | None = None
    """When it was shut out; what it signed before stays what it is."""
    refused: tuple[RefusedTail, ...] = ()

    def key_of(self, epoch: int) -> bytes | None:
        """Return the key of an epoch, None when the directory does not have it."""
        return next((bytes.fromhex(key.public_key) for key in self.keys if key.epoch == epoch), None)

    def wrote(self, epoch: int, seq: int) -> bool:
        """Tell whether an entry counts as this station's: false for what somebody else wrote in its name."""
        return not any(one.epoch == epoch and seq >= one.from_seq for one in self.refused)
