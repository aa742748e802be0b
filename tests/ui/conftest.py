"""The window over a real counter, before and after log-in."""

from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.demonstration import PASSWORD
from tests.ui.opened import Folder, OneCounter
from ui import text
from ui.start import Start

PATIENCE_MS = 60_000


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown():
    """Delete now what a test closed: Qt waits for an event loop, and styles every window that is left each time."""
    try:
        return (yield)
    finally:
        if QCoreApplication.instance() is not None:
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def qtbot(qtbot):
    """Wait for what is to come as long as a busy machine may take: how fast it comes is a matter of tests/bench."""
    qtbot.waitUntil = partial(qtbot.waitUntil, timeout=PATIENCE_MS)
    return qtbot


@pytest.fixture
def start(counter, cache, qtbot):
    made = Start(lambda: OneCounter(counter), cache, desktop=Folder)
    made.open()
    made.window.activateWindow()
    qtbot.waitUntil(lambda: made.rooms is not None)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    yield made
    made.close()
    text.use(text.SOURCE)


@pytest.fixture
def window(start, qtbot):
    """Return the rooms after log-in."""
    QTest.keyClicks(QApplication.focusWidget(), PASSWORD)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: start.rooms.current_name == "CounterRoom")
    start.rooms.idle = lambda: qtbot.waitUntil(lambda: start.runner.is_idle)
    start.rooms.idle()
    start.window.toast.hide()  # the guided first case is offered at the first log-in
    return start.rooms
