"""Sets the foot of every page: the case number's bar code, notes beside it, the witness digits, the page number."""

from dataclasses import dataclass

from app.domain.numbering import grouped
from app.papers import code128
from app.papers.job import Job
from app.papers.pen import GREY, Pen
from app.papers.sheets import MM
from app.papers.typesetting import Line

BAR_HEIGHT = 12 * MM
CAPTION_GAP = 1.2
PENDING_WIDTH = 145 * code128.MODULE
"""The width of the bar code of a case number."""


@dataclass(frozen=True, slots=True)
class Foot:
    """A footer that is set: its bars (none while there is no number), the words below, the lines at the right."""

    job: Job
    symbol: list[tuple[int, int]]
    caption: Line
    notes: tuple[Line, ...]
    pages: tuple[Line, ...]

    @property
    def height(self) -> float:
        """Return how much of the sheet the footer takes above the lower margin."""
        return self._bar_height + CAPTION_GAP + self._leading

    def draw(self, pen: Pen, page: int) -> None:
        """Draw the footer of a page, counted from 0."""
        sheet = self.job.sheet
        top = sheet.height - sheet.bottom - self.height
        self._draw_code(pen, top)
        lines = [*self.notes, *self.pages[page : page + 1]]
        at = sheet.height - sheet.bottom - self._leading * len(lines)
        for index, line in enumerate(lines):
            pen.text(line, sheet.right - line.width, at + index * self._leading, self._leading)

    @property
    def _bar_height(self) -> float:
        return BAR_HEIGHT * (1 + self.job.sheet.scale) / 2

    @property
    def _leading(self) -> float:
        return self.job.small * 1.35

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
    notes = [job.fill(note) for note in template.note]
    if paper.witness:
        notes.append(f"{template.witness} {_in_fours(paper.witness)}".strip())
    room = job.sheet.room - PENDING_WIDTH - code128.QUIET
    lines = tuple(job.setter.fitted(note, job.small, room) for note in notes if note)
    return Foot(job, code128.bars(paper.barcode) if paper.barcode else [], caption, lines, ())


def page_numbers(job: Job, count: int) -> tuple[Line, ...]:
    """Return the page numbers of a copy, none for a single page."""
    if count == 1:
        return ()
    return tuple(job.setter.line(f"第 {page} 页，共 {count} 页", job.small) for page in range(1, count + 1))


def _in_fours(digits: str) -> str:
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))
