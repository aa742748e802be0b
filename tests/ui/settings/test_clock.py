from datetime import timedelta
from types import SimpleNamespace

import pytest

from app.demonstration import CLERK
from app.domain.operators import Operator
from tests.fakes.navigator import PatientRunner, WrittenNavigator
from ui.navigation import Session
from ui.settings.presenters.clock import ClockPresenter

HOUR = timedelta(hours=1)


class View:
    state = None

    def render(self, state):
        self.state = state


@pytest.fixture
def at(counter):
    """The section over a counter whose PC says an hour less than the counter's time."""
    return shown(counter, CLERK)


def shown(counter, operator):
    counter.clock._clock.carry_on(counter.clock._clock.now() + HOUR)
    around = SimpleNamespace(
        counter=counter, session=Session(operator), runner=PatientRunner(), navigator=WrittenNavigator()
    )
    at = SimpleNamespace(view=View(), runner=around.runner)
    at.presenter = ClockPresenter(around, at.view)
    at.presenter.start()
    at.runner.work()
    return at


def kinds(counter):
    with counter.intake._store.read() as uow:
        return [entry.read()["kind"] for entry in uow.journal.entries()]


def test_both_times_are_shown_with_what_happened_and_what_to_do(at):
    assert at.view.state.counter_time[11:13] == "11"
    assert at.view.state.pc_time[11:13] == "10"
    assert "1 小时" in at.view.state.words
    assert "管理员" in at.view.state.words
    assert at.view.state.tone == "warn"


def test_without_a_reason_nothing_is_corrected(at, counter):
    at.presenter.give_reason("  ")
    at.presenter.correct()
    at.runner.work()
    assert at.view.state.message == "请填写原因"
    assert "ClockCorrected" not in kinds(counter)


def test_an_administrator_brings_the_two_together_with_a_reason(at, counter):
    at.presenter.give_reason("电脑电池没电")
    at.presenter.correct()
    at.runner.work()
    assert at.view.state.counter_time[:16] == at.view.state.pc_time[:16]
    assert (at.view.state.reason, at.view.state.message_tone, at.view.state.tone) == ("", "good", "good")
    assert at.view.state.why_not
    assert kinds(counter)[-2:] == ["ClockJumped", "ClockCorrected"]


def test_others_are_told_who_may(counter):
    at = shown(counter, Operator("zhou", "周望舒"))
    assert "管理员" in at.view.state.why_not
    at.presenter.give_reason("原因")
    at.presenter.correct()
    at.runner.work()
    assert "ClockCorrected" not in kinds(counter)
