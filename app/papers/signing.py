"""Sets the block where a paper is signed and sealed."""

from collections.abc import Iterator, Sequence

from app.domain.paper_template import Entry, Signing
from app.domain.wording import Wording
from app.papers.flow import Draw, Piece
from app.papers.job import SEAL_PLACE, STRUCK_OUT, Job
from app.papers.pen import SEAL_RED, Pen
from app.papers.places import read_place
from app.papers.typesetting import Line

SIGNATURE_EMS = 9.0
ROW_LEADING = 1.15
"""Rows stand a little wider than running text, to leave room for handwriting."""
SIGNATURE_LEADING = 1.9
SIGNED_WORDS = "已电子签名"
DATE_EMS = SIGNATURE_EMS * 1.6
"""A date that was written on the screen may reach beyond its line."""
NOTE_LEADING = 0.85
"""Height, in lines, of a note below a line that has no place for a date."""


def signing(job: Job, block: Signing) -> Iterator[Piece]:
    """Yield entries at the left and the place of the seal at the right, as one piece."""
    is_narrow = bool(block.seal or block.right)
    left, left_height = _entries(job, block.left, is_narrow=is_narrow)
    right, right_height = _seal(job, block.seal) if block.seal else _closing(job, block)
    height = max(left_height, right_height)

    def draw(pen: Pen, top: float) -> None:
        left(pen, top)
        right(pen, top + (height - right_height) / 2)

    yield Piece(height, draw)


def _entries(job: Job, entries: Sequence[Entry], *, is_narrow: bool) -> tuple[Draw, float]:
    entries = [entry for entry in entries if job.fill(entry.label)]
    names = [job.fill(entry.label) for entry in entries]
    told = (len(name) for name, entry in zip(names, entries, strict=True) if entry.value.text)
    longest = max(told, default=0) * job.size
    labels = [job.setter.spread(name, job.size, longest) for name in names]
    tab = longest + job.size
    rows = [(label, _said(job, entry, tab)) for label, entry in zip(labels, entries, strict=True)]
    heights = [_row_height(job, said) for _, said in rows]
    below = [job.leading * NOTE_LEADING if is_narrow and job.note_of(entry.label) else 0.0 for entry in entries]
    start = max((label.width for label, said in rows if said is None), default=0.0) + job.size * 0.5

    def draw(pen: Pen, top: float) -> None:
        for entry, (label, said), height, note in zip(entries, rows, heights, below, strict=True):
            bottom = top + height
            if said is None:
                _draw_line(job, pen, entry.label, start, bottom, note)
            _draw_entry(job, pen, label, said, tab, bottom - job.leading if said is None else top)
            top = bottom + note

    return draw, sum(heights) + sum(below)


def _said(job: Job, entry: Entry, tab: float) -> list[Line] | None:
    """Return the lines behind a label, None where somebody signs."""
    if not entry.value.text:
        return None
    width = job.sheet.room - tab - job.sheet.seal - job.size
    return job.setter.filled(job.fill(entry.value) or STRUCK_OUT, job.size, width, justify=False)


def _row_height(job: Job, said: list[Line] | None) -> float:
    return job.leading * (SIGNATURE_LEADING if said is None else (len(said) - 1) + ROW_LEADING)


def _draw_line(job: Job, pen: Pen, label: Wording, tab: float, bottom: float, below: float) -> None:
    """Draw a line to write on above ``bottom``, and name its places; its note has the height ``below``, else is beside."""
    start, foot = job.sheet.side + tab, bottom - job.leading * 0.1
    end = start + SIGNATURE_EMS * job.size
    if not job.is_bare:
        pen.rule(start, foot, end, foot)
    note, place = job.note_of(label), job.place_of(label)
    if read_place(place):
        height = job.leading * SIGNATURE_LEADING
        pen.place(place, start, foot - height, end - start, height)
    elif place:
        pen.place(place, start, foot - job.leading, DATE_EMS * job.size, job.leading)
    if note and below:
        pen.place(note, job.sheet.side, foot, end - job.sheet.side, below)
    elif note:
        pen.place(note, end + job.size * 0.5, foot - job.leading, job.sheet.right - end - job.size, job.leading)


def _draw_entry(job: Job, pen: Pen, label: Line, said: list[Line] | None, tab: float, top: float) -> None:
    if not job.is_bare:
        pen.text(label, job.sheet.side, top, job.leading)
    for index, line in enumerate(said or ()):
        pen.text(line, job.sheet.side + tab, top + index * job.leading, job.leading)


def _seal(job: Job, words: str) -> tuple[Draw, float]:
    line = job.setter.line(words, job.small)
    diameter = job.sheet.seal
    middle = job.sheet.right - diameter / 2 - job.size

    def draw(pen: Pen, top: float) -> None:
        if job.is_bare:
            return
        pen.circle(middle, top + diameter / 2, diameter / 2, SEAL_RED)
        pen.text(line, middle - line.width / 2, top + diameter / 2 - job.leading / 2, job.leading, SEAL_RED)

    return draw, diameter


def _closing(job: Job, block: Signing) -> tuple[Draw, float]:
    """Return the lines under a letter, centred on each other, two characters from the right margin; the seal over them."""
    lines = [job.setter.fitted(job.fill(text), job.size, job.sheet.room * 0.7) for text in block.right]
    widest = max((line.width for line in lines), default=0.0)
    middle = job.sheet.right - 2 * job.size - widest / 2
    leading = job.leading * ROW_LEADING
    height = leading * len(lines)
    sealed = _sealed(job, middle) if block.is_sealed else None

    def draw(pen: Pen, top: float) -> None:
        for index, (line, text) in enumerate(zip(lines, block.right, strict=True)):
            if text.places or not job.is_bare:
                pen.text(line, middle - line.width / 2, top + index * leading, leading)
        if sealed:
            sealed(pen, top + height / 2)

    return draw, height + (job.leading if sealed and job.paper.is_signed else 0)


def _sealed(job: Job, middle: float) -> Draw:
    """Return what marks the place of the seal, its middle at the height that is given, and draws what is there already."""
    diameter = job.sheet.seal
    words = job.setter.line(SIGNED_WORDS, job.small) if job.paper.is_signed else None

    def draw(pen: Pen, height: float) -> None:
        left, top = min(middle, job.sheet.width - diameter / 2) - diameter / 2, height - diameter / 2
        pen.place(SEAL_PLACE, left, top, diameter, diameter)
        if job.seal:
            pen.picture(job.seal, left, top, diameter, diameter)
        if words:
            pen.text(words, middle - words.width / 2, height + job.leading * ROW_LEADING, job.leading, SEAL_RED)

    return draw
