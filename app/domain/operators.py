"""The people who work at the counter: who they are and who may do what. Passwords are the job of ``app.security``."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

SYSTEM = "system"
"""Stands as operator in facts that the program records by itself."""


class Role(StrEnum):
    """What an operator is; one operator can have several roles."""

    CLERK = "clerk"
    SUPERVISOR = "supervisor"
    REVIEWER = "reviewer"
    ADMINISTRATOR = "administrator"


class Act(StrEnum):
    """What not everybody may do; everything else is open to whoever is logged in."""

    HANDLE_CASES = "handle_cases"
    """Take in, accept, ask for supplements, return, print, issue, deliver; answer inquiries."""
    DECIDE = "decide"
    """Grant or refuse what is not decided on the spot, suspend, extend."""
    CONFIRM = "confirm"
    """Stand by as the second person: void a paper or a case, close the day."""
    EXPORT_JOURNAL = "export_journal"
    REBUILD_VIEWS = "rebuild_views"
    CHANGE_STATION = "change_station"
    MANAGE_ACCOUNTS = "manage_accounts"
    BACK_UP = "back_up"
    EXPORT_PERSONAL_DATA = "export_personal_data"
    """Take lists of cases out with whole names and numbers; masked ones are open to everybody."""
    CORRECT_CLOCK = "correct_clock"
    """Let the counter's time follow the PC's clock, backwards too."""
    MAKE_RECOVERY_SHEET = "make_recovery_sheet"
    RUN_CENTRE = "run_centre"
    """Look after the central database: stations, bulletins, audit, retention."""
    SUPERVISE = "supervise"
    """See every case at the centre, where the database lets the log-in; opening one is written down there."""


_CLERK, _SUPERVISOR, _REVIEWER, _ADMINISTRATOR = Role.CLERK, Role.SUPERVISOR, Role.REVIEWER, Role.ADMINISTRATOR

WHO_MAY: Mapping[Act, frozenset[Role]] = {
    Act.HANDLE_CASES: frozenset({_CLERK}),
    Act.DECIDE: frozenset({_CLERK, _REVIEWER}),
    Act.CONFIRM: frozenset({_SUPERVISOR}),
    Act.EXPORT_JOURNAL: frozenset({_SUPERVISOR, _ADMINISTRATOR}),
    Act.REBUILD_VIEWS: frozenset({_ADMINISTRATOR}),
    Act.CHANGE_STATION: frozenset({_ADMINISTRATOR}),
    Act.MANAGE_ACCOUNTS: frozenset({_ADMINISTRATOR}),
    Act.EXPORT_PERSONAL_DATA: frozenset({_SUPERVISOR, _ADMINISTRATOR}),
    Act.BACK_UP: frozenset({_SUPERVISOR, _ADMINISTRATOR}),
    Act.CORRECT_CLOCK: frozenset({_ADMINISTRATOR}),
    Act.MAKE_RECOVERY_SHEET: frozenset({_ADMINISTRATOR}),
    Act.RUN_CENTRE: frozenset({_ADMINISTRATOR}),
    Act.SUPERVISE: frozenset({_SUPERVISOR, _ADMINISTRATOR}),
}
"""The one place that says who may do what. Services hold it, screens ask it and say why an act is not offered.

A township window has few people, so one of them usually has several roles. A clerk may decide: in a small office the
reviewing officer signs on paper and the clerk records it, naming who decided.
"""


@dataclass(frozen=True, slots=True)
class Operator:
    """One account: ``login`` as typed at log-in, ``name`` as shown and printed."""

    login: str
    name: str
    roles: tuple[Role, ...] = (Role.CLERK,)

    def may(self, role: Role) -> bool:
        """Tell whether the operator has ``role``."""
        return role in self.roles

    def can(self, act: Act) -> bool:
        """Tell whether one of the operator's roles allows ``act``."""
        return not WHO_MAY[act].isdisjoint(self.roles)
