import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from tests.ui.windows import shown_in_window
from ui.widgets.buttons import ActionButton, KeyedLink, LinkButton
from ui.widgets.cards import column_layout
from ui.widgets.room import holding


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_a_button_changed_behind_a_cover_has_its_colours_back_once_the_cover_goes(window):
    button = ActionButton("受理", "F9", "check-circle", "primary")
    QVBoxLayout(window).addWidget(button)
    window.setEnabled(False)  # as help and panels do with what they cover
    assert button._word.property("on") == "off"
    button.set_busy(True)
    button.set_busy(False)
    window.setEnabled(True)
    assert button.isEnabled()
    assert button._word.property("on") == "primary"


def test_a_busy_button_that_is_not_usable_stays_off_afterwards(window):
    button = ActionButton("受理", "F9", "check-circle", "primary")
    QVBoxLayout(window).addWidget(button)
    button.set_usable(False)
    button.set_busy(True)
    button.set_busy(False)
    assert not button.isEnabled()
    button.set_usable(True)
    assert button.isEnabled()


def test_the_focus_waits_for_a_busy_button_and_comes_back(qtbot):
    button, other = ActionButton("更改密码"), ActionButton("返回")
    window = shown_in_window(holding(column_layout(button, other)), qtbot)
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    button.set_busy(True)
    assert window.isActiveWindow()
    assert QApplication.focusWidget() is None
    button.set_busy(False)
    assert button.hasFocus()
    button.set_busy(True)
    other.setFocus()
    button.set_busy(False)
    assert other.hasFocus()


@pytest.mark.parametrize("make", [ActionButton, LinkButton])
def test_enter_presses_a_button_once_however_long_it_is_held(window, make):
    button, pressed = make("下一位"), []
    button.clicked.connect(lambda: pressed.append(True))
    QVBoxLayout(window).addWidget(button)
    QTest.keyClick(button, Qt.Key.Key_Return)
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", autorep=True)
    QApplication.sendEvent(button, held)
    assert pressed == [True]


def test_a_link_keeps_its_key_when_its_words_change(window):
    link, other = KeyedLink("共同申请人", "Ctrl+J"), KeyedLink("打印分隔页", "Alt+G", binds=False)
    for shown in (True, False, True):
        assert (link.shortcut().toString(), other.shortcut().toString()) == ("Ctrl+J", "")
        link.show_key(shown=shown)
        other.show_key(shown=shown)
