"""Who is at the window: log-in, the lock after an idle time, and handing over. Nothing that was typed is lost by it."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.domain.operators import Operator, Role
from app.services.counter import Counter
from app.services.ports import Runner
from ui import clock_words, confirming
from ui.confirming import ConfirmPresenter
from ui.login.presenter import LoginPresenter, LoginState
from ui.login.view import LoginRoom
from ui.main_window import MainWindow
from ui.navigation import Session
from ui.second_person import SecondPersonPanel

MINUTE_MS = 60_000
LONGEST_HELD_MS = 30 * MINUTE_MS
"""How long after the last key or click work without either, such as sheets under a camera, holds the lock off."""


class Guarded(Protocol):
    """The rooms behind the log-in."""

    def save_now(self) -> None:
        """Save what is being typed."""
        ...

    def covered(self) -> None:
        """Forget what nobody may come back to: the window was locked."""
        ...

    def entered(self, operator: Operator) -> None:
        """Show the window to ``operator``, who has just given a password."""
        ...

    def handed_over(self, taker: Operator) -> None:
        """Let what is open stay open, under the name of ``taker``."""
        ...

    def report(self, error: Exception) -> None:
        """Show what went wrong."""
        ...


class Presence:
    """Knows the session of one open counter in one window."""

    def __init__(
        self,
        counter: Counter,
        session: Session,
        runner: Runner,
        window: MainWindow,
        login_room: LoginRoom,
        rooms: Guarded,
        hint: str,
    ) -> None:
        self._counter = counter
        self._session = session
        self._runner = runner
        self._window = window
        self._login_room = login_room
        self._rooms = rooms
        self._idle = QTimer(window)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self.lock)
        self._idle_ms = MINUTE_MS
        self._attended = QTimer(window)
        self._attended.setSingleShot(True)
        self._attended.setInterval(LONGEST_HELD_MS)
        self._hint = hint
        self._panel: SecondPersonPanel | None = None
        window.active.connect(self._wake)
        self.build()

    def build(self) -> None:
        """Make the log-in and the panel for other persons' passwords, again when language or text size changed."""
        early, self._login_room = self._login_room, LoginRoom()
        self._login_room.take_over(early)
        self._window.uncover(early)
        self._login = self._connected_login()
        if self._panel is not None:
            self._panel.deleteLater()
        self._panel = SecondPersonPanel(self._window.stage)
        self._confirm = ConfirmPresenter(self._runner, self._panel)
        self._panel.connect_to(self._confirm)

    def use(self, counter: Counter) -> None:
        """Go on with ``counter``, which stands on the same store."""
        self._counter = counter
        self._login.move_to(_place(counter))

    def start(self, password: str = "") -> None:
        """Ask who is at the window; a ``password`` that was given before the counter was open is tried at once."""
        self._window.cover(self._login_room)
        self._login.start(clock_words.warning(self._counter.clock.status()))
        if password:
            self._login.log_in(password)

    def lock_after(self, minutes: int) -> None:
        """Lock after so many minutes without a key or a click."""
        self._idle_ms = minutes * MINUTE_MS
        self._wake()

    def hold_off(self) -> None:
        """Wait anew with the lock: work goes on without keys. Not for ever, as a camera may be left alone with a fan."""
        if self._session.operator is not None and self._attended.isActive():
            self._idle.start(self._idle_ms)

    def lock(self, *, idle: bool = True) -> None:
        """Cover everything until the operator, or another one, gives a password; what was typed stays."""
        if self._session.operator is None:
            return
        self._rooms.save_now()
        operator, self._session.operator = self._session.operator, None
        self._try(lambda: self._counter.operators.log_out(operator, idle=idle))
        self._confirm.give_up()
        self._window.cover(self._login_room)
        self._rooms.covered()
        self._login.start(clock_words.warning(self._counter.clock.status()))
        self._login.lock(operator)

    def leave(self) -> None:
        """Record that the window is closed."""
        if self._session.operator is not None:
            operator, self._session.operator = self._session.operator, None
            self._try(lambda: self._counter.operators.log_out(operator))

    def hand_over(self) -> None:
        """Ask who takes the window over; everything that is open stays as it is."""
        if self._session.operator is None:
            return
        self._rooms.save_now()
        question = confirming.hand_over(self._counter.operators, self._session.operator)
        self._confirm.ask(question, self._taken_over)

    def ask_second_person(self, what: str, then: Callable[[Operator], None], role: Role) -> None:
        """Have somebody else than the operator at the window, with ``role``, confirm ``what``; ``then`` gets who did."""
        question = confirming.second_person(self._counter.operators, self._session.clerk, what, role)
        self._confirm.ask(question, then)

    def _taken_over(self, taker: Operator) -> None:
        self._session.operator = taker
        self._wake()
        self._rooms.handed_over(taker)

    def _entered(self, operator: Operator) -> None:
        self._session.operator = operator
        QApplication.instance().installEventFilter(self._window)
        self._wake()
        self._rooms.entered(operator)

    def _wake(self) -> None:
        if self._session.operator is not None:
            self._idle.start(self._idle_ms)
            self._attended.start()

    def _try(self, act: Callable[[], None]) -> None:
        """Do what must not keep the window from locking or closing; a failure is told and logged."""
        try:
            act()
        except Exception as error:  # noqa: BLE001  told and logged by report
            self._rooms.report(error)

    def _connected_login(self) -> LoginPresenter:
        state = LoginState(_place(self._counter), hint=self._hint)
        login = LoginPresenter(self._counter.operators, self._runner, self._login_room, self._entered, state)
        self._login_room.connect_to(login)
        return login


def _place(counter: Counter) -> str:
    return f"{counter.station.service_point}·{counter.station.window}"
