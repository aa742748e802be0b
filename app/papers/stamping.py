"""Sets a stamp such as 原件核对: a red frame with some lines in the upper right corner of a page."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.papers.pen import SEAL_RED, Pen
from app.papers.sheets import MM
from app.papers.typesetting import Face, Line, Typesetter

SIZE = 9.5
"""Points, on a sheet of any size: it is read from as near."""
HEAD_SIZE = 13.0
LEADING = 1.35
PAD = 1.6 * MM
FROM_EDGE = 7 * MM


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stamp that is set: what it certifies, and below it by whom and when."""

    lines: tuple[Line, ...]

    def draw(self, pen: Pen, width: float) -> None:
        """Draw it on a page that is ``width`` points wide."""
        box = max(line.width for line in self.lines) + 2 * PAD
        left, top = width - FROM_EDGE - box, FROM_EDGE
        pen.frame(left, top, box, sum(line.size * LEADING for line in self.lines) + 2 * PAD, SEAL_RED)
        at = top + PAD
        for line in self.lines:
            pen.text(line, left + (box - line.width) / 2, at, line.size * LEADING, SEAL_RED)
            at += line.size * LEADING


def stamp(setter: Typesetter, lines: Sequence[str], room: float) -> Stamp:
    """Return a stamp whose first line is larger; none is longer than ``room`` points."""
    head, *below = lines
    return Stamp(
        (setter.fitted(head, HEAD_SIZE, room, Face.BOLD), *(setter.fitted(line, SIZE, room) for line in below))
    )
