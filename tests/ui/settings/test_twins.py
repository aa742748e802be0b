"""The way out where a second machine used this station's number, as the settings offer it."""

from types import SimpleNamespace

import pytest

from app.demonstration import CLERK, SUPERVISOR
from app.services.errors import NotForked
from app.services.sync_report import Contact, SyncStatus
from app.services.twins import Parted
from tests.fakes.navigator import PatientRunner
from ui.navigation import Session
from ui.settings.presenters.twins import TwinPresenter


class Twins:
    def __init__(self):
        self.asked, self.error = [], None

    def part(self, by, reason):
        if self.error:
            raise self.error
        self.asked.append((by, reason))
        return Parted(7, 5, 2, ("20260518000731000151",))


class Sync:
    def __init__(self):
        self.failure, self.hurried = "ChainForked", 0

    def status(self):
        return SyncStatus(Contact.FAILING, failure=self.failure)

    def hurry(self):
        self.hurried += 1


class Screen:
    state = None

    def render(self, state):
        self.state = state


@pytest.fixture
def at():
    at = SimpleNamespace(twins=Twins(), sync=Sync(), runner=PatientRunner(), view=Screen(), session=Session(CLERK))
    at.confirms = True
    navigator = SimpleNamespace(ask_second_person=lambda _what, then: at.confirms and then(SUPERVISOR))
    counter = SimpleNamespace(twins=at.twins, sync=at.sync)
    around = SimpleNamespace(counter=counter, session=at.session, runner=at.runner, navigator=navigator)
    at.presenter = TwinPresenter(around, at.view)
    at.presenter.start()
    at.runner.work()
    return at


def test_it_is_offered_only_where_the_centre_told_of_a_second_machine(at):
    assert at.view.state.is_twin
    at.sync.failure = "CentralUnavailable"
    at.presenter.start()
    at.runner.work()
    assert not at.view.state.is_twin


def test_somebody_else_confirms_and_what_came_of_it_is_told(at):
    at.confirms = False
    at.presenter.part()
    at.runner.work()
    assert at.twins.asked == []
    at.confirms = True
    at.presenter.part()
    assert at.view.state.is_busy
    at.runner.work()
    ((by, reason),) = at.twins.asked
    assert (by, "补录" in reason) == (CLERK, True)
    assert "另起第 7 段" in at.view.state.message
    assert "2 件" in at.view.state.message
    assert (at.view.state.is_busy, at.sync.hurried) == (False, 1)


def test_what_went_wrong_is_told_beside_the_button(at):
    at.twins.error = NotForked()
    at.presenter.part()
    at.runner.work()
    assert (at.view.state.tone, at.view.state.is_busy) == ("danger", False)
    assert "同一份" in at.view.state.message


def test_only_an_administrator_may(at):
    at.session.operator = SUPERVISOR
    at.presenter.start()
    at.presenter.part()
    at.runner.work()
    assert at.view.state.why_not
    assert at.twins.asked == []
