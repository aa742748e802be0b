"""A few things to choose from, all in sight: one of them, or several."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QLayout, QPushButton, QWidget

from ui.widgets.flow import Columns, Flow

MENU_COLUMNS, LEAST_COLUMN = 2, 220


class SegmentButton(QPushButton):
    """A button whose words are bold while it is chosen; it is as wide as they need then, so that nothing is cut."""

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Return the size with bold words."""
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.Bold)
        wider = QFontMetrics(bold).horizontalAdvance(self.text()) - self.fontMetrics().horizontalAdvance(self.text())
        return super().sizeHint() + QSize(max(wider, 0), 0)


class Choice(QWidget):
    """One of a few; arrow keys move among them, ``chosen`` tells the new one. How they lie and look is told at once."""

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]], inside: QLayout, role: str) -> None:
        super().__init__()
        self.setLayout(inside)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        for value, word in choices:
            button = SegmentButton(word) if role == "segment" else QPushButton(word)
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
        super().__init__(choices, Flow(spacing=0), "segment")


class Menu(Choice):
    """More and longer choices, in two columns."""

    def __init__(self, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__(choices, Columns(MENU_COLUMNS, LEAST_COLUMN, spacing=6), "chip")


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
