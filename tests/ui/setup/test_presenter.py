"""The first start with an invitation: what is filled in, what is waited for, and what is not."""

from types import SimpleNamespace

import pytest

from app.demonstration import STATION
from app.services.enrolment import Offer, Step
from app.services.errors import CentralUnavailable, InvitationForOther
from app.services.invitations import CentralAddress, Invitation
from tests.fakes.authority import ROOT
from tests.fakes.navigator import PatientRunner
from tests.support import MONDAY
from ui.setup.presenter import SetupPresenter

ANSWERS = {
    "service_point": "云溪镇便民服务中心",
    "body": "云溪镇人民政府",
    "window": "1 号窗口",
    "phone": "0899-555 0123",
    "division": "519901101000",
    "paper_prefix": "云溪1",
    "operator_name": "何长宁",
    "login": "hechangning",
    "password": "yunxi-2026",
    "password_again": "yunxi-2026",
}
PLACE = CentralAddress(("localhost",), 5432, "lideng")


class View:
    state = None

    def render(self, state):
        self.state = state


class Centre:
    """The counter's enrolment; it says its steps and ends as it is told to."""

    def __init__(self, error=None):
        self.error = error
        self.after_step = lambda: None

    def enrol(self, tell):
        tell(Step.CONNECTING)
        self.after_step()
        if self.error:
            raise self.error
        return "enrolled"


class FakeStarter:
    """Implements ``Starter`` for one file."""

    def __init__(self, centre):
        self.counter = SimpleNamespace(enrolment=centre)
        self.given = None
        self.refuses = None

    def needs_passphrase(self):
        return False

    def read_invitation(self, _data):
        if self.refuses:
            raise self.refuses
        invitation = Invitation(STATION.code, "3 号窗口", "云溪镇", PLACE, ROOT, "s" * 20, MONDAY, MONDAY)
        return Offer(invitation, "1a2b3c4d5e6f7081")

    def set_up(self, first):
        self.given = first
        return self.counter


@pytest.fixture
def at(tmp_path):
    path = tmp_path / "window.lideng-invitation"
    path.write_bytes(b"an invitation")
    at = SimpleNamespace(view=View(), runner=PatientRunner(), centre=Centre(), ended=[], chosen=path)
    at.starter = FakeStarter(at.centre)
    at.presenter = SetupPresenter(
        at.starter, at.runner, at.view, lambda *end: at.ended.append(end), lambda _kinds: at.chosen
    )
    at.presenter.start()
    return at


def fill_in(at):
    for place, value in ANSWERS.items():
        at.presenter.edit(place, value)


def test_an_invitation_fills_in_what_it_knows_and_shows_what_to_compare(at):
    at.presenter.open_invitation()
    assert at.view.state.values["code"] == STATION.code
    assert "1a2b 3c4d 5e6f 7081" in at.view.state.offered


def test_a_counter_that_was_invited_is_set_up_and_enrolled(at):
    at.presenter.open_invitation()
    fill_in(at)
    at.presenter.finish()
    at.runner.work()
    assert at.starter.given.invitation == b"an invitation"
    assert at.view.state.doing
    at.centre.after_step = at.presenter.poll
    at.runner.work()
    assert at.view.state.doing == "正在连接中心"
    assert at.ended == [(at.starter.counter, None)]


def test_a_centre_that_is_not_reached_keeps_nobody_from_working(at):
    at.centre.error = CentralUnavailable("network")
    at.presenter.open_invitation()
    fill_in(at)
    at.presenter.finish()
    at.runner.work()
    at.runner.work()
    assert at.ended == [(at.starter.counter, at.centre.error)]


def test_whoever_does_not_want_to_wait_begins_to_work(at):
    at.presenter.open_invitation()
    fill_in(at)
    at.presenter.finish()
    at.runner.work()
    at.presenter.stop_waiting()
    at.runner.work()
    assert at.ended == [(at.starter.counter, None)], "once, without the answer that came late"


def test_a_file_that_cannot_be_used_is_told_and_fills_in_nothing(at):
    at.starter.refuses = InvitationForOther("000999", STATION.code)
    at.presenter.open_invitation()
    assert "000999" in at.view.state.refused
    assert "code" not in at.view.state.values


def test_a_file_that_is_not_there_any_more_is_told(at):
    at.chosen.unlink()
    at.presenter.open_invitation()
    assert at.view.state.refused


def test_without_a_choice_or_after_dropping_it_the_counter_stands_alone(at):
    at.presenter.open_invitation()
    at.presenter.forget_invitation()
    at.chosen = None
    at.presenter.open_invitation()
    fill_in(at)
    at.presenter.finish()
    at.runner.work()
    assert at.starter.given.invitation == b""
    assert at.ended == [(at.starter.counter, None)]
