"""A button behind which acts lie that are wanted less often, as a list with their keys; the keys work also while it is shut."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget
from shiboken6 import isValid

from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import Row, column_layout
from ui.widgets.keys import bind, key_words
from ui.widgets.room import RoomFrame
from ui.widgets.texts import Icon, cap, label

KEY = "Alt+M"
ROW = 36
WIDTH = 400
GAP = 4
STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Backtab: -1, Qt.Key.Key_Tab: 1}


@dataclass(frozen=True, slots=True)
class MenuAct:
    """One line of the list."""

    word: str
    key: str
    icon: str
    act: Callable[[], object]


class MenuButton(ActionButton):
    """``about`` says what the acts are about just then; it stands above them."""

    def __init__(self, word: str, about: Callable[[], str]) -> None:
        super().__init__(word, KEY, "dots-three", "quiet")
        self._about = about
        self._acts: list[MenuAct] = []
        self._shown: _ActList | None = None
        self.fired.connect(self._open)

    def add(self, word: str, key: str, icon: str, act: Callable[[], object]) -> None:
        """Add an act, and bind its key."""
        self._acts.append(MenuAct(word, key, icon, act))
        bind(self, key, word, lambda: self._do(act))

    def _open(self) -> None:
        self._close()
        self._shown = _ActList(self, self._about(), self._acts, self._do)

    def _do(self, act: Callable[[], object]) -> None:
        self._close()
        act()

    def _close(self) -> None:
        if self._shown is not None and isValid(self._shown):
            self._shown.go()
        self._shown = None


class _ActList(QWidget):
    """Lies over the room that the button is in until an act was chosen, Esc was pressed or something else clicked."""

    def __init__(
        self, button: QWidget, about: str, acts: list[MenuAct], do: Callable[[Callable[[], object]], None]
    ) -> None:
        super().__init__(_room_of(button))
        self._before = QApplication.focusWidget()
        self._button = button
        self._list = QFrame(self)
        self._list.setProperty("role", "popup")
        self._rows = [_row(one, do) for one in acts]
        heading = label(about, "small")
        heading.setContentsMargins(*(theme().px(n) for n in (14, 6, 14, 6)))
        inside = column_layout(heading, *self._rows, spacing=0)
        inside.setContentsMargins(1, 1, 1, theme().px(4))
        self._list.setLayout(inside)
        heading.setVisible(bool(about))
        self.show()
        self.raise_()
        self._place()
        self._rows[0].setFocus()
        button.installEventFilter(self)
        QApplication.instance().focusChanged.connect(self._follow)

    def go(self) -> None:
        """Go away, and give the focus back to where it was."""
        before, self._before = self._before, None
        self.hide()
        self.deleteLater()
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus()

    def event(self, event: QEvent) -> bool:
        """Keep the keys of the room away from those that this list itself takes."""
        if event.type() is QEvent.Type.ShortcutOverride and _is_own(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Go from line to line, or away at Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.go()
        elif step := STEPS.get(Qt.Key(event.key())):
            self._move(step)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802  Qt's name
        """Let Tab go round in the list: what lies beneath is not to be changed unseen."""
        self._move(1 if forward else -1)
        return True

    def mousePressEvent(self, _event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """Go away at a click beside the list."""
        self.go()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802  Qt's name
        """Be shut when what lies beneath is shown again, as after the window was locked."""
        super().hideEvent(event)
        self.deleteLater()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Go with the button: its acts mean nothing once something else is shown there."""
        if event.type() is QEvent.Type.Hide:
            self.go()
        return False

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Go away when a key led elsewhere, and leave the focus there."""
        if now is not None and not self.isAncestorOf(now):
            self._before = None
            self.go()

    def _move(self, step: int) -> None:
        here = next((place for place, row in enumerate(self._rows) if row.hasFocus()), -1 if step > 0 else 0)
        self._rows[(here + step) % len(self._rows)].setFocus()

    def _place(self) -> None:
        """Lie below the button, else above it, else wherever it can be seen whole."""
        room = self.parentWidget()
        self.setGeometry(room.rect())
        width = min(theme().px(WIDTH), room.width())
        self._list.resize(width, self._list.heightForWidth(width))
        corner, height = self._button.mapTo(room, QPoint(self._button.width(), 0)), self._list.height()
        below, above = corner.y() + self._button.height() + GAP, corner.y() - height - GAP
        top = below if below + height <= room.height() or above < 0 else above
        self._list.move(max(0, corner.x() - self._list.width()), max(0, min(top, room.height() - height)))


def _row(one: MenuAct, do: Callable[[Callable[[], object]], None]) -> Row:
    row = Row(ROW, first=True)
    words = label(one.word)
    words.setWordWrap(True)
    row.inside.addWidget(Icon(one.icon))
    row.inside.addWidget(words, 1)
    row.inside.addWidget(cap(key_words(one.key)))
    row.setAccessibleName(one.word)
    row.fired.connect(lambda: do(one.act))
    return row


def _room_of(part: QWidget) -> QWidget:
    """Return the room that a part is in, the window where it is in none."""
    above = part.parentWidget()
    while above is not None and not isinstance(above, RoomFrame):
        above = above.parentWidget()
    return above or part.window()


def _is_own(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and (event.key() == Qt.Key.Key_Escape or Qt.Key(event.key()) in STEPS)
