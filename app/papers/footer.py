"""Sets the foot of every page: the case number's bar code, notes beside it, the witness digits, the page number.

On a certificate that is proved its QR code stands at the right, and the notes above the bar code.
"""

from dataclasses import dataclass

from app.domain.numbering import grouped
from app.papers import code128
from app.papers.job import Job
from app.papers.pen import GREY, Pen
from app.papers.proof import ProofCode, proof_code
from app.papers.sheets import MM
from app.papers.typesetting import Line

BAR_HEIGHT = 12 * MM
CAPTION_GAP = 1.2
PENDING_WIDTH = 145 * code128.MODULE
"""The width of the bar code of a case number."""
MOST_PAGE_LINES = 1
ABOVE_BARS = 4.0
"""White between notes and the bar code below them."""


@dataclass(frozen=True, slots=True)
class Foot:
    """A footer that is set: its bars (none while there is no number), the words below, the lines at the right."""

    job: Job
    symbol: list[tuple[int, int]]
    caption: Line
    notes: tuple[Line, ...]
    pages: tuple[Line, ...]
    proof: ProofCode | None = None

    @property
    def height(self) -> float:
        """Return how much of the sheet the footer takes above the lower margin."""
        if self.proof is None:
            return self._code_height
        above = ABOVE_BARS + self._leading * (len(self.notes) + MOST_PAGE_LINES)
        return max(self.proof.size, self._code_height + above)

    def draw(self, pen: Pen, page: int) -> None:
        """Draw the footer of a page, counted from 0."""
        sheet = self.job.sheet
        foot = sheet.height - sheet.bottom
        self._draw_code(pen, foot - self._code_height)
        lines = [*self.notes, *self.pages[page : page + 1]]
        if self.proof is None:
            self._draw_lines(pen, lines, foot)
            return
        self._draw_lines(pen, lines, foot - self._code_height - ABOVE_BARS, at_left=True)
        self.proof.draw(pen, sheet.right, foot - self.proof.size)

    @property
    def _code_height(self) -> float:
        return self._bar_height + CAPTION_GAP + self._leading

    @property
    def _bar_height(self) -> float:
        return BAR_HEIGHT * (1 + self.job.sheet.scale) / 2

    @property
    def _leading(self) -> float:
        return self.job.small * 1.35

    def _draw_lines(self, pen: Pen, lines: list[Line], foot: float, *, at_left: bool = False) -> None:
        """Draw lines whose last one ends at ``foot``."""
        sheet = self.job.sheet
        for index, line in enumerate(reversed(lines), start=1):
            left = sheet.side if at_left else sheet.right - line.width
            pen.text(line, left, foot - index * self._leading, self._leading)

    def _draw_code(self, pen: Pen, top: float) -> None:
        x, height = self.job.sheet.side, self._bar_height
        if self.symbol:
            width = code128.width(self.symbol)
            pen.bars(self.symbol, code128.MODULE, x, top, height)
            pen.text(self.caption, x + (width - self.caption.width) / 2, top + height + CAPTION_GAP, self._leading)
        elif self.job.paper.preview:
            pen.panel(x, top, PENDING_WIDTH, height)
            middle = x + (PENDING_WIDTH - self.caption.width) / 2
            pen.text(self.caption, middle, top + (height - self._leading) / 2, self._leading, GREY)


def footer(job: Job) -> Foot:
    """Return the footer of a copy, without page numbers: how many pages there are is not known yet."""
    paper, template = job.paper, job.template.footer
    caption = job.setter.line(grouped(paper.barcode) or template.pending, job.small)
    proof = proof_code(paper.proof, preview=paper.preview)
    notes = [job.fill(note) for note in template.note]
    if paper.witness:
        notes.append(f"{template.witness} {_in_fours(paper.witness)}".strip())
    if proof:
        notes.append(template.proof)
    room = job.sheet.room - (proof.room if proof else PENDING_WIDTH + code128.QUIET)
    lines = tuple(job.setter.fitted(note, job.small, room) for note in notes if note)
    return Foot(job, code128.bars(paper.barcode) if paper.barcode else [], caption, lines, (), proof)


def page_numbers(job: Job, count: int) -> tuple[Line, ...]:
    """Return the page numbers of a copy, none for a single page."""
    if count == 1:
        return ()
    return tuple(job.setter.line(f"第 {page} 页，共 {count} 页", job.small) for page in range(1, count + 1))


def _in_fours(digits: str) -> str:
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))
