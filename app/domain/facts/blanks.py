"""Facts of pre-numbered blank forms (空白凭证); what they make of a blank is told in ``app.domain.blanks``.

``form`` is what the blank form is called, as templates name it; a run of numbers goes from ``first`` to ``last``, both
included. None of them belongs to a case: they are the window's own.
"""

from dataclasses import dataclass

from app.domain.facts.base import Fact


@dataclass(frozen=True, slots=True)
class BlanksReceived(Fact):
    """Blank forms were received (领用) from ``source``."""

    form: str
    first: str
    last: str
    source: str


@dataclass(frozen=True, slots=True)
class BlankUsed(Fact):
    """A paper was printed onto a blank form (使用)."""

    form: str
    number: str
    paper_number: str


@dataclass(frozen=True, slots=True)
class BlanksSpoiled(Fact):
    """Blank forms are void (作废): misprinted, damaged, lost or missing. ``approved_by`` is the second person's login.

    ``paper_number`` is the paper that was printed on it, empty where nothing was.
    """

    form: str
    first: str
    last: str
    reason: str
    approved_by: str
    paper_number: str = ""


@dataclass(frozen=True, slots=True)
class BlanksRestored(Fact):
    """Blank forms that were said to be void are good after all and lie at the counter."""

    form: str
    first: str
    last: str
    reason: str
    approved_by: str


@dataclass(frozen=True, slots=True)
class BlanksGivenBack(Fact):
    """Unused blank forms left the counter (退回), or never were there because their numbers were written down wrong."""

    form: str
    first: str
    last: str
    reason: str
    approved_by: str
