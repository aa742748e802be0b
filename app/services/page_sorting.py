"""Sorts a stack that was scanned in one go: separator sheets say which material the pages behind them belong to.

Only decides; where pages are kept is told elsewhere. No page is lost: whatever cannot be placed stays where it was
scanned, and separators that name nothing here are told.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.application import Page, PageRemark
from app.domain.separators import CaseSeparator, MaterialSeparator, Separator, read_separator


@dataclass(slots=True)
class Pile:
    """The pages behind one separator, or before the first one."""

    case: str = ""
    """Number of the case whose sheet came last, empty for where the stack was scanned."""
    separator: Separator | None = None
    sheets: list[Page] = field(default_factory=list)
    """The separator and its blank back."""
    pages: list[Page] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sorting:
    """Where the pages of a stack belong."""

    stays: tuple[Page, ...]
    """What stood before the first separator, or behind one that names nothing here; in order, with that separator."""
    materials: Mapping[str, tuple[Page, ...]]
    """By the material's code; a material that is named twice gets the pages behind both."""
    dropped: tuple[Page, ...]
    """Separators, and their blank backs."""
    others: tuple[Page, ...]
    """What belongs to other cases, each with its sheet, in order."""
    strange: tuple[Page, ...]
    """Separators of another item, or of a material that it does not have; told to the clerk."""


def piles_of(pages: Sequence[Page]) -> tuple[Pile, ...]:
    """Return the piles of a stack in order; a material's sheet behind a case's belongs to that case.

    A separator's other side goes with it when it is blank.
    """
    piles = [Pile()]
    for position, page in enumerate(pages):
        before = pages[position - 1] if position else None
        if separator := separator_on(page):
            sheets = [page]
            if before is not None and page.is_back and not before.is_back and _is_blank(before):
                sheets.insert(0, piles[-1].pages.pop())  # fed upside down
            case = separator.number if isinstance(separator, CaseSeparator) else piles[-1].case
            piles.append(Pile(case, separator, sheets))
        elif before is not None and page.is_back and _is_blank(page) and separator_on(before):
            piles[-1].sheets.append(page)
        else:
            piles[-1].pages.append(page)
    return tuple(piles)


def sort_pages(pages: Sequence[Page], item: str, materials: Collection[str], *, case: str = "") -> Sorting:
    """Return where ``pages`` belong in a draft or case of ``item``.

    A sheet of ``case`` itself sends what is behind it back to where it was scanned. A separator at the very end stays
    with the pages: nothing is behind it yet.
    """
    piles = piles_of(pages)
    stays: list[Page] = []
    placed: dict[str, list[Page]] = {}
    dropped: list[Page] = []
    others: list[Page] = []
    strange: list[Page] = []
    for pile in piles:
        is_own = pile.case in {"", case}
        match pile.separator:
            case _ if pile is piles[-1] and not pile.pages:
                stays += pile.sheets
            case MaterialSeparator(of, material) if is_own and of == item and material in materials:
                placed.setdefault(material, []).extend(pile.pages)
                dropped += pile.sheets
            case None | CaseSeparator() if is_own:
                stays += pile.pages
                dropped += pile.sheets
            case _ if not is_own:
                others += (*pile.sheets, *pile.pages)
            case _:
                stays += (*pile.sheets, *pile.pages)
                strange += pile.sheets
    found = {material: tuple(its) for material, its in placed.items() if its}
    return Sorting(tuple(stays), found, tuple(dropped), tuple(others), tuple(strange))


def separator_on(page: Page) -> Separator | None:
    """Return the separator that a page is; a page with two different ones, such as a photo of a stack, is none."""
    found = {separator for code in page.codes if (separator := read_separator(code))}
    return found.pop() if len(found) == 1 else None


def _is_blank(page: Page) -> bool:
    return PageRemark.BLANK in page.remarks and separator_on(page) is None
