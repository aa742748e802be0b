"""Who is at the window: logging in and out, handing over, a second person, the own password.

Log-in works without a network. Delays grow with failures and outlast a restart; they hold for everybody who gives a
password, also for a second person. Opening and closing accounts is the job of ``app.services.accounts``.
"""

import math
import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from app.domain.errors import SamePerson
from app.domain.facts import OperatorLoggedIn, OperatorLoggedOut, PasswordChanged, WindowHandedOver
from app.domain.operators import Operator, Role
from app.services.accounts import LONGEST_PASSWORD, AccountService, ensure_strong
from app.services.errors import AccountDisabled, FirstPasswordKept, LogInDelayed, LogInRefused, NotPermitted
from app.services.ports import Account, Passwords, Store, UnitOfWork
from app.services.recording import Recorder

FREE_FAILURES = 3
FIRST_DELAY_S = 5
LONGEST_DELAY_S = 300
LONGEST_DOUBLING = 6


class OperatorService:
    """Use cases around whoever gives a password; ``accounts`` has those of the administrator."""

    def __init__(self, store: Store, recorder: Recorder, passwords: Passwords) -> None:
        self._store = store
        self._recorder = recorder
        self._passwords = passwords
        self._nobody = ""
        self.accounts = AccountService(store, recorder, passwords)

    def everyone(self) -> list[Operator]:
        """Return all operators who can log in, by login."""
        with self._store.read() as uow:
            return [account.operator for account in uow.accounts.everyone() if not account.disabled]

    def log_in(self, login: str, password: str, *, unlock: bool = False) -> Operator:
        """Return the operator and record that the window was taken over.

        LogInRefused for a wrong name or password, LogInDelayed while too many failures are being waited out,
        AccountDisabled when the account is closed.
        """
        now = self._recorder.now()
        with self._store.write() as uow:
            operator = self._confirmed(uow, login, password, now)
            self._recorder.record(uow, operator.login, OperatorLoggedIn(unlocked=unlock), now)
            uow.commit()
        return operator

    def log_out(self, operator: Operator, *, idle: bool = False) -> None:
        """Record that ``operator`` gave the window back, or that it locked after an ``idle`` time."""
        with self._store.write() as uow:
            self._recorder.record(uow, operator.login, OperatorLoggedOut(idle=idle), self._recorder.now())
            uow.commit()

    def hand_over(self, giver: Operator, login: str, password: str) -> Operator:
        """Return the operator who takes the window over from ``giver``, recorded as one fact.

        SamePerson when that is the giver, FirstPasswordKept when the other one's password is not really their own
        yet; otherwise as at ``log_in``.
        """
        now = self._recorder.now()
        with self._store.write() as uow:
            taker = self._other(uow, giver, login, password, now)
            self._recorder.record(uow, taker.login, WindowHandedOver(giver.login, taker.login), now)
            uow.commit()
        return taker

    def second_person(self, login: str, password: str, first: Operator, role: Role = Role.SUPERVISOR) -> Operator:
        """Return the confirmed second person, whose login the caller puts into the fact that needs one.

        SamePerson when it is ``first``, NotPermitted when the other one does not have ``role``, FirstPasswordKept;
        otherwise as at ``log_in``. Nothing is recorded but failures: the fact that follows is the record.
        """
        with self._store.write() as uow:
            second = self._other(uow, first, login, password, self._recorder.now())
            uow.commit()
        if not second.may(role):
            raise NotPermitted("second_person")
        return second

    def must_change_password(self, operator: Operator) -> bool:
        """Tell whether the password was given by somebody else and has to be changed before any work."""
        with self._store.read() as uow:
            account = uow.accounts.get(operator.login)
        return account is not None and account.must_change

    def change_password(self, operator: Operator, old: str, new: str) -> None:
        """Give ``operator`` a new password.

        LogInRefused or LogInDelayed as at ``log_in`` when ``old`` is wrong, BadPassword when ``new`` is weak or the
        old one.
        """
        ensure_strong(new, operator, old)
        now = self._recorder.now()
        with self._store.write() as uow:
            self._confirmed(uow, operator.login, old, now)
            account = uow.accounts.get(operator.login)
            assert account is not None  # noqa: S101  it was just confirmed
            uow.accounts.save(replace(account, password_hash=self._passwords.hash(new), must_change=False))
            self._recorder.record(uow, operator.login, PasswordChanged(operator.login), now)
            uow.commit()

    def _other(self, uow: UnitOfWork, first: Operator, login: str, password: str, now: datetime) -> Operator:
        if login.strip() == first.login:
            raise SamePerson
        other = self._confirmed(uow, login, password, now)
        account = uow.accounts.get(other.login)
        if account is not None and account.must_change:
            raise FirstPasswordKept
        return other

    def _confirmed(self, uow: UnitOfWork, login: str, password: str, now: datetime) -> Operator:
        """Return the operator of ``login``; a failure is counted and committed, a success ends the counting."""
        account = uow.accounts.get(login.strip())
        if account and (wait_s := _wait_s(account, now)):
            raise LogInDelayed(wait_s)
        if account is None or not self._fits(account, password):
            self._refuse(uow, account, password, now)
            raise LogInRefused
        if account.disabled:
            raise AccountDisabled
        if account.failures:
            uow.accounts.save(replace(account, failures=0, last_failure=None))
        return account.operator

    def _refuse(self, uow: UnitOfWork, account: Account | None, password: str, now: datetime) -> None:
        """Count a failure; of an unknown name take the same time as of a wrong password."""
        if account is None:
            self._nobody = self._nobody or self._passwords.hash(secrets.token_hex())
            self._passwords.matches(password[:LONGEST_PASSWORD], self._nobody)
            return
        uow.accounts.save(replace(account, failures=account.failures + 1, last_failure=now))
        uow.commit()

    def _fits(self, account: Account, password: str) -> bool:
        return len(password) <= LONGEST_PASSWORD and self._passwords.matches(password, account.password_hash)


def _wait_s(account: Account, now: datetime) -> int:
    """Return the whole seconds that are left to wait, 0 for none."""
    excess = account.failures - FREE_FAILURES
    if excess < 0 or account.last_failure is None:
        return 0
    delay_s: int = min(FIRST_DELAY_S * 2 ** min(excess, LONGEST_DOUBLING), LONGEST_DELAY_S)
    left = account.last_failure + timedelta(seconds=delay_s) - now
    return min(max(0, math.ceil(left.total_seconds())), delay_s)
