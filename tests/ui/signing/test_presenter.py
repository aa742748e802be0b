"""A paper laid before those who sign it: shown, signed one after another, on which screen, and kept when it is said so."""

import pytest

from app.demonstration import CLERK
from app.domain.paper import PaperKind
from app.domain.people import Agent, AgentKind
from app.services.device_settings import OWN_SCREEN
from app.services.errors import DiskFull, NotSignable
from tests.fakes.navigator import PatientRunner
from tests.services.test_signatures import LI, WANG, pledge, prepared, receipt_of_materials, written
from tests.support import PERSON, accepted
from ui.sentences import sentence
from ui.signing.presenter import SigningPresenter
from ui.signing.state import screen_for


class Panel:
    paper_width_px = 100

    def __init__(self, screens):
        self.state, self.is_open, self.other_screens, self.emptied = None, False, screens, 0

    def render(self, state):
        self.state = state

    def open(self):
        self.is_open = True

    def begin_afresh(self):
        self.emptied += 1

    def dismiss(self):
        self.is_open = False


class Desk:
    def __init__(self, counter, paper, screens=()):
        self.panel, self.runner, self.signed, self.failed = Panel(screens), PatientRunner(), [], []
        self.counter = counter
        self.presenter = SigningPresenter(
            counter, CLERK, self.runner, self.panel, paper, self.signed.append, self.failed.append
        )
        self.presenter.open()
        self.work()

    def work(self):
        for _round in range(3):
            self.runner.work()

    @property
    def state(self):
        return self.panel.state

    def sign(self):
        self.presenter.sign(written())
        self.work()

    def kept(self):
        """Return who signed the paper, as the counter knows it."""
        return [one.signer for one in self.counter.papers.find(self.presenter._paper.number).signatures]


@pytest.fixture
def desk(counter):
    return Desk(counter, pledge(counter))


@pytest.fixture
def three(counter):
    return Desk(counter, prepared(counter, PaperKind.PLEDGE, co_applicants=(WANG, LI)))


def test_the_paper_lies_there_with_the_name_of_who_signs(desk):
    assert desk.panel.is_open
    assert (desk.state.signer.name, desk.state.is_busy, desk.state.waits_for_clerk) == (PERSON.name, False, False)
    assert desk.state.picture.pages == 2


def test_the_signature_of_one_who_signs_here_is_kept_at_once_and_the_panel_goes(desk):
    desk.presenter.sign(written())
    desk.presenter.sign(written())  # the key was pressed twice
    desk.work()
    assert [paper.signatures[0].signer for paper in desk.signed] == [PERSON.name] == desk.kept()
    assert not desk.panel.is_open


def test_nothing_written_is_no_signature(desk):
    desk.presenter.sign(None)
    desk.work()
    assert desk.state.message
    assert desk.panel.is_open
    assert not desk.signed


def test_whoever_does_not_sign_leaves_no_trace(desk):
    desk.presenter.give_up()
    assert not desk.panel.is_open
    assert not desk.signed
    assert not desk.counter.papers.find(desk.presenter._paper.number).digest


def test_several_sign_one_after_another_on_an_empty_pad_and_the_clerk_keeps_it(three):
    for count, name in enumerate((PERSON.name, "王知远", "黎若谷"), start=1):
        assert three.state.signer.name == name
        three.sign()
        assert three.panel.emptied == count
    assert three.state.signer is None
    assert three.kept() == []
    three.presenter.finish()
    three.work()
    assert three.kept() == [PERSON.name, "王知远", "黎若谷"]


def test_one_is_skipped_and_asked_again_after_the_others(three):
    three.presenter.skip()
    assert three.state.signer.name == "王知远"
    three.sign()
    three.sign()
    assert three.state.signer.name == PERSON.name
    three.presenter.finish()
    three.work()
    assert three.kept() == ["王知远", "黎若谷"]
    assert three.signed[0].still_open == 1


def test_whoever_signed_signs_anew_until_it_is_kept(three):
    three.sign()
    three.presenter.choose(0)
    assert (three.state.signer.name, three.state.signed) == (PERSON.name, frozenset())
    three.sign()
    assert three.state.signer.name == "王知远"
    three.presenter.finish()
    three.work()
    assert three.kept() == [PERSON.name]


