"""Makes one PDF: sets every copy, then embeds the fonts, then draws. Loading this module loads ReportLab."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

from PIL.Image import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfdoc import PDFZCompress
from reportlab.pdfgen.canvas import Canvas

from app.domain import paper_template as parts
from app.domain.paper import NOT_MOVED, PageSize, Paper, Shift
from app.domain.paper_template import Block, PaperTemplate
from app.papers import coded, prose, ruled, signing
from app.papers.embedding import embed
from app.papers.flow import Piece, Placed, paginate
from app.papers.fonts import FontSet
from app.papers.footer import Foot, footer, page_numbers
from app.papers.header import Head, header
from app.papers.job import Job
from app.papers.marking import Room, Rooms
from app.papers.measuring import set_test_sheet
from app.papers.pen import SEAL_RED, Pen
from app.papers.places import DATE, read_note, read_place
from app.papers.ruled import CELL_LEADING
from app.papers.seal import read_seal
from app.papers.sheets import MM, SHEETS, Sheet
from app.papers.stamping import stamp
from app.papers.typeface import FontChain, Typeface
from app.papers.typesetting import Face, Line, Typesetter, plain
from app.services.errors import MissingGlyphs

TENTH = MM / 10
ORDINALS = "一二三四五六七八九十"
LANGUAGE = "zh-CN"
ACROSS_SHARE = 0.32
"""Size of each large character across a page, as a share of the page's width."""
ACROSS_ANGLE = 30
ACROSS_ALPHA = 0.35
MARK_SHARE = 0.0115
"""Size of the line of a mark, as a share of the page's height."""
MARK_ABOVE_EDGE = 5 * MM
"""Printers leave about as much white; papers draw nothing below their lower margin."""
LINE_SIZE = 10.0
LINE_INDENT = 4.0
"""Points that what is written where the date belongs stands from the left of its place."""
INK_GAP = 6.0
"""Points between the signatures of two who sign on one line."""
RULED_GAP_EMS = 0.35
"""White between a paragraph and the rules below it."""
SETTERS: Mapping[type[Block], Callable[[Job, Any], Iterator[Piece]]] = {
    parts.Issuer: prose.issuer,
    parts.Title: prose.title,
    parts.Ends: prose.ends,
    parts.Grid: ruled.grid,
    parts.Table: ruled.table,
    parts.Paragraph: prose.paragraph,
    parts.Signing: signing.signing,
    parts.Cut: prose.cut,
    parts.Code: coded.code,
    parts.Space: prose.space,
}
"""What sets each kind of block."""


@dataclass(frozen=True, slots=True)
class SetCopy:
    """A copy that is set: its pages and the footer of each."""

    pages: list[list[Placed]]
    head: Head
    foot: Foot
    above: float = 0.0
    """How far above the upper margin the remarks stand."""


class _Canvas(Canvas):  # type: ignore[misc]
    """A canvas whose pages do not begin with a font of ReportLab's, which would not be embedded."""

    def _make_preamble(self) -> None:
        self._preamble = "1 0 0 1 0 0 cm"


