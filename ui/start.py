"""Opens the window: the log-in at once, keys and store behind it; closes everything in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from app.log import log_uncaught
from app.services.preferences import Preferences
from app.services.starting import ProfileState, Starter
from ui import application
from ui.application import make_application
from ui.devices import Desktop
from ui.ending import Ending
from ui.loading import IN_STEPS, InSteps, load_beside, loading_of
from ui.login.presenter import LoginState
from ui.login.view import LoginRoom
from ui.main_window import MainWindow
from ui.sentences import sentence
from ui.text import _
from ui.threads import QtRunner

if TYPE_CHECKING:
    from app.services.counter import Counter
    from ui.building import MadeAhead
    from ui.rooms import Rooms
    from ui.setup.presenter import SetupPresenter

USUAL_SIZE = (1366, 768)
PAINT_MS = 20
"""The log-in is painted before the loading begins to compete with it."""
BESIDE = 60
"""Pixels by which a second window stands aside."""
MakeStarter = Callable[[], "Starter"]
"""Gives the starter; it is called beside the window, because what it loads takes longer than the window."""


class Start:
    """Leads from an empty screen to the log-in of an open counter.

    The log-in takes a password at once; keys and store are opened beside it, and a password that was given before they
    were is tried as soon as they are.
    """

    def __init__(
        self, make_starter: MakeStarter, cache: Path, hint: str = "", desktop: Callable[[QWidget], Desktop] = Desktop
    ) -> None:
        self.app = make_application(cache)
        application.follow(Preferences())
        self._make_starter = make_starter
        self._hint = hint
        self.runner = QtRunner()
        self.window = MainWindow(_("立等"), _("知道了"))
        self.window.resize(*USUAL_SIZE)
        self._desktop = desktop(self.window)
        self._login_room = LoginRoom()
        self._early_password = ""
        self._setup: SetupPresenter | None = None
        self._starter: Starter | None = None
        self._counter: Counter | None = None
        self._is_found = False
        self._loading = InSteps(loading_of(IN_STEPS), self._go_on, self._fail)
        self._making: InSteps | None = None
        self.rooms: Rooms | None = None
        self.error: Exception | None = None
        """Why the counter could not be opened."""

    def open(self) -> None:
        """Show the log-in and open the profile beside it."""
        self._login_room.render(LoginState(_("正在打开…"), hint=self._hint))
        self._login_room.log_in_asked.connect(self._remember)
        self.window.cover(self._login_room)
        self.window.show()
        QTimer.singleShot(PAINT_MS, lambda: self.runner.run(self._load, self._loaded, self._fail))

    def close(self) -> None:
        """Wait for what still runs, then close the counter."""
        focused = QApplication.focusWidget()
        if focused:
            focused.clearFocus()
        self.window.close()
        self._loading.stop()
        if self._making is not None:
            self._making.stop()
        self.runner.shut_down()
        counter = self.rooms.counter if self.rooms else self._counter
        if counter:
            self._back_up(counter)
            counter.close()
        self._desktop.close()
        self.window.deleteLater()

    def tell(self, error: Exception) -> None:
        """Say over the window what went wrong, wherever the clerk is."""
        message = sentence(error)
        self.window.errors.show_message(message.what, message.safe, message.do)

    def _back_up(self, counter: Counter) -> None:
        """Make the backup of the end of work, behind the window that is closed already."""
        try:
            counter.backups.run_due(at_end=True)
        except Exception as error:  # noqa: BLE001  it must not keep the counter from being closed
            self._desktop.log_unforeseen(error)

    def _load(self) -> Starter:
        """Load what the rooms stand on."""
        starter = self._make_starter()
        load_beside()
        return starter

    def _loaded(self, starter: Starter) -> None:
        """Open the counter when its keys can be had without asking, and load the rooms meanwhile."""
        self._starter = starter
        self.runner.run(lambda: _opened(starter), self._take, self._fail)
        self._loading.start()

    def _take(self, counter: Counter | None) -> None:
        """Take note of how the profile was found: None is not opened yet."""
        self._counter = counter
        self._is_found = True
        self._go_on()

    def _go_on(self) -> None:
        """Go on when both the counter and the rooms are there."""
        starter = self._starter
        if starter is None or not self._is_found or not self._loading.is_done:
            return
        if self._counter is not None:
            self._enter(self._counter)
        elif starter.state() is ProfileState.NEW:
            self._set_up(starter)
        else:
            self._unseal(starter)

    def _remember(self, password: str) -> None:
        """Keep a password that was given before the counter was open."""
        if self.rooms is None:
            self._early_password = password

    def _fail(self, error: Exception) -> None:
        """Say why the counter cannot be opened; closing the message ends the program with that error."""
        self.error = error
        self._desktop.log_unforeseen(error)
        self.window.errors.closed.connect(lambda: QApplication.exit(1))
        self.tell(error)

    def _set_up(self, starter: Starter) -> None:
        from ui.setup.presenter import SetupPresenter  # noqa: PLC0415  a first start is rare
        from ui.setup.view import SetupRoom  # noqa: PLC0415

        room = SetupRoom()
        # Held here: a signal does not keep the object alive that its slot belongs to.
        choose = self._desktop.choose_source
        self._setup = SetupPresenter(starter, self.runner, room, self._enter_first, choose)
        room.connect_to(self._setup)
        self.window.cover(room)
        self._setup.start()

    def _unseal(self, starter: Starter) -> None:
        from ui.unseal.view import UnsealRoom  # noqa: PLC0415  only where there is no keyring

        room = UnsealRoom()
        room.passphrase_given.connect(
            lambda passphrase: self.runner.run(
                lambda: starter.open(passphrase),
                self._enter,
                lambda error: room.refuse(sentence(error).text),
            )
        )
        self.window.cover(room)
        room.setFocus()

    def _enter_first(self, counter: Counter, not_enrolled: Exception | None) -> None:
        """Enter a counter that has just been set up, and remind of what a first day needs."""

        def remind(rooms: Rooms) -> None:
            rooms.remind_of_recovery()
            if not_enrolled is not None:
                rooms.report(not_enrolled)

        self._enter(counter, remind)

    def _enter(self, counter: Counter, then: Callable[[Rooms], None] = lambda _rooms: None) -> None:
        """Make the rooms; then ask who is at the window, and call ``then``."""
        from ui.building import MadeAhead  # noqa: PLC0415  loaded by now

        self._counter = counter
        preferences, ahead = counter.preferences.read(), MadeAhead()
        application.follow(preferences)
        if not preferences.has_usual_look:
            # What covers the window was made in the usual look, and must not be seen in another one.
            self._entered(counter, ahead, then)
            return
        self._making = InSteps(ahead.steps(), lambda: self._entered(counter, ahead, then), self._fail)
        self._making.start()

    def _entered(self, counter: Counter, ahead: MadeAhead, then: Callable[[Rooms], None]) -> None:
        from ui.rooms import Rooms  # noqa: PLC0415  loaded by now

        rooms = Rooms(counter, self.runner, self.window, self._login_room, self._desktop, self._hint, ahead)
        self.rooms = rooms
        rooms.start(self._early_password)
        then(rooms)


def run_window(make_starter: MakeStarter, cache: Path, hint: str = "") -> int:
    """Open the window and return when it is closed; an error of opening is raised to the command line."""
    return _run([Start(make_starter, cache, hint)])


def run_windows(asked: Iterable[tuple[Starter, str]], cache: Path) -> int:
    """Open one window for each starter with its hint and return when all are closed; otherwise as ``run_window``."""
    starts = [Start(partial(_given, starter), cache, hint) for starter, hint in asked]
    for place, start in enumerate(starts):
        start.window.move(place * BESIDE, place * BESIDE)
    return _run(starts)


def _opened(starter: Starter) -> Counter | None:
    return starter.open() if starter.state() is ProfileState.READY else None


def _given(starter: Starter) -> Starter:
    return starter


def _run(starts: list[Start]) -> int:
    log_uncaught(starts[0].tell)
    ending = Ending()
    ending.asked.connect(starts[0].app.quit)
    try:
        for start in starts:
            start.open()
        code = QApplication.exec()
    finally:
        for start in starts:
            start.close()
        ending.forget()
    for start in starts:
        if start.error is not None:
            raise start.error
    return code
