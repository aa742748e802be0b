"""A scanner with papers in its feeder, for the demonstration: slow enough to be watched, never out of paper.

It stands beside the scanners of this PC, where there are any: who looks at the demonstration may try their own.
"""

import io
import time
from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING

from app.pretended.papers import papers
from app.services.errors import ScannerFault, ScannerTrouble
from app.services.ports import Colours, Feeding, Keep, ScannedPage, Scanner, ScannerInfo, ScanWish
from app.services.progress import Tell, silent

if TYPE_CHECKING:
    from PIL.Image import Image

KEY = "pretended:scanner"
QUALITY = 80
STEPS = 5
"""Of a page, of which ``tell`` hears."""
INFO = ScannerInfo(
    KEY, "演示扫描仪", (Feeding.FLATBED, Feeding.FEEDER), (Colours.COLOUR, Colours.GREY), (200,), (216, 297)
)


class PretendedScanner:
    """Implements ``Scanner``; its flatbed has the next paper each time, its feeder all that are left, then all again."""

    def __init__(self, beside: Scanner | None = None, page_s: float = 1.2) -> None:
        """Take the scanners of this PC, and how long a page takes."""
        self._beside = beside
        self._page_s = page_s
        self._turn = Lock()
        self._next = 0

    def devices(self) -> Sequence[ScannerInfo]:
        """Return this one behind the others."""
        return [*(self._beside.devices() if self._beside else ()), INFO]

    def scan(self, wish: ScanWish, keep: Keep, tell: Tell = silent) -> int:
        """Scan one paper or all of them."""
        if wish.scanner != KEY:
            if self._beside is None:
                raise ScannerFault(ScannerTrouble.GONE)
            return self._beside.scan(wish, keep, tell)
        with self._turn:
            pictures = self._laid(wish.feeding)
            for number, picture in enumerate(pictures, start=1):
                for step in range(STEPS):
                    tell(number, step * 100 // STEPS)
                    time.sleep(self._page_s / STEPS)
                shown = picture.convert("L") if wish.colours is Colours.GREY else picture
                data = io.BytesIO()
                shown.save(data, "JPEG", quality=QUALITY)
                keep(ScannedPage(data.getvalue(), "image/jpeg", wish.dpi))
            return len(pictures)

    def _laid(self, feeding: Feeding) -> "list[Image]":
        """Return what is scanned next."""
        every = papers()
        begin = self._next
        end = begin + 1 if feeding is Feeding.FLATBED else len(every)
        self._next = end % len(every)
        return every[begin:end]

    def close(self) -> None:
        """End what is beside it."""
        if self._beside:
            self._beside.close()
