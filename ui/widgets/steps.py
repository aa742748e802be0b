"""What is counted up and down, between − and +."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from ui.theme import theme
from ui.widgets.cards import row_layout
from ui.widgets.texts import label

MOST = 99


class WordSteps(QWidget):
    """A few words between − and +, such as a day; ``stepped`` tells -1 or 1, and what follows is said from outside."""

    stepped = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._shown = label("")
        self._less, self._more = self._button("−", -1, name), self._button("+", 1, name)
        inside = row_layout(label(name, "small"), self._less, self._shown, self._more)
        inside.setSpacing(theme().px(4))
        self.setLayout(inside)

    def show_words(self, words: str) -> None:
        """Show ``words``."""
        self._shown.setText(words)

    def _button(self, sign: str, step: int, name: str) -> QPushButton:
        button = QPushButton(sign)
        button.setProperty("kind", "step")
        button.setAccessibleName(f"{name} {sign}")
        button.clicked.connect(lambda _checked=False: self.stepped.emit(step))
        return button


class Steps(WordSteps):
    """A number from 0 to 99; ``changed`` tells the new one."""

    changed = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._value = 0
        self._shown.setText("0")
        self._shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._shown.setFixedWidth(theme().px(20))
        self.stepped.connect(self._step)

    def set_value(self, value: int) -> None:
        """Show ``value``."""
        self._value = value
        self._shown.setText(str(value))

    def take_focus(self) -> None:
        """Put the focus on +."""
        self._more.setFocus()

    def _step(self, step: int) -> None:
        self.changed.emit(min(max(self._value + step, 0), MOST))
