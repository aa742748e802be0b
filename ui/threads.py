"""Runs slow work beside the window and brings the result back to the window's thread."""

import logging
import time
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

log = logging.getLogger(__name__)

T = TypeVar("T")
LONGEST_WAIT_MS = 30_000
LEAST_THREADS = 5
"""A scan, the cleaning behind it and a camera hold a thread each while they wait for other processes."""
SLOW_S = 1.0
"""What takes longer than this stands in the log."""


class QtRunner:
    """Implements the port ``Runner`` on Qt's thread pool; made on the window's thread."""

    def __init__(self) -> None:
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(max(self._pool.maxThreadCount(), LEAST_THREADS))
        self._running: set[_Work] = set()

    def run(self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]) -> "_Work":
        """Start ``work``; then exactly one of ``done`` and ``failed`` is called unless the handle was cancelled."""
        handle = _Work(work, done, failed, self._running.discard)
        self._running.add(handle)
        self._pool.start(handle.task)
        return handle

    @property
    def is_idle(self) -> bool:
        """Tell whether nothing runs and every result was delivered."""
        return not self._running

    def shut_down(self) -> None:
        """Drop every result and wait for what still runs."""
        for handle in self._running:
            handle.cancel()
        self._pool.waitForDone(LONGEST_WAIT_MS)
        self._running.clear()


class _Work(QObject):
    """One piece of work; lives on the window's thread, so that its slots run there."""

    succeeded = Signal(object)
    broke = Signal(object)

    def __init__(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
        finished: Callable[["_Work"], None],
    ) -> None:
        super().__init__()
        self._done, self._failed, self._finished = done, failed, finished
        self._cancelled = False
        self.task = _Task(work, self)
        self.succeeded.connect(self._succeed, Qt.ConnectionType.QueuedConnection)
        self.broke.connect(self._break, Qt.ConnectionType.QueuedConnection)

    def cancel(self) -> None:
        """Drop the result: neither callback will be called."""
        self._cancelled = True

    @Slot(object)
    def _succeed(self, result: object) -> None:
        self._end()
        if not self._cancelled:
            self._done(result)

    @Slot(object)
    def _break(self, error: Exception) -> None:
        self._end()
        if not self._cancelled:
            self._failed(error)

    def _end(self) -> None:
        self._finished(self)
        self.deleteLater()


class _Task(QRunnable):
    def __init__(self, work: Callable[[], Any], handle: _Work) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self._work = work
        self._handle = handle

    def run(self) -> None:
        """Do the work on a thread of the pool; every failure goes back to the window."""
        work, self._work = self._work, _nothing  # what it holds, such as a picture, goes when it is done
        try:
            began = time.monotonic()
            result = work()
            _tell_if_slow(work, time.monotonic() - began)
        except Exception as error:  # noqa: BLE001  the window decides what to say
            self._handle.broke.emit(error)
        else:
            self._handle.succeeded.emit(result)


def _tell_if_slow(work: Callable[[], Any], took_s: float) -> None:
    if took_s >= SLOW_S:
        log.info("%s took %d ms", getattr(work, "__qualname__", type(work).__name__), took_s * 1000)


def _nothing() -> None:
    """Stand where work was that has been done."""
