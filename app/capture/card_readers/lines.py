"""Serial ports of this machine: which there are, and an open one.

A port is opened for this program alone, where the system can do that, and with DTR and RTS low: boards of other makes
begin anew when those rise.
"""

import errno
import time
from collections.abc import Sequence
from contextlib import suppress

from app.capture.card_readers.dialogue import LineLost
from app.services.ports import ReaderPort

BAUD = 115_200
WRITE_S = 1.0
SLICE_S = 0.05
"""Set once: pyserial configures the whole port anew for every other timeout."""
MOST_AT_ONCE = 4096


class PortDenied(Exception):
    """The port is there, but this user may not open it."""


class PortBusy(Exception):
    """The port is there, but another program holds it."""


class PortMissing(Exception):
    """There is no such port, or it cannot be opened at all."""


def ports() -> Sequence[ReaderPort]:
    """Return every serial port."""
    return [port for port, _is_usb in _listed()]


def usb_ports() -> Sequence[ReaderPort]:
    """Return the ports of USB devices alone: built-in ones may lead anywhere, and are asked only when chosen."""
    return [port for port, is_usb in _listed() if is_usb]


def _listed() -> list[tuple[ReaderPort, bool]]:
    from serial.tools import list_ports  # noqa: PLC0415  serial is only loaded on the reader's thread

    return [
        (ReaderPort(found.device, found.product or found.description or ""), found.vid is not None)
        for found in list_ports.comports()
    ]


class SerialLine:
    """A serial port at 115,200 baud, 8N1; PortDenied, PortBusy or PortMissing when it cannot be opened."""

    def __init__(self, device: str) -> None:
        import serial  # noqa: PLC0415  see above

        self._port = serial.Serial(baudrate=BAUD, timeout=SLICE_S, write_timeout=WRITE_S, exclusive=True)
        self._port.port = device
        self._port.dtr = self._port.rts = False
        try:
            self._port.open()
        except Exception as error:
            raise _refusal(error) from error

    def write(self, data: bytes) -> None:
        """Send ``data``; LineLost when the port is gone."""
        try:
            self._port.write(data)
        except Exception as error:
            raise LineLost from error

    def read(self, longest_s: float) -> bytes:
        """Return what has come, as soon as something has; LineLost when the port is gone."""
        until = time.monotonic() + longest_s
        try:
            while not (waiting := self._port.in_waiting):
                if time.monotonic() >= until:
                    return b""
                if first := self._port.read(1):
                    return bytes(first + self._port.read(min(self._port.in_waiting, MOST_AT_ONCE)))
            return bytes(self._port.read(min(waiting, MOST_AT_ONCE)))
        except Exception as error:
            raise LineLost from error

    def close(self) -> None:
        """Close the port, also one whose device is gone."""
        with suppress(Exception):
            self._port.close()


def _refusal(error: Exception) -> Exception:
    """Return what an error of opening means.

    Windows says in words alone that access is denied, and says so of a port that another program holds.
    """
    number = getattr(error, "errno", None)
    if number in {errno.EACCES, errno.EPERM}:
        return PortDenied()
    if number in {errno.EAGAIN, errno.EBUSY} or "PermissionError" in str(error):
        return PortBusy()
    return PortMissing()