class Press:
    """Draws papers in the fonts of one set; safe to share between threads."""

    def __init__(self, fonts: FontSet) -> None:
        typefaces = {file: Typeface(file) for file in (*fonts.text, *fonts.bold)}
        others = [Typeface(file) for file in fonts.others]
        self._chains = {
            Face.TEXT: FontChain((typefaces[file] for file in fonts.text), others),
            Face.BOLD: FontChain((typefaces[file] for file in fonts.bold), others),
        }

    def missing(self, text: str) -> str:
        """Return the characters of ``text`` that cannot be drawn, in order, each once."""
        return self._chains[Face.TEXT].missing(plain(text))

    def print(self, paper: Paper, template: PaperTemplate) -> bytes:
        """Return the PDF of every copy of ``paper``; MissingGlyphs names all that no font has."""
        if missing := self.missing(_all_text(paper, template)):
            raise MissingGlyphs(missing)
        setter = Typesetter(self._chains)
        copies = [_set(job) for job in _jobs(paper, template, setter)]
        return _draw(paper, template, setter, copies)

    def overlay(self, paper: Paper, template: PaperTemplate, shift: Shift) -> bytes:
        """Return what is printed onto the blank form: the first copy without what the form has, moved by ``shift``.

        Nothing on it moves for a remark, which stands in the upper margin. MissingGlyphs as ``print``.
        """
        if missing := self.missing(_all_text(paper, template)):
            raise MissingGlyphs(missing)
        setter = Typesetter(self._chains)
        leaving = replace(paper, copies=(paper.copies or template.copies)[:1])
        copies = [_set_onto(job) for job in _jobs(leaving, template, setter)]
        return _draw(leaving, template, setter, copies, shift)

    def test_sheet(self, size: PageSize, shift: Shift) -> bytes:
        """Return a sheet with crosses and rulers that tells how far a printer moves what it prints."""
        sheet, setter = SHEETS[size], Typesetter(self._chains)
        lines = set_test_sheet(setter, sheet, shift)

        def draw(pen: Pen, canvas: Canvas, _page: int) -> None:
            _move(canvas, shift)
            lines.draw(pen)

        return _overlays([(sheet.width, sheet.height)], setter, draw)

    def marks(self, sizes: list[tuple[float, float]], line: str, across: str) -> bytes:
        """Return a page for each size (points) with ``line`` in its lower margin and ``across`` large over it."""
        setter = Typesetter(self._chains)
        marks = [_set_mark(setter, size, line, across) for size in sizes]

        def draw(pen: Pen, canvas: Canvas, page: int) -> None:
            _draw_mark(pen, canvas, sizes[page], *marks[page])

        return _overlays(sizes, setter, draw)

    def stamps(self, sizes: list[tuple[float, float]], lines: Sequence[str]) -> bytes:
        """Return a page for each size (points) with ``lines`` in a red frame at its upper right corner."""
        setter = Typesetter(self._chains)
        stamps = [stamp(setter, lines, width / 2) for width, _ in sizes]

        def draw(pen: Pen, _canvas: Canvas, page: int) -> None:
            stamps[page].draw(pen, sizes[page][0])

        return _overlays(sizes, setter, draw)

    def signatures(
        self,
        pages: list[tuple[tuple[float, float], Rooms]],
        inks: Mapping[int, Sequence[Image]],
        notes: Mapping[int, str],
        date: str,
    ) -> bytes:
        """Return a page for each size (points) with the signatures and notes of each line and ``date`` at their places."""
        setter = Typesetter(self._chains)
        said = [
            [
                (_fitting(setter, words, room), room)
                for name, room in rooms.items()
                if (words := _words(name, notes, date))
            ]
            for _size, rooms in pages
        ]

        def draw(pen: Pen, canvas: Canvas, page: int) -> None:
            (_, height), rooms = pages[page]
            for name, room in rooms.items():
                if place := read_place(name):
                    _draw_inks(canvas, inks.get(place.line, ()), room)
            for line, room in said[page]:
                top = height - room.bottom - (room.height + line.size * CELL_LEADING) / 2
                pen.text(line, room.left + LINE_INDENT, top, line.size * CELL_LEADING)

        return _overlays([size for size, _ in pages], setter, draw)


def _overlays(sizes: list[tuple[float, float]], setter: Typesetter, draw: Callable[[Pen, Canvas, int], None]) -> bytes:
    """Return a page of each size with nothing on it but what ``draw`` draws, given the page from 0."""
    target = BytesIO()
    canvas = _empty(target, sizes[0])
    fonts = embed(canvas._doc, setter.used)
    for page, (width, height) in enumerate(sizes):
        canvas.setPageSize((width, height))
        draw(Pen(canvas, height, fonts), canvas, page)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _all_text(paper: Paper, template: PaperTemplate) -> str:
    """Return everything that the template can ask for; a paper's values may hold more."""
    values = (value for place, value in paper.values.items() if place in template.places)
    cells = (cell for rows in paper.tables.values() for row in rows for cell in row)
    return "".join((*values, *cells, *paper.copies, *paper.remarks, paper.barcode, paper.witness))


