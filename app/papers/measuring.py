"""Sets the sheet by which somebody measures how far a printer moves what it prints: crosses, rulers, what to do."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.paper import Shift
from app.papers.pen import Pen
from app.papers.sheets import MM, Sheet
from app.papers.typesetting import Line, Typesetter

CROSS_AT = 50
"""Millimetres from both edges that the upper left cross should stand at."""
ARM = 6 * MM
RULER_AT = 20 * MM
"""How far the rulers stand from the left and the upper edge: every printer reaches there."""
SIZE = 10.0
LEADING = 17.0
DIGITS = 7.0
TICKS = ((10, 5.0 * MM), (5, 3.5 * MM), (1, 2.0 * MM))
"""Every so many millimetres a line so long, the longest that fits."""
EDGE = 5
"""Millimetres at either end that a printer may leave white."""


@dataclass(frozen=True, slots=True)
class MeasuringSheet:
    """A test sheet that is set."""

    sheet: Sheet
    words: tuple[Line, ...]
    digits: tuple[tuple[int, Line], ...]
    """The figure at each centimetre, in millimetres from the edge."""

    def draw(self, pen: Pen) -> None:
        """Draw it."""
        self._across(pen)
        self._down(pen)
        for x, y in self._crosses():
            pen.rule(x - ARM, y, x + ARM, y)
            pen.rule(x, y - ARM, x, y + ARM)
        for index, line in enumerate(self.words):
            pen.text(line, CROSS_AT * MM + 2 * ARM, CROSS_AT * MM + 2 * ARM + index * LEADING, LEADING)

    def _across(self, pen: Pen) -> None:
        figures = dict(self.digits)
        for mm, length in _ticks(self.sheet.width):
            pen.rule(mm * MM, RULER_AT - length, mm * MM, RULER_AT)
            if mm in figures:
                pen.text(figures[mm], mm * MM - figures[mm].width / 2, RULER_AT, DIGITS * 1.3)

    def _down(self, pen: Pen) -> None:
        figures = dict(self.digits)
        for mm, length in _ticks(self.sheet.height):
            pen.rule(RULER_AT - length, mm * MM, RULER_AT, mm * MM)
            if mm in figures:
                pen.text(figures[mm], RULER_AT + 2, mm * MM - DIGITS * 0.65, DIGITS * 1.3)

    def _crosses(self) -> Iterator[tuple[float, float]]:
        near, right, low = CROSS_AT * MM, self.sheet.width - CROSS_AT * MM / 2, self.sheet.height - CROSS_AT * MM / 2
        yield from ((x, y) for x in (near, right) for y in (near, low))


def set_test_sheet(setter: Typesetter, sheet: Sheet, shift: Shift) -> MeasuringSheet:
    """Return the sheet for ``shift``, which it says: what is measured is what is left of the printer's own."""
    words = (
        "套打测试页",
        f"本页按 横向 {_mm(shift.right)} 毫米、纵向 {_mm(shift.down)} 毫米 打印。",
        f"1. 用尺量左上角的十字：离纸的左边和上边都应是 {CROSS_AT}.0 毫米。",
        "2. 离左边少几毫米，横向就加上几毫米；多了就减去。",
        "3. 离上边少几毫米，纵向就加上几毫米；多了就减去。",
        "4. 改好后再打一张，直到量得一致；再和空白凭证叠在一起",
        "   对着光看，内容应落在格子里。",
        "打印时请选实际大小（100%），不要“适合页面”。",
    )
    room = sheet.right - CROSS_AT * MM - ARM
    longest = max(int(sheet.width / MM), int(sheet.height / MM))
    figures = tuple((mm, setter.line(str(mm), DIGITS)) for mm in range(10, longest, 10))
    return MeasuringSheet(sheet, tuple(setter.fitted(line, SIZE, room) for line in words), figures)


def _ticks(length: float) -> Iterator[tuple[int, float]]:
    for mm in range(EDGE, int(length / MM) - EDGE + 1):
        yield mm, next(tick for every, tick in TICKS if mm % every == 0)


def _mm(tenths: int) -> str:
    return f"{tenths / 10:+.1f}" if tenths else "0.0"
