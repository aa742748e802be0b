import pytest

from app.demonstration import CLERK
from app.domain.operators import Operator, Role
from app.services.errors import LogInDelayed, LogInRefused
from tests.fakes.navigator import PatientRunner
from ui.confirming import ConfirmPresenter, Question, hand_over, second_person

OTHER = Operator("ouwanqing", "欧晚晴", (Role.SUPERVISOR,))


class Panel:
    def __init__(self):
        self.state = None
        self.is_open = False
        self.cleared = 0

    def render(self, state):
        self.state = state

    def clear_password(self):
        self.cleared += 1

    def open(self):
        self.is_open = True

    def dismiss(self):
        self.is_open = False


class Door:
    """Confirms one password; ``refusal`` is raised for any other."""

    refusal = LogInRefused()

    def confirm(self, login, password):
        if password != "right":
            raise self.refusal
        return OTHER


@pytest.fixture
def panel():
    return Panel()


@pytest.fixture
def runner():
    return PatientRunner()


@pytest.fixture
def asked(panel, runner):
    """Return the presenter with an open question, the door behind it and who came through it."""
    presenter, door, came = ConfirmPresenter(runner, panel), Door(), []
    question = Question("title", "what", "word", (OTHER,), "nobody", door.confirm)
    presenter.ask(question, came.append)
    return presenter, door, came


def test_the_right_password_closes_the_panel_and_tells_who_it_was(asked, panel, runner):
    presenter, _door, came = asked
    presenter.confirm("right")
    runner.work()
    assert came == [OTHER]
    assert not panel.is_open


def test_a_wrong_password_is_told_and_forgotten(asked, panel, runner):
    presenter, _door, came = asked
    cleared = panel.cleared
    presenter.confirm("wrong")
    runner.work()
    assert "不对" in panel.state.message
    assert (came, panel.is_open, panel.cleared) == ([], True, cleared + 1)


def test_a_delay_is_counted_down_and_nothing_is_tried_meanwhile(asked, panel, runner):
    presenter, door, came = asked
    door.refusal = LogInDelayed(2)
    presenter.confirm("wrong")
    runner.work()
    presenter.confirm("right")
    runner.work()
    assert came == []
    presenter.tick()
    presenter.tick()
    assert (panel.state.wait_s, panel.state.message) == (0, "")
    presenter.confirm("right")
    runner.work()
    assert came == [OTHER]


def test_giving_up_drops_a_password_that_is_still_being_tried(asked, panel, runner):
    presenter, _door, came = asked
    presenter.confirm("right")
    presenter.give_up()
    runner.work()
    assert (came, panel.is_open) == ([], False)


def test_a_second_try_waits_for_the_first(asked, runner):
    presenter, _door, came = asked
    presenter.confirm("right")
    presenter.confirm("right")
    runner.work()
    assert came == [OTHER]


def test_an_empty_password_asks_nobody(asked, panel):
    presenter, _door, _came = asked
    presenter.confirm("")
    assert "密码" in panel.state.message


def test_only_others_with_the_role_are_offered_as_second_person(counter):
    assert second_person(counter.operators, CLERK, "act").people == ()
    counter.operators.accounts.open(CLERK, OTHER, "first-2026")
    assert second_person(counter.operators, CLERK, "act").people == (OTHER,)
    assert second_person(counter.operators, OTHER, "act", Role.ADMINISTRATOR).people == (CLERK,)


def test_everybody_else_is_offered_to_take_over(counter):
    counter.operators.accounts.open(CLERK, OTHER, "first-2026")
    assert hand_over(counter.operators, CLERK).people == (OTHER,)
