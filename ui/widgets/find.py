"""A small field to find something on the screen with: icon, line, key; the large one of the counter is in ``search``."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit

from ui.theme import theme
from ui.widgets.keys import bind, key_words
from ui.widgets.texts import Icon, cap, set_property

LONGEST = 60
HEIGHT = 36


class FindField(QFrame):
    """``typed`` at each change, ``moved`` by the arrow keys, ``taken`` at Enter, ``emptied`` at Esc."""

    typed = Signal(str)
    moved = Signal(int)
    taken = Signal()
    emptied = Signal()

    def __init__(self, name: str, hint: str, key: str) -> None:
        super().__init__()
        self.setProperty("role", "find")
        self.setFixedHeight(theme().px(HEIGHT))
        self._line = _Line(self)
        self._line.setPlaceholderText(hint)
        self._line.setToolTip(hint)
        self._line.setAccessibleName(name)
        self._line.setMaxLength(LONGEST)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(*(theme().px(n) for n in (10, 1, 8, 1)))
        inside.setSpacing(theme().px(8))
        inside.addWidget(Icon("magnifying-glass", size=18))
        inside.addWidget(self._line, 1)
        inside.addWidget(cap(key_words(key)))
        self.setFocusProxy(self._line)
        self._line.textEdited.connect(self.typed)
        bind(self, key, name, self._begin)

    def set_text(self, text: str) -> None:
        """Show ``text`` unless it stands there already."""
        if self._line.text() != text:
            self._line.setText(text)

    def set_focused(self, focused: bool) -> None:
        """Show the ring of the focus around the whole field."""
        set_property(self, "state", "focus" if focused else "")

    def _begin(self) -> None:
        self._line.setFocus()
        self._line.selectAll()


class _Line(QLineEdit):
    def __init__(self, field: FindField) -> None:
        super().__init__()
        self._field = field

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Move with the arrows, take with Enter, empty with Esc."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() in steps:
            self._field.moved.emit(steps[Qt.Key(event.key())])
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._field.taken.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self._field.emptied.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: object) -> None:  # noqa: N802  Qt's name
        """Show that the focus is here."""
        super().focusInEvent(event)  # type: ignore[arg-type]
        self._field.set_focused(True)

    def focusOutEvent(self, event: object) -> None:  # noqa: N802  Qt's name
        """Show that the focus has gone."""
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self._field.set_focused(False)
