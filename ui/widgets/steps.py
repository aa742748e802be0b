"""A small number that is counted up and down."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from ui.theme import theme
from ui.widgets.cards import row_layout
from ui.widgets.texts import label

MOST = 99


class Steps(QWidget):
    """A number from 0 to 99 with − and +; ``changed`` tells the new one."""

    changed = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        inside = row_layout(label(name, "small"))
        inside.setSpacing(theme().px(4))
        self._number = label("0")
        self._number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._number.setFixedWidth(theme().px(20))
        self._value = 0
        self._less, self._more = self._button("−", -1, name), self._button("+", 1, name)
        for part in (self._less, self._number, self._more):
            inside.addWidget(part)
        self.setLayout(inside)

    def set_value(self, value: int) -> None:
        """Show ``value``."""
        self._value = value
        self._number.setText(str(value))

    def take_focus(self) -> None:
        """Put the focus on +."""
        self._more.setFocus()

    def _button(self, sign: str, step: int, name: str) -> QPushButton:
        button = QPushButton(sign)
        button.setProperty("kind", "step")
        button.setAccessibleName(f"{name} {sign}")
        button.clicked.connect(lambda _checked=False: self.changed.emit(min(max(self._value + step, 0), MOST)))
        return button
