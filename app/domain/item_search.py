"""Finding catalogue items by whatever a clerk types: any part of a name, pinyin, a code, a colloquial word.

Readings come in as data, one syllable a character; making them is the job of ``app.definitions``.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum

from app.domain.catalogue import ServiceItem

LONGEST_QUERY = 60
SHORTEST_CODE = 3
_LETTERS = re.compile(r"[a-z]+")
_CODE = re.compile(r"[0-9A-Z-]+")

Reading = tuple[str, ...]
"""One syllable in lower case for each character of a text; other characters stand for themselves."""


class Rank(IntEnum):
    """How well an item fits what was typed, best first."""

    EXACT = 0
    PREFIX = 1
    INSIDE = 2
    KEYWORD = 3
    DEPARTMENT = 4


@dataclass(frozen=True, slots=True)
class ItemHit:
    """An item that was found, and which part of its title fits (start, end), if any."""

    item: ServiceItem
    rank: Rank
    matched: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class IndexedItem:
    """An item with the readings of its title."""

    item: ServiceItem
    readings: tuple[Reading, ...]

    def find(self, typed: str) -> ItemHit | None:
        """Return how the item fits ``typed``, None when it does not."""
        return self._in_title(typed) or self._in_readings(typed) or self._in_code(typed) or self._elsewhere(typed)

    def _in_title(self, typed: str) -> ItemHit | None:
        title = self.item.title
        start = title.lower().find(typed.lower())
        if start < 0:
            return None
        exact = typed in {title, self.item.name}
        return ItemHit(self.item, _rank(start, exact=exact), (start, start + len(typed)))

    def _in_readings(self, typed: str) -> ItemHit | None:
        letters = typed.lower().replace(" ", "").replace("'", "")
        if not _LETTERS.fullmatch(letters):
            return None
        places = (place for reading in self.readings if (place := find_letters(reading, letters)))
        best = min(places, default=None)
        if best is None:
            return None
        exact = best == (0, len(self.item.name))
        return ItemHit(self.item, _rank(best[0], exact=exact), best)

    def _in_code(self, typed: str) -> ItemHit | None:
        code = typed.upper()
        if len(code) < SHORTEST_CODE or not _CODE.fullmatch(code) or code not in self.item.code:
            return None
        return ItemHit(self.item, _rank(self.item.code.find(code), exact=code == self.item.code))

    def _elsewhere(self, typed: str) -> ItemHit | None:
        if any(typed in keyword for keyword in self.item.keywords):
            return ItemHit(self.item, Rank.KEYWORD)
        return ItemHit(self.item, Rank.DEPARTMENT) if typed in self.item.department else None


class ItemIndex:
    """All items of a catalogue, ready to be searched."""

    def __init__(self, items: Iterable[IndexedItem]) -> None:
        self._items = tuple(items)

    def search(self, text: str, uses: Mapping[str, int], limit: int) -> list[ItemHit]:
        """Return the best ``limit`` items: by fit, openable ones first, then the frequently used, immediate first."""
        typed = text.strip()[:LONGEST_QUERY]
        if not typed:
            return []
        hits = [hit for indexed in self._items if (hit := indexed.find(typed))]
        hits.sort(key=lambda hit: _order(hit, uses))
        return hits[:limit]


def find_letters(reading: Reading, letters: str) -> tuple[int, int] | None:
    """Return the characters (start, end) that ``letters`` spells: initials, syllables, or a mixture (juzz, jzzm)."""
    for start in range(len(reading)):
        end = _spelled(reading, start, letters)
        if end:
            return start, end
    return None


def _spelled(reading: Reading, start: int, letters: str) -> int:
    """Return the end of the characters from ``start`` that ``letters`` spells, 0 when it does not."""
    ends = {(start, 0)}
    while ends:
        position, used = ends.pop()
        if used == len(letters):
            return position
        if position < len(reading):
            ends |= {(position + 1, used + n) for n in _eaten(reading[position], letters[used:])}
    return 0


def _eaten(syllable: str, letters: str) -> set[int]:
    """Return how many letters a syllable can take: its initial, the whole, or as much as has been typed of it."""
    ways = {1} if letters[0] == syllable[0] else set()
    if letters.startswith(syllable):
        ways.add(len(syllable))
    elif syllable.startswith(letters):
        ways.add(len(letters))
    return ways


def _rank(start: int, *, exact: bool) -> Rank:
    if exact:
        return Rank.EXACT
    return Rank.PREFIX if start == 0 else Rank.INSIDE


def _order(hit: ItemHit, uses: Mapping[str, int]) -> tuple[int, bool, int, bool, str]:
    item = hit.item
    return hit.rank, not item.can_be_opened, -uses.get(item.code, 0), not item.is_immediate, item.title
