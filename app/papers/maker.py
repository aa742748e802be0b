"""The ``PaperMaker`` of this program. Light to import: ReportLab and the fonts are loaded with the first paper."""

from collections.abc import Callable, Mapping
from threading import Lock
from typing import TYPE_CHECKING

from app.domain.paper import Paper
from app.domain.paper_template import PaperTemplate
from app.papers.fonts import FontSet, standard_fonts
from app.services.errors import UnknownTemplate

if TYPE_CHECKING:
    from app.papers.press import Press


class PdfPaperMaker:
    """Draws papers by templates that are data; safe to call from any thread."""

    def __init__(self, templates: Mapping[str, PaperTemplate], fonts: Callable[[], FontSet] = standard_fonts) -> None:
        self._templates = dict(templates)
        self._fonts = fonts
        self._lock = Lock()
        self._loaded: Press | None = None

    def make(self, paper: Paper) -> bytes:
        """Return the PDF of every copy of ``paper``, the same bytes for the same paper.

        UnknownTemplate when there is no such template, MissingGlyphs with every character that no font has.
        """
        template = self._templates.get(paper.template)
        if template is None:
            raise UnknownTemplate(paper.template)
        return self._press.print(paper, template)

    def missing_glyphs(self, text: str) -> str:
        """Return the characters of ``text`` that no font can draw, in order, each once."""
        return self._press.missing(text)

    def warm_up(self) -> None:
        """Load ReportLab and the fonts, and set every template once so that the first real paper is as fast as any."""
        for name in self._templates:
            self.make(Paper(name, {}, preview=True))

    @property
    def _press(self) -> "Press":
        with self._lock:
            if self._loaded is None:
                # Loading takes longer than the window's start may; it belongs to the first paper.
                from app.papers.press import Press  # noqa: PLC0415

                self._loaded = Press(self._fonts())
            return self._loaded
