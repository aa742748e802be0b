"""What a reader is asked and how it answers, over a line; which card lies there and when is the business of ``watching``."""

import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from app.capture.card_readers.frames import Command, FrameFinder, Reply, request

GOOD = 0x90
FOUND = 0x9F
NOTHING_FOUND = 0x80
UNKNOWN_KIND = 0x40
OF_THE_CARD = frozenset({0x31, 0x32, 0x33, UNKNOWN_KIND, 0x41, NOTHING_FOUND, 0x81, 0x91})
"""States that speak of the card; every other one speaks of the reader itself or of the wire."""

ASK_S = 0.6
READ_S = 4.0
"""Readers take up to 1.6 s for a card; the bytes alone take 0.11 s."""
PAUSE_S = 0.3
"""So long a silence inside a frame means that the rest does not come."""
TEXT, PHOTO, ADDRESS, NUMBER = 256, 1024, 70, 16
"""Bytes."""
MOST_STALE = 4096


class Line(Protocol):
    """A serial port that is open; LineLost from either method when it is gone."""

    def write(self, data: bytes) -> None:
        """Send ``data``."""
        ...

    def read(self, longest_s: float) -> bytes:
        """Return what has come, as soon as something has; nothing when nothing came in time."""
        ...

    def close(self) -> None:
        """Close the port; never fails."""
        ...


class LineLost(Exception):
    """The port is gone: unplugged, or taken by somebody else."""


class NoAnswer(Exception):
    """Nothing came that is an answer: ask again."""


class ReaderFails(Exception):
    """The reader says that something is wrong with itself; ``status`` is what it said."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class CardFails(Exception):
    """The card could not be read: gone, turned, damaged or of an unknown kind, by ``status``."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True, slots=True)
class Blocks:
    """What a card's chip holds, as it came."""

    text: bytes
    photo: bytes
    """WLT of 102 × 126, which only the makers' libraries decode."""


class Dialogue:
    """One question at a time over ``line``; NoAnswer, ReaderFails or LineLost from each."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._tells_addresses = True

    def module_number(self) -> bytes:
        """Return the number of the security module; whoever has one is a card reader."""
        data = self._asked(Command.MODULE_NUMBER, ASK_S).data
        if len(data) != NUMBER:
            raise NoAnswer
        return data

    def reset(self) -> None:
        """Let the reader begin anew; what it answers, ``check`` will tell."""
        with suppress(NoAnswer, ReaderFails, CardFails):
            self._asked(Command.RESET, ASK_S)

    def check(self) -> None:
        """Ask whether the reader is well: ReaderFails when its module failed its own test or is not authorised."""
        self._asked(Command.STATUS, ASK_S)

    def find(self) -> bool:
        """Tell whether a card lies there that was not read since it was laid down."""
        reply = self._asked(Command.FIND, ASK_S, good=FOUND, also=NOTHING_FOUND)
        return reply.status == FOUND

    def select(self) -> None:
        """Choose the card that was found; CardFails when it is gone."""
        self._asked(Command.SELECT, ASK_S)

    def read(self) -> Blocks:
        """Return what the chosen card holds; CardFails when it cannot be read."""
        data = self._asked(Command.READ, READ_S).data
        text, photo = int.from_bytes(data[:2], "big"), int.from_bytes(data[2:4], "big")
        if text != TEXT or photo > PHOTO or len(data) != 4 + text + photo:
            raise NoAnswer
        return Blocks(data[4 : 4 + TEXT], data[4 + TEXT :])

    def newest_address(self) -> bytes:
        """Return the address that the police wrote on the chip after the card was made; empty when there is none.

        A reader that does not answer this is not asked again.
        """
        if not self._tells_addresses:
            return b""
        try:
            data = self._asked(Command.NEWEST_ADDRESS, ASK_S).data
        except CardFails:
            return b""
        except (NoAnswer, ReaderFails):
            self._tells_addresses = False
            return b""
        return data if len(data) == ADDRESS else b""

    def _asked(self, command: Command, longest_s: float, good: int = GOOD, also: int = GOOD) -> Reply:
        reply = self._ask(command, longest_s)
        if reply.status in {good, also}:
            return reply
        if reply.status in OF_THE_CARD:
            raise CardFails(reply.status)
        raise ReaderFails(reply.status)

    def _ask(self, command: Command, longest_s: float) -> Reply:
        self._drop_stale()
        self._line.write(request(command))
        found, until = FrameFinder(), time.monotonic() + longest_s
        while (left := until - time.monotonic()) > 0:
            data = self._line.read(min(left, PAUSE_S) if found.is_inside else left)
            if reply := next(found.feed(data), None):
                return reply
            if found.is_spoilt or (found.is_inside and not data):
                break
        raise NoAnswer

    def _drop_stale(self) -> None:
        """Forget what came late: an answer does not say which question it belongs to."""
        dropped = 0
        while dropped < MOST_STALE and (data := self._line.read(0)):
            dropped += len(data)
