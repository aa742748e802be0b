"""The frame of the window: a rail of rooms on the left, the room, a status strip below. No logic."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui.help import HelpPanel
from ui.icons import icon
from ui.status_strip import Sign, StatusStrip
from ui.text import _
from ui.theme import theme
from ui.widgets.cards import clear
from ui.widgets.errors import ErrorPanel
from ui.widgets.keys import bind
from ui.widgets.notices import Toast
from ui.widgets.overlay import Overlay
from ui.widgets.texts import Icon, label

RAIL_WIDTH = 80
SMALLEST = QSize(1024, 640)
ACTIVITY = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.TouchBegin,
    QEvent.Type.TabletPress,
}
"""What shows that somebody is there, on every screen."""


class MainWindow(QMainWindow):
    """``room_asked`` tells which room the rail or Alt+number asks for; ``active`` that a key or click was made.

    ``hand_over_asked`` and ``lock_asked`` come from anywhere, by key and from the status strip; F1 opens the
    help over every screen; ``guide_toggled`` that the guided first case is wanted, or no more.
    """

    room_asked = Signal(str)
    hand_over_asked = Signal()
    guide_toggled = Signal()
    lock_asked = Signal()
    active = Signal()
    closing = Signal()

    def __init__(self, title: str, close_word: str) -> None:
        super().__init__()
        self.setWindowTitle(title)
        self.setMinimumSize(SMALLEST)
        self._outer = QStackedWidget()
        self._outer.setObjectName("window")
        self._rooms = QStackedWidget()
        self._above = QVBoxLayout()
        self._buttons: dict[str, tuple[QToolButton, str]] = {}
        self._rail_inside = QVBoxLayout()
        self._status = StatusStrip()
        self._status.help_asked.connect(self.show_help)
        self._status.hand_over_asked.connect(self.hand_over_asked)
        self._status.guide_toggled.connect(self.guide_toggled)
        self._status.lock_asked.connect(self.lock_asked)
        self._frame = self._made_frame()
        self._outer.addWidget(self._frame)
        self.setCentralWidget(self._outer)
        self._toast = Toast(self._outer)
        self._errors = ErrorPanel(self._outer, close_word)
        self._measure()
        theme().changed.connect(self._measure)

    def add_room(self, key: str, icon_name: str, word: str, widget: QWidget) -> None:
        """Add a room with its place on the rail; Alt+1 and so on lead to it."""
        button = QToolButton()
        button.setProperty("role", "room")
        button.setText(word)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setIconSize(QSize(theme().px(22), theme().px(22)))
        button.setFixedWidth(theme().px(RAIL_WIDTH))
        button.setCheckable(True)
        button.setAutoExclusive(True)
        button.setAccessibleName(word)
        button.clicked.connect(lambda: self.room_asked.emit(key))
        bind(button, f"Alt+{len(self._buttons) + 1}", word, lambda: self.room_asked.emit(key))
        self._rail_inside.insertWidget(len(self._buttons) + 2, button)
        self._buttons[key] = (button, icon_name)
        self._rooms_keys.setText(f"Alt+1…{len(self._buttons)}")
        self._rooms.addWidget(widget)
        self._colour()

    def add_page(self, widget: QWidget) -> None:
        """Add a room that has no place on the rail, such as an intake."""
        self._rooms.addWidget(widget)

    def add_above(self, bar: QWidget) -> None:
        """Add a bar above the rooms; it stays whichever of them is shown."""
        self._above.addWidget(bar)

    def show_room(self, widget: QWidget, key: str) -> None:
        """Show a room, with ``key`` as the current place on the rail."""
        for name, (button, _icon) in self._buttons.items():
            button.setChecked(name == key)
        self._colour()
        self._rooms.setCurrentWidget(widget)
        self._outer.setCurrentIndex(0)

    def remove_rooms(self) -> None:
        """Take every room away, to build them again in another language or size."""
        for button, _icon in self._buttons.values():
            button.hide()
            button.setParent(None)
            button.deleteLater()
        self._buttons.clear()
        self._status.empty()
        clear(self._above)
        self._toast.hide()
        while self._rooms.count():
            widget = self._rooms.widget(0)
            self._rooms.removeWidget(widget)
            widget.deleteLater()

    def cover(self, widget: QWidget) -> None:
        """Cover the whole window with ``widget``: first start, log-in, lock; what lay over the rooms goes away."""
        self.dismiss_overlays()
        self._toast.hide()
        if self._outer.indexOf(widget) < 0:
            self._outer.addWidget(widget)
            bind(widget, "F1", _("按键"), self.show_help)
        self._outer.setCurrentWidget(widget)

    def uncover(self, widget: QWidget) -> None:
        """Forget a cover that another one takes the place of."""
        if self._outer.indexOf(widget) >= 0:
            self._outer.removeWidget(widget)
        widget.deleteLater()

    def dismiss_overlays(self) -> None:
        """Let everything that lies over the rooms go away, as Esc does; what went wrong stays until it was read."""
        for overlay in self._outer.findChildren(Overlay):
            if overlay is not self._errors:
                overlay.given_up.emit()

    @property
    def is_overlaid(self) -> bool:
        """Tell whether something lies over the rooms that has to be answered first."""
        return any(not overlay.isHidden() for overlay in self._outer.findChildren(Overlay))

    def show_help(self) -> None:
        """Show the keys of the screen that is shown, over it."""
        panel = HelpPanel(self._outer)
        panel.guide_asked.connect(self.guide_toggled)
        panel.show_keys(self.shown, self._frame if self._outer.currentWidget() is self._frame else None)

    def show_status(self, left: list[Sign], right: list[Sign]) -> None:
        """Show signs at the left and right of the status strip, and what can be done from anywhere."""
        self._status.show_signs(left, right)

    @property
    def stage(self) -> QStackedWidget:
        """Return what an overlay lies on."""
        return self._outer

    @property
    def frame(self) -> QWidget:
        """Return the rail, the rooms and the strip."""
        return self._frame

    @property
    def shown(self) -> QWidget:
        """Return the room that is shown, or what covers the window."""
        return (
            self._rooms.currentWidget() if self._outer.currentWidget() is self._frame else self._outer.currentWidget()
        )

    @property
    def toast(self) -> Toast:
        """Return the place of short messages."""
        return self._toast

    @property
    def errors(self) -> ErrorPanel:
        """Return the place where faults are told."""
        return self._errors

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Notice keys and clicks anywhere, for the idle lock."""
        if event.type() in ACTIVITY:
            self.active.emit()
        return super().eventFilter(watched, event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  Qt's name
        """Let what was typed be saved first."""
        self.closing.emit()
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Keep messages where they belong."""
        super().resizeEvent(event)
        self._toast.hide()

    def _made_frame(self) -> QWidget:
        page = QWidget()
        outside = QVBoxLayout(page)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.setSpacing(0)
        upper = QHBoxLayout()
        upper.setSpacing(0)
        upper.addWidget(self._rail())
        room = QVBoxLayout()
        room.setSpacing(0)
        room.addLayout(self._above)
        room.addWidget(self._rooms, 1)
        upper.addLayout(room, 1)
        outside.addLayout(upper, 1)
        outside.addWidget(self._status)
        return page

    def _rail(self) -> QFrame:
        rail = QFrame()
        rail.setObjectName("rail")
        self._rail_frame = rail
        self._rail_inside.setContentsMargins(0, theme().px(14), 0, theme().px(8))
        self._rail_inside.setSpacing(0)
        self._rail_inside.addWidget(Icon("house-line", "accent", 28), 0, Qt.AlignmentFlag.AlignHCenter)
        self._rail_inside.insertSpacing(1, theme().px(16))
        self._rail_inside.addStretch(1)
        self._rooms_keys = label("", "small")
        self._rail_inside.addWidget(self._rooms_keys, 0, Qt.AlignmentFlag.AlignHCenter)
        rail.setLayout(self._rail_inside)
        return rail

    def _measure(self) -> None:
        """Follow the text size and the colours."""
        self._rail_frame.setFixedWidth(theme().px(RAIL_WIDTH))
        self._status.measure()
        self._colour()

    def _colour(self) -> None:
        for button, name in self._buttons.values():
            token = "accent" if button.isChecked() else "text-soft"
            button.setIcon(icon(name, theme().colour(token)))