def _jobs(paper: Paper, template: PaperTemplate, setter: Typesetter) -> Iterator[Job]:
    keepers = paper.copies or template.copies
    seal = ImageReader(read_seal(paper.seal)) if paper.seal else None
    for ordinal, keeper in zip(ORDINALS[: len(keepers)], keepers, strict=True):
        values = {**paper.values, "copy": f"第{ordinal}联　{keeper}"}
        blocks = tuple(block for block in template.blocks if block.only in {"", keeper})
        said = replace(paper, proof="") if keeper == parts.ARCHIVE else paper
        yield Job(said, replace(template, blocks=blocks), _sheet(paper, template), setter, values, seal)


def _sheet(paper: Paper, template: PaperTemplate) -> Sheet:
    sheet = SHEETS[paper.size]
    return sheet.across() if template.is_landscape else sheet


def _set(job: Job) -> SetCopy:
    head, foot = header(job), footer(job)
    pieces = _together(job, [(block, list(SETTERS[type(block)](job, block))) for block in job.template.blocks])
    bottom = job.sheet.height - job.sheet.bottom - foot.height - job.size
    pages = paginate(pieces, job.sheet.top + head.height, bottom)
    return SetCopy(pages, head, replace(foot, pages=page_numbers(job, len(pages))))


def _set_onto(job: Job) -> SetCopy:
    """Return a copy for the blank form: everything keeps its room, what the form has is not drawn."""
    blocks: list[tuple[Block, list[Piece]]] = []
    for block in job.template.blocks:
        pieces = list(SETTERS[type(block)](replace(job, is_bare=block.is_blank), block))
        hides = block.is_blank and not isinstance(block, parts.Grid | parts.Table | parts.Signing)
        blocks.append((block, [replace(piece, draw=_not_drawn) for piece in pieces] if hides else pieces))
    head, foot = header(job), footer(job)
    bottom = job.sheet.height - job.sheet.bottom - foot.height - job.size
    pages = paginate(_together(job, blocks), job.sheet.top, bottom)
    return SetCopy(pages, head, replace(foot, pages=page_numbers(job, len(pages))), above=head.height)


def _not_drawn(_pen: Pen, _top: float) -> None:
    """Draw nothing where the blank form has it; unlike white space it may begin a page."""


def _together(job: Job, blocks: list[tuple[Block, list[Piece]]]) -> list[Piece]:
    """Return the pieces of all blocks in a row; what is signed or ruled stays with the words before it."""
    pieces: list[Piece] = []
    before: Block | None = None
    for block, more in blocks:
        if isinstance(block, parts.Signing | parts.Table):
            _keep_last(pieces)
        if isinstance(before, parts.Paragraph) and isinstance(block, parts.Grid | parts.Table):
            pieces.append(Piece(job.size * RULED_GAP_EMS, keep=True))
        pieces += more
        before = block if more else before
    return pieces


def _keep_last(pieces: list[Piece]) -> None:
    """Tie the last piece that is no white space, and all white space after it, to what follows."""
    for index in range(len(pieces) - 1, -1, -1):
        pieces[index] = replace(pieces[index], keep=True)
        if not pieces[index].is_space:
            return


def _draw(
    paper: Paper, template: PaperTemplate, setter: Typesetter, copies: list[SetCopy], shift: Shift = NOT_MOVED
) -> bytes:
    sheet = _sheet(paper, template)
    target = BytesIO()
    canvas = _canvas(target, paper, template)
    pen = Pen(canvas, sheet.height, embed(canvas._doc, setter.used))
    for copy in copies:
        for number, page in enumerate(copy.pages):
            _move(canvas, shift)
            copy.head.draw(pen, copy.above)
            for placed in page:
                placed.piece.draw(pen, placed.top)
            copy.foot.draw(pen, number)
            canvas.showPage()
    canvas.save()
    return target.getvalue()


