"""Sorts a stack that was scanned in one go: separator sheets say which material the pages behind them belong to.

Only decides; where pages are kept is told elsewhere. No page is lost: whatever cannot be placed stays where it was
scanned, and separators that name nothing here are told.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from app.domain.application import Page
from app.domain.separators import CaseSeparator, MaterialSeparator, Separator, read_separator


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page in the order of scanning, with what cleaning found on it."""

    page: Page
    codes: tuple[str, ...] = ()
    is_blank: bool = False


@dataclass(frozen=True, slots=True)
class Sorting:
    """Where the pages of a stack belong."""

    stays: tuple[Page, ...]
    """What stood before the first separator, or behind one that names nothing here; in order, with that separator."""
    materials: Mapping[str, tuple[Page, ...]]
    """By the material's code; a material that is named twice gets the pages behind both."""
    cases: Mapping[str, tuple[Page, ...]]
    """By case number: pages of other cases, which whoever asks has to bring there, or leave where they are."""
    dropped: tuple[Page, ...]
    """Separators, and their blank backs."""
    unknown: tuple[Separator, ...]
    """Separators of another item, or of a material that it does not have; told to the clerk."""

    @property
    def is_plain(self) -> bool:
        """Tell whether there was no separator at all."""
        return not (self.dropped or self.unknown)


def sort_pages(
    pages: Sequence[ReadPage], item: str, materials: Collection[str], *, case: str = "", both_sides: bool = False
) -> Sorting:
    """Return where ``pages`` belong in a draft or case of ``item``.

    With ``both_sides`` two pages in a row are one sheet, and a separator's other side goes with it when it is blank.
    A sheet of ``case`` itself sends what is behind it back to where it was scanned.
    """
    placed = _Placed(item, materials, case)
    for position, read in enumerate(pages):
        separator = _separator_on(read)
        if separator:
            placed.turn_to(separator, read.page)
        elif both_sides and read.is_blank and _has_separator_behind(pages, position):
            placed.dropped.append(read.page)
        else:
            placed.add(read.page)
    return placed.sorting()


def _separator_on(read: ReadPage) -> Separator | None:
    """Return the separator that a page is; a page with two different ones, such as a photo of a stack, is none."""
    found = {separator for code in read.codes if (separator := read_separator(code))}
    return found.pop() if len(found) == 1 else None


def _has_separator_behind(pages: Sequence[ReadPage], position: int) -> bool:
    other = position ^ 1
    return other < len(pages) and _separator_on(pages[other]) is not None


class _Placed:
    """The piles, and the one that the next page goes to."""

    def __init__(self, item: str, materials: Collection[str], case: str) -> None:
        self._item, self._known, self._case = item, materials, case
        self._stays: list[Page] = []
        self._materials: dict[str, list[Page]] = {}
        self._cases: dict[str, list[Page]] = {}
        self._unknown: list[Separator] = []
        self._pile = self._stays
        self.dropped: list[Page] = []

    def turn_to(self, separator: Separator, page: Page) -> None:
        """Let the pages that follow go where ``separator``, which is on ``page``, says."""
        match separator:
            case MaterialSeparator(item, material) if item == self._item and material in self._known:
                self._pile = self._materials.setdefault(material, [])
            case CaseSeparator(number) if number == self._case:
                self._pile = self._stays
            case CaseSeparator(number):
                self._pile = self._cases.setdefault(number, [])
            case _:
                self._unknown.append(separator)
                self._pile = self._stays
                self._stays.append(page)
                return
        self.dropped.append(page)

    def add(self, page: Page) -> None:
        """Put a page on the pile."""
        self._pile.append(page)

    def sorting(self) -> Sorting:
        """Return what was placed; piles that stayed empty are left out."""
        return Sorting(
            tuple(self._stays),
            {material: tuple(pages) for material, pages in self._materials.items() if pages},
            {number: tuple(pages) for number, pages in self._cases.items() if pages},
            tuple(self.dropped),
            tuple(dict.fromkeys(self._unknown)),
        )
