"""Broken rules: what the law, the catalogue or the state of a case does not allow.

::

    BrokenRule
    ├── ItemNotOpen            the catalogue does not let a case of this item be opened
    ├── ApplicationIncomplete  something needed is missing or wrong
    ├── WrongState             the case is not where this act belongs
    └── MayNotIssue            this service point may not issue this result

They carry facts, never sentences: what a screen says is the job of ``ui.text``. Nothing has been written when one
of them is raised; the caller shows it and lets the clerk mend what it names.
"""

from app.domain.problem import Problem


class BrokenRule(Exception):
    """A rule of the domain does not allow what was asked; nothing was changed."""


class ItemNotOpen(BrokenRule):
    """No case of the item can be opened; the caller shows the reason and who is competent."""

    def __init__(self, title: str, state: str, reason: str, competent: str) -> None:
        super().__init__(state)
        self.title = title
        self.state = state
        self.reason = reason
        self.competent = competent


class ApplicationIncomplete(BrokenRule):
    """The application cannot be accepted yet; ``problems`` names every place that stands in the way."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(", ".join(f"{problem.place}: {problem.code}" for problem in problems))
        self.problems = problems


class WrongState(BrokenRule):
    """The case is in ``state``, where ``act`` is not possible; the caller reads the case again."""

    def __init__(self, act: str, state: str) -> None:
        super().__init__(f"{act} in state {state}")
        self.act = act
        self.state = state


class MayNotIssue(BrokenRule):
    """The catalogue gives the right to issue to other levels than ``level``; the case is handed on instead."""

    def __init__(self, title: str, level: str) -> None:
        super().__init__(level)
        self.title = title
        self.level = level