def _move(canvas: Canvas, shift: Shift) -> None:
    """Move everything that is drawn on this page from now on."""
    if shift != NOT_MOVED:
        canvas.translate(shift.right * TENTH, -shift.down * TENTH)


def _words(name: str, notes: Mapping[int, str], date: str) -> str:
    """Return what is written in print at a place, nothing for places of ink."""
    return date if name == DATE else notes.get(read_note(name), "")


def _fitting(setter: Typesetter, text: str, room: Room) -> Line:
    return setter.fitted(text, min(LINE_SIZE, room.height / CELL_LEADING), room.width - 2 * LINE_INDENT)


def _draw_inks(canvas: Canvas, inks: Sequence[Image], room: Room) -> None:
    """Draw the signatures of one line side by side."""
    for place, ink in enumerate(inks):
        width = room.width / len(inks)
        _draw_ink(canvas, ink, replace(room, left=room.left + place * width, width=width - INK_GAP * (len(inks) > 1)))


def _draw_ink(canvas: Canvas, ink: Image, room: Room) -> None:
    """Draw a signature as large as its place allows, at the left of it."""
    part = min(room.width / ink.width, (room.height - 2) / ink.height)
    size = {"width": ink.width * part, "height": ink.height * part}
    below = (room.height - size["height"]) / 2
    canvas.drawImage(ImageReader(ink), room.left + 1, room.bottom + below, mask="auto", **size)


def _set_mark(setter: Typesetter, size: tuple[float, float], line: str, across: str) -> tuple[Line, Line]:
    width, height = size
    below = setter.fitted(line, MARK_SHARE * height, width * 0.9)
    return below, setter.fitted(across, ACROSS_SHARE * width, width, Face.BOLD)


def _draw_mark(pen: Pen, canvas: Canvas, size: tuple[float, float], below: Line, over: Line) -> None:
    width, height = size
    leading = below.size * 1.3
    pen.text(below, (width - below.width) / 2, height - MARK_ABOVE_EDGE - leading, leading)
    if not over.text:
        return
    canvas.saveState()
    canvas.translate(width / 2, height / 2)
    canvas.rotate(ACROSS_ANGLE)
    canvas.setFillAlpha(ACROSS_ALPHA)
    # The pen counts from the upper edge: at this top the line stands on the turned middle of the page.
    pen.text(over, -over.width / 2, height - over.size / 2, over.size, SEAL_RED)
    canvas.restoreState()


def _canvas(target: BytesIO, paper: Paper, template: PaperTemplate) -> Canvas:
    """Return an empty document for ``paper``, whose properties tell nothing of a person."""
    sheet = _sheet(paper, template)
    canvas = _empty(target, (sheet.width, sheet.height))
    canvas.setTitle(f"{template.title} {paper.values.get('number', '')}".strip())
    canvas.setAuthor(paper.values.get("issuer") or paper.values.get("body", ""))
    canvas.setSubject("")
    canvas.setCreator("Lideng")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    # A scaled page would scale the bar code off the printer's dots.
    canvas.setViewerPreference("PrintScaling", "None")
    return canvas


def _empty(target: BytesIO, size: tuple[float, float]) -> Canvas:
    """Return an empty document: drawing the same gives the same bytes."""
    canvas = _Canvas(target, pagesize=size, pageCompression=0, invariant=1, lang=LANGUAGE, pdfVersion=(1, 5))
    # Set here, because ReportLab's own page compression spells everything in ASCII, a quarter longer.
    canvas._doc.defaultStreamFilters = [PDFZCompress]
    return canvas
