"""Operators' accounts as an administrator manages them: opening, roles, resetting a password, closing.

An account is never removed, because the journal names its login; it is disabled. There is always an administrator
who can log in.
"""

from collections.abc import Callable
from dataclasses import replace

from app.domain.facts import Fact, OperatorDisabled, OperatorEnabled, OperatorEnrolled, PasswordChanged
from app.domain.operators import Act, Operator, Role
from app.services.errors import BadPassword, LastAdministrator, LoginTaken, NotFound
from app.services.permits import ensure_may
from app.services.ports import Account, Passwords, Store, UnitOfWork
from app.services.recording import Recorder

MINIMUM_PASSWORD_LENGTH = 8
LONGEST_PASSWORD = 256


class AccountService:
    """Use cases of the administrator; each raises NotPermitted for anybody else."""

    def __init__(self, store: Store, recorder: Recorder, passwords: Passwords) -> None:
        self._store = store
        self._recorder = recorder
        self._passwords = passwords

    def everyone(self) -> list[Account]:
        """Return all accounts by login, disabled ones too, without what could open them."""
        with self._store.read() as uow:
            return [replace(account, password_hash="") for account in uow.accounts.everyone()]

    def open(self, by: Operator, operator: Operator, password: str) -> None:
        """Open an account with a first password, which ``operator`` has to change at the first log-in.

        LoginTaken when there is one of that login, BadPassword when the password is weak.
        """
        ensure_may(by, Act.MANAGE_ACCOUNTS)
        with self._store.write() as uow:
            if uow.accounts.get(operator.login):
                raise LoginTaken(operator.login)
            enrol(uow, self._recorder, self._passwords, by.login, operator, password, must_change=True)
            uow.commit()

    def change(self, by: Operator, operator: Operator) -> None:
        """Give the account of ``operator.login`` this name and these roles; LastAdministrator, NotFound."""
        fact = OperatorEnrolled(operator.login, operator.name, operator.roles)
        self._alter(by, operator.login, lambda account: replace(account, operator=operator), fact)

    def reset_password(self, by: Operator, login: str, password: str) -> None:
        """Give an account a password that has to be changed at the next log-in; failures are forgotten."""
        with self._store.read() as uow:
            ensure_strong(password, _account(uow, login).operator)
        hashed = self._passwords.hash(password)
        fact = PasswordChanged(login, reset=True)
        self._alter(
            by,
            login,
            lambda account: replace(account, password_hash=hashed, failures=0, last_failure=None, must_change=True),
            fact,
        )

    def disable(self, by: Operator, login: str) -> None:
        """Close an account; LastAdministrator when nobody else could open it again."""
        self._alter(by, login, lambda account: replace(account, disabled=True), OperatorDisabled(login))

    def enable(self, by: Operator, login: str) -> None:
        """Open a disabled account again."""
        self._alter(by, login, lambda account: replace(account, disabled=False), OperatorEnabled(login))

    def _alter(self, by: Operator, login: str, change: Callable[[Account], Account], fact: Fact) -> None:
        """Change one account and record it, unless that would leave no administrator."""
        ensure_may(by, Act.MANAGE_ACCOUNTS)
        with self._store.write() as uow:
            uow.accounts.save(change(_account(uow, login)))
            if not any(manages(account) for account in uow.accounts.everyone()):
                raise LastAdministrator
            self._recorder.record(uow, by.login, fact, self._recorder.now())
            uow.commit()


def enrol(
    uow: UnitOfWork,
    recorder: Recorder,
    passwords: Passwords,
    by: str,
    operator: Operator,
    password: str,
    *,
    must_change: bool = False,
) -> None:
    """Open the account of ``operator`` inside ``uow``; BadPassword when the password is weak."""
    ensure_strong(password, operator)
    uow.accounts.save(Account(operator, passwords.hash(password), must_change=must_change))
    fact = OperatorEnrolled(operator.login, operator.name, operator.roles)
    recorder.record(uow, by, fact, recorder.now())


def ensure_strong(password: str, operator: Operator, old: str = "") -> None:
    """Raise BadPassword for one that is short, too long, a single character, the operator's name, or the old one."""
    weak = (
        not MINIMUM_PASSWORD_LENGTH <= len(password) <= LONGEST_PASSWORD
        or len(set(password)) == 1
        or password.lower() in {operator.login.lower(), operator.name.lower()}
        or password == old
    )
    if weak:
        raise BadPassword(MINIMUM_PASSWORD_LENGTH)


def _account(uow: UnitOfWork, login: str) -> Account:
    account = uow.accounts.get(login)
    if account is None:
        raise NotFound("account")
    return account


def manages(account: Account) -> bool:
    """Tell whether an account can log in and manage the others."""
    return not account.disabled and account.operator.may(Role.ADMINISTRATOR)
