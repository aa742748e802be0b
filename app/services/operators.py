"""Operators at the window: opening accounts, logging in and out, changing passwords.

Log-in works without a network. Delays grow with failures and outlast a restart.
"""

import math
import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from app.domain.facts import OperatorEnrolled, OperatorLoggedIn, OperatorLoggedOut
from app.domain.operators import Operator, Role
from app.services.errors import BadPassword, LogInDelayed, LogInRefused, NotPermitted
from app.services.ports import Account, Passwords, Store, UnitOfWork
from app.services.recording import Recorder

MINIMUM_PASSWORD_LENGTH = 8
LONGEST_PASSWORD = 256
FREE_FAILURES = 3
FIRST_DELAY_S = 5
LONGEST_DELAY_S = 300
LONGEST_DOUBLING = 6


class OperatorService:
    """Use cases around accounts."""

    def __init__(self, store: Store, recorder: Recorder, passwords: Passwords) -> None:
        self._store = store
        self._recorder = recorder
        self._passwords = passwords
        self._nobody = ""

    def everyone(self) -> list[Operator]:
        """Return all operators by login, for the log-in screen."""
        with self._store.read() as uow:
            return uow.accounts.everyone()

    def log_in(self, login: str, password: str, *, unlock: bool = False) -> Operator:
        """Return the operator and record that the window was taken over.

        LogInRefused for a wrong name or password, LogInDelayed while too many failures are being waited out.
        """
        now = self._recorder.now()
        with self._store.write() as uow:
            account = uow.accounts.get(login.strip())
            if account and (wait_s := _wait_s(account, now)):
                raise LogInDelayed(wait_s)
            self._check(uow, account, password, now)
            assert account is not None  # noqa: S101  _check refuses what has no account
            if account.failures:
                uow.accounts.save(replace(account, failures=0, last_failure=None))
            self._recorder.record(uow, account.operator.login, OperatorLoggedIn(unlocked=unlock), now)
            uow.commit()
        return account.operator

    def log_out(self, operator: Operator, *, idle: bool = False) -> None:
        """Record that ``operator`` gave the window back, or that it locked after an ``idle`` time."""
        with self._store.write() as uow:
            self._recorder.record(uow, operator.login, OperatorLoggedOut(idle=idle), self._recorder.now())
            uow.commit()

    def enrol(self, by: Operator, operator: Operator, password: str) -> None:
        """Open an account, or change its name, roles and password; only an administrator may."""
        if not by.may(Role.ADMINISTRATOR):
            raise NotPermitted("enrol")
        with self._store.write() as uow:
            enrol(uow, self._recorder, self._passwords, by.login, operator, password)
            uow.commit()

    def change_password(self, operator: Operator, old: str, new: str) -> None:
        """Give ``operator`` a new password; LogInRefused when ``old`` is wrong, BadPassword when ``new`` is weak."""
        ensure_strong(new, operator)
        now = self._recorder.now()
        with self._store.write() as uow:
            account = uow.accounts.get(operator.login)
            self._check(uow, account, old, now)
            uow.accounts.save(Account(operator, self._passwords.hash(new)))
            uow.commit()

    def _check(self, uow: UnitOfWork, account: Account | None, password: str, now: datetime) -> None:
        """Take the same time for an unknown name as for a wrong password."""
        hashed = account.password_hash if account else self._hash_of_nobody()
        fits = len(password) <= LONGEST_PASSWORD and self._passwords.matches(password, hashed)
        if account and fits:
            return
        if account:
            uow.accounts.save(replace(account, failures=account.failures + 1, last_failure=now))
            uow.commit()
        raise LogInRefused

    def _hash_of_nobody(self) -> str:
        """Return a hash that no password fits, made when it is first needed."""
        self._nobody = self._nobody or self._passwords.hash(secrets.token_hex())
        return self._nobody


def enrol(
    uow: UnitOfWork, recorder: Recorder, passwords: Passwords, by: str, operator: Operator, password: str
) -> None:
    """Open the account of ``operator`` inside ``uow``; BadPassword when the password is weak."""
    ensure_strong(password, operator)
    uow.accounts.save(Account(operator, passwords.hash(password)))
    fact = OperatorEnrolled(operator.login, operator.name, operator.roles)
    recorder.record(uow, by, fact, recorder.now())


def ensure_strong(password: str, operator: Operator) -> None:
    """Raise BadPassword for one that is short, too long, a single character, or the operator's own name."""
    weak = (
        not MINIMUM_PASSWORD_LENGTH <= len(password) <= LONGEST_PASSWORD
        or len(set(password)) == 1
        or password.lower() in {operator.login.lower(), operator.name.lower()}
    )
    if weak:
        raise BadPassword(MINIMUM_PASSWORD_LENGTH)


def _wait_s(account: Account, now: datetime) -> int:
    """Return the whole seconds that are left to wait, 0 for none."""
    excess = account.failures - FREE_FAILURES
    if excess < 0 or account.last_failure is None:
        return 0
    delay_s: int = min(FIRST_DELAY_S * 2 ** min(excess, LONGEST_DOUBLING), LONGEST_DELAY_S)
    left = account.last_failure + timedelta(seconds=delay_s) - now
    return min(max(0, math.ceil(left.total_seconds())), delay_s)
