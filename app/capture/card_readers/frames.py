"""Frames of GA 450: five bytes that begin one, a length, what is said, and all of that XORed. No I/O.

The length counts the bytes after it, the last one included; the XOR runs over length and what is said.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import reduce
from operator import xor

PREAMBLE = b"\xaa\xaa\xaa\x96\x69"
SHORTEST = 4
"""Three bytes of state and the check; an echo of a command of ours is shorter, and so never taken for an answer."""
LONGEST = 0x0508
"""Text and photo: the longest answer to anything that is asked here."""
_HEAD = len(PREAMBLE) + 2


class Command(Enum):
    """What a reader is asked; command and parameter."""

    RESET = b"\x10\xff"
    STATUS = b"\x11\xff"
    MODULE_NUMBER = b"\x12\xff"
    FIND = b"\x20\x01"
    SELECT = b"\x20\x02"
    READ = b"\x30\x01"
    NEWEST_ADDRESS = b"\x30\x03"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer whose check was right; ``status`` is the third byte of state (SW3), the only one that says anything."""

    status: int
    data: bytes


def request(command: Command) -> bytes:
    """Return the frame that asks for ``command``."""
    return _framed(command.value)


def reply(status: int, data: bytes = b"") -> bytes:
    """Return the frame in which a reader answers."""
    return _framed(bytes([0, 0, status]) + data)


def _framed(said: bytes) -> bytes:
    body = (len(said) + 1).to_bytes(2, "big") + said
    return PREAMBLE + body + bytes([reduce(xor, body)])


class FrameFinder:
    """Finds answers in whatever a port gives: noise, echoes, halves. Keeps no more than one frame."""

    def __init__(self) -> None:
        self._kept = bytearray()
        self.is_spoilt = False
        """A whole frame came whose check was wrong."""

    @property
    def is_inside(self) -> bool:
        """Tell whether a frame has begun of which more has to come."""
        return len(self._kept) >= len(PREAMBLE)

    def feed(self, data: bytes) -> Iterator[Reply]:
        """Yield the answers that are whole with ``data``."""
        self._kept += data
        while self._begins_with_frame():
            length = int.from_bytes(self._kept[len(PREAMBLE) : _HEAD], "big")
            if not SHORTEST <= length <= LONGEST:
                self._skip()
            elif len(self._kept) < _HEAD + length:
                return
            elif reduce(xor, self._kept[len(PREAMBLE) : _HEAD + length]):
                self.is_spoilt = True
                self._skip()
            else:
                frame = bytes(self._kept[_HEAD : _HEAD + length])
                del self._kept[: _HEAD + length]
                yield Reply(frame[2], frame[3:-1])

    def _begins_with_frame(self) -> bool:
        """Drop what stands before the next frame; tell whether its length is there."""
        start = self._kept.find(PREAMBLE)
        if start < 0:
            start = max(0, len(self._kept) - len(PREAMBLE) + 1)
        del self._kept[:start]
        return len(self._kept) >= _HEAD

    def _skip(self) -> None:
        """Look for the next frame inside what looked like one."""
        del self._kept[:1]
