"""Many short texts in one string, so that a single scan finds which of them hold what was typed.

A text comes as a reading, one syllable a character, so that a hit tells which characters were meant, and begins where
a character begins: ``zhu`` is found in 居住 (ju zhu), ``hu`` is not.
"""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from enum import Enum

Reading = tuple[str, ...]
"""One syllable in lower case for each character of a text; other characters stand for themselves."""

END = "\n"
NOWHERE = 0xFFFF
"""Stands between texts, where no character is; texts are far shorter."""

Span = tuple[int, int]


class Fit(Enum):
    """Which part of a text has to be what was typed; the value is what is put before and behind it."""

    WHOLE = (END, END)
    START = (END, "")
    ANYWHERE = ("", "")


class Pile:
    """Texts, each with the number of its owner; the texts of one owner come one after the other."""

    def __init__(self, texts: Iterable[tuple[int, Reading]]) -> None:
        self._owners: list[int] = []
        self._starts: list[int] = []
        self._places = array("H", [NOWHERE])
        parts = [END]
        for owner, reading in texts:
            self._begin(owner)
            parts += (*reading, END)
            for place, syllable in enumerate(reading):
                self._places.extend([place] * len(syllable))
            self._places.append(NOWHERE)
        self._joined = "".join(parts)
        self._starts.append(len(self._joined))

    def _begin(self, owner: int) -> None:
        if not self._owners or self._owners[-1] != owner:
            self._owners.append(owner)
            self._starts.append(len(self._places))

    def find(self, typed: str, fit: Fit) -> Iterator[tuple[int, Span]]:
        """Yield every owner that has a hit, with the characters (start, end) of the first one."""
        before, behind = fit.value
        needle = f"{before}{typed}{behind}"
        found = self._joined.find(needle)
        while found >= 0:
            first = found + len(before)
            place = self._places[first]
            if place == self._places[first - 1]:
                found = self._joined.find(needle, found + 1)
                continue
            number = bisect_right(self._starts, first) - 1
            yield self._owners[number], (place, self._places[first + len(typed) - 1] + 1)
            found = self._joined.find(needle, self._starts[number + 1] - len(END))
