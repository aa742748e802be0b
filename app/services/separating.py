"""Separator sheets (分隔页): printed once for the materials of an item or for a case.

Where the pages behind them belong is decided in ``page_sorting``.
"""

from collections.abc import Callable
from datetime import datetime

from app.domain.catalogue import ServiceItem
from app.domain.clock import CHINA
from app.domain.numbering import grouped
from app.domain.operators import Operator
from app.domain.paper import Paper, PaperKind
from app.domain.separators import CaseSeparator, MaterialSeparator, Separator, written
from app.domain.station import Station
from app.services.paper_words import long_date
from app.services.ports import PaperMaker

ANYTHING = "本办件的材料"


class SeparatingService:
    """Makes separator sheets."""

    def __init__(self, now: Callable[[], datetime], station: Station, maker: PaperMaker) -> None:
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
