"""A scanner whose feeder is laid with pages and troubles, and a cleaner that says what it is told to say."""

from app.services.errors import ScannerFault, ScannerTrouble
from app.services.ports.page_cleaning import CleanPage
from app.services.ports.scanning import Colours, Feeding, ScannedPage, ScannerInfo
from app.services.progress import silent

FLATBED = ScannerInfo(
    "fake:0", "Fictitious 100", (Feeding.FLATBED, Feeding.FEEDER), tuple(Colours), (200, 300), (216, 297)
)


class FakeScanner:
    """Implements ``Scanner``; ``feeder`` holds bytes of pages and troubles, in order."""

    def __init__(self, feeder=(), devices=(FLATBED,)):
        self.feeder = list(feeder)
        self.found = list(devices)
        self.wishes = []

    def devices(self):
        if isinstance(self.found, Exception):
            raise self.found
        return self.found

    def scan(self, wish, keep, tell=silent):
        self.wishes.append(wish)
        if wish.scanner not in {device.key for device in self.found}:
            raise ScannerFault(ScannerTrouble.GONE)
        if not self.feeder:
            raise ScannerFault(ScannerTrouble.NO_PAPER)
        kept = 0
        while self.feeder:
            sheet = self.feeder.pop(0)
            if not isinstance(sheet, bytes):
                raise ScannerFault(sheet, kept)
            tell(kept + 1, 45)
            keep(ScannedPage(sheet, "image/png", wish.dpi))
            kept += 1
            if wish.feeding is Feeding.FLATBED:
                break
        return kept

    def close(self):
        """Hold no process."""


class FakeCleaner:
    """Implements ``PageCleaner``; ``found`` says by the bytes of a page what is found on it."""

    def __init__(self, found=None):
        self.found = found or {}
        self.asked = []

    def clean(self, data, *, colours=None, corners=None):
        self.asked.append((data, colours, corners))
        remarks, codes = self.found.get(data, (frozenset(), ()))
        made = data + b" clean " + (colours or Colours.GREY).encode()
        return CleanPage(made, "image/jpeg", colours or Colours.GREY, frozenset(remarks), corners, tuple(codes))

    def close(self):
        """Hold no process."""
