"""Cards and rows: the surfaces that everything stands on."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.theme import theme
from ui.widgets.keys import EnterButton
from ui.widgets.texts import ElidedLabel, Icon, ShrinkingLabel, cap, label, set_property

FOCUS_EDGE = 24
"""Seen above and below of what has the focus, so that a remark or the next line shows too."""


class Card(QFrame):
    """A surface with a heading line and a body; ``head`` takes what stands at the heading's right."""

    def __init__(self, title: str = "", note: str = "") -> None:
        super().__init__()
        self.setProperty("role", "card")
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.setSpacing(0)
        self.title = ShrinkingLabel(title, "section")
        self.note = ShrinkingLabel(note, "small")
        self.head = row_layout(self.title, self.note)
        self.head.setContentsMargins(*(theme().px(n) for n in (16, 8, 16, 4)))
        self.head.addStretch(1)
        if title:
            outside.addLayout(self.head)
        else:
            self._hide_heading()
        self.body = QVBoxLayout()
        self.body.setContentsMargins(*(theme().px(n) for n in (16, 4, 16, 12)))
        self.body.setSpacing(theme().px(8))
        outside.addLayout(self.body)

    def _hide_heading(self) -> None:
        """Keep the words that stand nowhere: without a parent they would stay when the card goes."""
        for words in (self.title, self.note):
            words.setParent(self)
            words.hide()

    def flush(self) -> None:
        """Let rows reach the card's edges."""
        self.body.setContentsMargins(1, 0, 1, theme().px(4))
        self.body.setSpacing(0)


class Row(QFrame):
    """One line of a list that can be chosen: click, Enter or Space make it ``fired``."""

    fired = Signal()

    def __init__(self, height: int = 58, *, first: bool = False, can_fire: bool = True) -> None:
        super().__init__()
        self.setProperty("role", "row")
        self.setProperty("hover", "true" if can_fire else "false")
        self.setProperty("place", "first" if first else "")
        self.setMinimumHeight(theme().px(height))
        self._can_fire = can_fire
        if can_fire:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.inside = QHBoxLayout(self)
        self.inside.setContentsMargins(*(theme().px(n) for n in (14, 4, 16, 4)))
        self.inside.setSpacing(theme().px(12))

    def set_state(self, state: str) -> None:
        """Show the row as ``current``, as ``warn``, or plain."""
        set_property(self, "state", state)

    def add_words(self, first: QWidget | QLayout | str, second: QWidget | str) -> None:
        """Put two lines of text one above the other; they take the room that is left, and name the row."""
        said = [part if isinstance(part, str) else part.accessibleName() for part in (first, second) if _speaks(part)]
        self.setAccessibleName(self.accessibleName() or " ".join(said))
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addStretch(1)
        for part, role in ((first, ""), (second, "small")):
            if isinstance(part, QLayout):
                column.addLayout(part)
            else:
                column.addWidget(ElidedLabel(part, role) if isinstance(part, str) else part)
        column.addStretch(1)
        self.inside.addLayout(column, 1)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  Qt's name
        """Be called by what stands in the row, unless it has a name."""
        super().showEvent(event)
        if not self.accessibleName():
            self.setAccessibleName(" ".join(part.text() for part in self.findChildren(QLabel) if part.text()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """Fire when the left button is let go over the row."""
        if self._can_fire and event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.pos()):
            self.fired.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Fire at Enter and Space."""
        if self._can_fire and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.fired.emit()
        else:
            super().keyPressEvent(event)


class Tile(EnterButton):
    """A large button with icon, name, a second line and a key."""

    def __init__(self, icon: str, name: str, second: str, key: str) -> None:
        super().__init__()
        self.setProperty("role", "tile")
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setShortcut(key)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(*(theme().px(n) for n in (16, 6, 10, 6)))
        inside.setSpacing(theme().px(12))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(ElidedLabel(name))
        words.addWidget(ElidedLabel(second, "small"))
        words.addStretch(1)
        inside.addWidget(Icon(icon, "accent", 22))
        inside.addLayout(words, 1)
        inside.addWidget(cap(key))
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


class Empty(QWidget):
    """What stands where a list has nothing: an icon and a sentence that helps."""

    def __init__(self, icon: str, words: str) -> None:
        super().__init__()
        inside = QVBoxLayout(self)
        inside.setContentsMargins(*(theme().px(n) for n in (16, 20, 16, 20)))
        inside.addWidget(Icon(icon, "text-off", 28), 0, Qt.AlignmentFlag.AlignHCenter)
        self._text = label(words, "small")
        self._text.setWordWrap(True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        inside.addWidget(self._text)

    def show_words(self, words: str) -> None:
        """Show another sentence."""
        self._text.setText(words)


def row_layout(*parts: QWidget) -> QHBoxLayout:
    """Return a horizontal layout without margins that holds ``parts``."""
    inside = QHBoxLayout()
    inside.setContentsMargins(0, 0, 0, 0)
    inside.setSpacing(theme().px(8))
    for part in parts:
        inside.addWidget(part)
    return inside


def column_layout(*parts: QWidget, spacing: int = 16) -> QVBoxLayout:
    """Return a vertical layout without margins that holds ``parts``."""
    inside = QVBoxLayout()
    inside.setContentsMargins(0, 0, 0, 0)
    inside.setSpacing(theme().px(spacing))
    for part in parts:
        inside.addWidget(part)
    return inside


def _speaks(part: QWidget | QLayout | str) -> bool:
    """Tell whether a part of a row has words of its own."""
    return isinstance(part, str) or (isinstance(part, QWidget) and bool(part.accessibleName()))


def centred(part: QWidget) -> QHBoxLayout:
    """Return a line with ``part`` in its middle; unlike an alignment it lets wrapped text have the height it needs."""
    inside = row_layout()
    inside.addStretch(1)
    inside.addWidget(part)
    inside.addStretch(1)
    return inside


class _FollowingArea(QScrollArea):
    """Scrolls to whatever gets the focus inside: Qt does so for Tab alone, not where a key leads to a place."""

    def __init__(self) -> None:
        super().__init__()
        QApplication.instance().focusChanged.connect(self._follow)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isAncestorOf(now):
            QTimer.singleShot(0, self, self._show_focused)  # once what has just been laid out has its place

    def _show_focused(self) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            self.ensureWidgetVisible(focused, 0, theme().px(FOCUS_EDGE))


def scrolled(inner: QWidget) -> QScrollArea:
    """Return ``inner`` in an area that scrolls up and down, and to what has the focus."""
    area = _FollowingArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    inner.setObjectName("scrolled")
    area.setWidget(inner)
    return area


def clear(layout: QLayout) -> None:
    """Remove everything from ``layout``, now."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        inner = item.layout()
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif inner is not None:
            clear(inner)
