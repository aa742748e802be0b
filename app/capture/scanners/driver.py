"""What a driver is to the helper process that runs it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from threading import Event
from typing import Protocol

from app.services.ports.scanning import ScannedPage, ScannerInfo, ScanWish


@dataclass
class Progress:
    """How far a scan is; the driver writes it, another thread tells it to the window's process."""

    page: int = 1
    percent: int = 0
    moves: int = 0
    """Grows with everything that the scanner gives; while it stands still nothing comes."""
    stop: Event = field(default_factory=Event)
    """Set when nobody wants the rest of the scan."""

    def move(self, percent: int | None = None) -> None:
        """Take note that something came, and how far the page is where that is known."""
        self.moves += 1
        if percent is not None:
            self.percent = max(0, min(percent, 99))

    def turn_to(self, page: int) -> None:
        """Take note that the next page is waited for."""
        self.page, self.percent = page, 0
        self.moves += 1


class Job(Protocol):
    """One scan that has begun."""

    def next_page(self) -> ScannedPage | None:
        """Feed and read one page; None when there are no more. ScannerFault says why it stopped."""
        ...

    def cancel(self) -> None:
        """Make ``next_page`` end soon; called from another thread, once ``Progress.stop`` is set."""
        ...

    def end(self) -> None:
        """Let the scanner go. Some drivers hang here: what has to be said is said before."""
        ...


class Driver(Protocol):
    """One kind of scanners."""

    def devices(self) -> Iterable[ScannerInfo]:
        """Return the scanners that answer now; their keys are this driver's own."""
        ...

    def begin(self, wish: ScanWish, progress: Progress) -> Job:
        """Open the scanner and set it as wished; ScannerFault."""
        ...
