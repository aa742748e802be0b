"""The people who work at the counter: who they are and what they may do. Passwords are the job of ``app.security``."""

from dataclasses import dataclass
from enum import StrEnum

SYSTEM = "system"
"""Stands as operator in facts that the program records by itself."""


class Role(StrEnum):
    """What an operator may do; one operator can have several roles."""

    CLERK = "clerk"
    SUPERVISOR = "supervisor"
    REVIEWER = "reviewer"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Operator:
    """One account: ``login`` as typed at log-in, ``name`` as shown and printed."""

    login: str
    name: str
    roles: tuple[Role, ...] = (Role.CLERK,)

    def may(self, role: Role) -> bool:
        """Tell whether the operator has ``role``."""
        return role in self.roles
