"""The work of one scan, on a thread of the runner, and what it says to the window's thread meanwhile. Qt-free."""

from collections import deque
from dataclasses import dataclass, field, replace

from app.domain.application import Page
from app.services.counter import Counter
from app.services.errors import ScannerFault, ScannerTrouble
from app.services.kept_pages import PagePlace
from app.services.ports.scanning import ScanWish
from app.services.scanning import meant
from ui.progress import Stopped


@dataclass(slots=True)
class Work:
    """What the thread that scans says; it is looked at from the window's."""

    kept: deque[Page] = field(default_factory=deque)
    page: int = 1
    percent: int = 0
    is_stopped: bool = False

    def tell(self, page: int, percent: int) -> None:
        """Take note of how far it is; Stopped when it is not wanted any more."""
        if self.is_stopped:
            raise Stopped
        self.page, self.percent = page, percent


def scan_in(counter: Counter, work: Work, place: PagePlace, wish: ScanWish, instead_of: Page | None) -> int:
    """Scan with the scanner that was chosen, else with the one that is meant; on a thread of the runner."""
    if not wish.scanner:
        devices = counter.scanning.devices()
        device = meant(devices)
        if device is None:
            raise ScannerFault(ScannerTrouble.NOT_CHOSEN if devices else ScannerTrouble.NONE_FOUND)
        wish = replace(wish, scanner=device.key)
        counter.devices.keep(scanner=device.key, scanner_name=device.name)
    return counter.scanning.scan(place, wish, work.kept.append, work.tell, instead_of=instead_of)
