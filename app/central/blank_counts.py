"""Counts the pre-numbered blank forms of all stations out of their journals: how many of each form, by what became of them.

It returns counts alone, no number of a blank, no case and no name. What stations say is taken as it stands: whether it
fits the chain and bears their signatures is for the audit to say.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from app.central.connection import Address, Link
from app.central.journals import Journals, Progress
from app.central.remarks import Kept
from app.domain.blanks import BlankState, run
from app.domain.errors import BrokenRule
from app.domain.facts import BlanksGivenBack, BlanksReceived, BlanksRestored, BlanksSpoiled, BlankUsed, Fact
from app.domain.foreign import UNREADABLE, read_foreign
from app.services.ports import BlankCounts, CountedBlanks, Remark, StationBlanks
from app.services.progress import Tell, silent

TELLING = re.compile(rb'"kind":"Blank')
"""Bodies are canonical: without looking so, each of a million would have to be parsed."""
Known = dict[str, dict[str, BlankState]]
"""What became of each number, by form."""


class BlankCounting:
    """Reads at a centre through its administrators' functions; it changes nothing."""

    def __init__(self, address: Address) -> None:
        self._link = Link(address)
        self._journals = Journals(self._link)

    def run(self, only: Iterable[str] = (), tell: Tell = silent) -> CountedBlanks:
        """Count the stations ``only``, or all; ``tell`` hears after every page how far it is, and what it raises ends it."""
        lengths = self._journals.stations()
        wanted = sorted(only) or sorted(lengths)
        read = Progress(tell, sum(lengths.get(station, 0) for station in wanted))
        rows: list[StationBlanks] = []
        remarks: list[Remark] = []
        for station in wanted:
            known: Known = {}
            remarks += self._read(station, known, read)
            rows += [StationBlanks(station, form, _counts(known[form])) for form in sorted(known)]
        return CountedBlanks(tuple(rows), tuple(remarks))

    def close(self) -> None:
        """End the connection."""
        self._link.close()

    def _read(self, station: str, known: Known, read: Progress) -> Iterator[Remark]:
        """Fold a journal into ``known``, and yield which of its entries about blanks cannot be read."""
        refused = self._journals.refused(station)
        for kept in self._journals.entries(station, read):
            if kept.body is None or not TELLING.search(kept.body) or kept.seq >= refused.get(kept.epoch, kept.seq + 1):
                continue
            try:
                _take(known, kept)
            except (*UNREADABLE, BrokenRule):
                yield Remark(station, kept.epoch, kept.seq, "body", "unreadable")


def _take(known: Known, kept: Kept) -> None:
    fact = read_foreign(kept.read() or {})
    if moved := _moved(fact):
        form, first, last, state = moved
        known.setdefault(form, {}).update(dict.fromkeys(run(first, last), state))


def _moved(fact: Fact) -> tuple[str, str, str, BlankState] | None:
    """Return form and run of the blanks that a fact is about, and what became of them; None for any other fact."""
    match fact:
        case BlanksReceived() | BlanksRestored():
            return fact.form, fact.first, fact.last, BlankState.UNUSED
        case BlankUsed():
            return fact.form, fact.number, fact.number, BlankState.USED
        case BlanksSpoiled():
            return fact.form, fact.first, fact.last, BlankState.SPOILED
        case BlanksGivenBack():
            return fact.form, fact.first, fact.last, BlankState.GIVEN_BACK
    return None


def _counts(states: dict[str, BlankState]) -> BlankCounts:
    return BlankCounts(**Counter(state.value for state in states.values()))
