"""The frame of a room: a header on top, the body, and where it has acts a bar at the bottom."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import theme

EDGE = 24
HEADER_HEIGHT = 56
BAR_HEIGHT = 60
STRIP_EDGE = 6
SIDE_SHARE = 0.38
"""The most that a side panel takes of the room's width, so that large text leaves room for the rest."""


class Showing:
    """Remembers what is shown, so that only what has changed is shown anew."""

    def __init__(self) -> None:
        self._shown: dict[str, object] = {}

    def changed(self, name: str, value: object, show: Callable[[], None]) -> None:
        """Call ``show`` when ``value`` differs from the last one of that name."""
        if name not in self._shown or self._shown[name] != value:
            self._shown[name] = value
            show()


class RoomFrame(QWidget):
    """``header`` and ``bar`` are horizontal layouts to fill; ``body`` is the horizontal layout between them."""

    def __init__(self, *, has_bar: bool = False) -> None:
        super().__init__()
        self.setProperty("role", "room")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.setSpacing(0)
        self.header = self._strip(outside, "header", HEADER_HEIGHT)
        self.body = QHBoxLayout()
        self.body.setContentsMargins(*(theme().px(n) for n in (EDGE, 16, EDGE, 16)))
        self.body.setSpacing(theme().px(16))
        outside.addLayout(self.body, 1)
        self.bar: QHBoxLayout | None = self._strip(outside, "actions", BAR_HEIGHT) if has_bar else None
        self._sides: list[tuple[QWidget, int]] = []
        self._showing = Showing()

    def show_changed(self, name: str, value: object, show: Callable[[], None]) -> None:
        """Call ``show`` when ``value`` differs from the last one of that name, so that focus and cursor survive."""
        self._showing.changed(name, value, show)

    def keep_side(self, side: QWidget, width: int) -> None:
        """Keep ``side`` at ``width`` px at 100 %, and narrower where that would be too much of the room."""
        self._sides.append((side, width))
        self._fit_sides()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Let the sides follow."""
        super().resizeEvent(event)
        self._fit_sides()

    def _fit_sides(self) -> None:
        for side, width in self._sides:
            side.setFixedWidth(min(theme().px(width), round(self.width() * SIDE_SHARE)))

    def _strip(self, outside: QVBoxLayout, name: str, height: int) -> QHBoxLayout:
        strip = QFrame()
        strip.setObjectName(name)
        strip.setMinimumHeight(theme().px(height))
        strip.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        inside = QHBoxLayout(strip)
        inside.setContentsMargins(*(theme().px(n) for n in (EDGE, STRIP_EDGE, EDGE, STRIP_EDGE)))
        inside.setSpacing(theme().px(12))
        outside.addWidget(strip)
        return inside


def holding(layout: QLayout) -> QWidget:
    """Return a bare widget that holds ``layout``."""
    widget = QWidget()
    widget.setLayout(layout)
    return widget
