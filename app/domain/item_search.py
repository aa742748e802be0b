"""Finding catalogue items by whatever a clerk types: any part of a name, pinyin, a code, a colloquial word.

Readings come in as data; making them is the job of ``app.definitions``.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from heapq import nsmallest

from app.domain.catalogue import ServiceItem
from app.domain.pile import Fit, Pile, Reading, Span

LONGEST_QUERY = 60
SHORTEST_CODE = 3
_LETTERS = re.compile(r"[a-z][a-z' ]*")
_CODE = re.compile(r"[0-9a-z-]+")


class Rank(IntEnum):
    """How well an item fits what was typed, best first."""

    EXACT = 0
    """The whole name, title or code."""
    PREFIX = 1
    """The beginning of one of them."""
    KEYWORD = 2
    """A whole keyword."""
    INSIDE = 3
    """Some part of title or code."""
    NEAR = 4
    """Some part of a keyword."""
    DEPARTMENT = 5
    """Some part of the department's name."""


_FITS = {
    Rank.EXACT: Fit.WHOLE,
    Rank.PREFIX: Fit.START,
    Rank.KEYWORD: Fit.WHOLE,
    Rank.INSIDE: Fit.ANYWHERE,
    Rank.NEAR: Fit.ANYWHERE,
    Rank.DEPARTMENT: Fit.ANYWHERE,
}
_IN_TITLE = {Rank.EXACT, Rank.PREFIX, Rank.INSIDE}


@dataclass(frozen=True, slots=True)
class ItemHit:
    """An item that was found, and which part of its title fits (start, end), if any."""

    item: ServiceItem
    rank: Rank
    matched: Span | None = None


@dataclass(frozen=True, slots=True)
class IndexedItem:
    """An item with the readings of its title and of its keywords."""

    item: ServiceItem
    title: tuple[Reading, ...]
    keywords: tuple[Reading, ...] = ()


class ItemIndex:
    """All items of a catalogue, ready to be searched."""

    def __init__(self, items: Iterable[IndexedItem]) -> None:
        # In this order stand items that fit equally well: immediate ones first, then by title.
        ordered = sorted(items, key=lambda one: (not one.item.is_immediate, one.item.title))
        self._items = [one.item for one in ordered]
        self._texts = _texts(self._items)
        self._spellings = _spellings(ordered)

    def search(self, text: str, uses: Mapping[str, int], limit: int) -> list[ItemHit]:
        """Return the best ``limit`` items: by fit, openable ones first, then the frequently used, immediate first."""
        typed = " ".join(text.lower().split())[:LONGEST_QUERY]
        if not typed or limit < 1:
            return []
        hits: list[ItemHit] = []
        seen: set[int] = set()
        for rank in Rank:
            found = {number: matched for number, matched in self._find(typed, rank) if number not in seen}
            best = nsmallest(limit - len(hits), found, key=lambda number: self._order(number, uses))
            hits += [ItemHit(self._items[number], rank, found[number]) for number in best]
            if len(hits) == limit:
                break
            seen.update(found)
        return hits

    def _find(self, typed: str, rank: Rank) -> Iterator[tuple[int, Span | None]]:
        if _LETTERS.fullmatch(typed):
            return self._spellings.find(re.sub("[' ]", "", typed), rank)
        return self._texts.find(typed, rank)

    def _order(self, number: int, uses: Mapping[str, int]) -> tuple[bool, int, int]:
        item = self._items[number]
        return not item.can_be_opened, -uses.get(item.code, 0), number


@dataclass(frozen=True, slots=True)
class _Piles:
    """Everything that one way of typing is looked for in."""

    titles: tuple[Pile, ...]
    keywords: tuple[Pile, ...]
    codes: tuple[Pile, ...] = ()
    departments: tuple[Pile, ...] = ()

    def find(self, typed: str, rank: Rank) -> Iterator[tuple[int, Span | None]]:
        """Yield the numbers of items that fit as ``rank`` says, or better, with the part of the title."""
        if rank in _IN_TITLE:
            for pile in self.titles:
                yield from pile.find(typed, _FITS[rank])
        for pile in self._others(typed, rank):
            for number, _ in pile.find(typed, _FITS[rank]):
                yield number, None

    def _others(self, typed: str, rank: Rank) -> tuple[Pile, ...]:
        if rank in _IN_TITLE:
            is_code = len(typed) >= SHORTEST_CODE and _CODE.fullmatch(typed)
            return self.codes if is_code else ()
        return self.departments if rank is Rank.DEPARTMENT else self.keywords


def _texts(items: list[ServiceItem]) -> _Piles:
    return _Piles(
        titles=(Pile((n, _as_read(text)) for n, item in enumerate(items) for text in {item.title, item.name}),),
        keywords=(Pile((n, _as_read(word)) for n, item in enumerate(items) for word in item.keywords),),
        codes=(Pile((n, _as_read(item.code)) for n, item in enumerate(items)),),
        departments=(Pile((n, _as_read(item.department)) for n, item in enumerate(items)),),
    )


def _spellings(items: list[IndexedItem]) -> _Piles:
    titles = [
        (n, reading)
        for n, one in enumerate(items)
        for whole in one.title
        for reading in dict.fromkeys((whole, whole[: len(one.item.name)]))
    ]
    keywords = [(n, reading) for n, one in enumerate(items) for reading in one.keywords]
    return _Piles(
        titles=(Pile(_initials(titles)), Pile(titles)),
        keywords=(Pile(_initials(keywords)), Pile(keywords)),
    )


def _as_read(text: str) -> Reading:
    return tuple(character.lower() for character in text)


def _initials(readings: list[tuple[int, Reading]]) -> Iterable[tuple[int, Reading]]:
    """Return the initials of every reading, equal ones once."""
    return dict.fromkeys((n, tuple(syllable[0] for syllable in reading)) for n, reading in readings)
