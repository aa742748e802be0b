"""Pre-numbered blank forms (空白凭证): which numbers a run has, and what may become of a blank.

A blank is used once. It is void when it was misprinted, damaged, lost or is missing, and that is always said: the next
one is proposed, and whoever takes a later one says what became of those between. Verbs check the rules and return the
fact that follows; the store keeps what the facts so far have made of each blank.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.errors import BlankNotSo, LimitExceeded, NoRun, ensure_given
from app.domain.facts import BlanksGivenBack, BlanksReceived, BlanksRestored, BlanksSpoiled, BlankUsed

MOST_AT_ONCE = 5_000
"""Blanks in one run: a mistyped digit must not make millions."""
LONGEST_NUMBER = 40
_NUMBER = re.compile(r"(.*?)([0-9]{1,15})")


class BlankState(StrEnum):
    """What became of a blank."""

    UNUSED = "unused"
    """结存"""
    USED = "used"
    """使用"""
    SPOILED = "spoiled"
    """作废"""
    GIVEN_BACK = "given_back"
    """退回; it may be received again."""


@dataclass(frozen=True, slots=True)
class Blank:
    """One blank form, as the facts so far tell it."""

    form: str
    number: str
    state: BlankState
    received_at: datetime
    source: str
    changed_at: datetime
    operator: str
    """Login of who said the last of it."""
    paper_number: str = ""
    """The paper that was printed on it last."""
    reason: str = ""
    approved_by: str = ""


def run(first: str, last: str) -> tuple[str, ...]:
    """Return the numbers from ``first`` to ``last``: the same letters in front, as many digits behind.

    NoRun when they are no run, LimitExceeded when it is longer than ``MOST_AT_ONCE``.
    """
    start, end = _NUMBER.fullmatch(first), _NUMBER.fullmatch(last)
    if (
        start is None
        or end is None
        or start[1] != end[1]
        or len(start[2]) != len(end[2])
        or len(first) > LONGEST_NUMBER
    ):
        raise NoRun(first, last)
    low, high = int(start[2]), int(end[2])
    if high < low:
        raise NoRun(first, last)
    if high - low >= MOST_AT_ONCE:
        raise LimitExceeded("blanks", MOST_AT_ONCE)
    return tuple(f"{start[1]}{serial:0{len(start[2])}}" for serial in range(low, high + 1))


def receive(form: str, first: str, last: str, source: str, known: Sequence[Blank]) -> BlanksReceived:
    """Return the fact that blanks were received; ``known`` are those of the run that the ledger has already.

    ReasonMissing, NoRun, LimitExceeded; BlankNotSo names the first that is here or was.
    """
    ensure_given(form=form, source=source)
    run(first, last)
    for blank in known:
        if blank.state is not BlankState.GIVEN_BACK:
            raise BlankNotSo(blank.number, blank.state)
    return BlanksReceived(form.strip(), first, last, source.strip())


def use(form: str, number: str, paper_number: str, blank: Blank | None) -> BlankUsed:
    """Return the fact that a paper is printed onto a blank; BlankNotSo unless it is unused."""
    _ensure(number, blank, BlankState.UNUSED)
    return BlankUsed(form, number, paper_number)


def spoil(
    form: str, first: str, last: str, reason: str, approved_by: str, blanks: Sequence[Blank | None], paper: str = ""
) -> BlanksSpoiled:
    """Return the fact that a run is void, used ones too; ``blanks`` are those of the run, in order. BlankNotSo."""
    ensure_given(reason=reason)
    for number, blank in zip(run(first, last), blanks, strict=True):
        _ensure(number, blank, BlankState.UNUSED, BlankState.USED)
    return BlanksSpoiled(form, first, last, reason.strip(), approved_by, paper)


def restore(
    form: str, first: str, last: str, reason: str, approved_by: str, blanks: Sequence[Blank | None]
) -> BlanksRestored:
    """Return the fact that void blanks are good after all; BlankNotSo when one is not void or something is printed on it."""
    ensure_given(reason=reason)
    for number, blank in zip(run(first, last), blanks, strict=True):
        _ensure(number, blank, BlankState.SPOILED)
        if blank is not None and blank.paper_number:
            raise BlankNotSo(number, BlankState.USED)
    return BlanksRestored(form, first, last, reason.strip(), approved_by)


def give_back(
    form: str, first: str, last: str, reason: str, approved_by: str, blanks: Sequence[Blank | None]
) -> BlanksGivenBack:
    """Return the fact that unused blanks left the counter; BlankNotSo when one is not unused."""
    ensure_given(reason=reason)
    for number, blank in zip(run(first, last), blanks, strict=True):
        _ensure(number, blank, BlankState.UNUSED)
    return BlanksGivenBack(form, first, last, reason.strip(), approved_by)


def tidy_number(typed: str) -> str:
    """Return a blank's number as it is kept: no spaces, letters in capitals."""
    return "".join(typed.split()).upper()


def _ensure(number: str, blank: Blank | None, *states: BlankState) -> None:
    if blank is None or blank.state not in states:
        raise BlankNotSo(number, blank.state if blank else "")
