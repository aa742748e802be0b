"""A card reader at the other end of a pty, byte by byte as GA 450 says; and devices that are none.

It behaves as a real one does: a card that was read is found again only after it was lifted, what is asked before its
step is refused, and the wire is as slow as 115,200 baud when it is told to be.
"""

import os
import pty
import select
import threading
import time
import tty
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from app.capture.card_readers.frames import PREAMBLE, Command, reply
from tests.capture.card_readers.blocks import PHOTO

WIRE_BYTES_S = 11_520
"""115,200 baud with a start and a stop bit."""
NUMBER = bytes(range(16))
Spoil = Callable[[Command, bytes], bytes]
"""What becomes of an answer on its way."""


def untouched(_command: Command, answer: bytes) -> bytes:
    return answer


@dataclass
class Card:
    """A card that lies on the reader."""

    text: bytes
    newest_address: bytes = b""
    photo: bytes = PHOTO


class Device:
    """The far end of a pty; ``hear`` gets what came and returns what goes back."""

    def __init__(self, bytes_s: int = 0) -> None:
        self._near, far = pty.openpty()
        tty.setraw(far)
        self.path = os.ttyname(far)
        self._far: int | None = far
        self._bytes_s = bytes_s
        self._stop_read, self._stop_write = os.pipe()
        self.heard = bytearray()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.unplug()
        os.close(self._stop_read)
        os.close(self._stop_write)

    def hear(self, data: bytes) -> bytes:
        return b""

    def unplug(self) -> None:
        """Take the device away: whoever has its port open finds that it is gone."""
        if self._far is None:
            return
        os.write(self._stop_write, b"x")
        self._thread.join()
        os.close(self._near)
        os.close(self._far)
        self._far = None

    def say(self, data: bytes) -> None:
        """Send ``data`` of one's own accord."""
        if not self._bytes_s:
            os.write(self._near, data)
            return
        begun = time.monotonic()
        for place in range(0, len(data), 16):
            os.write(self._near, data[place : place + 16])
            time.sleep(max(0.0, begun + (place + 16) / self._bytes_s - time.monotonic()))

    def _run(self) -> None:
        while True:
            ready, _, _ = select.select([self._near, self._stop_read], [], [])
            if self._stop_read in ready:
                return
            with suppress(OSError):
                data = os.read(self._near, 4096)
                self.heard += data
                if answer := self.hear(data):
                    self.say(answer)


class Answers:
    """What a reader answers; ``spoil`` changes answers, ``lift_at`` takes the card away when a command comes.

    ``echoes`` repeats what is asked. ``forgets`` is for makes that find the same card again and again, ``reads_again``
    false for such as do not read one twice. ``silent_at`` commands get no answer.
    """

    def __init__(self, spoil: Spoil = untouched) -> None:
        self.spoil = spoil
        self.card: Card | None = None
        self.lift_at: Command | None = None
        self.echoes = False
        self.forgets = False
        self.reads_again = True
        self.silent_at: set[Command] = set()
        self.status = 0x90
        self.readings = 0
        self._is_found = self._is_selected = self._is_read = False
        self._kept = bytearray()

    def lay(self, text: bytes, newest_address: bytes = b"") -> None:
        """Lay a card on the reader."""
        self._is_found = self._is_selected = self._is_read = False
        self.card = Card(text, newest_address)

    def lift(self) -> None:
        """Take the card away."""
        self.card = None
        self._is_found = self._is_selected = self._is_read = False

    def hear(self, data: bytes) -> bytes:
        self._kept += data
        said = b""
        while (start := self._kept.find(PREAMBLE)) >= 0 and len(self._kept) >= start + 10:
            frame = bytes(self._kept[start : start + 10])
            del self._kept[: start + 10]
            command = Command(frame[7:9])
            if self.lift_at is command:
                self.lift()
            answer = b"" if command in self.silent_at else self.spoil(command, self._answer(command))
            said += (frame if self.echoes else b"") + answer
        return said

    def _answer(self, command: Command) -> bytes:
        match command:
            case Command.MODULE_NUMBER:
                return reply(0x90, NUMBER)
            case Command.FIND:
                return self._find()
            case Command.SELECT:
                return self._select()
            case Command.READ:
                return self._read()
            case Command.NEWEST_ADDRESS:
                newest = self.card.newest_address if self.card and self._is_read else b""
                return reply(0x90, newest) if newest else reply(0x91)
            case _:
                return reply(self.status)

    def _find(self) -> bytes:
        if self.card is None or (self._is_read and not self.forgets):
            return reply(0x80)
        self._is_found = True
        return reply(0x9F, bytes(4))

    def _select(self) -> bytes:
        if self.card is None or not self._is_found:
            return reply(0x81)
        self._is_selected = True
        return reply(0x90, bytes(8))

    def _read(self) -> bytes:
        if self.card is None or not self._is_selected or (self._is_read and not self.reads_again):
            return reply(0x41)
        self._is_read = True
        self.readings += 1
        card = self.card
        return reply(0x90, b"\x01\x00\x04\x00" + card.text + card.photo)


class ReaderSimulator(Answers, Device):
    """A reader at the far end of a pty."""

    def __init__(self, bytes_s: int = 0, spoil: Spoil = untouched) -> None:
        Answers.__init__(self, spoil)
        Device.__init__(self, bytes_s)


class Gps(Device):
    """Talks all the time, and does not listen."""

    def hear(self, data: bytes) -> bytes:
        return b"$GPGGA,092750.000,5321.6802,N,00630.3372,W,1,8,1.03,61.7,M,55.2,M,,*76\r\n" * 3


class Modem(Device):
    """Echoes, and knows only AT commands."""

    def hear(self, data: bytes) -> bytes:
        return data + b"\r\nERROR\r\n"
