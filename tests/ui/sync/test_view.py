"""The room of sync on the screen: what it shows and which key does what."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.services.sync_report import Contact, SyncResult
from tests.fakes.sync_service import at_a_centre, troubled
from tests.support import accepted
from tests.ui.screens.cases import case_to_take_over
from ui.widgets.cards import Row


@pytest.fixture
def room(window):
    """Return the rooms with the room of sync of a counter that has a centre."""
    number = accepted(window.counter).number
    last, parts = troubled(number)
    there = at_a_centre(window.counter, **parts)
    there.sync.last_result = last
    window.built.sync._counter = window._minutes.rounds._counter = there
    window.open_sync()
    window.idle()
    return window


def test_alone_the_room_leads_to_where_an_invitation_is_opened(window):
    window.open_sync()
    window.idle()
    QTest.keyClick(window._window, Qt.Key.Key_F9)
    assert window.current_name == "SettingsRoom"


def test_f9_begins_a_round_and_the_room_shows_what_came_of_it(room, qtbot):
    there = room.built.sync._counter.sync
    QTest.keyClick(room._window, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: there.rounds == [False] and room.built.sync.state.last is there.last_result)
    room.idle()
    assert room.built.sync_room._hint.text().startswith("上传 3 条")


def test_a_trouble_about_a_case_leads_to_it(room):
    row = next(row for row in room.built.sync_room._trouble.findChildren(Row) if "办件" in row.accessibleName())
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Return)
    assert room.current_name == "CaseRoom"


def test_escape_leads_home(room):
    QTest.keyClick(room._window, Qt.Key.Key_Escape)
    assert room.current_name == "CounterRoom"


def test_the_strip_tells_how_it_stands_and_what_came_is_said(room, qtbot):
    room._minutes.rounds.tick()
    room.idle()
    assert room._strip._sync is room._minutes.rounds.status
    assert room._strip._sync_sign(room._strip._sync).words == "在线·16 条待同步"


def test_a_case_that_a_round_brought_to_be_taken_over_is_announced(room, qtbot):
    there = room.built.sync._counter.sync
    there.outcome = SyncResult(Contact.ON_LINE, received=2)
    case_to_take_over(room)
    room._minutes.rounds.start()
    qtbot.waitUntil(lambda: room._minutes._to_take_over == 1, timeout=20_000)
    assert room._window.toast.isVisible()
