"""Broken rules: what the law, the catalogue or the state of a case does not allow.

::

    BrokenRule
    ├── ItemNotOpen            the catalogue does not let a case of this item be opened
    ├── ApplicationIncomplete  something needed is missing or wrong
    ├── WrongState             the case is not where this act belongs
    ├── MayNotIssue            this service point may not issue this result
    ├── NotHeldHere            the case is in the hands of another station
    ├── StationShutOut         the centre shut the other station out, so nobody could go on there
    ├── SilenceOver            the body was silent too long: the case counts as accepted
    ├── ReasonMissing          an act that needs a reason, a basis or a name was given none
    ├── NothingNamed           an act on several things was given none, or one that is not there
    ├── AlreadyDone            what may happen once has happened
    ├── LimitExceeded          a number of days or a date is beyond what the law allows
    ├── SeriesExhausted        a series of numbers is used up
    ├── NoRun                  two numbers of blank forms are no beginning and end of a run
    ├── BlankNotSo             a blank form is not in the state that an act needs
    ├── BlanksBetween          a blank form is not the next, and nobody said what became of those before it
    ├── OnBlank                a print is on a blank form, which would be void with it
    ├── CertificateExpired     a certificate ran out, so that nothing can be made in its place
    └── SamePerson             two persons are needed and one was given

They carry facts, never sentences: what a screen says is the job of ``ui.sentences``. Nothing has been written when one
of them is raised; the caller shows it and lets the clerk mend what it names.
"""

from datetime import date

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


class NotHeldHere(BrokenRule):
    """The case is in the hands of the station with the code ``holder``; the caller shows it and changes nothing."""

    def __init__(self, holder: str) -> None:
        super().__init__(holder)
        self.holder = holder


class SilenceOver(BrokenRule):
    """The body said nothing in time, so the case counts as accepted since then (行政许可法 Art. 32).

    The caller records that first, and asks again what is to be done.
    """


class StationShutOut(BrokenRule):
    """The station that a case should go to was shut out by the centre; the caller asks for another one."""


class ReasonMissing(BrokenRule):
    """``what`` (reason, basis, competent, approver …) was left empty; the caller asks for it."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class NothingNamed(BrokenRule):
    """No ``what`` (defect, material, change …) was named, or one that the case does not have."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class AlreadyDone(BrokenRule):
    """``act`` may happen once and has happened; the caller reads the case again."""

    def __init__(self, act: str) -> None:
        super().__init__(act)
        self.act = act


class LimitExceeded(BrokenRule):
    """``what`` is beyond ``most`` (days, or a date as ISO text); the caller asks for less."""

    def __init__(self, what: str, most: int | str) -> None:
        super().__init__(f"{what}: {most}")
        self.what = what
        self.most = most


class SeriesExhausted(BrokenRule):
    """A series of numbers is used up, a day's cases or a year's certificates; the caller says to go on elsewhere."""


class NoRun(BrokenRule):
    """From ``first`` to ``last`` is no run of numbers of blank forms; the caller asks for them again."""

    def __init__(self, first: str, last: str) -> None:
        super().__init__(f"{first} to {last}")
        self.first = first
        self.last = last


class BlankNotSo(BrokenRule):
    """The blank form ``number`` is ``state`` (empty: not in the ledger), where the act is not possible."""

    def __init__(self, number: str, state: str) -> None:
        super().__init__(f"{number} is {state or 'unknown'}")
        self.number = number
        self.state = state


class BlanksBetween(BrokenRule):
    """``count`` blank forms from ``first`` to ``last`` lie before the one that was named; the caller asks what became of them."""

    def __init__(self, first: str, last: str, count: int) -> None:
        super().__init__(f"{first} to {last}")
        self.first = first
        self.last = last
        self.count = count


class OnBlank(BrokenRule):
    """The paper was printed onto the blank form ``number``; the caller prints it onto another one, which says why."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number


class CertificateExpired(BrokenRule):
    """The certificate ran out after ``until``; nothing is made in its place, the matter is applied for anew."""

    def __init__(self, until: date) -> None:
        super().__init__(until.isoformat())
        self.until = until


class SamePerson(BrokenRule):
    """An act that needs a second person was confirmed by the first; the caller asks for somebody else."""


def ensure_given(**texts: str) -> None:
    """Raise ReasonMissing for the first of ``texts`` that is empty."""
    for what, text in texts.items():
        if not text.strip():
            raise ReasonMissing(what)
