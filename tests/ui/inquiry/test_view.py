"""The room of inquiries with its keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from app.demonstration import CLERK
from app.services.snapshots import InquiryFilter
from tests.fakes.navigator import WrittenNavigator
from tests.fakes.runner import ImmediateRunner
from tests.support import CERTIFICATE
from tests.ui.case.test_presenter import Outlet
from tests.ui.windows import shown_in_window
from ui.inquiry.presenter import InquiryPresenter, Way
from ui.inquiry.view import InquiryRoom
from ui.navigation import Session
from ui.surroundings import Surroundings


class Opened:
    """The room over a real counter."""

    def __init__(self, counter, qtbot):
        self.counter, self.navigator, self.room = counter, WrittenNavigator(), InquiryRoom()
        self.presenter = InquiryPresenter(
            Surroundings(counter, Session(CLERK), ImmediateRunner(), self.navigator), self.room, Outlet()
        )
        self.room.connect_to(self.presenter)
        self.window = shown_in_window(self.room, qtbot)
        self.presenter.open(item=CERTIFICATE)

    def press(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        QApplication.processEvents()
        QTest.keyClick(self.window.focusWidget(), key, modifiers)

    def type(self, text):
        QTest.keyClicks(self.window.focusWidget(), text)

    def words(self):
        QApplication.processEvents()  # what is new becomes visible
        labels = [label for label in self.room.findChildren(QLabel) if label.isVisible()]
        return {label.accessibleName() or label.text() for label in labels}


@pytest.fixture
def room(counter, qtbot):
    return Opened(counter, qtbot)


def test_a_question_is_answered_with_the_keyboard_alone(room):
    room.type("which papers")
    for _field in ("asked by", "telephone", "answer"):
        room.press(Qt.Key.Key_Return)
    room.type("identity card")
    assert "登记并答复" in room.words()
    room.press(Qt.Key.Key_Return)
    room.press(Qt.Key.Key_F9)
    (inquiry,) = room.counter.inquiries.page(InquiryFilter(only_open=False), 0, 5)
    assert (inquiry.subject, inquiry.outcome, inquiry.item) == ("which papers", "identity card", CERTIFICATE)


def test_what_is_missing_is_told_at_its_field_which_has_the_focus(room):
    room.press(Qt.Key.Key_F9)
    assert "请填写问了什么" in room.words()
    room.type("which papers")
    assert "请填写问了什么" not in room.words()


def test_one_key_makes_it_an_intake(room):
    room.press(Qt.Key.Key_F10)
    assert room.navigator.went == [("open_item", CERTIFICATE)]


def test_the_list_tells_who_is_responsible(room):
    room.type("which papers")
    room.press(Qt.Key.Key_F9)
    assert "首问 何长宁" in " ".join(room.words())


def test_closing_what_was_handed_on_leaves_nothing_to_do(room):
    room.type("which papers")
    room.press(Qt.Key.Key_F9)
    room.presenter.choose_way("hand_on")
    room.type("police")
    room.press(Qt.Key.Key_F9)
    room.presenter.choose_way("settle")
    room.type("done")
    room.press(Qt.Key.Key_F9)
    assert "已办结" in room.words()
    assert not room.room._go_on.isEnabled()


def test_the_ways_of_a_question_have_keys_that_lead_to_what_is_to_be_typed(room):
    room.type("which papers")
    room.press(Qt.Key.Key_F9)
    room.presenter.choose(room.counter.inquiries.page(InquiryFilter(only_open=False), 0, 5)[0].number)
    room.press(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert room.presenter._state.way is Way.HAND_ON
    room.type("village")
    assert room.presenter._state.written.to == "village"
