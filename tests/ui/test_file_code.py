"""The code of a case file: told before a file is written, asked for until it is the right one."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget

from app.services.errors import BadCaseFile, WrongFileCode
from tests.fakes.navigator import PatientRunner
from ui.file_code import FileCodePresenter
from ui.file_code_panel import FileCodePanel

CODE = "4821 9037 5516 2240"


class Panel:
    def __init__(self):
        self.state, self.is_open, self.cleared = None, False, 0

    def render(self, state):
        self.state = state

    def clear_code(self):
        self.cleared += 1

    def open(self):
        self.is_open = True

    def dismiss(self):
        self.is_open = False


@pytest.fixture
def panel():
    return Panel()


@pytest.fixture
def runner():
    return PatientRunner()


@pytest.fixture
def failures():
    return []


@pytest.fixture
def presenter(runner, panel, failures):
    return FileCodePresenter(runner, panel, failures.append)


def take(code):
    if code == "damaged":
        raise BadCaseFile("changed")
    if code != CODE:
        raise WrongFileCode
    return "taken"


def test_the_code_is_told_and_nothing_is_done_before_it_was_written_down(presenter, panel):
    done = []
    presenter.tell(CODE, lambda: done.append("written"))
    assert (panel.is_open, panel.state.code, done) == (True, CODE, [])
    presenter.confirm()
    assert (panel.is_open, done) == (False, ["written"])


def test_giving_up_does_nothing(presenter, panel):
    done = []
    presenter.tell(CODE, lambda: done.append("written"))
    presenter.give_up()
    presenter.confirm()
    assert (panel.is_open, done) == (False, [])


def test_a_wrong_code_is_told_in_place_and_the_right_one_goes_on(presenter, panel, runner):
    taken = []
    presenter.ask(take, taken.append)
    presenter.confirm("1")
    assert panel.state.is_busy
    presenter.confirm("2")
    runner.work()
    assert "文件口令不对" in panel.state.message
    assert (panel.is_open, panel.state.is_busy, panel.cleared, taken) == (True, False, 2, [])
    presenter.confirm(CODE)
    runner.work()
    assert (panel.is_open, taken) == (False, ["taken"])


def test_an_empty_code_is_asked_for_again(presenter, panel, runner):
    presenter.ask(take, lambda _taken: None)
    presenter.confirm("  ")
    assert panel.state.message == "请输入文件口令"
    assert not panel.state.is_busy


def test_a_damaged_file_ends_the_question_and_is_reported(presenter, panel, runner, failures):
    presenter.ask(take, lambda _taken: None)
    presenter.confirm("damaged")
    runner.work()
    assert not panel.is_open
    assert [type(error) for error in failures] == [BadCaseFile]


@pytest.fixture
def shown(qtbot, runner):
    """A window with the panel over it, led by its presenter."""
    stage = QStackedWidget()
    stage.addWidget(QWidget())
    stage.resize(900, 600)
    qtbot.addWidget(stage)
    stage.show()
    made = FileCodePanel(stage)
    presenter = FileCodePresenter(runner, made, lambda _error: None)
    made.connect_to(presenter)
    return made, presenter


def test_the_code_is_written_down_and_confirmed_with_enter(shown, qtbot):
    panel, presenter = shown
    done = []
    presenter.tell(CODE, lambda: done.append("written"))
    assert CODE in [" ".join(one.text().split()) for one in panel.findChildren(QLabel) if one.isVisible()]
    assert not panel._typed.isVisible()
    with qtbot.waitSignal(panel.dismissed):
        qtbot.keyClick(panel.window(), Qt.Key.Key_Return)
    assert done == ["written"]


def test_the_code_is_typed_and_given_with_enter_and_escape_gives_up(shown, qtbot, runner):
    panel, presenter = shown
    taken = []
    presenter.ask(take, taken.append)
    qtbot.waitUntil(panel._typed.hasFocus)
    qtbot.keyClicks(panel._typed, "1")
    qtbot.keyClick(panel._typed, Qt.Key.Key_Return)
    runner.work()
    assert panel._typed.value() == ""
    assert panel.isVisible()
    qtbot.keyClicks(panel._typed, CODE)
    with qtbot.waitSignal(panel.dismissed):
        qtbot.keyClick(panel._typed, Qt.Key.Key_Return)
        runner.work()
    assert taken == ["taken"]
