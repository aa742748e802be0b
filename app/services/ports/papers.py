"""What the services need to draw papers, and to show them and files from outside as pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from app.domain.paper import Paper
from app.domain.paper_template import PaperTemplate


class PaperMaker(Protocol):
    """Draws papers as PDF. Safe to call from any thread."""

    def make(self, paper: Paper) -> bytes:
        """Return the PDF; MissingGlyphs before anything is drawn, UnknownTemplate."""
        ...

    def missing_glyphs(self, text: str) -> str:
        """Return the characters of ``text`` that no font can draw, in order, each once."""
        ...

    def template(self, name: str) -> PaperTemplate:
        """Return the template of that name; UnknownTemplate when there is none."""
        ...

    def marked(self, pdf: bytes, line: str, *, across: str = "") -> bytes:
        """Return a copy of a paper with ``line`` at the foot of each page, and ``across`` in large letters over it.

        What the paper says stays as it is and can still be searched.
        """
        ...

    def signed(self, pdf: bytes, picture: bytes, line: str) -> bytes:
        """Return a copy of a paper with a signature's picture (a PNG) at its place, and ``line`` where the date belongs.

        What the paper says stays as it is. NotSignable when it has no such place, or the picture is none.
        """
        ...

    def can_be_signed(self, pdf: bytes) -> bool:
        """Tell whether a paper has a place for a signature; one that was drawn by an older program has none."""
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
