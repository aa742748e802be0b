"""Plays in the real window as a clerk would, with keys, and takes pictures of what it sees."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QColor, QGuiApplication, QImage, QInputMethodEvent, QKeySequence, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.services.counter import Counter
from app.services.starting import Starter
from ui.devices import Desktop
from ui.rooms import Rooms
from ui.start import Start

LONGEST_WAIT_S = 20
SOON_MS = 1000
"""A timer for less than this waits for the clerk's next key; one for longer belongs to no key."""


class Stuck(Exception):
    """The window did not come to show ``what`` in time."""


class _Folder(Desktop):
    """A desktop that saves everything into one folder and opens nothing."""

    def __init__(self, parent: QWidget, out: Path) -> None:
        super().__init__(parent)
        self._out = out

    def choose_target(self, name: str, kinds: str) -> Path | None:  # noqa: ARG002  the folder is chosen already
        """Save under the name that was proposed."""
        return self._out / name

    def open_paper(self, name: str, pdf: bytes) -> None:
        """Save instead of opening."""
        (self._out / f"{name}.pdf").write_bytes(pdf)


class Player:
    """One window, and what it saw in ``out``; whatever an earlier one left there is removed first.

    Several windows may share the ``numbers`` of their pictures.
    """

    def __init__(
        self,
        starter: Starter,
        out: Path,
        cache: Path,
        size: tuple[int, int],
        numbers: Iterator[int] | None = None,
    ) -> None:
        self.out = out
        self.seconds: dict[str, float] = {}
        self._numbers = numbers or count(1)
        out.mkdir(parents=True, exist_ok=True)
        _remove_earlier(out)
        self.start = Start(lambda: starter, cache, desktop=lambda window: _Folder(window, out))
        self.start.window.resize(*size)

    # --- what a clerk does -------------------------------------------------------------------------------------

    def fill(self, name: str, id_number: str, address: str, phone: str) -> None:
        """Type an applicant."""
        self.commit(name)
        self.key("Return")
        self.type(id_number)
        self.key("Return")
        self.commit(address)
        self.key("Return")
        self.type(phone)
        self.key("Return")
        self.settle()

    def fill_form(self, *values: str) -> None:
        """Type one value after the other, Enter after each."""
        for value in values:
            if value.isascii():
                self.type(value)
            else:
                self.commit(value)
            self.key("Return")
        self.settle()

    def paste_page(self) -> None:
        """Paste a made-up page."""
        QGuiApplication.clipboard().setImage(_sample_page())
        self.key("Ctrl+Shift+V")
        self.until(lambda: self.rooms.built.intake.page_count == 1, "the pasted page")

    def type(self, text: str) -> None:
        """Press a key for each character."""
        for character in text:
            QTest.keyClick(self._focus(), character)

    def commit(self, text: str) -> None:
        """Type as an input method does: the text comes at once."""
        event = QInputMethodEvent("", [])
        event.setCommitString(text)
        QCoreApplication.sendEvent(self._focus(), event)

    def key(self, keys: str) -> None:
        """Press a key with what is held down."""
        combination = QKeySequence(keys)[0]
        QTest.keyClick(self._focus(), combination.key(), combination.keyboardModifiers())
        QCoreApplication.processEvents()

    # --- seeing ------------------------------------------------------------------------------------------------

    @property
    def rooms(self) -> Rooms:
        """Return the rooms of the open counter."""
        rooms = self.start.rooms
        if rooms is None:
            raise Stuck("the counter")
        return rooms

    @property
    def counter(self) -> Counter:
        """Return the open counter."""
        return self.rooms.counter

    def _focus(self) -> QWidget:
        focused = QApplication.focusWidget()
        return focused if focused and focused.window() is self.start.window else self.start.window

    def shows(self, room: str) -> bool:
        """Tell whether a room is shown."""
        return self.rooms.current_name == room

    def until(self, condition: Callable[[], object], what: str) -> None:
        """Wait until ``condition`` holds; Stuck with ``what`` when it takes too long."""
        end = time.monotonic() + LONGEST_WAIT_S
        while not condition():
            if time.monotonic() > end:
                self.picture("stuck")
                raise Stuck(what)
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            time.sleep(0.002)
        QCoreApplication.processEvents()

    def wait_for_paper(self) -> None:
        """Wait until the paper beside has been drawn."""
        self.settle()
        built = self.rooms.built
        at_intake = self.shows("IntakeRoom")
        self.until(lambda: built.intake.receipt.is_drawn if at_intake else built.issue.has_paper, "the paper")

    def settle(self) -> None:
        """Let timers and background work of the last key come to rest."""
        for _round in range(2):  # what comes of the first may start more
            self.until(self._is_at_rest, "the end of what the last key began")

    def _is_at_rest(self) -> bool:
        """Tell whether nothing runs beside the window, and no timer is set that waits for the next key to come."""
        if not self.start.runner.is_idle:
            return False
        timers = self.start.window.findChildren(QTimer)
        return not any(timer.isActive() and timer.isSingleShot() and timer.interval() <= SOON_MS for timer in timers)

    def picture(self, name: str) -> None:
        """Take a picture of the window."""
        self.start.window.toast.hide()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
        self.start.window.grab().save(str(self.out / f"{next(self._numbers):02}-{name}.png"))

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        """Measure how long the block takes."""
        begun = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - begun, 3)


def _sample_page() -> QImage:
    """Return a made-up page with grey lines, as a scan of a copy looks from afar."""
    page = QImage(620, 877, QImage.Format.Format_RGB32)
    page.fill(Qt.GlobalColor.white)
    painter = QPainter(page)
    painter.fillRect(60, 60, 180, 26, QColor("#8796a5"))
    for line in range(18):
        painter.fillRect(60, 130 + line * 36, 500 - (line * 53) % 140, 10, QColor("#c3ccd5"))
    painter.end()
    return page


def _remove_earlier(out: Path) -> None:
    """Remove what an earlier walkthrough left, and nothing else."""
    for pattern in ("[0-9][0-9]-*.png", "*〕*号.pdf", "办事指南 *.pdf", "journal*.jsonl", "summary.json"):
        for path in out.glob(pattern):
            path.unlink()
