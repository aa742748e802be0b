"""Decides which step of the guided first case is shown, and how it ends. Qt-free.

It only looks: the clerk does everything in the real rooms. That nothing of it is recorded is held by the intake, see
``ui.intake.practice``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from ui.coaching.steps import steps
from ui.intake.state import IntakeState
from ui.navigation import Session
from ui.text import _


@dataclass(frozen=True, slots=True)
class CoachState:
    """What the bar shows."""

    number: int
    count: int
    words: str
    can_skip: bool


class CoachView(Protocol):
    """The bar of the guided case."""

    def render(self, state: CoachState | None) -> None:
        """Show ``state``; None shows no bar."""
        ...


class Guided(Protocol):
    """The rooms in which the clerk is guided."""

    @property
    def current_name(self) -> str:
        """Return the name of the room that is shown, empty while the window is covered."""
        ...

    @property
    def practice(self) -> IntakeState | None:
        """Return the practice draft that is shown, None when something else is."""
        ...

    def end_practice(self) -> None:
        """Let the practice draft go."""
        ...

    def save_now(self) -> None:
        """Save what is being typed."""
        ...

    def home(self) -> None:
        """Show the counter with an empty field that has the focus."""
        ...

    def open_item(self, code: str) -> None:
        """Begin an intake of the catalogue item."""
        ...

    def notify(self, words: str, act: str = "", undo: Callable[[], None] | None = None) -> None:
        """Show a short message."""
        ...


class CoachPresenter:
    """Leads through one practice case at a time."""

    def __init__(self, session: Session, rooms: Guided, view: CoachView) -> None:
        self._session = session
        self._rooms = rooms
        self._view = view
        self._steps = steps()
        self._index = 0

    def toggle(self) -> None:
        """Begin, or end what was begun."""
        if self._session.practising:
            self.end()
        else:
            self.start()

    def start(self) -> None:
        """Begin at the first step, at the counter; a draft that lies open is kept first."""
        if self._session.operator is None:
            return
        self._rooms.save_now()
        self._rooms.end_practice()
        self._session.practising = True
        self._rooms.home()
        self._go_to(0)

    def look(self) -> None:
        """Go on when the step has been followed; back to the first one when the draft was left."""
        if not self._session.practising or not self._rooms.current_name:
            return
        state, index = self._rooms.practice, self._index
        if state is None:
            index = 0
        else:
            while self._steps[index].is_done(state):
                index += 1
        if index != self._index:
            self._go_to(index)

    def skip(self) -> None:
        """Go on without following the step; the last one ends the practice."""
        if self._rooms.practice is None:
            return
        if self._index + 1 < len(self._steps):
            self._go_to(self._index + 1)
        else:
            self.end()

    def end(self) -> None:
        """End the practice and leave its draft; nothing of it stays."""
        if not self._session.practising:
            return
        was_shown = self._rooms.practice is not None
        self._session.practising = False
        self._rooms.end_practice()
        self._view.render(None)
        if was_shown:
            self._rooms.home()

    def praise(self) -> None:
        """End the practice at the very act of acceptance, with the way to a real case."""
        state = self._rooms.practice
        self.end()
        words = _("做得好！这是练习，到这里为止：正式办理时按 F9 就受理了。")
        if state is None:
            self._rooms.notify(words)
        else:
            self._rooms.notify(words, _("正式办一件"), lambda: self._rooms.open_item(state.item.code))

    def _go_to(self, index: int) -> None:
        self._index = index
        self._view.render(CoachState(index + 1, len(self._steps), self._steps[index].words, can_skip=index > 0))
