import pytest

from app.demonstration import CLERK, PASSWORD
from app.domain.operators import Operator
from tests.fakes.navigator import PatientRunner
from ui.login.presenter import LoginPresenter, LoginState

NEWCOMER = Operator("luoshoutian", "罗守田")


class Screen:
    state = None

    def render(self, state):
        self.state = state

    def clear_password(self):
        """Nothing was typed here."""


@pytest.fixture
def runner():
    return PatientRunner()


@pytest.fixture
def screen():
    return Screen()


@pytest.fixture
def came():
    return []


@pytest.fixture
def login(counter, runner, screen, came):
    counter.operators.accounts.open(CLERK, NEWCOMER, "first-2026")
    presenter = LoginPresenter(counter.operators, runner, screen, came.append, LoginState("here"))
    presenter.start()
    return presenter


def try_first(login, runner):
    login.choose(NEWCOMER.login)
    login.log_in("first-2026")
    runner.work()


def test_an_own_password_lets_in_at_once(login, runner, came):
    login.choose(CLERK.login)
    login.log_in(PASSWORD)
    runner.work()
    assert came == [CLERK]


def test_a_first_password_has_to_be_changed_before_anything_else(login, runner, screen, came):
    try_first(login, runner)
    assert (came, screen.state.must_change) == ([], True)
    login.change_password("mine-alone-2026", "mine-alone-2026")
    runner.work()
    assert came == [NEWCOMER]
    assert not screen.state.must_change


def test_a_new_password_that_is_typed_differently_or_is_weak_lets_nobody_in(login, runner, screen, came):
    try_first(login, runner)
    login.change_password("mine-alone-2026", "mine-alone-2027")
    assert "不一样" in screen.state.message
    login.change_password("first-2026", "first-2026")
    runner.work()
    assert "太简单" in screen.state.message
    assert came == []


def test_escape_leads_back_to_who_logs_in(login, runner, screen, came):
    try_first(login, runner)
    login.step_back()
    login.change_password("mine-alone-2026", "mine-alone-2026")
    runner.work()
    assert (came, screen.state.must_change) == ([], False)


def test_a_lock_ends_a_change_that_was_begun(login, runner, screen, came):
    try_first(login, runner)
    login.lock(CLERK)
    login.change_password("mine-alone-2026", "mine-alone-2026")
    runner.work()
    assert (came, screen.state.must_change) == ([], False)
