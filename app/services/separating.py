"""Separator sheets (分隔页): printed once for the materials of an item or for a case, and the sorting of what was scanned.

Which page belongs where is decided in ``page_sorting``; this draws the sheets and moves the pages.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime

from app.domain.application import HandedIn, Page, TakenHow
from app.domain.catalogue import ServiceItem
from app.domain.clock import CHINA
from app.domain.numbering import grouped
from app.domain.operators import Operator
from app.domain.paper import Paper, PaperKind
from app.domain.separators import CaseSeparator, MaterialSeparator, Separator, written
from app.domain.station import Station
from app.services.kept_pages import PagePlace, change_handed_in
from app.services.page_sorting import ReadPage, Sorting, sort_pages
from app.services.paper_words import long_date
from app.services.ports import PaperMaker, Store

ANYTHING = "本办件的材料"


class SeparatingService:
    """Makes separator sheets and sorts stacks by them."""

    def __init__(self, store: Store, now: Callable[[], datetime], station: Station, maker: PaperMaker) -> None:
        self._store = store
        self._now = now
        self._station = station
        self._maker = maker

    def material_sheet(self, item: ServiceItem, material: str, operator: Operator) -> bytes:
        """Return the sheet of one material of ``item`` as a PDF to print; it serves every case of the item."""
        name = next(one.name for one in item.materials if one.code == material)
        return self._sheet(MaterialSeparator(item.code, material), name, item.title, "", operator)

    def case_sheet(self, number: str, item: ServiceItem, operator: Operator) -> bytes:
        """Return the sheet of one case as a PDF to print."""
        return self._sheet(CaseSeparator(number), ANYTHING, item.title, grouped(number), operator)

    def sort(
        self,
        place: PagePlace,
        pages: Sequence[ReadPage],
        item: str,
        materials: Collection[str],
        *,
        both_sides: bool = False,
    ) -> Sorting:
        """Move pages that were scanned into ``place`` to the materials that separators name, in one commit.

        Pages that are not there any more, because somebody deleted or moved them, are left alone. Pages of other cases
        stay where they were scanned and are told. NotFound when draft or form are gone.
        """
        sorting = sort_pages(pages, item, materials, both_sides=both_sides)
        if sorting.is_plain:
            return sorting
        with self._store.write() as uow:
            there: set[str] = set()

            def take_out(before: HandedIn) -> HandedIn:
                there.update(page.identity for page in before.pages)
                away = {page.identity for pile in (sorting.dropped, *sorting.materials.values()) for page in pile}
                return replace(before, pages=tuple(page for page in before.pages if page.identity not in away))

            change_handed_in(uow, place, take_out, self._now())
            for material, pile in sorting.materials.items():
                moved = tuple(page for page in pile if page.identity in there)
                change_handed_in(uow, replace(place, material=material), _with(moved), self._now())
            uow.commit()
        return sorting

    def _sheet(self, separator: Separator, about: str, item: str, number: str, operator: Operator) -> bytes:
        values = {
            "code": written(separator),
            "about": about,
            "item": item,
            "case_number": number,
            "body": self._station.body,
            "issuer": self._station.body,
            "service_point": self._station.service_point,
            "window": self._station.window,
            "window_phone": self._station.phone,
            "clerk": operator.name,
            "date": long_date(self._now().astimezone(CHINA).date()),
        }
        return self._maker.make(Paper(PaperKind.SEPARATOR_SHEET, values, size=self._station.page_size))


def _with(pages: tuple[Page, ...]) -> Callable[[HandedIn], HandedIn]:
    def change(before: HandedIn) -> HandedIn:
        return replace(before, pages=before.pages + pages, how=TakenHow.SCAN) if pages else before

    return change
