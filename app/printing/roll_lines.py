"""Lines to receipt printers: the network, a serial port, a device file of USB. What the bytes mean is told in ``rolls``.

python-escpos has connectors of its own; they know no deadline for writing, no IPv6, and log addresses.
"""

import errno
import os
import select
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import serial

from app.services.errors import PrinterFault, PrinterTrouble

CONNECT_S = 3.0
PORT, BAUD = 9100, 9600
CHUNK = 1024
DENIED = {errno.EACCES, errno.EPERM}


class Line(Protocol):
    """An open line; what goes wrong on it is an OSError."""

    def write(self, data: bytes, within_s: float) -> int:
        """Write what the printer takes of ``data`` and return how many bytes; 0 when it took none in that time."""
        ...

    def read(self, within_s: float) -> bytes:
        """Return what came, nothing when nothing did in that time."""
        ...


@contextmanager
def opened(address: str) -> Iterator[Line]:
    """Open the line to ``address`` for a block; every failure, in the block too, is a PrinterFault."""
    try:
        line = _open(address)
    except (OSError, ValueError) as error:
        raise PrinterFault(_trouble(error)) from error
    try:
        yield line
    except OSError as error:
        raise PrinterFault(_trouble(error)) from error
    finally:
        line.close()


def _trouble(error: Exception) -> PrinterTrouble:
    number = error.errno if isinstance(error, OSError) else None
    if number in DENIED:
        return PrinterTrouble.DENIED
    return PrinterTrouble.BUSY if number == errno.EBUSY else PrinterTrouble.OFFLINE


def _open(address: str) -> "_TcpLine | _SerialLine | _FileLine":
    kind, _colon, rest = address.partition(":")
    if kind == "tcp":
        host, _colon, port = rest.rpartition(":")
        return _TcpLine(host, int(port))
    if kind == "serial":
        device, _colon, baud = rest.rpartition(":")
        return _SerialLine(device, int(baud))
    if kind == "usb" and os.name == "posix":
        return _FileLine(rest)
    raise ValueError(kind)


class _TcpLine:
    def __init__(self, host: str, port: int) -> None:
        self._socket = socket.create_connection((host.strip("[]"), port), CONNECT_S)

    def write(self, data: bytes, within_s: float) -> int:
        self._socket.settimeout(within_s)
        try:
            return self._socket.send(data[:CHUNK])
        except TimeoutError:
            return 0

    def read(self, within_s: float) -> bytes:
        self._socket.settimeout(within_s)
        try:
            data = self._socket.recv(CHUNK)
        except TimeoutError:
            return b""
        if not data:
            raise ConnectionResetError
        return data

    def close(self) -> None:
        self._socket.close()


class _SerialLine:
    def __init__(self, device: str, baud: int) -> None:
        self._port = serial.Serial(device, baud, timeout=0, write_timeout=0, exclusive=True)

    def write(self, data: bytes, within_s: float) -> int:
        self._port.write_timeout = within_s
        try:
            return self._port.write(data[:CHUNK]) or 0
        except serial.SerialTimeoutException:
            return 0

    def read(self, within_s: float) -> bytes:
        self._port.timeout = within_s
        return bytes(self._port.read(1)) + bytes(self._port.read(self._port.in_waiting))

    def close(self) -> None:
        self._port.close()


class _FileLine:
    """A device file that takes bytes and gives answers, as the kernel makes for printers at USB."""

    def __init__(self, path: str) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY)

    def write(self, data: bytes, within_s: float) -> int:
        _, ready, _ = select.select([], [self._file], [], within_s)
        try:
            return os.write(self._file, data[:CHUNK]) if ready else 0
        except BlockingIOError:
            return 0

    def read(self, within_s: float) -> bytes:
        end = time.monotonic() + within_s
        while True:
            ready, _, _ = select.select([self._file], [], [], max(0.0, end - time.monotonic()))
            data = self._read() if ready else b""
            if data or time.monotonic() >= end:
                return data
            time.sleep(0.01)  # usblp says that it is ready to read before it has anything

    def _read(self) -> bytes:
        try:
            return os.read(self._file, CHUNK)
        except BlockingIOError:
            return b""

    def close(self) -> None:
        os.close(self._file)
