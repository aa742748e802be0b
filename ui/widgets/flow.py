"""Layouts that give way: a row that wraps, and columns that become fewer where the text is large or the window small."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QLayoutItem, QWidget

from ui.theme import theme


class _Given(QLayout):
    """Keeps its items in order and asks ``_arrange`` how high they are in a width."""

    def __init__(self, spacing: int) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(theme().px(spacing))

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802  Qt's name
        """Take an item in at the end."""
        self._items.append(item)

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802  Qt's name
        """Return an item, None where there is none."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802  Qt's name
        """Give an item away, None where there is none."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802  Qt's name
        """Take whatever width there is, and no more height than is needed."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:  # noqa: N802  Qt's name
        """Tell that less width needs more height."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802  Qt's name
        """Return the height that ``width`` needs."""
        margins = self.contentsMargins()
        inside = QRect(0, 0, width - margins.left() - margins.right(), 0)
        return self._arrange(inside, move=False) + margins.top() + margins.bottom()

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802  Qt's name
        """Put every item in its place."""
        super().setGeometry(rect)
        self._arrange(rect.marginsRemoved(self.contentsMargins()), move=True)

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Return the least that is needed."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:  # noqa: N802  Qt's name
        """Return the size of the largest item."""
        size = QSize()
        for item in self._seen():
            size = size.expandedTo(item.minimumSize())
        return size.grownBy(self.contentsMargins())

    def _seen(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        raise NotImplementedError


class Flow(_Given):
    """Items side by side, in as many lines as they need; ``pushed`` puts the last one at the right of its line."""

    def __init__(self, *parts: QWidget, spacing: int = 8, pushed: bool = False) -> None:
        super().__init__(spacing)
        self._pushed = pushed
        for part in parts:
            self.addWidget(part)

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Return the size of one line with everything in it."""
        hints = [item.sizeHint() for item in self._seen()]
        width = sum(hint.width() for hint in hints) + self.spacing() * max(0, len(hints) - 1)
        return QSize(width, max((hint.height() for hint in hints), default=0)).grownBy(self.contentsMargins())

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        top = rect.y()
        lines = self._lines(rect.width())
        for number, line in enumerate(lines):
            height = max(hint.height() for _item, hint in line)
            if move:
                self._place(line, QRect(rect.x(), top, rect.width(), height), last=number == len(lines) - 1)
            top += height + self.spacing()
        return max(0, top - self.spacing() - rect.y()) if lines else 0

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """Return the items line by line, each with its size, none wider than ``width``."""
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        used = 0
        for item in self._seen():
            hint = item.sizeHint()
            if hint.width() > width:
                hint = QSize(width, _height(item, width))
            if not lines or used + self.spacing() + hint.width() > width:
                lines.append([])
                used = -self.spacing()
            lines[-1].append((item, hint))
            used += self.spacing() + hint.width()
        return lines

    def _place(self, line: list[tuple[QLayoutItem, QSize]], place: QRect, *, last: bool) -> None:
        """Put a line's items side by side, each in the middle of its height."""
        left = place.x()
        for item, hint in line:
            if self._pushed and last and item is line[-1][0]:
                left = place.x() + place.width() - hint.width()
            item.setGeometry(QRect(QPoint(left, place.y() + (place.height() - hint.height()) // 2), hint))
            left += hint.width() + self.spacing()


class Columns(_Given):
    """Items in columns of equal width: ``most`` of them, or fewer where one would be narrower than ``least`` px."""

    def __init__(self, most: int, least: int, spacing: int = 8, line_spacing: int | None = None) -> None:
        super().__init__(spacing)
        self._line_gap = self.spacing() if line_spacing is None else theme().px(line_spacing)
        self._most = most
        self._least = theme().px(least)

    def set_least(self, least_px: int) -> None:
        """Let fewer columns be where one would be narrower than so many pixels."""
        if least_px != self._least:
            self._least = least_px
            self.invalidate()

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        gap = self.spacing()
        count = max(1, min(self._most, (rect.width() + gap) // (self._least + gap)))
        width = (rect.width() - gap * (count - 1)) // count
        top, seen = rect.y(), self._seen()
        for first in range(0, len(seen), count):
            line = seen[first : first + count]
            height = max(_height(item, width) for item in line)
            for place, item in enumerate(line if move else ()):
                item.setGeometry(QRect(rect.x() + place * (width + gap), top, width, height))
            top += height + self._line_gap
        return max(0, top - self._line_gap - rect.y())


class Beside(_Given):
    """Two items side by side, one as wide as it wants; one above the other in less than ``least`` px.

    So they lie too where the first would be left with less than ``least_first`` px. It is the second that has the width
    it wants, unless ``first_kept`` is said.
    """

    def __init__(
        self,
        first: QWidget,
        second: QWidget,
        least: int,
        *,
        least_first: int = 0,
        spacing: int = 8,
        first_kept: bool = False,
    ) -> None:
        super().__init__(spacing)
        self._first_kept = first_kept
        self._least, self._least_first = theme().px(least), theme().px(least_first)
        self.addWidget(first)
        self.addWidget(second)

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        first, second = self._items
        gap = self.spacing()
        kept = (first if self._first_kept else second).sizeHint().width()
        left = rect.width() - kept - gap
        wide, narrow = (kept, left) if self._first_kept else (left, kept)
        if rect.width() < self._least or wide < self._least_first:
            upper, lower = (_height(item, rect.width()) for item in (first, second))
            places = (
                QRect(rect.x(), rect.y(), rect.width(), upper),
                QRect(rect.x(), rect.y() + upper + gap, rect.width(), lower),
            )
        else:
            height = max(_height(first, wide), _height(second, narrow), rect.height())
            places = (
                QRect(rect.x(), rect.y(), wide, height),
                QRect(rect.x() + wide + gap, rect.y(), narrow, height),
            )
        for item, place in zip((first, second) if move else (), places, strict=False):
            item.setGeometry(place)
        return places[1].y() + places[1].height() - rect.y()


def together(*parts: QWidget) -> QWidget:
    """Return ``parts`` as one, so that no line breaks between them."""
    whole = QWidget()
    inside = QHBoxLayout(whole)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.setSpacing(theme().px(4))
    for part in parts:
        inside.addWidget(part)
    return whole


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
