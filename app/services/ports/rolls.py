"""What the services need of receipt printers: short papers on a roll, 58 or 80 mm wide."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from app.services.errors import PrinterTrouble

DOTS_58, DOTS_80 = 384, 576
"""What a head of 203 dpi can print of a roll of 58 mm and one of 80 mm."""


class Look(StrEnum):
    """How a row of a slip looks."""

    PLAIN = "plain"
    CENTRED = "centred"
    TITLE = "title"
    RULE = "rule"
    """A line across; it has no text."""
    CODE = "code"
    """A bar code (Code 128) of the row's digits."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a slip; text that is too long goes on below."""

    text: str
    look: Look = Look.PLAIN


@dataclass(frozen=True, slots=True)
class Bits:
    """A picture of black and white dots, rows from the top, eight dots a byte, the highest bit first; 1 is black."""

    width: int
    """In dots; a multiple of eight."""
    height: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Strip:
    """One line as it goes to the printer: text that the printer draws itself, or a picture of it."""

    text: str
    look: Look = Look.PLAIN
    bits: Bits | None = None


class SlipMaker(Protocol):
    """Sets slips. Safe to call from any thread."""

    def strips(self, rows: Sequence[Row], dots: int, *, types_han: bool) -> tuple[Strip, ...]:
        """Return the lines of a slip on a roll of ``dots``; MissingGlyphs names every character that no font has.

        A line is a picture where the printer's own font lacks a character of it: that is everything beyond ASCII
        unless it ``types_han``, and what GB 2312 lacks where it does.
        """
        ...


@dataclass(frozen=True, slots=True)
class RollPrinter:
    """A receipt printer and what it is like."""

    address: str
    """``tcp:HOST:PORT``, ``serial:DEVICE:BAUD`` or ``usb:DEVICE``."""
    dots: int = DOTS_80
    types_han: bool = True
    """Whether it has Chinese characters of its own (GB 2312)."""


@dataclass(frozen=True, slots=True)
class RollState:
    """What a receipt printer says of itself."""

    trouble: PrinterTrouble | None = None
    is_low: bool = False
    """Whether the roll is near its end."""
    answers: bool = True
    """Whether it says anything at all; one that does not prints blindly."""


class RollPrinters(Protocol):
    """Receipt printers by their address. Safe to call from any thread, one call at a time for one printer."""

    def state(self, printer: RollPrinter) -> RollState:
        """Return how a printer is; PrinterFault when it cannot be reached."""
        ...

    def print(self, printer: RollPrinter, strips: Sequence[Strip]) -> RollState:
        """Print a slip, cut it, and return how the printer is when it has.

        PrinterFault when it does not: then nothing came out or a part, and nothing more will.
        """
        ...
