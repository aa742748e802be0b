"""Sets the blocks of running text: issuing body, title, the number's line, paragraphs, cut lines, space."""

from collections.abc import Callable, Iterator

from app.domain.paper_template import Align, Cut, Ends, Issuer, Paragraph, Space, Title
from app.domain.wording import Wording
from app.papers.flow import Draw, Piece
from app.papers.job import Job
from app.papers.pen import GREY, Pen
from app.papers.typesetting import Face, Line

TITLE_SPACING = 0.35
"""White between the characters of the title, as a part of its size."""
TITLE_LEADING = 1.5
FRAME_EMS = 9.0
"""Width of an empty frame, in characters."""
DrawAt = Callable[[Pen, float, float], None]
"""Draws something at a left edge and a top."""


def issuer(job: Job, block: Issuer) -> Iterator[Piece]:
    """Yield the lines of the issuing body."""
    for line in job.setter.filled(job.fill(block.text), job.size * 1.1, job.sheet.room, justify=False):
        yield Piece(line.size * 1.5, centred(job, line, line.size * 1.5), keep=True)


def title(job: Job, block: Title) -> Iterator[Piece]:
    """Yield the title on one spaced line, or on as many as it needs."""
    text, size = job.fill(block.text), job.title_size
    width = (len(text) + TITLE_SPACING * (len(text) - 1)) * size
    if width <= job.sheet.room:
        lines = [job.setter.spread(text, size, width, Face.BOLD)]
    else:
        lines = job.setter.filled(text, size, job.sheet.room, justify=False, face=Face.BOLD)
    for line in lines:
        yield Piece(size * TITLE_LEADING, centred(job, line, size * TITLE_LEADING), keep=True)
    yield Piece(size * 0.25, keep=True)


def ends(job: Job, block: Ends) -> Iterator[Piece]:
    """Yield one line with a text at either end."""
    right = job.setter.fitted(job.fill(block.right), job.size, job.sheet.room * 0.5)
    room = job.sheet.room - right.width - job.size
    left = None if job.is_open(block.left) else job.setter.fitted(job.fill(block.left), job.size, room)
    frame = open_frame(job, block.left)

    def draw(pen: Pen, top: float) -> None:
        pen.text(right, job.sheet.right - right.width, top, job.leading)
        if left is None:
            frame(pen, job.sheet.side, top)
        else:
            pen.text(left, job.sheet.side, top, job.leading)

    yield Piece(job.leading * 1.1, draw, keep=True)


def open_frame(job: Job, wording: Wording, width: float = 0.0) -> DrawAt:
    """Return what draws the frame of a place that has no value yet, one line high."""
    words = job.setter.line(job.pending(wording), job.small)
    width = width or FRAME_EMS * job.size
    height = job.size * 1.25

    def draw(pen: Pen, x: float, top: float) -> None:
        pen.panel(x, top + (job.leading - height) / 2, width, height)
        pen.text(words, x + (width - words.width) / 2, top, job.leading, GREY)

    return draw


def paragraph(job: Job, block: Paragraph) -> Iterator[Piece]:
    """Yield the lines of a paragraph; neither its first nor its last line stands alone on a page."""
    flows = block.align is Align.LEFT
    indent = block.indent * job.size if flows else 0.0
    face = Face.BOLD if block.bold else Face.TEXT
    text = job.fill(block.text)
    lines = job.setter.filled(text, job.size, job.sheet.room, indent=indent, justify=flows, face=face)
    for index, line in enumerate(lines):
        first, last_but_one = index == 0 and len(lines) > 1, index == len(lines) - 2
        draw = aligned(job, line, block.align, indent if index == 0 else 0.0)
        yield Piece(job.leading, draw, keep=first or last_but_one)


def cut(job: Job, block: Cut) -> Iterator[Piece]:
    """Yield a dashed line with words in its middle."""
    words = job.setter.line(block.text, job.small)
    sheet, gap = job.sheet, job.size

    def draw(pen: Pen, top: float) -> None:
        middle, half = sheet.width / 2, words.width / 2 + gap
        pen.rule(sheet.side, top + job.leading, middle - half, top + job.leading, dashed=True)
        pen.rule(middle + half, top + job.leading, sheet.right, top + job.leading, dashed=True)
        pen.text(words, middle - words.width / 2, top + job.leading / 2, job.leading, GREY)

    yield Piece(job.leading * 2, draw, keep=True)


def space(job: Job, block: Space) -> Iterator[Piece]:
    """Yield white space."""
    yield Piece(job.leading * block.lines)


def aligned(job: Job, line: Line, align: Align, indent: float) -> Draw:
    """Return what draws ``line`` between the margins."""
    free = job.sheet.room - line.width
    x = job.sheet.side + {Align.LEFT: indent, Align.CENTER: free / 2, Align.RIGHT: free}[align]
    return lambda pen, top: pen.text(line, x, top, job.leading)


def centred(job: Job, line: Line, leading: float) -> Draw:
    """Return what draws ``line`` in the middle of the sheet."""
    return lambda pen, top: pen.text(line, (job.sheet.width - line.width) / 2, top, leading)
