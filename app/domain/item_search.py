"""Finding catalogue items by whatever a clerk types: any part of a name, pinyin, a code, a colloquial word.

Readings come in as data, one syllable a character; making them is the job of ``app.definitions``.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from itertools import accumulate

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


class Spelling:
    """One way to spell a text in letters, for finding initials or syllables anywhere in it."""

    def __init__(self, reading: Reading) -> None:
        self._initials = "".join(syllable[:1] for syllable in reading).lower()
        self._letters = "".join(reading).lower()
        lengths = accumulate((len(syllable) for syllable in reading), initial=0)
        self._positions = {start: position for position, start in enumerate(lengths)}

    def find(self, letters: str) -> tuple[int, int] | None:
        """Return the characters (start, end) whose initials or whole syllables begin with ``letters``."""
        start = self._initials.find(letters)
        if start >= 0:
            return start, start + len(letters)
        found = self._letters.find(letters)
        while found >= 0:
            if found in self._positions:
                return self._positions[found], self._position_after(found + len(letters))
            found = self._letters.find(letters, found + 1)
        return None

    def _position_after(self, end: int) -> int:
        while end not in self._positions:
            end += 1
        return self._positions[end]


@dataclass(frozen=True, slots=True)
class IndexedItem:
    """An item with the spellings of its title and of its keywords."""

    item: ServiceItem
    title: tuple[Spelling, ...]
    keywords: tuple[Spelling, ...] = ()

    def find(self, typed: str) -> ItemHit | None:
        """Return how the item fits ``typed``, None when it does not."""
        letters = typed.lower().replace(" ", "").replace("'", "")
        if _LETTERS.fullmatch(letters):
            return self._in_spellings(letters) or self._in_title(typed)
        return self._in_title(typed) or self._in_code(typed) or self._elsewhere(typed)

    def _in_title(self, typed: str) -> ItemHit | None:
        title = self.item.title
        start = title.lower().find(typed.lower())
        if start < 0:
            return None
        exact = typed in {title, self.item.name}
        return ItemHit(self.item, _rank(start, exact=exact), (start, start + len(typed)))

    def _in_spellings(self, letters: str) -> ItemHit | None:
        place = min((place for spelling in self.title if (place := spelling.find(letters))), default=None)
        if place:
            return ItemHit(self.item, _rank(place[0], exact=place == (0, len(self.item.name))), place)
        known = any(spelling.find(letters) for spelling in self.keywords)
        return ItemHit(self.item, Rank.KEYWORD) if known else None

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


def _rank(start: int, *, exact: bool) -> Rank:
    if exact:
        return Rank.EXACT
    return Rank.PREFIX if start == 0 else Rank.INSIDE


def _order(hit: ItemHit, uses: Mapping[str, int]) -> tuple[int, bool, int, bool, str]:
    item = hit.item
    return hit.rank, not item.can_be_opened, -uses.get(item.code, 0), not item.is_immediate, item.title
