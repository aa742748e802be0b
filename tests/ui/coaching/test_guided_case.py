"""The guided first case, played with real keys in the real window."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.coaching.bar import CoachBar
from ui.help import HelpPanel

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def press(key, held=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), key, held)


def enter(text):
    if text.isascii():
        QTest.keyClicks(QApplication.focusWidget(), text)
    else:
        QApplication.focusWidget().insert(text)
        QApplication.focusWidget().textEdited.emit(text)
    press(Qt.Key.Key_Return)


def bar_of(window):
    return window._window.findChild(CoachBar)


def test_a_new_clerk_is_led_to_the_end_and_nothing_is_recorded(window, counter, qtbot):
    bar = bar_of(window)

    def is_at(number):
        qtbot.waitUntil(lambda: f"第 {number} 步" in bar.accessibleName())

    assert "Shift+F1" in window._window.toast._words.text()
    assert counter.preferences.was_coached(window._session.clerk.login)
    press(Qt.Key.Key_F1, SHIFT)
    is_at(1)
    enter("jzzm")
    is_at(2)
    enter("陈练习")
    is_at(3)
    enter("519900199606050044")
    is_at(4)
    enter("云溪镇柳湾村4组")
    enter("13805550126")
    is_at(5)
    press(Qt.Key.Key_F8)
    is_at(6)
    enter("云溪镇青杠路18号")
    enter("20210315")
    enter("1")
    is_at(7)
    press(Qt.Key.Key_0, CONTROL)
    is_at(8)
    press(Qt.Key.Key_F9)
    qtbot.waitUntil(bar.isHidden)
    window.idle()
    assert window.current_name == "CounterRoom"
    assert "做得好" in window._window.toast._words.text()
    with counter.intake._store.read() as uow:
        assert "CaseReceived" not in uow.journal.kinds()
    assert counter.desk.board().drafts == []


def test_help_begins_it_and_the_key_ends_it_in_the_midst_of_a_draft(window, counter, qtbot):
    press(Qt.Key.Key_F1)
    press(Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: window._window.stage.findChild(HelpPanel) is None)
    assert bar_of(window).isVisible()
    enter("jzzm")
    qtbot.waitUntil(lambda: window.current_name == "IntakeRoom")
    QTest.keyClicks(QApplication.focusWidget(), "Chen")
    press(Qt.Key.Key_F1, SHIFT)
    assert bar_of(window).isHidden()
    assert window.current_name == "CounterRoom"
    assert counter.desk.board().drafts == []
