"""Many short texts in one string, so that a single scan finds which of them hold what was typed.

A text comes as a reading, one syllable a character, so that a hit tells which characters were meant, and begins where
a character begins: ``zhu`` is found in 居住 (ju zhu), ``hu`` is not.
"""

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from enum import Enum

Reading = tuple[str, ...]
"""One syllable in lower case for each character of a text; other characters stand for themselves."""

END = "\n"
"""Stands before the first text, between texts and behind the last."""

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
        self._places = array("H", [0])  # for each letter, which character of its text it belongs to
        parts = [END]
        for owner, reading in texts:
            self._begin(owner)
            headed = [_headed(syllable) for syllable in reading]
            parts += (*headed, END)
            for place, syllable in enumerate(headed):
                self._places.extend([place] * len(syllable))
            self._places.append(len(reading))
        self._joined = "".join(parts)
        self._starts.append(len(self._joined))

    def _begin(self, owner: int) -> None:
        if not self._owners or self._owners[-1] != owner:
            self._owners.append(owner)
            self._starts.append(len(self._places))

    def find(self, typed: str, fit: Fit) -> Iterator[tuple[int, Span]]:
        """Yield every owner that has a hit, with the characters (start, end) of the first one."""
        before, behind = fit.value
        needle = re.compile(f"{before}{re.escape(_headed(typed[:1]))}(?i:{re.escape(typed[1:])}){behind}")
        hit = needle.search(self._joined)
        while hit:
            first, last = hit.start() + len(before), hit.end() - len(behind) - 1
            number = bisect_right(self._starts, first) - 1
            yield self._owners[number], (self._places[first], self._places[last] + 1)
            hit = needle.search(self._joined, self._starts[number + 1] - len(END))


def _headed(syllable: str) -> str:
    """Return a syllable with a capital, which tells its beginning from all the letters in the middle of others."""
    return syllable[:1].upper() + syllable[1:]
