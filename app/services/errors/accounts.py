"""Errors of log-ins, passwords and what an account may do."""

from app.services.errors.base import Refused


class LogInRefused(Refused):
    """Name or password is wrong; which one is not told."""


class LogInDelayed(Refused):
    """Too many failures for this name: ``wait_s`` seconds must pass; the caller counts them down."""

    def __init__(self, wait_s: int) -> None:
        super().__init__(f"{wait_s} s")
        self.wait_s = wait_s


class AccountDisabled(Refused):
    """The password is right and the account is closed; the caller names the administrator as the way out."""


class FirstPasswordKept(Refused):
    """Whoever gave this first password knows it still; the caller asks its owner to log in and change it first."""


class LoginTaken(Refused):
    """There is an account called ``login`` already; the caller asks for another name."""

    def __init__(self, login: str) -> None:
        super().__init__("login taken")
        self.login = login


class LastAdministrator(Refused):
    """The act would leave no administrator who can log in; the caller names another one first."""


class BadPassword(Refused):
    """A new password is shorter than ``minimum_length`` or easy to guess; the caller asks for another one."""

    def __init__(self, minimum_length: int) -> None:
        super().__init__("password refused")
        self.minimum_length = minimum_length


class NotPermitted(Refused):
    """The operator has none of the roles that may do ``act``."""

    def __init__(self, act: str) -> None:
        super().__init__(act)
        self.act = act
