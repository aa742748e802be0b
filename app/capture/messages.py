"""How this program and its helper processes talk: a header of JSON and any number of byte strings after it.

Both sides are ours, but what a helper holds comes from drivers and hostile files: sizes are bounded.
"""

import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

LARGEST_HEADER = 1024 * 1024
LARGEST_PART = 160 * 1024 * 1024
"""A page of A3 at 400 dpi in colour has 93 million bytes before it is made a JPEG."""
MOST_PARTS = 64
_LENGTHS = struct.Struct(">II")


class BrokenMessage(Exception):
    """What came is no message: the other side broke off, or is not ours."""


@dataclass(frozen=True, slots=True)
class Message:
    """A header and the byte strings that belong to it."""

    header: Mapping[str, Any]
    parts: Sequence[bytes] = ()


def write_message(stream: IO[bytes], message: Message) -> None:
    """Write a message and let it out at once."""
    sizes = struct.pack(f">{len(message.parts)}Q", *(len(part) for part in message.parts))
    header = json.dumps(message.header, ensure_ascii=False).encode()
    stream.write(_LENGTHS.pack(len(header), len(message.parts)) + sizes + header)
    stream.writelines(message.parts)
    stream.flush()


def read_message(stream: IO[bytes]) -> Message | None:
    """Return the next message, None when the other side closed; BrokenMessage in the middle of one."""
    start = stream.read(_LENGTHS.size)
    if not start:
        return None
    if len(start) < _LENGTHS.size:
        raise BrokenMessage
    length, count = _LENGTHS.unpack(start)
    if length > LARGEST_HEADER or count > MOST_PARTS:
        raise BrokenMessage
    sizes = struct.unpack(f">{count}Q", _exactly(stream, 8 * count))
    if any(size > LARGEST_PART for size in sizes):
        raise BrokenMessage
    return Message(_header(_exactly(stream, length)), [_exactly(stream, size) for size in sizes])


def _exactly(stream: IO[bytes], length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise BrokenMessage
    return data


def _header(data: bytes) -> Mapping[str, Any]:
    try:
        header = json.loads(data)
    except ValueError as error:
        raise BrokenMessage from error
    if not isinstance(header, dict):
        raise BrokenMessage
    return header
