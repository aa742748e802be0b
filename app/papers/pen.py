"""Draws lines of text, rules, frames and bars on a page; lengths are points from the upper left corner."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName
from reportlab.pdfgen.canvas import Canvas

from app.papers.embedding import EmbeddedFont
from app.papers.typeface import Typeface
from app.papers.typesetting import READS_AS_SPACE, Line

BLACK = (0.0, 0.0, 0.0)
GREY = (0.45, 0.45, 0.45)
PALE = (0.93, 0.93, 0.94)
SEAL_RED = (0.72, 0.16, 0.14)
HAIR = 0.5
ASCENT = 0.86
"""Where the foot of Han characters stands in their square, from its top."""
TOUCHES = -0.05
"""Glyphs that stand closer are copied as if on lines of their own."""
Colour = tuple[float, float, float]
Glyph = tuple[Typeface, str, float]
"""A typeface, a character of it, and the gap behind it."""


class Pen:
    """Draws on the page that ``canvas`` has open."""

    def __init__(self, canvas: Canvas, height: float, fonts: Mapping[Typeface, EmbeddedFont]) -> None:
        self._canvas = canvas
        self._height = height
        self._fonts = fonts

    def text(self, line: Line, x: float, top: float, leading: float, colour: Colour = BLACK) -> None:
        """Write ``line`` from ``x`` in a row ``leading`` high that begins at ``top``."""
        baseline = top + (leading - line.size) / 2 + ASCENT * line.size
        self._canvas.setFillColorRGB(*colour)
        self._canvas.addLiteral(self._shown(line, x - line.cut * line.size, self._height - baseline))

    def rule(self, x: float, y: float, to_x: float, to_y: float, *, dashed: bool = False) -> None:
        """Draw a thin line."""
        self._outline(BLACK, dashed)
        self._canvas.line(x, self._height - y, to_x, self._height - to_y)

    def place(self, label: str, left: float, top: float, width: float, height: float) -> None:
        """Name a place where somebody writes, so that it is found in the finished PDF as a named destination."""
        document, lower = self._canvas._doc, self._height - top - height
        edges = (round(edge, 3) for edge in (left, lower, left + width, lower + height))
        named = PDFArray([document.thisPageRef(), PDFName("FitR"), *edges])
        known = getattr(document.Catalog, "Dests", None)
        document.Catalog.Dests = known if isinstance(known, PDFDictionary) else PDFDictionary()
        document.Catalog.Dests[f"{label}.{self._canvas.getPageNumber()}"] = named

    def circle(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """Draw a dashed circle round a centre."""
        self._outline(colour, dashed=True)
        self._canvas.circle(x, self._height - y, radius)

    def frame(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        """Draw the outline of a rectangle."""
        self._outline(colour, dashed=False)
        self._canvas.rect(x, self._height - y - height, width, height)

    def panel(self, x: float, y: float, width: float, height: float) -> None:
        """Fill a pale rectangle with round corners."""
        self._canvas.setFillColorRGB(*PALE)
        self._canvas.roundRect(x, self._height - y - height, width, height, min(2.5, height / 4), stroke=0, fill=1)

    def picture(self, picture: ImageReader, x: float, y: float, width: float, height: float) -> None:
        """Draw a picture as large as fits into a rectangle, in the middle of it; what is clear in it stays clear."""
        columns, rows = picture.getSize()
        part = min(width / columns, height / rows)
        size = (columns * part, rows * part)
        left, below = x + (width - size[0]) / 2, y + (height + size[1]) / 2
        self._canvas.drawImage(picture, left, self._height - below, *size, mask="auto")

    def bars(self, bars: list[tuple[int, int]], module: float, x: float, y: float, height: float) -> None:
        """Draw bars (start and width in modules) as one filled path."""
        path = self._canvas.beginPath()
        for start, width in bars:
            path.rect(x + start * module, self._height - y - height, width * module, height)
        self._canvas.setFillColorRGB(*BLACK)
        self._canvas.drawPath(path, stroke=0, fill=1)

    def squares(self, runs: Iterable[tuple[int, int, int]], module: float, x: float, y: float) -> None:
        """Fill runs of square modules (row, first column, how many) as one path, whose unit is a module.

        Written as it stands in the PDF: ReportLab takes a hundred times as long for so many figures.
        """
        path = " ".join(f"{start} {-row - 1} {count} 1 re" for row, start, count in runs)
        self._canvas.setFillColorRGB(*BLACK)
        self._canvas.addLiteral(f"q {module:.4f} 0 0 {module:.4f} {x:.3f} {self._height - y:.3f} cm {path} f Q")

    def _outline(self, colour: Colour, dashed: bool) -> None:
        self._canvas.setStrokeColorRGB(*colour)
        self._canvas.setLineWidth(HAIR)
        self._canvas.setDash(3, 2) if dashed else self._canvas.setDash()

    def _shown(self, line: Line, x: float, y: float) -> str:
        return f"BT {x:.3f} {y:.3f} Td {' '.join(self._stretches(line))} ET"

    def _stretches(self, line: Line) -> Iterator[str]:
        """Yield what draws ``line``; where copying would misread the glyphs, their text is told."""
        glyphs = zip(line.typefaces, line.text, line.gaps, strict=True)
        for misread, stretch in groupby(zip(self._misread(line), glyphs, strict=True), key=lambda pair: pair[0]):
            drawn = [glyph for _, glyph in stretch]
            shown = " ".join(self._runs(drawn, line.size))
            yield _told("".join(character for _, character, _ in drawn), shown) if misread else shown

    def _misread(self, line: Line) -> list[bool]:
        """Tell for each character whether its place or its glyph would be copied wrong."""
        moved = [not TOUCHES <= gap <= READS_AS_SPACE for gap in line.gaps]
        silent = [not self._fonts[face].speaks(c) for face, c in zip(line.typefaces, line.text, strict=True)]
        return [any(signs) for signs in zip(moved, [False, *moved], silent, strict=False)]

    def _runs(self, glyphs: Iterable[Glyph], size: float) -> Iterator[str]:
        for typeface, run in groupby(glyphs, key=lambda glyph: glyph[0]):
            font = self._fonts[typeface]
            strings = "".join(f"{font.code(character)}{_move(gap)}" for _, character, gap in run)
            yield f"/{font.resource} {size:.3f} Tf [<{strings}>] TJ"


def _told(text: str, shown: str) -> str:
    """Return drawing operators marked with the text that copying them gives."""
    return f"/Span << /ActualText <FEFF{text.encode('utf-16-be').hex().upper()}> >> BDC {shown} EMC"


def _move(gap: float) -> str:
    """Return what moves the next glyph on by ``gap``, inside an array of strings."""
    return f"> {-gap * 1000:.1f} <" if gap else ""
