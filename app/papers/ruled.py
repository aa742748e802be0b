"""Sets ruled blocks: the grid of labels and values, and tables that go on over pages with their head repeated."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.domain.paper_template import Align, Column, Entry, Grid, Table
from app.papers.flow import Draw, Piece
from app.papers.job import STRUCK_OUT, Job
from app.papers.pen import Pen
from app.papers.prose import open_frame
from app.papers.typesetting import Face, Line

LABEL_EMS = 4.0
PAD_EMS = 0.5
ROW_PAD_EMS = 0.4
CELL_LEADING = 1.35
NOTE_EMS = 0.9
"""Height that is kept free at the lower edge of a cell for a note on what is signed in it."""
HIGHEST_ROW = 0.5
"""Part of the sheet's height that a row takes at most."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Lines in a ruled cell; ``frame`` draws what stands there instead while the value is still to come."""

    x: float
    width: float
    lines: Sequence[Line]
    align: Align = Align.LEFT
    frame: Draw | None = None
    least: float = 1.0
    """Lines of height that the cell has at least."""
    place: str = ""
    """What the cell is called where somebody signs in it on the screen."""
    note: str = ""
    """What its lower edge is called where it is said that this was on the screen."""
    is_fixed: bool = False
    """Whether it is a label or a head, which a blank form has already."""


def grid(job: Job, block: Grid) -> Iterator[Piece]:
    """Yield the rows of a grid; it stays together on a page."""
    rows = [part for row in block.rows for part in _rows(job, list(_grid_cells(job, row, block.height)))]
    yield from (replace(row, keep=True) for row in rows[:-1])
    yield rows[-1]
    yield Piece(job.size * 0.9)


def _grid_cells(job: Job, row: Sequence[Entry], height: float) -> Iterator[Cell]:
    label_width = (LABEL_EMS + 2 * PAD_EMS) * job.size
    value_width = job.sheet.room / len(row) - label_width
    for index, entry in enumerate(row):
        x = job.sheet.side + index * job.sheet.room / len(row)
        name = job.fill(entry.label)
        label = job.setter.spread(name, job.size, LABEL_EMS * job.size)
        fitted = label if label.width <= label_width else job.setter.fitted(name, job.size, label_width)
        yield Cell(x, label_width, (fitted,), Align.CENTER, is_fixed=True)
        yield _value(job, entry, x + label_width, value_width, height)


def _value(job: Job, entry: Entry, x: float, width: float, height: float) -> Cell:
    pad = PAD_EMS * job.size
    if job.is_open(entry.value):
        frame = open_frame(job, entry.value, width - 2 * pad)
        return Cell(x, width, (), frame=lambda pen, top: frame(pen, x + pad, top))
    if not entry.value.text:
        return Cell(x, width, (), least=height, place=job.place_of(entry.label), note=job.note_of(entry.label))
    text = job.fill(entry.value) or STRUCK_OUT
    return Cell(x, width, job.setter.filled(text, job.size, width - 2 * pad, justify=False))


def table(job: Job, block: Table) -> Iterator[Piece]:
    """Yield the rows of a table; its foot stays with its last row."""
    head = _row(job, _table_cells(job, block.columns, [c.head for c in block.columns], head=True))
    texts = job.paper.tables.get(block.rows, ()) or (_nothing(block),)
    rows = [part for row in texts for part in _rows(job, _table_cells(job, block.columns, row))]
    body = [replace(row, head=head) for row in [*rows, *_foot(job, block)]]
    yield replace(head, keep=True)
    for index, row in enumerate(body):
        yield replace(row, keep=block.foot is not None and index == len(body) - 2)
    yield Piece(job.size * 0.9)


def _nothing(block: Table) -> tuple[str, ...]:
    """Return the row of a table without rows: struck out, so that nothing is written in later."""
    return (STRUCK_OUT,) * len(block.columns)


def _foot(job: Job, block: Table) -> list[Piece]:
    if block.foot is None:
        return []
    lines = job.setter.filled(job.fill(block.foot), job.size, job.sheet.room - 2 * PAD_EMS * job.size, justify=False)
    return [_row(job, [Cell(job.sheet.side, job.sheet.room, lines)])]


def _table_cells(job: Job, columns: Sequence[Column], texts: Sequence[str], *, head: bool = False) -> list[Cell]:
    share = job.sheet.room / sum(column.width for column in columns)
    x, cells = job.sheet.side, []
    for column, text in zip(columns, texts, strict=True):
        width = column.width * share
        room = width - 2 * PAD_EMS * job.size * (0.5 if head else 1)
        face = Face.BOLD if head else Face.TEXT
        lines = job.setter.filled(text, job.size * (0.92 if head else 1), room, justify=False, face=face)
        cells.append(Cell(x, width, lines, Align.CENTER if head else column.align, is_fixed=head))
        x += width
    return cells


def _rows(job: Job, cells: Sequence[Cell]) -> list[Piece]:
    """Return a ruled row, in parts where it is so high that no page could hold it."""
    most = int(job.sheet.height * HIGHEST_ROW / (job.size * CELL_LEADING))
    longest = max(len(cell.lines) for cell in cells)
    starts = range(0, max(longest, 1), most)
    return [_row(job, [replace(cell, lines=cell.lines[at : at + most]) for cell in cells]) for at in starts]


def _row(job: Job, cells: Sequence[Cell]) -> Piece:
    """Return a ruled row, high enough for its fullest cell."""
    leading = job.size * CELL_LEADING
    most = max(max(len(cell.lines), cell.least) for cell in cells)
    height = most * leading + 2 * ROW_PAD_EMS * job.size

    def draw(pen: Pen, top: float) -> None:
        if not job.is_bare:
            _rules(job, pen, cells, top, height)
        for cell in cells:
            if not (job.is_bare and cell.is_fixed):
                _draw_cell(job, pen, cell, top, height)

    return Piece(height, draw)


def _rules(job: Job, pen: Pen, cells: Sequence[Cell], top: float, height: float) -> None:
    for y in (top, top + height):
        pen.rule(job.sheet.side, y, job.sheet.right, y)
    for x in [*(cell.x for cell in cells), job.sheet.right]:
        pen.rule(x, top, x, top + height)


def _draw_cell(job: Job, pen: Pen, cell: Cell, top: float, height: float) -> None:
    note = NOTE_EMS * job.size if cell.note else 0.0
    if cell.place:
        pen.place(cell.place, cell.x, top, cell.width, height - note)
    if cell.note:
        pen.place(cell.note, cell.x, top + height - note, cell.width, note)
    if cell.frame:
        cell.frame(pen, top + (height - job.leading) / 2)
    leading = job.size * CELL_LEADING
    pad = PAD_EMS * job.size
    first = top + (height - len(cell.lines) * leading) / 2
    for index, line in enumerate(cell.lines):
        free = cell.width - line.width
        x = {Align.LEFT: pad, Align.CENTER: free / 2, Align.RIGHT: free - pad}[cell.align]
        pen.text(line, cell.x + x, first + index * leading, leading)