def test_nobody_else_is_asked_on_a_line_that_an_agent_signed(counter):
    desk = Desk(counter, receipt_of_materials(counter, agent=Agent(LI, AgentKind.MANDATED, "同事", "纸质委托书")))
    assert desk.state.signer.for_whom == PERSON.name
    desk.sign()
    assert desk.state.signer is None
    desk.presenter.choose(1)
    desk.sign()
    assert desk.state.signed == {1}, "the applicant signs after all, the agent's signature goes"


def test_what_was_signed_is_dropped_only_when_asked_twice(three):
    three.sign()
    three.presenter.give_up()
    assert three.panel.is_open
    assert three.state.message
    three.presenter.give_up()
    three.work()
    assert (three.panel.is_open, three.kept()) == (False, [])


def test_what_was_signed_is_kept_when_the_window_locks(three):
    three.sign()
    three.presenter.leave()
    assert not three.panel.is_open
    three.work()
    assert three.kept() == [PERSON.name]


def test_a_window_that_locks_before_the_paper_lies_there_shows_nothing(counter):
    panel, runner = Panel(()), PatientRunner()
    presenter = SigningPresenter(counter, CLERK, runner, panel, pledge(counter), print, print)
    presenter.open()
    presenter.leave()
    runner.work()
    assert not panel.is_open


def test_pages_are_turned_within_the_paper(desk):
    for step, page in ((1, 1), (1, 1), (-1, 0), (-1, 0)):
        desk.presenter.turn(step)
        desk.work()
        assert desk.state.page == page


def test_a_paper_that_cannot_be_signed_here_is_told_and_nothing_opens(counter):
    receipt = counter.papers.of_case(accepted(counter).number)[0]
    counter.signatures.sign(
        lies := counter.signatures.lay_before(receipt, CLERK), [(lies.signers[0], written())], CLERK
    )
    desk = Desk(counter, receipt)
    assert [type(error) for error in desk.failed] == [NotSignable]
    assert not desk.panel.is_open


def test_a_full_disk_leaves_what_was_written_on_the_screen(desk, monkeypatch):
    def full(*_values):
        raise DiskFull

    monkeypatch.setattr(type(desk.counter.signatures), "sign", full)
    desk.sign()
    assert desk.state.message == sentence(DiskFull()).text
    assert desk.panel.is_open
    assert not desk.state.is_busy
    desk.presenter.leave()
    desk.work()
    assert [type(error) for error in desk.failed] == [DiskFull], "told where the panel cannot any more"


# --- the screen before the applicant ----------------------------------------------------------------------------


def test_the_applicant_signs_on_another_screen_and_the_clerk_keeps_it(counter):
    desk = Desk(counter, pledge(counter), ("HDMI-1",))
    assert (desk.state.screen, desk.state.waits_for_clerk) == ("HDMI-1", True)
    desk.sign()
    assert desk.kept() == []
    desk.presenter.finish()
    desk.work()
    assert desk.kept() == [PERSON.name]


def test_a_screen_that_is_unplugged_gives_back_what_is_signed_on_it(counter):
    desk = Desk(counter, prepared(counter, PaperKind.PLEDGE, co_applicants=(WANG,)), ("HDMI-1",))
    desk.sign()
    desk.panel.other_screens = ()
    desk.presenter.screens_changed()
    assert (desk.state.screen, desk.state.signed, desk.state.signer.name) == ("", {0}, "王知远")
    assert desk.panel.emptied == 1, "what the second one wrote so far stays"


def test_where_one_signs_is_remembered(counter):
    desk = Desk(counter, pledge(counter), ("HDMI-1", "HDMI-2"))
    for screen, kept in (("HDMI-2", "HDMI-2"), ("", OWN_SCREEN)):
        desk.presenter.move(screen)
        desk.work()
        assert (desk.state.screen, counter.devices.read().signing_screen) == (screen, kept)
    assert Desk(counter, pledge(counter), ("HDMI-1",)).state.screen == ""


@pytest.mark.parametrize(
    ("chosen", "others", "screen"),
    [
        ("", (), ""),
        ("", ("A", "B"), "A"),
        ("B", ("A", "B"), "B"),
        ("B", ("A",), ""),
        (OWN_SCREEN, ("A",), ""),
    ],
)
def test_a_screen_is_chosen_or_the_first_or_none(chosen, others, screen):
    assert screen_for(chosen, others) == screen
