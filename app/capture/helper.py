"""A helper process and the watchdog over it: drivers and decoders run there, so that a crash or a hang costs a message.

The process is a module of ``app.capture`` that talks ``messages`` on standard input and output. It starts with the first
message; one that died or was killed starts anew with the next.
"""

import logging
import subprocess
import sys
from queue import Empty, Queue
from threading import Thread
from typing import IO

from app.capture.messages import BrokenMessage, Message, read_message, write_message
from app.config import ROOT

log = logging.getLogger(__name__)

LONGEST_END_S = 2.0
"""For a process that was told to end; then it is killed."""


class HelperDied(Exception):
    """The process ended or broke off; what it was doing is lost, the next message starts a new one."""


class HelperHung(HelperDied):
    """The process said nothing for too long and was killed."""


class Helper:
    """One process, one conversation at a time: whoever shares it holds a lock of his own."""

    def __init__(self, module: str, *arguments: str) -> None:
        self._command = [sys.executable, "-m", module, *arguments]
        self._process: subprocess.Popen[bytes] | None = None
        self._heard: Queue[Message | None] = Queue()

    @property
    def is_running(self) -> bool:
        """Tell whether the process is there."""
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        """Return the number of the process, 0 when there is none."""
        return self._process.pid if self._process and self.is_running else 0

    def send(self, message: Message) -> None:
        """Send a message, and start the process when there is none; HelperDied when it ends, or is killed, meanwhile."""
        process = (self.is_running and self._process) or self._start()
        assert process.stdin is not None  # noqa: S101  a pipe
        try:
            write_message(process.stdin, message)
        except (OSError, ValueError) as error:  # the second where another thread killed it
            self.kill()
            raise HelperDied from error

    def receive(self, longest_s: float) -> Message:
        """Return what the process says next; HelperDied, or HelperHung after so long a silence: then it is killed."""
        try:
            message = self._heard.get(timeout=longest_s)
        except Empty as error:
            log.warning("%s said nothing for %.0f s and was killed", self._command[2], longest_s)
            self.kill()
            raise HelperHung from error
        if message is None:
            self.kill()
            raise HelperDied
        return message

    def kill(self) -> None:
        """End the process at once."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        _close(process)
        log.info("%s ended with %s", self._command[2], process.returncode)

    def close(self, longest_s: float = LONGEST_END_S) -> None:
        """Let the process end by itself, soon; it is killed when it has not after so long."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin:
            _close_pipe(process.stdin)
        try:
            process.wait(longest_s)
        except subprocess.TimeoutExpired:
            process.kill()
        _close(process)

    def _start(self) -> "subprocess.Popen[bytes]":
        self.kill()
        self._heard = Queue()
        self._process = process = subprocess.Popen(  # noqa: S603  our own program, without a shell
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT
        )
        assert process.stdout is not None  # noqa: S101  a pipe
        Thread(target=_listen, args=(process.stdout, self._heard), daemon=True, name=self._command[2]).start()
        return process


def _listen(stream: IO[bytes], heard: "Queue[Message | None]") -> None:
    """Pass on what the process says; None when it has ended, or says what is no message."""
    try:
        while message := read_message(stream):
            heard.put(message)
    except (BrokenMessage, OSError, ValueError):
        pass
    heard.put(None)


def _close(process: "subprocess.Popen[bytes]") -> None:
    """Wait for a process that was killed, and close its pipes; one that hangs in the kernel is left to it."""
    try:
        process.wait(LONGEST_END_S)
    except subprocess.TimeoutExpired:
        log.warning("a process that was killed has not ended")
    for stream in (process.stdin, process.stdout):
        if stream:
            _close_pipe(stream)


def _close_pipe(stream: IO[bytes]) -> None:
    """Close a pipe whose other end may be gone."""
    try:
        stream.close()
    except OSError:
        log.debug("the other end of a pipe was gone")
