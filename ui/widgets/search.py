"""The one field: large, with an icon, hints and a key to empty it."""

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit

from ui.theme import theme
from ui.widgets.texts import Icon, cap, label, set_property

LEAST_WITH_HINTS = 600


class _Line(QLineEdit):
    moved = Signal(int)
    taken = Signal()
    emptied = Signal()
    focused = Signal(bool)
    brought = Signal(QMimeData)
    takes_files = False

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Move in the results with the arrows, take one with Enter, empty with Esc."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() in steps:
            self.moved.emit(steps[event.key()])
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.taken.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.emptied.emit()
        elif self.takes_files and event.matches(QKeySequence.StandardKey.Paste) and _is_file(clipboard_content()):
            self.brought.emit(clipboard_content())
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  Qt's name
        """Leave files to whoever is behind the field, which would write down their names."""
        if self.takes_files and _is_file(event.mimeData()):
            event.ignore()
        else:
            super().dragEnterEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802  Qt's name
        """Tell that the focus came."""
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  Qt's name
        """Tell that the focus went."""
        super().focusOutEvent(event)
        self.focused.emit(False)


class SearchField(QFrame):
    """``typed`` at each change, ``moved`` by the arrow keys, ``taken`` at Enter, ``emptied`` at Esc.

    Where files are taken, ``brought`` gets a file or picture that is pasted; what is dropped goes to whoever is behind.
    """

    typed = Signal(str)
    moved = Signal(int)
    taken = Signal()
    emptied = Signal()
    brought = Signal(QMimeData)

    def __init__(self, name: str, hint: str, note: str, clear_word: str, longest: int) -> None:
        super().__init__()
        self.setProperty("role", "search")
        inside = QHBoxLayout(self)
        inside.setContentsMargins(*(theme().px(n) for n in (16, 1, 16, 1)))
        inside.setSpacing(theme().px(12))
        self._line = _Line()
        self._line.setPlaceholderText(hint)
        self._line.setAccessibleName(name)
        self._line.setMaxLength(longest)
        self._extras = (Icon("barcode", size=18), label(note, "small"), cap(clear_word))
        for part in (Icon("magnifying-glass"), self._line, *self._extras):
            inside.addWidget(part, 1 if part is self._line else 0)
        self._line.setToolTip(hint)
        self.setFocusProxy(self._line)
        self._line.textEdited.connect(self.typed)
        self._line.moved.connect(self.moved)
        self._line.taken.connect(self.taken)
        self._line.emptied.connect(self.emptied)
        self._line.brought.connect(self.brought)
        self._line.focused.connect(lambda has: set_property(self, "state", "focus" if has else ""))

    def take_files(self) -> None:
        """Take files and pictures from now on."""
        self._line.takes_files = True

    def set_text(self, text: str) -> None:
        """Show ``text`` unless it stands there already."""
        if self._line.text() != text:
            self._line.setText(text)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Leave the hints away where the line needs the room."""
        super().resizeEvent(event)
        for part in self._extras:
            part.setVisible(self.width() >= theme().px(LEAST_WITH_HINTS))

    def text(self) -> str:
        """Return what was typed."""
        return self._line.text()


def clipboard_content() -> QMimeData:
    """Return what lies on the clipboard."""
    return QGuiApplication.clipboard().mimeData()


def _is_file(mime: QMimeData) -> bool:
    """Tell whether something is a file, or a picture without words; what is copied from a table is both."""
    return any(url.isLocalFile() for url in mime.urls()) or (mime.hasImage() and not mime.hasFormat("text/plain"))
