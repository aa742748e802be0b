"""Facts of who works at the window: accounts, passwords, hand-over, log-in and log-out."""

from dataclasses import dataclass

from app.domain.facts.base import Fact
from app.domain.operators import Role


@dataclass(frozen=True, slots=True)
class OperatorEnrolled(Fact):
    """An account was opened, or its name or roles were changed; the last such fact of a login counts."""

    login: str
    name: str
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class OperatorDisabled(Fact):
    """An account was closed: nobody can log in with it until it is enabled again."""

    login: str


@dataclass(frozen=True, slots=True)
class OperatorEnabled(Fact):
    """A disabled account was opened again."""

    login: str


@dataclass(frozen=True, slots=True)
class PasswordChanged(Fact):
    """The password of ``login`` was changed; ``reset`` when an administrator gave a new one."""

    login: str
    reset: bool = False


@dataclass(frozen=True, slots=True)
class WindowHandedOver(Fact):
    """One operator gave the window to another (AB 岗), with everything that was open on it."""

    giver: str
    taker: str


@dataclass(frozen=True, slots=True)
class OperatorLoggedIn(Fact):
    """An operator took the window over, or unlocked it."""

    unlocked: bool = False


@dataclass(frozen=True, slots=True)
class OperatorLoggedOut(Fact):
    """An operator gave the window back; ``idle`` when the program did it after a time without a key."""

    idle: bool = False
