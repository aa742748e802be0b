"""Something that has to be settled first: a card over the shaded window, with the keyboard to itself."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from ui.theme import theme
from ui.widgets.cards import Card, centred

EDGE = 24


class Overlay(QFrame):
    """Lies over what ``stage`` shows, which takes no key and no click meanwhile. ``given_up`` tells of Esc."""

    given_up = Signal()
    dismissed = Signal()

    def __init__(self, stage: QStackedWidget, width: int) -> None:
        super().__init__(stage)
        self.setProperty("role", "shade")
        self._stage = stage
        self._beneath: QWidget = stage.currentWidget()
        self._before: QWidget | None = None
        self._was_usable = True
        self._width = width
        self.card = Card()
        self.card.body.setContentsMargins(*(theme().px(n) for n in (EDGE, 20, EDGE, 20)))
        self.card.body.setSpacing(theme().px(12))
        inside = QVBoxLayout(self)
        inside.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        inside.addStretch(1)
        inside.addLayout(centred(self.card))
        inside.addStretch(2)
        stage.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Lie over the window; the card's first field takes the focus."""
        if self.isHidden():
            self._before = QApplication.focusWidget()
            self._beneath = self._stage.currentWidget()
            self._was_usable = self._beneath.isEnabled()  # not when another one lies there already
        self._fit()
        self._beneath.setEnabled(False)
        self.show()
        self.raise_()

    def dismiss(self) -> None:
        """Go away and give the focus back to where it was."""
        if self.isHidden():
            return
        self.hide()
        if isValid(self._beneath):
            self._beneath.setEnabled(self._was_usable)
        if self._before is not None and isValid(self._before) and self._before.isVisible():
            self._before.setFocus()
        self._before = None
        self.dismissed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Stay as large as the window."""
        if event.type() is QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Give up at Esc; no other key reaches what lies beneath."""
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        event.accept()

    def _fit(self) -> None:
        self.setGeometry(self._stage.rect())
        self.card.setFixedWidth(min(theme().px(self._width), self._stage.width() - 2 * EDGE))
