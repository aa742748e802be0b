"""The ``PaperMaker`` of this program. Light to import: ReportLab and the fonts are loaded with the first paper."""

from collections.abc import Callable, Mapping, Sequence
from threading import Lock
from typing import TYPE_CHECKING

from app.domain.paper import PageSize, Paper, PaperKind, Shift
from app.domain.paper_template import PaperTemplate
from app.papers.fonts import FontSet, standard_fonts
from app.services.errors import UnknownTemplate
from app.services.ports import OnLine, PlaceToSign

if TYPE_CHECKING:
    from app.papers.press import Press

EVERYDAY = frozenset({PaperKind.MATERIALS_RECEIPT, PaperKind.ACCEPTANCE_NOTICE, PaperKind.CERTIFICATE})


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
        return self._press.print(paper, self.template(paper.template))

    def overlay(self, paper: Paper, shift: Shift) -> bytes:
        """Return what is printed onto the blank form that the template names; errors as ``make``."""
        return self._press.overlay(paper, self.template(paper.template), shift)

    def test_sheet(self, size: PageSize, shift: Shift) -> bytes:
        """Return a sheet with crosses and rulers, by which ``shift`` is measured."""
        return self._press.test_sheet(size, shift)

    def template(self, name: str) -> PaperTemplate:
        """Return the template of that name; UnknownTemplate when there is none."""
        template = self._templates.get(name)
        if template is None:
            raise UnknownTemplate(name)
        return template

    def marked(self, pdf: bytes, line: str, *, across: str = "") -> bytes:
        """Return a copy of a paper with ``line`` at the foot of each page, and ``across`` in large letters over it.

        What the paper says stays as it is and can still be searched.
        """
        # Loaded with the first mark: few papers ever get one.
        from app.papers.marking import laid_over  # noqa: PLC0415

        return laid_over(pdf, lambda sizes: self._press.marks(sizes, line, across))

    def signed(self, pdf: bytes, written: Sequence[OnLine], date: str = "") -> bytes:
        """Return a copy of a paper with what was ``written`` on its lines, and ``date`` where several lines share one.

        What the paper says stays as it is. NotSignable when it has no such line, or a picture is none.
        """
        # Loaded with the first signature: few papers ever get one.
        from app.papers.marking import signed_over  # noqa: PLC0415
        from app.papers.signature import read_signature  # noqa: PLC0415

        inks = {one.line: [read_signature(picture) for picture in one.pictures] for one in written}
        notes = {one.line: one.note for one in written}
        return signed_over(pdf, inks, lambda pages: self._press.signatures(pages, inks, notes, date))

    def places_to_sign(self, pdf: bytes) -> tuple[PlaceToSign, ...]:
        """Return the lines of a paper to sign on, in order; one that was drawn by an older program may have none."""
        from app.papers.marking import places_in  # noqa: PLC0415

        return places_in(pdf)

    def stamped(self, pdf: bytes, lines: Sequence[str]) -> bytes:
        """Return a copy of a document with ``lines`` in a red frame at the upper right corner of each page."""
        # Loaded with the first stamp: see ``marked``.
        from app.papers.marking import laid_over  # noqa: PLC0415

        return laid_over(pdf, lambda sizes: self._press.stamps(sizes, lines))

    def seal_as_kept(self, data: bytes) -> bytes:
        """Return the picture of a seal as it goes onto papers: a PNG on clear ground; NotASeal with what is wrong."""
        # Loaded when a seal is set up: that happens once in years.
        from app.papers.seal import seal_as_kept  # noqa: PLC0415

        return seal_as_kept(data)

    def missing_glyphs(self, text: str) -> str:
        """Return the characters of ``text`` that no font can draw, in order, each once."""
        return self._press.missing(text)

    def warm_up(self) -> None:
        """Load ReportLab and the fonts, and set what is drawn every day once, so that the first paper is fast too."""
        for name, template in self._templates.items():
            if template.kind in EVERYDAY:
                self.make(Paper(name, {}, preview=True))

    @property
    def _press(self) -> "Press":
        with self._lock:
            if self._loaded is None:
                # Loading takes longer than the window's start may; it belongs to the first paper.
                from app.papers.press import Press  # noqa: PLC0415

                self._loaded = Press(self._fonts())
            return self._loaded
