"""Things to choose from: a few in sight, one of them or several, and one of many behind a word."""

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QComboBox, QLayout, QPushButton, QWidget

from ui.theme import theme
from ui.widgets.flow import Columns, Flow

MENU_COLUMNS, LEAST_COLUMN = 2, 220
FEW = 6
"""Choices of which each has to be read whole, because they are our own; names of items and people may be cut."""
ARROW_WIDTH = 44


def _bold(button: QPushButton) -> QFontMetrics:
    """Return the measures of a button's words while it is chosen."""
    font = QFont(button.font())
    font.setWeight(QFont.Weight.Bold)
    return QFontMetrics(font)


class SegmentButton(QPushButton):
    """A button whose words are bold while it is chosen; it is as wide as they need then, so that nothing is cut."""

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Return the size with bold words."""
        wider = _bold(self).horizontalAdvance(self.text()) - self.fontMetrics().horizontalAdvance(self.text())
        return super().sizeHint() + QSize(max(wider, 0), 0)


class WrappingButton(QPushButton):
    """A button whose words go on in the next line where they have no room, chosen or not; broken between words."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self._whole = word
        self.setAccessibleName(word)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def heightForWidth(self, width: int) -> int:  # noqa: N802  Qt's name
        """Return the height that ``width`` needs."""
        more = len(self._lines(width)) - len(self.text().split("\n"))
        return super().sizeHint().height() + more * self.fontMetrics().lineSpacing()

    def minimumSizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Return the width of the longest word."""
        longest = max(_bold(self).horizontalAdvance(word) for word in self._whole.split() or [""])
        return QSize(longest + self._around(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Break the words as the width wants it."""
        super().resizeEvent(event)
        self.setText("\n".join(self._lines(event.size().width())))

    def _lines(self, width: int) -> list[str]:
        room, bold = width - self._around(), _bold(self)
        lines: list[str] = []
        for word in self._whole.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and bold.horizontalAdvance(longer) > room:
                lines.append(word)
            else:
                lines[-1:] = [longer]
        return lines

    def _around(self) -> int:
        """Return what the button has at the left and right of its words."""
        self.ensurePolished()  # it has the font of the style sheet only then
        widest = max(self.fontMetrics().horizontalAdvance(line) for line in self.text().split("\n"))
        return super().sizeHint().width() - widest


class Choice(QWidget):
    """One of a few; arrow keys move among them, ``chosen`` tells the new one. How they lie and look is told at once."""

    chosen = Signal(str)

    def __init__(
        self,
        choices: Sequence[tuple[str, str]],
        inside: QLayout,
        role: str,
        kind: Callable[[str], QPushButton] = QPushButton,
    ) -> None:
        super().__init__()
        self.setLayout(inside)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        for value, word in choices:
            button = kind(word)
            button.setProperty("role", role)
            button.setCheckable(True)
            button.clicked.connect(lambda _checked, value=value: self.chosen.emit(value))
            self._group.addButton(button)
            self._buttons[value] = button
            inside.addWidget(button)

    def set_value(self, value: str) -> None:
        """Show ``value`` as the chosen one; one that is none of the choices changes nothing."""
        if value in self._buttons:
            self._buttons[value].setChecked(True)

    def choose(self, value: str) -> None:
        """Choose ``value`` as a click does."""
        self._buttons[value].click()

    def value(self) -> str:
        """Return the chosen value, empty for none."""
        return next((value for value, button in self._buttons.items() if button.isChecked()), "")

    def take_focus(self) -> None:
        """Put the focus on the chosen one, else on the first."""
        (self._group.checkedButton() or next(iter(self._buttons.values()))).setFocus()


class Segments(Choice):
    """Choices side by side in one piece."""

    def __init__(self, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__(choices, Flow(spacing=0), "segment", SegmentButton)


class Menu(Choice):
    """More and longer choices, in two columns."""

    def __init__(self, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__(choices, Columns(MENU_COLUMNS, LEAST_COLUMN, spacing=6), "choice", WrappingButton)


class Chips(Choice):
    """Filters side by side, each with its count."""

    def __init__(self, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__(choices, Flow(), "chip")
        self._words = dict(choices)

    def show_counts(self, current: str, counts: dict[str, int]) -> None:
        """Show which filter is chosen and how much each has."""
        for value, button in self._buttons.items():
            count = counts.get(value)
            button.setText(self._words[value] if count is None else f"{self._words[value]}  {count:,}")
            button.setChecked(value == current)

    def leave_out(self, values: Collection[str]) -> None:
        """Leave out what could not have anything; a chosen one stays."""
        for value, button in self._buttons.items():
            button.setVisible(value not in values or button.isChecked())


class Toggles(QWidget):
    """A few choices side by side of which several can be chosen; Space turns one on and off."""

    changed = Signal()

    def __init__(self, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        inside = Flow()
        self.setLayout(inside)
        self._words = dict(choices)
        self._buttons: dict[str, QPushButton] = {}
        for value, word in choices:
            button = QPushButton(word)
            button.setProperty("role", "chip")
            button.setAccessibleName(word)
            button.setCheckable(True)
            button.toggled.connect(lambda on, value=value: self._mark(value, on=on))
            button.clicked.connect(self.changed)
            self._buttons[value] = button
            inside.addWidget(button)

    def set_values(self, values: Sequence[str]) -> None:
        """Show ``values`` as the chosen ones."""
        for value, button in self._buttons.items():
            button.setChecked(value in values)

    def values(self) -> tuple[str, ...]:
        """Return the chosen values, in the order of the screen."""
        return tuple(value for value, button in self._buttons.items() if button.isChecked())

    def _mark(self, value: str, *, on: bool) -> None:
        self._buttons[value].setText(f"✓ {self._words[value]}" if on else self._words[value])


class Picker(QComboBox):
    """One of many values, or all of them, whose value is empty; ``chosen`` tells what a person chose."""

    chosen = Signal(str)

    def __init__(self, name: str, everything: str, width: int) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._least = theme().px(width)
        self._everything = everything
        self._shown: Sequence[tuple[str, str]] | None = None
        self.activated.connect(lambda _index: self.chosen.emit(self.currentData()))

    def show_choices(self, choices: Sequence[tuple[str, str]], value: str) -> None:
        """Offer ``choices`` and show ``value`` as the chosen one."""
        if self._shown != choices:
            self._shown = choices
            self.clear()
            self.addItem(self._everything, "")
            for data, words in choices:
                self.addItem(words, data)
            self.setFixedWidth(max(self._least, self._needed(choices)))
            self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + theme().px(24))
        self.setCurrentIndex(max(0, self.findData(value)))
        self.setToolTip(self.currentText())

    def _needed(self, choices: Sequence[tuple[str, str]]) -> int:
        """Return the width that the words need: all of them where they are few and our own."""
        words = [self._everything, *(words for _data, words in choices if len(choices) <= FEW)]
        return max(self.fontMetrics().horizontalAdvance(one) for one in words) + theme().px(ARROW_WIDTH)
