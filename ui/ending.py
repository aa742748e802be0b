"""Ends the window in order when the system asks for it (SIGTERM), as closing it does."""

import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal

LONGEST = 64


class Ending(QObject):
    """``asked`` tells that the program is to end; until ``forget`` it does not end by itself.

    Python hears of a signal only when it runs, which it does not while Qt waits: a socket wakes Qt.
    """

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._ours, self._python_s = socket.socketpair()
        for end in (self._ours, self._python_s):
            end.setblocking(False)
        self._wakeup_before = signal.set_wakeup_fd(self._python_s.fileno(), warn_on_full_buffer=False)
        self._before = signal.signal(signal.SIGTERM, _wait)
        self._notifier = QSocketNotifier(self._ours.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._hear)

    def forget(self) -> None:
        """Let signals do again what they did before."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._wakeup_before)
        signal.signal(signal.SIGTERM, self._before)
        self._ours.close()
        self._python_s.close()

    def _hear(self) -> None:
        if signal.SIGTERM in self._ours.recv(LONGEST):
            self.asked.emit()


def _wait(_number: int, _frame: FrameType | None) -> None:
    """Do nothing: the socket has told."""
