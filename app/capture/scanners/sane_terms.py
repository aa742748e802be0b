"""The words of SANE: statuses, kinds of values and of frames, and what a device, an option and a frame are.

What the library says in structures of C is made into these in ``sane_library``, what they mean to a clerk is in ``sane_options``.
"""

from dataclasses import dataclass
from enum import IntEnum

from app.services.errors import ScannerFault, ScannerTrouble

OF_NETWORK = ("net", "airscan", "escl")
"""Drivers that name devices as the network does."""
AT_THIS_PC = ("libusb:", "/usb/", "bus")
"""How the other drivers begin where they found a device at USB."""
BETWEEN = "|"
"""Between name and title of a device in its key."""


class Status(IntEnum):
    """What a call may answer (SANE_Status)."""

    GOOD = 0
    UNSUPPORTED = 1
    CANCELLED = 2
    DEVICE_BUSY = 3
    INVALID = 4
    END_OF_FILE = 5
    JAMMED = 6
    NO_DOCUMENTS = 7
    COVER_OPEN = 8
    IO_ERROR = 9
    NO_MEMORY = 10
    ACCESS_DENIED = 11
    WARMING_UP = 12
    LOCKED = 13
    """The lamp's or the carriage's lock for transport is on; only drivers of some distributions say so."""


TROUBLES = {
    Status.DEVICE_BUSY: ScannerTrouble.BUSY,
    Status.JAMMED: ScannerTrouble.JAM,
    Status.NO_DOCUMENTS: ScannerTrouble.NO_PAPER,
    Status.COVER_OPEN: ScannerTrouble.COVER_OPEN,
    Status.NO_MEMORY: ScannerTrouble.MEMORY,
    Status.ACCESS_DENIED: ScannerTrouble.DENIED,
    Status.WARMING_UP: ScannerTrouble.BUSY,
}
"""Every other status is the driver's trouble."""


def ensure(status: int) -> None:
    """Raise the ScannerFault that a status stands for, unless it is good."""
    if status != Status.GOOD:
        known = Status(status) if status in list(Status) else Status.UNSUPPORTED
        raise ScannerFault(TROUBLES.get(known, ScannerTrouble.DRIVER))


class ValueType(IntEnum):
    """What an option holds (SANE_Value_Type)."""

    BOOL = 0
    INT = 1
    FIXED = 2
    STRING = 3
    BUTTON = 4
    GROUP = 5


class Unit(IntEnum):
    """In what an option counts (SANE_Unit), as far as geometry needs it."""

    NONE = 0
    PIXEL = 1
    MILLIMETRE = 3


class Frame(IntEnum):
    """What a frame holds (SANE_Frame); old scanners give a colour at a time."""

    GREY = 0
    RGB = 1
    RED = 2
    GREEN = 3
    BLUE = 4


@dataclass(frozen=True, slots=True)
class Span:
    """What a number may be: from ``lowest`` to ``highest``."""

    lowest: float
    highest: float


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a scanner as it stands now: setting another one may change it."""

    name: str
    index: int
    kind: ValueType
    unit: int
    size: int
    """Of its value, in bytes."""
    can_be_set: bool
    """By software, and now: it is active. Never true of tables of numbers."""
    limits: Span | tuple[float, ...] | tuple[str, ...] | None
    """A span, the values that it may take, or None for any."""


@dataclass(frozen=True, slots=True)
class FrameShape:
    """What the next frame holds, or what the last one held (SANE_Parameters)."""

    frame: int
    is_last: bool
    bytes_a_line: int
    pixels_a_line: int
    lines: int
    """-1 when it is known at the end only."""
    depth: int
    """Bits of a sample: 1, 8 or 16."""


@dataclass(frozen=True, slots=True)
class SaneName:
    """A device as SANE lists it."""

    name: str
    vendor: str
    model: str
    kind: str
    """Such as ``flatbed scanner`` or ``sheetfed scanner``; what drivers put there differs."""

    @property
    def title(self) -> str:
        """Return maker and model, as a clerk reads them."""
        return f"{self.vendor} {self.model}".strip() or self.name

    @property
    def key(self) -> str:
        """Return what the device is found by later, also when its name has changed: see ``SaneLibrary.open``."""
        return f"{self.name}{BETWEEN}{self.title.replace(BETWEEN, ' ')}"

    @property
    def is_local(self) -> bool:
        """Tell whether the driver says that it found the device at this PC; what the network says of itself does not count."""
        driver, _colon, where = self.name.partition(":")
        return driver not in OF_NETWORK and where.startswith(AT_THIS_PC)
