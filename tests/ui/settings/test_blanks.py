"""The section of blank forms: what is left, what is written down and by whom it is confirmed, the ledger, the place."""

import pytest

from app.domain.blanks import BlankState
from app.domain.operators import Operator, Role
from app.domain.paper import Shift
from tests.printing.counters import choose, with_printers
from ui.navigation import Session
from ui.settings.presenters.blanks import BlankAct, BlanksPresenter, Typed
from ui.settings.sections.blanks import BlanksSection

FORM = "农村宅基地批准书用纸"
SECOND = Operator("second", "邓复核", (Role.SUPERVISOR,))
RUN = Typed(FORM, "a0001", "a0030", "县自然资源局")


class View:
    def __init__(self):
        self.state, self.typed = None, None

    def render(self, state):
        self.state = state

    def fill(self, typed):
        self.typed = typed


@pytest.fixture
def desk(around, runner):
    around.counter = with_printers(around.counter)
    made = BlanksPresenter(around, View())
    made.start()
    return made


def write_down(desk, runner, act, typed, second=None):
    desk.choose_act(act)
    desk.write_down(typed)
    if second:
        asked, _what, then = desk._around.navigator.went[-1]
        assert asked == "ask_second_person"
        then(second)
    runner.work()


def numbers(desk):
    return [row.number for row in desk.state.rows]


def test_a_form_that_a_template_names_stands_there_before_any_blank_came(desk):
    assert [(stock.form, stock.is_low) for stock in desk.state.stocks] == [(FORM, False)]
    assert desk.state.chosen == FORM
    assert desk._view.typed == Typed(FORM)


def test_received_blanks_are_counted_and_the_next_is_told(desk, runner):
    write_down(desk, runner, BlankAct.RECEIVE, RUN)
    assert (desk.state.stock.counts.unused, desk.state.stock.next, desk.state.message) == (30, "A0001", "")
    assert desk._view.typed == Typed(FORM, why=RUN.why)


def test_receiving_can_be_undone_with_a_second_person(desk, runner):
    write_down(desk, runner, BlankAct.RECEIVE, RUN)
    _notify, _words, act, undo = desk._around.navigator.went[-1]
    assert act == "撤销"
    undo()
    desk._around.navigator.went[-1][2](SECOND)
    runner.work()
    assert (desk.state.stock.counts.unused, desk.state.stock.counts.given_back) == (0, 30)


def test_what_is_void_needs_a_reason_and_a_second_person_and_can_be_put_back(desk, runner):
    write_down(desk, runner, BlankAct.RECEIVE, RUN)
    desk.choose_act(BlankAct.SPOIL)
    assert desk._view.typed == Typed(FORM, "A0001")
    write_down(desk, runner, BlankAct.SPOIL, Typed(FORM, "A0001", "A0012"))
    assert desk.state.message == "请填写原因"
    write_down(desk, runner, BlankAct.SPOIL, Typed(FORM, "A0001", "A0012", "受潮"), SECOND)
    assert (desk.state.stock.next, desk.state.stock.is_low) == ("A0013", True)
    desk.choose_state(BlankState.SPOILED)
    assert numbers(desk)[:2] == ["A0012", "A0011"]
    write_down(desk, runner, BlankAct.RESTORE, Typed(FORM, "A0012", why="晾干了"), SECOND)
    assert numbers(desk)[0] == "A0011"


def test_a_mistake_is_told_in_words_and_what_was_typed_stays(desk, runner):
    desk._view.typed = None
    write_down(desk, runner, BlankAct.RECEIVE, Typed(FORM, "A1", "B2", "县局"))
    assert "不是一段号码" in desk.state.message
    assert desk._view.typed == Typed(FORM)


def test_each_form_has_its_place_and_its_test_sheet(desk, runner):
    choose(desk._around.counter)
    desk.move("1.2", "-0.5")
    runner.work()
    assert (desk.state.shift, desk.state.printer) == (Shift(12, -5), "Fictitious 200")
    desk.move("左", "")
    assert "毫米数" in desk.state.message
    desk.print_test()
    runner.work()
    assert len(desk._around.counter.printing.printers.jobs) == 1


def test_each_form_says_at_how_many_it_runs_out(desk, runner):
    write_down(desk, runner, BlankAct.RECEIVE, RUN)
    desk.remind("30")
    runner.work()
    assert (desk.state.stock.low, desk.state.stock.is_low) == (30, True)
    desk.remind("三十")
    assert "张数" in desk.state.message
    assert desk.state.stock.low == 30


def test_the_section_shows_stock_ledger_and_place(desk, runner, around, qtbot):
    write_down(desk, runner, BlankAct.RECEIVE, RUN)
    section = BlanksSection(around)
    qtbot.addWidget(section)
    section.start()
    section.presenter.choose_state(BlankState.UNUSED)
    assert section._low.value() == "20"
    assert section._form.value() == FORM
    section.presenter.choose_act(BlankAct.SPOIL)
    assert (section._first.value(), section._why_field.editor.accessibleName()) == ("A0001", "原因")


def test_who_takes_in_nothing_writes_nothing_down(around, runner):
    around.session = Session(SECOND)
    made = BlanksPresenter(around, View())
    made.start()
    made.write_down(RUN)
    runner.work()
    assert made.state.why_not
    assert made.state.stocks[0].counts.unused == 0
