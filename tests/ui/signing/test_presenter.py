"""A paper laid before somebody: shown, signed once, and kept only when something was written."""

import pytest

from app.demonstration import CLERK
from app.services.errors import DiskFull, NotSignable
from tests.fakes.navigator import PatientRunner
from tests.services.test_signatures import pledge, written
from tests.support import accepted
from ui.sentences import sentence
from ui.signing.presenter import SigningPresenter


class Panel:
    paper_width_px = 100

    def __init__(self):
        self.state, self.is_open = None, False

    def render(self, state):
        self.state = state

    def open(self):
        self.is_open = True

    def dismiss(self):
        self.is_open = False


class Desk:
    def __init__(self, counter, paper):
        self.panel, self.runner, self.signed, self.failed = Panel(), PatientRunner(), [], []
        self.presenter = SigningPresenter(
            counter, CLERK, self.runner, self.panel, paper, self.signed.append, self.failed.append
        )
        self.presenter.open()
        self.runner.work()
        self.runner.work()


@pytest.fixture
def desk(counter):
    return Desk(counter, pledge(counter))


def test_the_paper_lies_there_with_the_name_of_who_signs(desk):
    assert desk.panel.is_open
    assert (desk.panel.state.signer, desk.panel.state.is_busy) == ("林𬱖宁", False)
    assert desk.panel.state.picture.pages == 2


def test_a_signature_is_kept_and_the_panel_goes(desk, counter):
    desk.presenter.sign(written())
    desk.presenter.sign(written())  # the key was pressed twice
    desk.runner.work()
    (paper,) = desk.signed
    assert counter.papers.find(paper.number).signature
    assert not desk.panel.is_open


def test_nothing_written_is_no_signature(desk):
    desk.presenter.sign(None)
    desk.runner.work()
    assert desk.panel.state.message
    assert desk.panel.is_open
    assert not desk.signed


def test_whoever_does_not_sign_leaves_no_trace(desk, counter):
    desk.presenter.give_up()
    assert not desk.panel.is_open
    assert not desk.signed


def test_pages_are_turned_within_the_paper(desk):
    for step, page in ((1, 1), (1, 1), (-1, 0), (-1, 0)):
        desk.presenter.turn(step)
        desk.runner.work()
        assert desk.panel.state.page == page


def test_a_paper_that_cannot_be_signed_here_is_told_and_nothing_opens(counter):
    desk = Desk(counter, counter.papers.of_case(accepted(counter).number)[0])
    assert [type(error) for error in desk.failed] == [NotSignable]
    assert not desk.panel.is_open


def test_a_full_disk_leaves_what_was_written_on_the_screen(desk, monkeypatch):
    def full(*_values):
        raise DiskFull

    monkeypatch.setattr(type(desk.presenter._counter.signatures), "sign", full)
    desk.presenter.sign(written())
    desk.runner.work()
    assert desk.panel.state.message == sentence(DiskFull()).text
    assert desk.panel.is_open
    assert not desk.panel.state.is_busy
