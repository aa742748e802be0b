"""Longer texts: several lines, where Enter goes on and Shift+Enter begins a line."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from ui.theme import theme

LINES_HEIGHT = 76


class TextArea(QPlainTextEdit):
    """A few lines of text; ``edited`` tells every change that a person made, ``left`` that the focus has gone."""

    edited = Signal(str)
    left = Signal()
    onward = Signal()

    def __init__(self, hint: str = "", longest: int = 500) -> None:
        super().__init__()
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setFixedHeight(theme().px(LINES_HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._longest = longest
        self.textChanged.connect(self._tell)

    def set_value(self, value: str) -> None:
        """Show ``value`` unless it stands there already, so that the cursor stays where it is."""
        if self.toPlainText() != value:
            self.blockSignals(True)
            self.setPlainText(value)
            self.blockSignals(False)

    def value(self) -> str:
        """Return the text."""
        return self.toPlainText()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Go on to the next field at Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.onward.emit()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  Qt's name
        """Tell that the focus has gone."""
        super().focusOutEvent(event)
        self.left.emit()

    def _tell(self) -> None:
        text = self.toPlainText()
        if len(text) > self._longest:
            text = text[: self._longest]
            self.set_value(text)
            self.moveCursor(QTextCursor.MoveOperation.End)
        self.edited.emit(text)
