"""The counter on the screen: results, tiles, the page of an item, and its keys."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from app.demonstration import CLERK
from app.services.snapshots import CaseScope
from tests.fakes.navigator import WrittenNavigator
from tests.fakes.runner import ImmediateRunner
from tests.support import CERTIFICATE, accepted, filled
from tests.ui.case.test_presenter import Outlet
from tests.ui.windows import shown_in_window
from ui.counter import view
from ui.counter.presenter import CounterPresenter
from ui.counter.view import CounterRoom
from ui.navigation import Session
from ui.surroundings import Surroundings
from ui.widgets.cards import Row
from ui.widgets.texts import ElidedLabel

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class Opened:
    """The counter's room over a real counter."""

    def __init__(self, counter, qtbot):
        self.navigator, self.room = WrittenNavigator(), CounterRoom()
        self.presenter = CounterPresenter(
            Surroundings(counter, Session(CLERK), ImmediateRunner(), self.navigator), self.room, Outlet()
        )
        self.room.connect_to(self.presenter)
        self.window = shown_in_window(self.room, qtbot)
        self.window.resize(1366 - 80, 768 - 32)
        self.presenter.start()

    def press(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        QApplication.processEvents()
        QTest.keyClick(self.window.focusWidget(), key, modifiers)

    def type(self, text):
        QTest.keyClicks(self.window.focusWidget(), text)

    @property
    def went(self):
        return self.navigator.went

    def words(self):
        return [label.text() for label in self.room._results.findChildren(QLabel)]


@pytest.fixture
def home(counter, qtbot):
    return Opened(counter, qtbot)


def test_a_citizen_is_served_with_five_keys(home):
    home.type("jzzm")
    home.press(Qt.Key.Key_Return)
    assert home.went == [("open_item", CERTIFICATE)]


def test_a_wide_light_leaves_the_title_of_its_case_its_room(counter, home, monkeypatch):
    lit = counter.desk.find(accepted(counter).number)[0]
    board = counter.desk.board()
    owed = replace(lit, row=replace(lit.row, owed_by=counter.desk.now().date() - timedelta(days=1)))
    state = home.presenter._state
    titles = []
    for widest in (1000, 0):
        monkeypatch.setattr(view, "WIDEST_LIGHT", widest)
        home.room._show_due(replace(state, board=replace(board, due=(lit,), reminders=(owed,))))
        QApplication.processEvents()
        row = next(row for row in home.room._due.findChildren(Row) if row.isVisible())
        titles.append(row.findChildren(ElidedLabel)[0].width())
    assert titles[1] > titles[0] + 40


def test_cases_on_their_way_here_are_counted_first_and_opened_with_a_key(counter, home):
    state = home.presenter._state
    board = replace(state.board, counts=replace(state.board.counts, to_take_over=2))
    home.room._show_due(replace(state, board=board))
    row = next(row for row in home.room._due.findChildren(Row) if "有 2 件待接收" in row.accessibleName())
    row.fired.emit()
    home.press(Qt.Key.Key_R, ALT)
    assert home.went == [("open_desk", CaseScope.TO_TAKE_OVER)] * 2


def test_no_case_on_its_way_here_has_no_line(counter, home):
    assert not any("待接收" in row.accessibleName() for row in home.room._due.findChildren(Row))


def test_a_scanner_opens_a_case(counter, home):
    case = accepted(counter)
    home.type(case.number)
    home.press(Qt.Key.Key_Return)
    assert home.went == [("open_case", case.number)]


def test_the_part_that_fits_is_marked(home):
    home.type("jzzm")
    assert any(">居住证明</b>" in words for words in home.words())


def test_the_text_and_its_cursor_stay_while_results_come(home):
    home.type("jzzm")
    home.press(Qt.Key.Key_Left)
    home.presenter._show()
    assert home.room._field._line.cursorPosition() == 3


def test_down_and_enter_take_the_second_result(home):
    home.type("jzzm")
    home.press(Qt.Key.Key_Down)
    home.press(Qt.Key.Key_Return)
    assert home.went[0][0] == "open_item"
    assert home.went[0][1] != CERTIFICATE


def test_nothing_found_says_what_can_be_typed(home):
    home.type("qqqq")
    assert any("拼音首字母" in words for words in home.words())


def test_f1_opens_the_page_of_an_item_and_enter_begins_the_intake(home):
    home.type("jzzm")
    home.press(Qt.Key.Key_F2)
    assert home.room._guide.hasFocus()
    home.press(Qt.Key.Key_Return)
    assert home.went == [("open_item", CERTIFICATE)]


def test_escape_closes_the_page_of_an_item_and_then_empties_the_field(home):
    home.type("jzzm")
    home.press(Qt.Key.Key_F2)
    home.press(Qt.Key.Key_Escape)
    assert home.room._field._line.hasFocus()
    assert home.room._field.text() == "jzzm"
    home.press(Qt.Key.Key_Escape)
    assert home.room._field.text() == ""


def test_a_forbidden_proof_offers_no_way_to_open_a_case(home):
    home.type("wfzjl")
    home.press(Qt.Key.Key_Return)
    QApplication.processEvents()
    said = [label.text() for label in home.room._guide.findChildren(QLabel) if label.isVisible()]
    assert any("公安" in words for words in said)
    assert any("民发" in words for words in said)
    assert "办理" not in said
    home.press(Qt.Key.Key_Return)
    assert home.went == []


def test_tiles_and_drafts_have_their_keys(counter, home, qtbot):
    draft = filled(counter)
    home.presenter.start()
    home.press(Qt.Key.Key_1, CTRL)
    qtbot.waitUntil(lambda: len(home.went) == 1)
    home.press(Qt.Key.Key_Q, ALT)
    assert [act for act, *_values in home.went] == ["open_item", "open_draft"]
    assert home.went[1][1] == draft.draft_id


def test_many_results_take_the_place_of_the_tiles_and_are_not_squeezed(counter, home):
    for _ in range(4):
        accepted(counter)
    home.type("l")
    home.window.grab()
    assert len(home.room._results.rows) > 4
    assert not home.room._frequent.isVisible()
    assert all(row.height() >= row.minimumHeight() for row in home.room._results.rows)


def test_a_few_results_leave_the_tiles_where_they_are(home):
    home.type(CERTIFICATE)
    assert home.room._frequent.isVisible()


def test_a_large_screen_has_room_for_both(counter, home):
    home.window.resize(1920 - 80, 1080 - 32)
    home.type("zm")
    assert len(home.room._results.rows) > 4
    assert home.room._frequent.isVisible()
