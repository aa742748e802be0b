import pytest

from app.demonstration import CLERK, PASSWORD
from app.domain.facts import OperatorDisabled, OperatorEnabled, OperatorEnrolled, PasswordChanged, read_fact
from app.domain.operators import Operator, Role
from app.services.errors import (
    AccountDisabled,
    BadPassword,
    LastAdministrator,
    LogInRefused,
    LoginTaken,
    NotFound,
    NotPermitted,
)

VILLAGER = Operator("luoshoutian", "罗守田", (Role.CLERK,))
FIRST = "village-2026"


@pytest.fixture
def accounts(counter):
    return counter.operators.accounts


@pytest.fixture
def villager(accounts):
    accounts.open(CLERK, VILLAGER, FIRST)
    return VILLAGER


def facts(counter):
    with counter.intake._store.read() as uow:
        return [read_fact(entry.read()) for entry in uow.journal.entries()]


def account(accounts, login):
    return next(account for account in accounts.everyone() if account.operator.login == login)


def test_an_account_is_opened_with_a_password_that_has_to_be_changed(counter, accounts, villager):
    assert counter.operators.log_in(villager.login, FIRST) == villager
    assert counter.operators.must_change_password(villager)
    counter.operators.change_password(villager, FIRST, "mine-alone-2026")
    assert not counter.operators.must_change_password(villager)


def test_the_first_operator_chose_their_own_password(counter):
    assert not counter.operators.must_change_password(CLERK)


def test_a_login_is_given_once(accounts, villager):
    with pytest.raises(LoginTaken):
        accounts.open(CLERK, Operator(villager.login, "某人"), FIRST)
    assert account(accounts, villager.login).operator == villager


@pytest.mark.parametrize(
    "act",
    [
        lambda accounts, by: accounts.open(by, Operator("x", "某人"), FIRST),
        lambda accounts, by: accounts.change(by, Operator(CLERK.login, "某人", (Role.CLERK,))),
        lambda accounts, by: accounts.reset_password(by, CLERK.login, FIRST),
        lambda accounts, by: accounts.disable(by, CLERK.login),
        lambda accounts, by: accounts.enable(by, CLERK.login),
    ],
)
def test_only_an_administrator_manages_accounts(counter, accounts, villager, act):
    before = facts(counter)
    with pytest.raises(NotPermitted):
        act(accounts, villager)
    assert facts(counter) == before
    assert counter.operators.log_in(CLERK.login, PASSWORD) == CLERK


def test_roles_and_name_are_changed_and_the_password_stays(counter, accounts, villager):
    promoted = Operator(villager.login, villager.name, (Role.CLERK, Role.SUPERVISOR))
    accounts.change(CLERK, promoted)
    assert counter.operators.log_in(villager.login, FIRST) == promoted
    assert OperatorEnrolled(promoted.login, promoted.name, promoted.roles) in facts(counter)


def test_a_reset_password_opens_and_has_to_be_changed(counter, accounts, villager):
    counter.operators.change_password(villager, FIRST, "mine-alone-2026")
    accounts.reset_password(CLERK, villager.login, "given-again-2026")
    counter.operators.log_in(villager.login, "given-again-2026")
    assert counter.operators.must_change_password(villager)
    assert PasswordChanged(villager.login, reset=True) in facts(counter)


def test_a_reset_ends_the_delay_of_somebody_who_forgot(counter, accounts, villager):
    for _ in range(3):
        with pytest.raises(LogInRefused):
            counter.operators.log_in(villager.login, "forgotten")
    accounts.reset_password(CLERK, villager.login, "given-again-2026")
    counter.operators.log_in(villager.login, "given-again-2026")


def test_a_weak_password_is_not_given(accounts, villager):
    with pytest.raises(BadPassword):
        accounts.reset_password(CLERK, villager.login, "short")


def test_a_disabled_account_cannot_log_in_and_is_not_offered(counter, accounts, villager):
    accounts.disable(CLERK, villager.login)
    with pytest.raises(AccountDisabled):
        counter.operators.log_in(villager.login, FIRST)
    with pytest.raises(LogInRefused):
        counter.operators.log_in(villager.login, "wrong password")
    assert villager not in counter.operators.everyone()
    assert account(accounts, villager.login).disabled
    accounts.enable(CLERK, villager.login)
    counter.operators.log_in(villager.login, FIRST)
    told = [fact for fact in facts(counter) if isinstance(fact, OperatorDisabled | OperatorEnabled)]
    assert told == [OperatorDisabled(villager.login), OperatorEnabled(villager.login)]


def test_the_last_administrator_is_neither_disabled_nor_demoted(counter, accounts, villager):
    before = facts(counter)
    with pytest.raises(LastAdministrator):
        accounts.disable(CLERK, CLERK.login)
    with pytest.raises(LastAdministrator):
        accounts.change(CLERK, Operator(CLERK.login, CLERK.name, (Role.CLERK,)))
    assert facts(counter) == before
    assert counter.operators.log_in(CLERK.login, PASSWORD) == CLERK


def test_a_disabled_administrator_does_not_count_as_one(accounts, villager):
    second = Operator(villager.login, villager.name, (Role.ADMINISTRATOR,))
    accounts.change(CLERK, second)
    accounts.disable(CLERK, second.login)
    with pytest.raises(LastAdministrator):
        accounts.disable(CLERK, CLERK.login)


def test_nobody_sees_a_password_hash(accounts):
    assert {account.password_hash for account in accounts.everyone()} == {""}


def test_an_account_that_does_not_exist_is_told(accounts):
    with pytest.raises(NotFound):
        accounts.disable(CLERK, "nobody")
