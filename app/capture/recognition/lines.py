"""Lines of text and where they stand on an upright picture; what was made of some of them. Plain Python."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from app.services.ports import ReadField


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Return how wide it is."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Return how high it is."""
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        """Return its middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def grown(self, by: float, above: float | None = None) -> "Box":
        """Return a rectangle that reaches further on every side, by another measure ``above`` and below if one is given."""
        up = by if above is None else above
        return Box(self.left - by, self.top - up, self.right + by, self.bottom + up)

    def holds(self, point: tuple[float, float]) -> bool:
        """Tell whether a point lies in it."""
        return self.left <= point[0] <= self.right and self.top <= point[1] <= self.bottom


@dataclass(frozen=True, slots=True)
class TextLine:
    """A piece of text that was found in one go; what a person sees as one line may be several of them."""

    text: str
    confidence: float
    box: Box


@dataclass(frozen=True, slots=True)
class Found:
    """What was made of some lines."""

    text: str
    confidence: float
    boxes: tuple[Box, ...]
    is_repaired: bool = False


Fields = dict[ReadField, Found]


@dataclass(frozen=True, slots=True)
class Row:
    """Lines that stand side by side, from left to right."""

    lines: tuple[TextLine, ...]

    @property
    def text(self) -> str:
        """Return the text without spaces, full-width signs as plain ones."""
        return "".join(squeezed(line.text) for line in self.lines)

    @property
    def top(self) -> float:
        """Return where it begins."""
        return min(line.box.top for line in self.lines)

    @property
    def middle(self) -> float:
        """Return at what height it stands."""
        return median(line.box.middle[1] for line in self.lines)

    @property
    def height(self) -> float:
        """Return how high a line in it is."""
        return median(line.box.height for line in self.lines)

    def found(self, text: str, *, last: int = 0) -> Found:
        """Return ``text`` as read from this row, of which ``last`` lines hold it (0: all)."""
        lines = self.lines[-last:]
        return Found(text, min(line.confidence for line in lines), tuple(line.box for line in lines))


def squeezed(text: str) -> str:
    """Return the text without spaces, and full-width letters and digits as plain ones."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def rows_of(lines: Iterable[TextLine]) -> list[Row]:
    """Return the lines row by row from the top; two share a row when their middles are within half a line."""
    rows: list[list[TextLine]] = []
    for line in sorted(lines, key=lambda one: one.box.middle[1]):
        if rows and _is_beside(line, rows[-1]):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [Row(tuple(sorted(row, key=lambda one: one.box.left))) for row in rows]


def _is_beside(line: TextLine, row: Sequence[TextLine]) -> bool:
    height = min(line.box.height, *(one.box.height for one in row))
    return abs(line.box.middle[1] - median(one.box.middle[1] for one in row)) < height / 2


def around(boxes: Iterable[Box]) -> Box:
    """Return the smallest rectangle that holds all of them."""
    several = list(boxes)
    return Box(
        min(box.left for box in several),
        min(box.top for box in several),
        max(box.right for box in several),
        max(box.bottom for box in several),
    )
