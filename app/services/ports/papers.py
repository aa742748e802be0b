"""What the services need to draw papers, and to show them and files from outside as pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from app.domain.paper import PageSize, Paper, Shift, SignerRole
from app.domain.paper_template import PaperTemplate


class PaperMaker(Protocol):
    """Draws papers as PDF. Safe to call from any thread."""

    def make(self, paper: Paper) -> bytes:
        """Return the PDF; MissingGlyphs before anything is drawn, UnknownTemplate."""
        ...

    def missing_glyphs(self, text: str) -> str:
        """Return the characters of ``text`` that no font can draw, in order, each once."""
        ...

    def overlay(self, paper: Paper, shift: Shift) -> bytes:
        """Return what is printed onto the blank form that the template names (套打), moved by ``shift``; errors as ``make``.

        It is the first copy without what stands on the form already.
        """
        ...

    def test_sheet(self, size: PageSize, shift: Shift) -> bytes:
        """Return a sheet with crosses and rulers, by which ``shift`` is measured."""
        ...

    def template(self, name: str) -> PaperTemplate:
        """Return the template of that name; UnknownTemplate when there is none."""
        ...

    def marked(self, pdf: bytes, line: str, *, across: str = "") -> bytes:
        """Return a copy of a paper with ``line`` at the foot of each page, and ``across`` in large letters over it.

        What the paper says stays as it is and can still be searched.
        """
        ...

    def signed(self, pdf: bytes, written: Sequence["OnLine"], date: str = "") -> bytes:
        """Return a copy of a paper with what was ``written`` on its lines, and ``date`` where several lines share one.

        What the paper says stays as it is. NotSignable when it has no such line, or a picture is none.
        """
        ...

    def places_to_sign(self, pdf: bytes) -> tuple["PlaceToSign", ...]:
        """Return the lines of a paper to sign on, in order; one that was drawn by an older program may have none."""
        ...

    def stamped(self, pdf: bytes, lines: Sequence[str]) -> bytes:
        """Return a copy of a document with ``lines`` in a red frame at the upper right corner of each page."""
        ...

    def seal_as_kept(self, data: bytes) -> bytes:
        """Return the picture of a seal as it goes onto papers: a PNG on clear ground; NotASeal with what is wrong."""
        ...

    def warm_up(self) -> None:
        """Load what the first paper needs; for the background at start."""
        ...


@dataclass(frozen=True, slots=True)
class PlaceToSign:
    """A line of a drawn paper on which somebody signs, as the paper itself tells it; see ``SignatureLine``."""

    line: int
    role: SignerRole | None = None
    """None on papers that were drawn before they told it."""
    of: int = 0


@dataclass(frozen=True, slots=True)
class OnLine:
    """What was written by hand on one line."""

    line: int
    pictures: tuple[bytes, ...]
    """One PNG for each who signed there, from left to right."""
    note: str
    """That it was on the screen, and when."""


class PageReader(Protocol):
    """Turns files from outside into pages and pages into pictures; every file is hostile until checked."""

    def read(self, data: bytes) -> list["NewPage"]:
        """Return the pages of a PDF, JPEG, PNG or TIFF; BadAttachment when it cannot be taken."""
        ...

    def thumbnail(self, data: bytes, media_type: str, turn: int, width_px: int) -> bytes:
        """Return the page as a PNG of at most ``width_px``, turned clockwise by ``turn`` degrees.

        BadAttachment when it is none that this program keeps: it may have come from another station.
        """
        ...

    def paper(self, pdf: bytes, page: int, width_px: int) -> "Picture":
        """Return one page (from 0) of a paper as a picture of ``width_px``."""
        ...


@dataclass(frozen=True, slots=True)
class NewPage:
    """One page as it goes into the store: its bytes and their media type."""

    data: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in memory: 4 bytes a pixel (blue, green, red, alpha), rows without padding; ``pages`` of its paper."""

    width: int
    height: int
    pixels: bytes
    pages: int
