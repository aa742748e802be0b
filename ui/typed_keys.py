"""Listens at the window for devices that type a card, and gives every other key on as it came."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

from app.services.ports import IdentityCard
from ui.typed_bursts import QUIET_MS, Burst

WITH_OTHERS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TypedKeys(QObject):
    """``window`` is listened at; a card is taken while ``takes`` says so, and ``laid`` gets a card as if it lay on a reader.

    Times are those of the system's events: a window that was busy must not take a person for a device.
    """

    def __init__(
        self,
        window: QWidget,
        takes: Callable[[], bool],
        today: Callable[[], date],
        laid: Callable[[IdentityCard], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._takes = takes
        self._laid = laid
        self._burst = Burst(today)
        self._kept: list[QKeyEvent] = []
        self._field: QWidget | None = None
        self._before = ""
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET_MS)
        self._quiet.timeout.connect(self._end)

    def listen(self) -> None:
        """Begin to listen; again, do nothing."""
        if handle := self._window.windowHandle():
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Keep a key back that a device may have typed."""
        if event.type() == QEvent.Type.ShortcutOverride and self._burst.is_keeping:
            event.accept()
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        sign = "\n" if event.key() in ENTER else event.text()
        if not sign or event.isAutoRepeat() or event.modifiers() & WITH_OTHERS:
            self._burst.forget()
            return False
        if not self._burst.key(sign, event.timestamp()):
            if self._burst.is_new:
                self._field = QApplication.focusWidget()
                self._before = _text(self._field)
            return False
        if not (self._kept or self._takes()):
            self._burst.drop()
            return False
        self._kept.append(event.clone())
        self._quiet.start()
        return True

    def _end(self) -> None:
        """Take the card, or give the keys on."""
        kept, self._kept = self._kept, []
        card = self._burst.end()
        if card is not None:
            if self._field is not None and isValid(self._field):
                _put_back(self._field, self._before)
            self._laid(card)
            return
        for event in kept:
            QApplication.sendEvent(QApplication.focusWidget() or self._window, event)


def _text(widget: QWidget | None) -> str:
    if isinstance(widget, QLineEdit):
        return widget.text()
    return widget.toPlainText() if isinstance(widget, QPlainTextEdit) else ""


def _put_back(widget: QWidget, before: str) -> None:
    """Let a field hold what it held before a device typed into it, as if it had been typed again."""
    if isinstance(widget, QLineEdit) and widget.text() != before:
        widget.selectAll()
        widget.insert(before)
    elif isinstance(widget, QPlainTextEdit) and widget.toPlainText() != before:
        widget.selectAll()
        widget.insertPlainText(before)
