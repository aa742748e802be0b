"""Opens the window: first start, keys, log-in; closes everything in order."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from app.services.counter import Counter
from app.services.preferences import Preferences
from app.services.starting import ProfileState, Starter
from ui import application
from ui.application import make_application
from ui.devices import Desktop
from ui.main_window import MainWindow
from ui.rooms import Rooms
from ui.setup.presenter import SetupPresenter
from ui.setup.view import SetupRoom
from ui.text import _, sentence
from ui.threads import QtRunner
from ui.unseal.view import UnsealRoom

USUAL_SIZE = (1366, 768)


class Start:
    """Leads from an empty screen to the log-in of an open counter."""

    def __init__(
        self, starter: Starter, cache: Path, hint: str = "", desktop: Callable[[QWidget], Desktop] = Desktop
    ) -> None:
        self.app = make_application(cache)
        application.follow(Preferences())
        self._starter = starter
        self._hint = hint
        self.runner = QtRunner()
        self.window = MainWindow(_("立等"), _("知道了"))
        self.window.resize(*USUAL_SIZE)
        self._desktop = desktop(self.window)
        self._counter: Counter | None = None
        self.rooms: Rooms | None = None

    def open(self) -> None:
        """Show the window with what this profile needs first."""
        state = self._starter.state()
        if state is ProfileState.NEW:
            self._set_up()
        elif state is ProfileState.SEALED:
            self._unseal()
        else:
            self._enter(self._starter.open())
        self.window.show()

    def close(self) -> None:
        """Wait for what still runs, then close the counter."""
        focused = QApplication.focusWidget()
        if focused:
            focused.clearFocus()
        self.window.close()
        self.runner.shut_down()
        if self._counter:
            self._counter.close()
        self._desktop.close()
        self.window.deleteLater()

    def _set_up(self) -> None:
        room = SetupRoom()
        presenter = SetupPresenter(self._starter, self.runner, room, self._enter)
        room.connect_to(presenter)
        self.window.cover(room)
        presenter.start()

    def _unseal(self) -> None:
        room = UnsealRoom()
        room.passphrase_given.connect(
            lambda passphrase: self.runner.run(
                lambda: self._starter.open(passphrase),
                self._enter,
                lambda error: room.refuse(sentence(error).text),
            )
        )
        self.window.cover(room)

    def _enter(self, counter: Counter) -> None:
        self._counter = counter
        application.follow(counter.preferences.read())
        self.rooms = Rooms(counter, self.runner, self.window, self._desktop, self._hint)
        self.rooms.start()


def run_window(starter: Starter, cache: Path, hint: str = "") -> int:
    """Open the window and return when it is closed; an error of opening is raised to the command line."""
    start = Start(starter, cache, hint)
    try:
        start.open()
        return QApplication.exec()
    finally:
        start.close()
