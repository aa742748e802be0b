"""The section of the centre: a file is looked at before it is accepted, and what fails is said in a sentence."""

from types import SimpleNamespace

import pytest

from app.demonstration import CLERK, STATION, SUPERVISOR
from app.services.enrolment import EnrolmentState, EnrolmentStatus, Offer, Step
from app.services.errors import CentralUnavailable, InvitationSpent, KeyringUnavailable
from app.services.invitations import CentralAddress, Invitation
from tests.fakes.authority import ROOT
from tests.fakes.navigator import PatientRunner
from tests.support import MONDAY
from ui.enrolling import certificate_words, state_words
from ui.navigation import Session
from ui.settings.presenters.centre import CentrePresenter

PLACE = CentralAddress(("db1.example",), 5432, "lideng")


class View:
    state = None

    def render(self, state):
        self.state = state


class Enrolment:
    """The counter's enrolment, which does as it is told."""

    def __init__(self):
        self.state = EnrolmentState.ALONE
        self.certified_until = None
        self.error = None
        self.accepted = []
        self.replaces = ""
        self.during = lambda: None

    def status(self):
        return EnrolmentStatus(self.state, PLACE, "1a2b3c4d5e6f7081", MONDAY, MONDAY, self.certified_until)

    def read(self, _data):
        if self.error:
            raise self.error
        invitation = Invitation(STATION.code, "3 号窗口", "云溪镇", PLACE, ROOT, "s" * 20, MONDAY, MONDAY)
        return Offer(invitation, "1a2b3c4d5e6f7081", self.replaces)

    def accept(self, data, by, confirmed_by):
        self.accepted.append((data, by, confirmed_by))
        self.state = EnrolmentState.PENDING

    def enrol(self, tell):
        tell(Step.ENROLLING)
        self.during()
        if self.error:
            raise self.error
        self.state = EnrolmentState.ENROLLED
        return self.status()


class Rotation:
    """Changes the signing key, or fails as it is told to."""

    def __init__(self):
        self.by = []
        self.error = None

    def rotate(self, by):
        if self.error:
            raise self.error
        self.by.append(by)
        return 2


class Asking:
    """Somebody else confirms, or nobody does."""

    def __init__(self):
        self.confirms = True

    def ask_second_person(self, _what, then):
        if self.confirms:
            then(SUPERVISOR)


@pytest.fixture
def at(tmp_path):
    path = tmp_path / "window.lideng-invitation"
    path.write_bytes(b"an invitation")
    at = SimpleNamespace(view=View(), runner=PatientRunner(), enrolment=Enrolment(), session=Session(CLERK))
    at.rotation, at.asking = Rotation(), Asking()
    around = SimpleNamespace(
        counter=SimpleNamespace(enrolment=at.enrolment, rotation=at.rotation),
        session=at.session,
        runner=at.runner,
        navigator=at.asking,
        files=SimpleNamespace(choose_source=lambda _kinds: path),
    )
    at.presenter = CentrePresenter(around, at.view)
    at.presenter.start()
    return at


def test_a_file_is_looked_at_before_anything_is_kept_of_it(at):
    at.presenter.open_invitation()
    assert "1a2b 3c4d 5e6f 7081" in at.view.state.offered
    assert at.enrolment.accepted == []
    at.presenter.drop()
    at.presenter.accept()
    assert at.enrolment.accepted == []


def test_another_centre_needs_a_second_person_and_says_which_it_was(at):
    at.enrolment.replaces, at.asking.confirms = "ffff000011112222", False
    at.presenter.open_invitation()
    assert "ffff 0000 1111 2222" in at.view.state.offered
    at.presenter.accept()
    assert at.enrolment.accepted == []
    at.asking.confirms = True
    at.presenter.accept()
    assert at.enrolment.accepted == [(b"an invitation", CLERK, SUPERVISOR)]


def test_an_accepted_file_is_used_at_once_and_its_steps_are_told(at):
    at.presenter.open_invitation()
    at.presenter.accept()
    assert at.enrolment.accepted == [(b"an invitation", CLERK, None)]
    assert at.view.state.doing
    at.enrolment.during = at.presenter.poll
    at.runner.work()
    assert (at.view.state.doing, at.view.state.tone) == ("", "good")
    assert at.view.state.can_try, "the certificate is still to be fetched"
    at.enrolment.certified_until = MONDAY
    at.presenter.start()
    assert not at.view.state.can_try


def test_a_centre_that_is_not_reached_is_tried_again_by_hand(at):
    at.presenter.open_invitation()
    at.presenter.accept()
    at.enrolment.error = CentralUnavailable("network")
    at.runner.work()
    assert "连不上中心" in at.view.state.message
    assert at.view.state.can_try
    at.enrolment.error = None
    at.presenter.enrol()
    at.presenter.enrol()
    at.runner.work()
    assert at.view.state.status.state is EnrolmentState.ENROLLED


def test_a_file_that_cannot_be_used_is_told(at):
    at.enrolment.error = InvitationSpent()
    at.presenter.open_invitation()
    assert (at.view.state.offered, at.view.state.tone) == ("", "danger")
    at.presenter.accept()
    assert at.enrolment.accepted == []


def test_a_file_is_forgotten_when_the_section_is_left(at):
    at.presenter.open_invitation()
    at.presenter.leave()
    at.presenter.start()
    assert at.view.state.offered == ""
    at.presenter.accept()
    assert at.enrolment.accepted == []


def test_whoever_may_not_is_told_why(at):
    at.session.operator = SUPERVISOR
    at.presenter.start()
    assert at.view.state.why_not


def test_the_signing_key_is_changed_when_somebody_else_confirms(at):
    at.asking.confirms = False
    at.presenter.rotate_key()
    at.runner.work()
    assert at.rotation.by == []
    at.asking.confirms = True
    at.presenter.rotate_key()
    at.runner.work()
    assert at.rotation.by == [CLERK]
    assert "第 2 段" in at.view.state.key_message
    at.rotation.error = KeyringUnavailable()
    at.presenter.rotate_key()
    at.runner.work()
    assert at.view.state.key_tone == "danger"


@pytest.mark.parametrize("state", list(EnrolmentState))
def test_every_state_has_its_words(at, state):
    at.enrolment.state = state
    assert state_words(at.enrolment.status())
    assert bool(certificate_words(at.enrolment.status())) == (state is EnrolmentState.ENROLLED)
