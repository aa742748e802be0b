"""The list of acts behind 更多: all of it by key, and it is in nobody's way."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from tests.ui.windows import shown_in_window
from ui.widgets.cards import column_layout
from ui.widgets.keys import bind, bound_keys
from ui.widgets.menu import MenuButton, _ActList
from ui.widgets.room import RoomFrame

ALT = Qt.KeyboardModifier.AltModifier


class Desk:
    def __init__(self, qtbot):
        self.done, self.left = [], []
        self.field = QLineEdit()
        self.button = MenuButton("更多", lambda: "身份证")
        self.button.add("附件", "F4", "files", lambda: self.done.append("附件"))
        self.button.add("打印分隔页", "Alt+G", "printer", lambda: self.done.append("打印分隔页"))
        self.room = RoomFrame()
        self.room.body.addLayout(column_layout(self.field, self.button))
        bind(self.room, "Escape", "返回", lambda: self.left.append(True))
        self.window = shown_in_window(self.room, qtbot)
        self.field.setFocus()

    def press(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(QApplication.focusWidget(), key, modifiers)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    @property
    def list(self):
        return self.room.findChild(_ActList)


@pytest.fixture
def desk(qtbot):
    return Desk(qtbot)


def test_an_act_is_chosen_by_arrows_and_the_focus_goes_back_first(desk):
    desk.press(Qt.Key.Key_M, ALT)
    assert [row.accessibleName() for row in desk.list._rows] == ["附件", "打印分隔页"]
    desk.press(Qt.Key.Key_Up)
    desk.press(Qt.Key.Key_Return)
    assert (desk.done, desk.list, desk.field.hasFocus()) == (["打印分隔页"], None, True)


def test_the_keys_work_while_the_list_is_shut_and_the_help_knows_them(desk):
    desk.press(Qt.Key.Key_F4)
    assert desk.done == ["附件"]
    assert ("Alt+G", "打印分隔页") in {(one.key, one.words) for one in bound_keys(desk.room)}


def test_escape_shuts_the_list_and_not_the_room(desk):
    desk.press(Qt.Key.Key_M, ALT)
    desk.press(Qt.Key.Key_Escape)
    assert (desk.list, desk.left, desk.field.hasFocus()) == (None, [], True)


def test_the_list_goes_with_its_button_with_its_room_and_with_the_focus(desk, qtbot):
    def is_shut_by(act):
        desk.button.click()
        assert desk.list is not None
        act()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return desk.list is None

    assert is_shut_by(desk.button.hide)
    desk.button.show()
    assert is_shut_by(desk.room.hide)
    desk.room.show()
    assert is_shut_by(desk.field.setFocus)
    desk.button.click()
    QTest.mouseClick(desk.list, Qt.MouseButton.LeftButton)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert desk.list is None


def test_the_list_is_seen_whole_where_there_is_no_room_below(desk, qtbot):
    desk.room.body.addStretch(1)
    desk.button.move(0, desk.room.height() - desk.button.height())
    desk.button.click()
    assert desk.room.rect().contains(desk.list._list.geometry())
