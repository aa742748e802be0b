"""What the end of the day decides, without Qt."""

from datetime import timedelta

import pytest

from app.demonstration import CLERK
from app.domain.operators import Operator, Role
from app.domain.paper import PaperState
from tests.fakes.navigator import PatientRunner, WrittenNavigator
from tests.support import MONDAY, accepted
from tests.ui.case.test_presenter import Outlet
from ui.day.presenter import DayPresenter
from ui.navigation import Session
from ui.surroundings import Surroundings

DAY = MONDAY.date()
CHIEF = Operator("qin", "覃静秋", (Role.SUPERVISOR,))


class Confirming(WrittenNavigator):
    """A navigator whose second person confirms at once, unless nobody does."""

    second = CHIEF

    def ask_second_person(self, what, then, role=Role.SUPERVISOR):
        self.went.append(("ask_second_person", what))
        if self.second:
            then(self.second)


class Screen:
    paper_width_px = 300

    def render(self, state):
        self.state = state

    def focus_first(self):
        """Be asked for nothing."""


class Ending:
    """A presenter with all that it talks to."""

    def __init__(self, counter):
        self.counter, self.runner, self.navigator = counter, PatientRunner(), Confirming()
        self.screen, self.outlet = Screen(), Outlet()
        self.presenter = DayPresenter(
            Surroundings(counter, Session(CLERK), self.runner, self.navigator), self.screen, self.outlet
        )
        self.open()

    def open(self, day=None):
        self.presenter.open(day)
        self.work()

    def work(self):
        for _round in range(4):
            self.runner.work()

    def close(self):
        self.presenter.close()
        self.work()

    @property
    def state(self):
        return self.screen.state


@pytest.fixture
def ending(counter):
    accepted(counter)
    return Ending(counter)


def test_figures_are_read_beside_the_window(ending):
    ending.presenter.open()
    assert ending.state.summary is None
    ending.work()
    assert len(ending.state.summary.lines) == 1


def test_a_second_person_signs_and_the_report_is_shown(ending):
    ending.presenter.edit_remark("停电一小时")
    ending.close()
    assert ending.state.report == "云溪3日〔2026〕000001号"
    assert ending.presenter.has_paper
    assert [closed.fact.remark for closed in ending.state.closings] == ["停电一小时"]
    assert (ending.state.remark, ending.state.can_close) == ("", False)


def test_nothing_is_closed_when_nobody_confirms(ending):
    ending.navigator.second = None
    ending.close()
    assert ending.counter.days.closings(5) == []
    assert not ending.state.is_busy


def test_a_closed_day_is_not_closed_again_before_something_happens(ending):
    ending.close()
    ending.close()
    assert len(ending.counter.days.closings(5)) == 1
    accepted(ending.counter)
    ending.open()
    assert ending.state.can_close
    ending.close()
    assert ending.state.report == "云溪3日〔2026〕000002号"


def test_a_failure_is_told_and_the_day_can_be_closed_again(ending):
    ending.navigator.second = Operator("colleague", "同事")
    ending.close()
    assert len(ending.navigator.errors) == 1
    assert ending.state.can_close
    assert not ending.state.is_busy


def test_a_day_to_come_is_never_shown(ending):
    ending.presenter.turn_day(1)
    assert ending.state.day == DAY
    ending.presenter.turn_day(-1)
    ending.work()
    assert ending.state.day == DAY - timedelta(days=1)


def test_a_day_that_was_left_open_is_offered(ending, place):
    place.clock.set(MONDAY + timedelta(days=1))
    ending.open()
    assert (ending.state.day, ending.state.unclosed) == (DAY + timedelta(days=1), DAY)
    ending.presenter.open_unclosed()
    ending.work()
    assert ending.state.day == DAY


def test_an_earlier_report_is_shown_printed_and_looked_at(ending):
    ending.close()
    ending.presenter.show_report(ending.state.closings[0].fact.report.text)
    ending.work()
    for _press in ("print", "came out", "look"):
        ending.presenter.print_report()
        ending.work()
    assert [name for name, _pdf in ending.outlet.opened] == ["云溪3日〔2026〕000001号"] * 2
    assert ending.state.paper.state is PaperState.PRINTED


def test_a_spoiled_report_is_printed_again(ending):
    ending.close()
    ending.presenter.print_again()
    ending.presenter.print_report()
    ending.work()
    ending.presenter.print_again()
    ending.work()
    assert len(ending.outlet.opened) == 2
    assert ending.state.paper.state is PaperState.SENT


def test_escape_leads_home(ending):
    ending.presenter.escape()
    assert ending.navigator.went[-1] == ("home",)
