"""The list of people or organisations that were here before, below the field in which one of them is typed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.intake.state import IntakeState
from ui.text import _, ngettext
from ui.theme import theme
from ui.widgets.cards import Row, clear
from ui.widgets.keys import bind
from ui.widgets.texts import cap

WIDTH = 520


class Suggestions(QFrame):
    """``taken`` tells which one was chosen; ↓ takes the first."""

    taken = Signal(int)

    def __init__(self, room: QWidget) -> None:
        super().__init__(room)
        self._room = room
        self.setProperty("role", "popup")
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(1, 1, 1, 1)
        self._inside.setSpacing(0)
        self._take_first = bind(room, "Down", _("用第一位办过事的"), lambda: self.taken.emit(0))
        self._shown: list[tuple[str, str]] = []
        self._close()

    def show_for(self, anchor: QWidget | None, state: IntakeState) -> None:
        """Show what the state suggests below ``anchor``, nothing without one."""
        rows = _rows(state) if anchor else []
        if not rows or anchor is None:
            self._close()
            return
        if rows != self._shown:
            self._fill(rows)
        self._take_first.setEnabled(True)
        corner = anchor.mapTo(self._room, anchor.rect().bottomLeft())
        self.setFixedWidth(theme().px(WIDTH))
        self.adjustSize()
        self.move(corner.x() + theme().px(88), corner.y())
        self.show()
        self.raise_()

    def _fill(self, rows: list[tuple[str, str]]) -> None:
        clear(self._inside)
        self._shown = rows
        for index, words in enumerate(rows):
            row = Row(44, first=not index)
            row.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.add_words(*words)
            row.inside.addWidget(cap("" if index else "↓"))
            row.fired.connect(lambda index=index: self.taken.emit(index))
            self._inside.addWidget(row)

    def _close(self) -> None:
        self._shown = []
        self._take_first.setEnabled(False)
        self.hide()


def _rows(state: IntakeState) -> list[tuple[str, str]]:
    """Return the two lines of each suggestion."""
    organisations = [
        (f"{one.organisation.name}　{one.organisation.uscc}", f"{one.representative.name}·{_visits(one.cases)}")
        for one in state.organisations
    ]
    people = [
        (f"{one.person.name}　{one.person.id_number}", f"{one.person.address}·{_visits(one.cases)}")
        for one in state.people
    ]
    return organisations or people


def _visits(count: int) -> str:
    return ngettext("办过 %(count)d 件", "办过 %(count)d 件", count) % {"count": count}
