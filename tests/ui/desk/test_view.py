"""The screen of all cases: a million rows, the cursor, and its keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.demonstration import CLERK
from app.services.snapshots import CaseScope
from tests.fakes.navigator import PatientRunner, WrittenNavigator
from tests.fakes.runner import ImmediateRunner
from tests.support import COMMITTED, accepted
from tests.ui.case.test_presenter import Outlet
from tests.ui.windows import shown_in_window
from ui.desk.presenter import DeskPresenter
from ui.desk.view import DeskRoom
from ui.navigation import Session
from ui.surroundings import Surroundings
from ui.widgets.table import KEPT_PAGES, PAGE, PagedModel, PagedTable, TableRow

MILLION = 1_000_000


class Opened:
    """The room over a real counter, with answers at once or when they are asked for."""

    def __init__(self, counter, qtbot, runner):
        self.runner, self.navigator = runner, WrittenNavigator()
        self.room = DeskRoom()
        self.presenter = DeskPresenter(
            Surroundings(counter, Session(CLERK), runner, self.navigator), self.room, Outlet()
        )
        self.room.connect_to(self.presenter)
        self.window = shown_in_window(self.room, qtbot)
        self.presenter.start(CaseScope.OPEN)

    def press(self, key):
        QTest.keyClick(self.window.focusWidget(), key)

    @property
    def table(self):
        return self.room._table


@pytest.fixture
def desk(counter, qtbot):
    for code in (COMMITTED,) * 3:
        accepted(counter, code)
    return Opened(counter, qtbot, ImmediateRunner())


def test_the_first_row_is_chosen_and_shown_beside_the_list(desk):
    assert desk.table.currentIndex().row() == 0
    assert desk.presenter.state.chosen.case.number == desk.table.current_key()


def test_a_case_says_in_whose_hands_it_is(desk):
    holder = [desk.room._model.headerData(n, Qt.Orientation.Horizontal) for n in range(9)].index("在谁手里")
    assert desk.room._model.row(0).cells[holder] == "本窗口"


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_PageDown])
def test_the_end_of_the_list_is_the_end(desk, key):
    for _n in range(4):
        desk.press(key)
    assert desk.table.currentIndex().row() == 2


def test_an_empty_list_takes_every_key(desk):
    desk.presenter.search("没有这个人")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown):
        QTest.keyClick(desk.room, key)
    assert desk.table.model().rowCount() == 0


def test_reading_again_keeps_the_cursor(desk):
    desk.press(Qt.Key.Key_Down)
    key = desk.table.current_key()
    desk.presenter.refresh()
    assert desk.table.currentIndex().row() == 1
    assert desk.table.current_key() == key


def test_another_filter_moves_the_cursor_to_the_top(desk):
    desk.press(Qt.Key.Key_Down)
    desk.presenter.choose_scope("all")
    assert desk.table.currentIndex().row() == 0


def test_home_and_end_lead_to_the_first_and_the_last_row(desk):
    desk.press(Qt.Key.Key_End)
    assert desk.table.currentIndex().row() == 2
    desk.press(Qt.Key.Key_Home)
    assert desk.table.currentIndex().row() == 0


def test_enter_opens_the_row_under_the_cursor(desk):
    desk.press(Qt.Key.Key_Return)
    assert desk.navigator.went == [("open_case", desk.table.current_key())]


def test_a_slash_leads_to_the_search_and_arrows_lead_back(desk):
    desk.press(Qt.Key.Key_Slash)
    assert desk.room._filters._search.hasFocus()
    desk.press(Qt.Key.Key_Down)
    assert desk.table.hasFocus()
    assert desk.table.currentIndex().row() == 1


def test_a_scanner_opens_a_case_from_the_search(counter, desk):
    case = accepted(counter)
    desk.press(Qt.Key.Key_Slash)
    QTest.keyClicks(desk.room._filters._search, case.number)
    desk.press(Qt.Key.Key_Return)
    assert desk.navigator.went == [("open_case", case.number)]


def test_the_search_keeps_its_focus_while_the_list_follows(desk, qtbot):
    desk.press(Qt.Key.Key_Slash)
    QTest.keyClicks(desk.room._filters._search, "qq")
    qtbot.waitUntil(lambda: desk.presenter.state.wanted.text == "qq")
    assert desk.room._filters._search.hasFocus()
    assert not desk.room._empty.isHidden()


def test_escape_empties_the_filter_and_then_leads_home(desk):
    desk.presenter.search("qq")
    desk.room.escaped.emit()
    assert desk.presenter.state.count == 3
    desk.room.escaped.emit()
    assert [name for name, *_values in desk.navigator.went] == ["notify", "home"]


def test_a_finished_case_names_its_delivery(counter, desk):
    case = accepted(counter)
    counter.issuance.issue(case.number, CLERK)
    counter.issuance.deliver(case.number, CLERK, case.applicant.name, in_person=True)
    desk.presenter.choose_scope("done")
    assert desk.presenter.state.chosen.case.number == case.number


def test_what_can_be_seen_is_told_below_the_list(desk):
    assert desk.room._in_sight.text() == "第 1–3 件，共 3 件"


def test_a_slow_list_says_that_it_is_being_read(counter, qtbot):
    desk = Opened(counter, qtbot, PatientRunner())
    qtbot.waitUntil(lambda: "正在" in desk.room._count.text())
    desk.runner.work()
    assert desk.room._count.text() == "共 0 件"


# --- a million rows ----------------------------------------------------------------------------------------------


class Asked:
    """A source of a million rows that notes what was asked for, and hands it over when it is told to."""

    def __init__(self, *, at_once=True):
        self.offsets, self.waiting, self.at_once = [], [], at_once

    def __call__(self, offset, limit, take):
        self.offsets.append(offset)
        rows = [TableRow(str(offset + place), (str(offset + place),)) for place in range(limit)]
        if self.at_once:
            take(rows)
        else:
            self.waiting.append((take, rows))


@pytest.fixture
def table(qtbot):
    made = PagedTable(PagedModel(["number"]), (100,), 0)
    made.window_kept = shown_in_window(made, qtbot)
    return made


def shown(table, source):
    table.model().reset(MILLION, source)
    table.choose_row(0)
    table.grab()
    return source


def test_a_million_rows_ask_for_what_is_in_sight_alone(table):
    assert shown(table, Asked()).offsets == [0]


def test_the_last_of_a_million_rows_is_one_page_away(table):
    source = shown(table, Asked())
    QTest.keyClick(table, Qt.Key.Key_End)
    table.grab()
    assert table.current_key() == str(MILLION - 1)
    assert source.offsets == [0, MILLION - PAGE]


def test_only_the_last_few_pages_are_kept(table):
    source = shown(table, Asked())
    for page in range(1, KEPT_PAGES + 3):
        table.model().row(page * PAGE)
    assert len(table.model()._pages) == KEPT_PAGES
    table.model().row(0)
    assert source.offsets.count(0) == 2


def test_a_page_on_its_way_is_asked_for_once_and_stands_empty(table):
    source = shown(table, Asked(at_once=False))
    assert source.offsets == [0]
    assert table.model().index(0, 0).data() == "…"
    assert table.current_key() == ""


def test_a_page_that_comes_tells_the_row_under_the_cursor(table, qtbot):
    source = shown(table, Asked(at_once=False))
    take, rows = source.waiting[0]
    with qtbot.waitSignal(table.current_changed) as told:
        take(rows)
    assert told.args == ["0"]


def test_a_page_of_an_older_list_is_dropped(table):
    source = shown(table, Asked(at_once=False))
    table.model().reset(0, Asked())
    take, rows = source.waiting[0]
    take(rows)
    assert table.model().rowCount() == 0
    assert not table.model()._pages
