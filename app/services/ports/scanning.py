"""What the services need of scanners."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from app.services.progress import Tell, silent


class Feeding(StrEnum):
    """Where a scanner takes its sheets from."""

    FLATBED = "flatbed"
    FEEDER = "feeder"
    BOTH_SIDES = "both_sides"
    """The feeder, both sides of each sheet; the front comes first."""


class Colours(StrEnum):
    """What a page image is made of."""

    COLOUR = "colour"
    GREY = "grey"
    BLACK_AND_WHITE = "black_and_white"


class SheetSize(StrEnum):
    """The area that is scanned; a scanner that is smaller scans as much as it can."""

    A3 = "a3"
    A4 = "a4"
    A5 = "a5"
    CARD = "card"
    """An identity card, 85.6 by 54 mm, with a margin."""
    WHOLE = "whole"
    """All that the scanner can reach."""


@dataclass(frozen=True, slots=True)
class ScannerInfo:
    """A scanner as the system names it, and what it can do."""

    key: str
    """Stays the same from one start to the next as long as the device is connected in the same way."""
    name: str
    """As a clerk reads it: maker and model."""
    feedings: tuple[Feeding, ...]
    colours: tuple[Colours, ...]
    resolutions: tuple[int, ...]
    """In dpi, ascending; never empty."""
    largest_mm: tuple[int, int]
    """Width and height of the largest area."""
    is_local: bool = False
    """Whether it surely hangs on this PC; False for one of the network, and where nobody knows."""


@dataclass(frozen=True, slots=True)
class ScanWish:
    """What shall be scanned and how; what the scanner lacks is replaced by the nearest that it has."""

    scanner: str
    """Key of the scanner."""
    feeding: Feeding = Feeding.FLATBED
    colours: Colours = Colours.COLOUR
    dpi: int = 300
    size: SheetSize = SheetSize.A4


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """One page as the scanner gave it, a JPEG or, black and white, a PNG."""

    data: bytes
    media_type: str
    dpi: int
    """0 where nobody knows, as with a camera."""


Keep = Callable[[ScannedPage], None]
"""Makes a page durable; the next sheet is not fed before it has returned. What it raises ends the scan."""


class Scanner(Protocol):
    """All scanners of this PC and its network. Slow: never called on the window's thread."""

    def devices(self) -> Sequence[ScannerInfo]:
        """Return the scanners that answer now; ScannerFault when no driver can be asked at all."""
        ...

    def scan(self, wish: ScanWish, keep: Keep, tell: Tell = silent) -> int:
        """Scan one page from the flatbed or all sheets of the feeder; return how many pages were kept.

        ``tell`` hears the page's number (from 1) and per cent of it, about four times a second, also while the scanner
        gives nothing; whatever it raises stops the scan in the middle of the page. Pages that were kept stay kept
        whatever happens. ScannerFault says by its kind what to do, and how many pages were kept.
        """
        ...

    def close(self) -> None:
        """End the processes of the drivers."""
        ...
