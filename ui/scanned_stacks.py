"""Stacks that were scanned in one go, until all their pages are read and they can be sorted by separator sheets. Qt-free.

What a separator says and where each page belongs is decided in ``page_sorting``; this waits for codes, and moves pages
within what was handed in.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from app.domain.application import HandedIn, Page, PageRemark, TakenHow
from app.domain.separators import read_separator
from app.services.kept_pages import PagePlace
from app.services.page_sorting import ReadPage, Sorting
from app.services.scanning import Cleaned


@dataclass(slots=True)
class Stack:
    """The pages of one scan in order, as they came, by identity; a scan that went on after an error adds to the same stack."""

    place: PagePlace
    both_sides: bool
    pages: dict[str, ReadPage] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    is_running: bool = True
    is_broken: bool = False

    @property
    def is_read(self) -> bool:
        """Tell whether everything came and was read."""
        return not (self.is_running or self.unread)

    @property
    def has_separator(self) -> bool:
        """Tell whether there is anything to sort by."""
        return any(read_separator(code) for read in self.pages.values() for code in read.codes)


class Stacks:
    """All that are on their way; the last one is remembered, because a scan may go on."""

    def __init__(self) -> None:
        self._last: Stack | None = None
        self._waiting: list[Stack] = []

    def begin(self, place: PagePlace, *, both_sides: bool) -> None:
        """Begin a stack, or go on with the last one where that was broken off at the same place."""
        last = self._last
        if last is not None and last.is_broken and last.place == place:
            is_even = len(last.pages) % 2 == 0
            last.both_sides, last.is_running, last.is_broken = both_sides and last.both_sides and is_even, True, False
        else:
            last = self._last = Stack(place, both_sides)
        if last not in self._waiting:
            self._waiting.append(last)

    def came(self, page: Page) -> None:
        """Add a page to the stack that is scanned."""
        if self._last is not None:
            self._last.pages[page.identity] = ReadPage(page)
            self._last.unread.add(page.identity)

    def ended(self, *, is_broken: bool) -> None:
        """Take note that the scan is over; ``is_broken`` when an error ended it."""
        if self._last is not None:
            self._last.is_running, self._last.is_broken = False, is_broken

    def read(self, page: Page, cleaned: Cleaned | None) -> None:
        """Take note of what was found on a page; nothing where it could not be read."""
        for stack in self._waiting:
            if page.identity in stack.unread:
                stack.unread.discard(page.identity)
                if cleaned is not None:
                    codes = tuple(code.text for code in cleaned.codes)
                    stack.pages[page.identity] = ReadPage(page, codes, PageRemark.BLANK in cleaned.remarks)
        self._waiting = [one for one in self._waiting if not one.is_read or one.has_separator]

    def take(self, draft: str) -> Stack | None:
        """Return a stack of a draft that can be sorted now, once; None for none."""
        for stack in self._waiting:
            if stack.place.draft == draft and stack.is_read and stack.has_separator:
                self._waiting.remove(stack)
                return stack
        return None


def sorted_in(handed: Mapping[str, HandedIn], scanned: str, sorting: Sorting) -> dict[str, HandedIn]:
    """Return by material what changes when the pages of ``scanned`` go where ``sorting`` says.

    Pages that are not there any more are left alone.
    """
    there = handed.get(scanned, HandedIn())
    here = {page.identity: page for page in there.pages}
    away = {page.identity for page in sorting.dropped}
    changed: dict[str, HandedIn] = {}
    for material, pile in sorting.materials.items():
        moved = [here[page.identity] for page in pile if page.identity in here]
        if material == scanned or not moved:
            continue
        away |= {page.identity for page in moved}
        before = handed.get(material, HandedIn())
        changed[material] = replace(before, pages=(*before.pages, *moved), how=TakenHow.SCAN)
    left = tuple(page for page in there.pages if page.identity not in away)
    if left != there.pages:
        changed[scanned] = replace(there, pages=left).still_checked()
    return changed


def put_together(
    now: Mapping[str, HandedIn], before: Mapping[str, HandedIn], scanned: str, materials: Mapping[str, HandedIn]
) -> dict[str, HandedIn]:
    """Return by material what changes when a sorting is undone: pages go back to ``scanned`` as they were ``before``.

    ``materials`` is what the sorting made. Pages that were deleted since stay away, those that came since stay there.
    """
    were = before.get(scanned, HandedIn()).pages
    moved_to = [material for material in materials if material != scanned]
    still = {page.identity: page for code in (scanned, *moved_to) for page in now.get(code, HandedIn()).pages}
    sorted_pages = {page.identity for one in materials.values() for page in one.pages}
    back = [
        still.get(page.identity, page) for page in were if page.identity in still or page.identity not in sorted_pages
    ]
    mine = {page.identity for page in were}
    changed = {}
    for material in moved_to:
        there = now.get(material, HandedIn())
        pages = tuple(page for page in there.pages if page.identity not in mine)
        how = before.get(material, HandedIn()).how
        changed[material] = replace(there, pages=pages, how=how).still_checked()
    there = now.get(scanned, HandedIn())
    came = [page for page in there.pages if page.identity not in mine]
    changed[scanned] = replace(there, pages=(*back, *came))
    return changed
