"""A receipt printer byte by byte: it understands what it is sent, draws it, and answers as it is told to feel.

What it does not understand is an error. Its own characters are drawn in the program's font; which it has is GB 2312.
"""

import os
import socket
import threading
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from PIL import Image, ImageDraw, ImageFont

from app.papers.fonts import standard_fonts

CELL, FEED = 24, 6
PAPER_LOW, PAPER_OUT = 0x0C, 0x6C


class Unknown(Exception):
    """Bytes that no printer understands."""


class RollPrinterFake:
    """The printer itself; ``take`` gives it bytes and returns its answers."""

    def __init__(self, dots: int = 576) -> None:
        self.dots = dots
        self.slips: list[Image.Image] = []
        """What was cut off, in order."""
        self.cover_open = self.paper_out = self.paper_low = self.jammed = self.is_dumb = False
        self.knows_fences = True
        self.runs_out_after: int | None = None
        """After so many rows of dots there is no paper any more."""
        self.unknown: list[bytes] = []
        self._waiting = b""
        self._roll = Image.new("L", (dots, 6000), 255)
        self._reset()
        self._y = 0
        self._fonts = {size: ImageFont.truetype(str(standard_fonts().text[1].path), size) for size in (CELL, 2 * CELL)}

    def take(self, data: bytes) -> bytes:
        """Act on ``data`` as far as the printer stands; return what it answers."""
        self._waiting += data
        answers = self._real_time()
        while self._waiting and not self.stands:
            try:
                used, answer = self._next(self._waiting)
            except Unknown:
                self.unknown.append(self._waiting[:8])
                used, answer = len(self._waiting), b""
            if not used:
                break
            self._waiting = self._waiting[used:]
            answers += answer
        return b"" if self.is_dumb else answers

    @property
    def stands(self) -> bool:
        """Tell whether it prints nothing now."""
        return self.cover_open or self.paper_out or self.jammed

    @property
    def rows(self) -> int:
        """Return how far the paper is out that is not cut off."""
        return self._y

    def _reset(self) -> None:
        self._align, self._size, self._han = 0, 1, False
        self._line: list[tuple[str, int]] = []

    def _real_time(self) -> bytes:
        """Answer what is answered at once, wherever it stands in what is waiting."""
        answers = b""
        while (at := self._waiting.find(b"\x10\x04")) >= 0 and at + 2 < len(self._waiting):
            kind = self._waiting[at + 2]
            self._waiting = self._waiting[:at] + self._waiting[at + 3 :]
            answers += bytes([self._status(kind)])
        if (at := self._waiting.find(b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08")) >= 0:
            self._waiting = self._waiting[at + 10 :]
            self._reset()
        return answers

    def _status(self, kind: int) -> int:
        told = {
            1: 0x08 * self.stands,
            2: 0x04 * self.cover_open | 0x20 * self.paper_out | 0x40 * self.jammed,
            3: 0x08 * self.jammed,
            4: PAPER_OUT if self.paper_out else PAPER_LOW * self.paper_low,
        }
        return 0x12 | told[kind]

    def _next(self, data: bytes) -> tuple[int, bytes]:
        head = data[:2]
        for start, (length, act) in self._commands.items():
            if data.startswith(start):
                if len(data) < len(start) + length:
                    return 0, b""
                return len(start) + length, act(data[len(start) : len(start) + length]) or b""
            if start.startswith(data):
                return 0, b""
        if head == b"\x1dv":
            return self._raster(data), b""
        return self._text(data), b""

    @property
    def _commands(self) -> dict[bytes, tuple[int, Callable[[bytes], bytes | None]]]:
        return {
            b"\x1b@": (0, lambda _: self._reset()),
            b"\x1ba": (1, lambda n: self._set(_align=n[0])),
            b"\x1b!": (1, lambda n: self._set(_size=2 if n[0] & 0x30 == 0x30 else 1)),
            b"\x1dV": (1, lambda _: self._cut()),
            b"\x1bd": (1, lambda n: self._feed(n[0] * CELL)),
            b"\x1dr": (1, lambda _: (b"\x0c" if self.paper_low else b"\0") if self.knows_fences else b""),
            b"\x1c&": (0, lambda _: self._set(_han=True)),
            b"\x1c.": (0, lambda _: self._set(_han=False)),
            b"\n": (0, lambda _: self._print_line()),
        }

    def _set(self, **what: object) -> None:
        for name, value in what.items():
            setattr(self, name, value)

    def _text(self, data: bytes) -> int:
        if data[0] < 0x20:
            raise Unknown
        if data[0] < 0x80:
            self._line.append((chr(data[0]), CELL // 2 * self._size))
            return 1
        if not self._han or len(data) < 2 or not (0xA1 <= data[0] <= 0xF7 and data[1] >= 0xA1):
            if len(data) < 2:
                return 0
            raise Unknown
        self._line.append((data[:2].decode("gbk"), CELL * self._size))
        return 2

    def _print_line(self) -> None:
        width, size = sum(width for _text, width in self._line), CELL * self._size
        if width > self.dots:
            raise Unknown
        at = {0: 0, 1: (self.dots - width) // 2, 2: self.dots - width}[self._align]
        pen = ImageDraw.Draw(self._roll)
        for text, step in self._line:
            pen.text((at, self._y + size - size // 8), text, 0, self._fonts[size], anchor="ls")
            at += step
        self._line = []
        self._feed(size + FEED)

    def _raster(self, data: bytes) -> int:
        if len(data) < 8:
            return 0
        if data[2:4] != b"0\0":
            raise Unknown
        across, rows = data[4] + 256 * data[5], data[6] + 256 * data[7]
        if across * 8 > self.dots:
            raise Unknown
        if len(data) < 8 + across * rows:
            return 0
        picture = Image.frombytes("1", (across * 8, rows), bytes(255 - byte for byte in data[8 : 8 + across * rows]))
        self._roll.paste(picture.convert("L"), (0, self._y))
        self._feed(rows)
        return 8 + across * rows

    def _feed(self, rows: int) -> None:
        self._y += rows
        if self.runs_out_after is not None and self._y > self.runs_out_after:
            self.paper_out = True

    def _cut(self) -> None:
        self.slips.append(self._roll.crop((0, 0, self.dots, self._y)))
        self._roll = Image.new("L", (self.dots, 6000), 255)
        self._y = 0


@contextmanager
def on_the_network(printer: RollPrinterFake) -> Iterator[str]:
    """Let a printer listen at a port of this PC and yield its address."""
    listening = socket.create_server(("127.0.0.1", 0))
    ended = threading.Event()

    def serve() -> None:
        while not ended.is_set():
            try:
                link, _address = listening.accept()
            except OSError:
                return
            with link:
                _talk(printer, partial(link.recv, 4096), link.sendall, ended)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"tcp:127.0.0.1:{listening.getsockname()[1]}"
    finally:
        ended.set()
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join()


@contextmanager
def at_a_port(printer: RollPrinterFake) -> Iterator[str]:
    """Let a printer sit at the end of a serial line and yield the path of this end."""
    theirs, ours = os.openpty()
    tty.setraw(ours)
    ended = threading.Event()

    def read() -> bytes:
        try:
            return os.read(theirs, 4096)
        except OSError:  # the last one closed this end
            return b""

    def serve() -> None:
        while not ended.is_set():
            _talk(printer, read, lambda data: os.write(theirs, data), ended)
            ended.wait(0.01)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield os.ttyname(ours)
    finally:
        ended.set()
        os.write(ours, b"\n")  # wakes the thread
        thread.join()
        os.close(ours)
        os.close(theirs)


def _talk(
    printer: RollPrinterFake,
    read: Callable[[], bytes],
    write: Callable[[bytes], object],
    ended: threading.Event,
) -> None:
    while not ended.is_set():
        try:
            data = read()
            if not data:
                return
            if answers := printer.take(data):
                write(answers)
        except OSError:
            return
