"""The part of CBOR (RFC 8949) that proofs are made of, in its one deterministic form (§4.2.1).

Whole numbers, byte strings, text, arrays and maps; no tags, no floats, nothing of unknown length. What is read here
comes from anybody: it costs no more than its own length, and nothing but the form that ``encode`` writes is read.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

MOST_DEPTH = 4
UNSIGNED, NEGATIVE, BYTES, TEXT, ARRAY, MAP = range(6)
DIRECT = 24
"""Numbers below it stand in the first byte; from it on that byte says how many bytes follow: 1, 2, 4 or 8."""


def encode(value: Any) -> bytes:  # noqa: ANN401  any of the values above
    """Return a value as CBOR; TypeError for what is not written here."""
    if isinstance(value, bool):
        raise TypeError("bool")
    if isinstance(value, int):
        return _head(UNSIGNED, value) if value >= 0 else _head(NEGATIVE, -1 - value)
    if isinstance(value, bytes):
        return _head(BYTES, len(value)) + value
    if isinstance(value, str):
        text = value.encode()
        return _head(TEXT, len(text)) + text
    if isinstance(value, Mapping):
        items = sorted((encode(key), encode(item)) for key, item in value.items())
        return _head(MAP, len(items)) + b"".join(key + item for key, item in items)
    if isinstance(value, Sequence):
        return _head(ARRAY, len(value)) + b"".join(map(encode, value))
    raise TypeError(type(value).__name__)


def decode(data: bytes) -> Any:  # noqa: ANN401
    """Return the one value in ``data``; ValueError for anything that ``encode`` would not have written."""
    value, end = _item(data, 0, MOST_DEPTH)
    if end != len(data):
        raise ValueError("more than one value")
    return value


def _head(kind: int, number: int) -> bytes:
    if number < DIRECT:
        return bytes([kind << 5 | number])
    for more, size in enumerate((1, 2, 4, 8)):
        if number < 1 << 8 * size:
            return bytes([kind << 5 | DIRECT + more]) + number.to_bytes(size, "big")
    raise ValueError("a number is too large")


def _item(data: bytes, start: int, depth: int) -> tuple[Any, int]:
    """Return the value that begins at ``start`` and where it ends."""
    kind, number, at = _read_head(data, start)
    if kind == UNSIGNED:
        return number, at
    if kind == NEGATIVE:
        return -1 - number, at
    if kind > MAP or depth == 0 or number > len(data) - at:
        raise ValueError("unknown, too deep, or longer than there is")
    if kind == BYTES:
        return data[at : at + number], at + number
    if kind == TEXT:
        return data[at : at + number].decode(), at + number
    if kind == ARRAY:
        return _array(data, at, number, depth - 1)
    return _map(data, at, number, depth - 1)


def _read_head(data: bytes, start: int) -> tuple[int, int, int]:
    if start >= len(data):
        raise ValueError("it ends too soon")
    kind, number = data[start] >> 5, data[start] & 31
    if number < DIRECT:
        return kind, number, start + 1
    size = 1 << number - DIRECT
    at = start + 1 + size
    if number > DIRECT + 3 or at > len(data):
        raise ValueError("no number")
    number = int.from_bytes(data[start + 1 : at], "big")
    if number < (DIRECT if size == 1 else 1 << 4 * size):
        raise ValueError("a number is longer than it has to be")
    return kind, number, at


def _array(data: bytes, at: int, length: int, depth: int) -> tuple[list[Any], int]:
    items = []
    for _ in range(length):
        item, at = _item(data, at, depth)
        items.append(item)
    return items, at


def _map(data: bytes, at: int, length: int, depth: int) -> tuple[dict[int | str, Any], int]:
    items, keys = {}, []
    for _ in range(length):
        key, end = _item(data, at, depth)
        if not isinstance(key, int | str):
            raise ValueError("a key is no number and no text")  # noqa: TRY004  what is read is not a caller's mistake
        keys.append(data[at:end])
        items[key], at = _item(data, end, depth)
    if any(first >= second for first, second in pairwise(keys)):
        raise ValueError("keys are not in order")
    return items, at
