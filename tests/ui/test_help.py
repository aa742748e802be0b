"""The help: F1 shows the keys of the screen. That every screen has keys with words is seen in test_every_screen."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from ui.help import HelpPanel, sorted_keys
from ui.widgets.keys import BoundKey, bind, bound_keys, key_words


def help_of(window):
    return window._window.stage.findChild(HelpPanel)


def words_in(panel):
    return {part.text() for part in panel.findChildren(QLabel)}


def test_f1_shows_the_keys_of_the_room_and_those_that_work_everywhere(window):
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F1)
    words = words_in(help_of(window))
    assert {"F2", "看所选事项的说明", "F12", "换岗", "Alt+2", "办件"} <= words


def test_function_keys_stand_in_the_order_of_the_keyboard():
    keys = [BoundKey(key, key, is_usable=key != "F4") for key in ("Ctrl+C", "F10", "F4", "F9", "Esc", "F2")]
    assert [bound.key for bound in sorted_keys(keys)] == ["F2", "F9", "F10", "Ctrl+C", "Esc", "F4"]


def test_escape_closes_the_help_and_the_focus_is_where_it_was(window, qtbot):
    before = QApplication.focusWidget()
    QTest.keyClick(before, Qt.Key.Key_F1)
    assert QApplication.focusWidget() is not before
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: help_of(window) is None)
    assert QApplication.focusWidget() is before


def test_no_key_reaches_the_room_beneath_the_help(window):
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F1)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F3)
    assert window.current_name == "CounterRoom"


def test_the_log_in_has_help_too(window):
    window.lock()
    QTest.keyClick(window._presence._login_room._password, Qt.Key.Key_F1)
    assert {"Enter", "登录"} <= words_in(help_of(window))


def test_a_key_of_what_is_hidden_is_not_listed(qtbot):
    room, part = QWidget(), QWidget()
    qtbot.addWidget(room)
    part.setParent(room)
    bind(room, "F9", "accept", lambda: None)
    bind(part, "F8", "hidden", lambda: None)
    part.hide()
    room.show()
    assert [bound.key for bound in bound_keys(room)] == ["F9"]


def test_keys_are_named_as_they_stand_on_the_keyboard():
    assert key_words("Ctrl+Return") == "Ctrl+Enter"
    assert key_words("PgDown") == "PgDn"
