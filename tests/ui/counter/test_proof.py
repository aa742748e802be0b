"""A proof that a scanner types into the one field: the verdict takes the place of results."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.domain.verdict import Reason
from app.services.errors import NotInvited
from app.services.membership import Certified, keep_certified
from tests.security.example import ROOT, steps
from tests.support import CERTIFICATE, MONDAY
from tests.ui.counter.test_presenter import Counting
from tests.ui.counter.test_view import Opened
from ui.counter.verdict import VerdictCard

PROOF = steps()["text"]
ADDRESS = "https://verify.example/page#" + PROOF.replace("%", "%25").replace(" ", "%20")


@pytest.fixture
def certified(counter):
    with counter.intake._store.write() as uow:
        keep_certified(uow, Certified(ROOT, "", MONDAY))
        uow.commit()
    counter.verifying._known._own = "000001"  # the paper is of another window, whose journal is not here
    return counter


@pytest.fixture
def at(certified):
    return Counting(certified)


def scan(at, text):
    """Type ``text`` as a scanner does: letter by letter, faster than anything is judged."""
    for end in range(1, len(text) + 1):
        at.presenter.type(text[:end])
    for _answer in range(3):
        at.runner.work()


@pytest.mark.parametrize("text", [PROOF, ADDRESS])
def test_a_scanned_proof_is_judged_without_enter_and_the_field_is_ready_for_the_next(at, text):
    scan(at, text)
    assert at.state.verdicts[0].reason is Reason.GENUINE
    assert at.state.text == ""
    at.presenter.take()
    assert len(at.state.verdicts) == 1
    assert at.went == []


def test_a_proof_in_the_middle_of_being_typed_is_not_called_damaged(at):
    scan(at, PROOF[:-1])
    assert at.state.verdicts == ()
    assert len(at.state.found) == 0
    at.presenter.take()
    at.runner.work()
    assert at.state.verdicts[0].reason is Reason.CHANGED


def test_enter_before_the_answer_counts(at):
    at.presenter.type(PROOF[:-1])
    at.presenter.take()
    at.runner.work()
    at.runner.work()
    assert at.state.verdicts[0].reason is Reason.CHANGED


def test_one_text_is_judged_at_a_time(at):
    for end in range(5, len(PROOF)):
        at.presenter.type(PROOF[:end])
    assert len(at.runner._waiting) == 1


@pytest.mark.parametrize("away", ["escape", "start"])
def test_the_verdict_is_put_away(at, away):
    scan(at, PROOF)
    getattr(at.presenter, away)()
    assert at.state.verdicts == ()


def test_what_is_typed_next_takes_its_place(at):
    scan(at, PROOF)
    at.type("jzzm")
    assert at.state.verdicts == ()
    assert at.state.found.item_at(0).code == CERTIFICATE


def test_an_answer_that_comes_too_late_is_dropped(at):
    at.presenter.type(PROOF)
    at.presenter.escape()
    at.runner.work()
    assert at.state.verdicts == ()
    at.presenter.type(PROOF)
    at.presenter.type("jzzm")
    at.runner.work()
    assert at.state.verdicts == ()
    assert len(at.state.found) > 0


def test_a_counter_without_a_centre_says_so_once_after_enter(counter):
    at = Counting(counter)
    scan(at, PROOF)
    assert at.navigator.errors == []
    at.presenter.take()
    at.runner.work()
    assert [type(error) for error in at.navigator.errors] == [NotInvited]


def test_the_screen_says_what_must_stand_on_the_paper(certified, qtbot):
    home = Opened(certified, qtbot)
    home.type(PROOF)
    card = home.room.findChild(VerdictCard)
    words = [label.text() for label in card.findChildren(QLabel) if label.text()]
    assert card.isVisible()
    assert words[0] == "有效。"
    assert "云溪3居〔2026〕000412号" in words
    assert "resident_certificate" not in words
    home.press(Qt.Key.Key_Return)
    assert card.isVisible()
    home.press(Qt.Key.Key_Escape)
    assert not card.isVisible()
