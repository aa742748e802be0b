"""The bytes of IPP (RFC 8010): requests with the attributes that printing needs, and answers, read with limits.

Collections are written where a tray is asked for, and skipped where they are read. What the attributes mean is told in
``cups``.
"""

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

VERSION = (2, 0)
REQUEST_ID = 1
MOST_VALUES = 100_000
"""An answer with more is nobody's."""

_OPERATION, _JOB, _END, _PRINTER = 1, 2, 3, 4
_INTEGER, _BOOLEAN, _ENUM = 0x21, 0x22, 0x23
_TEXT_WITH_LANGUAGE, _NAME_WITH_LANGUAGE = 0x35, 0x36
_BEGIN_COLLECTION, _END_COLLECTION, _MEMBER_NAME = 0x34, 0x37, 0x4A
_FIRST_VALUE, _FIRST_TEXT = 0x10, 0x40

Value = int | bool | str
Attributes = Mapping[str, Sequence[Value]]


class BadIpp(ValueError):
    """Bytes that are no answer of IPP."""


class Tag(IntEnum):
    """How a value is written."""

    INTEGER = _INTEGER
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    CHARSET = 0x47
    LANGUAGE = 0x48
    MEDIA_TYPE = 0x49


@dataclass(frozen=True, slots=True)
class Written:
    """One attribute of a request, with one or more values."""

    name: str
    tag: Tag
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Collected:
    """One attribute of a request that is a collection of single values."""

    name: str
    members: tuple[Written, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A status (RFC 8011, appendix B) and what was told of each printer or job."""

    status: int
    told: tuple[Attributes, ...] = field(default_factory=tuple)

    @property
    def is_good(self) -> bool:
        """Tell whether it was done."""
        return self.status < 0x0100


def request(operation: int, about: Sequence[Written], job: Sequence[Written | Collected] = ()) -> bytes:
    """Return a request: what it is about, and how the job is to be done."""
    parts = [struct.pack(">BBHIB", *VERSION, operation, REQUEST_ID, _OPERATION)]
    parts.append(_attribute(Written("attributes-charset", Tag.CHARSET, ("utf-8",))))
    parts.append(_attribute(Written("attributes-natural-language", Tag.LANGUAGE, ("en",))))
    parts.extend(_attribute(one) for one in about)
    if job:
        parts.append(bytes([_JOB]))
        parts.extend(_collection(one) if isinstance(one, Collected) else _attribute(one) for one in job)
    return b"".join([*parts, bytes([_END])])


def read(data: bytes) -> Answer:
    """Return what an answer says; BadIpp when it is none."""
    try:
        _major, _minor, status, _request = struct.unpack_from(">BBHI", data)
        return Answer(status, tuple(_groups(data)))
    except (struct.error, IndexError) as error:
        raise BadIpp("cut short") from error


def _attribute(one: Written) -> bytes:
    name = one.name.encode()
    return b"".join(_value(one.tag, b"" if place else name, value) for place, value in enumerate(one.values))


def _collection(one: Collected) -> bytes:
    parts = [_field(_BEGIN_COLLECTION, one.name.encode(), b"")]
    for member in one.members:
        parts.append(_field(_MEMBER_NAME, b"", member.name.encode()))
        parts.extend(_value(member.tag, b"", value) for value in member.values)
    return b"".join([*parts, _field(_END_COLLECTION, b"", b"")])


def _value(tag: Tag, name: bytes, value: Value) -> bytes:
    return _field(tag, name, value.encode() if isinstance(value, str) else struct.pack(">i", value))


def _field(tag: int, name: bytes, value: bytes) -> bytes:
    return struct.pack(">BH", tag, len(name)) + name + struct.pack(">H", len(value)) + value


def _groups(data: bytes) -> Iterator[Attributes]:
    """Yield the attributes of each job or printer; those of the operation itself are of no use."""
    kind, attributes, name = 0, dict[str, list[Value]](), ""
    for tag, called, value in _fields(data):
        if tag < _FIRST_VALUE:
            if kind in {_JOB, _PRINTER}:
                yield attributes
            kind, attributes = tag, {}
            continue
        name = called or name
        read_value = _read(tag, value)
        if read_value is not None:
            attributes.setdefault(name, []).append(read_value)


def _fields(data: bytes) -> Iterator[tuple[int, str, bytes]]:
    """Yield tag, name and value of each field outside collections, and each group's tag with nothing."""
    at, depth = 8, 0
    for _count in range(MOST_VALUES):
        tag = data[at]
        if tag < _FIRST_VALUE:
            yield tag, "", b""
            if tag == _END:
                return
            at += 1
            continue
        name, at = _counted(data, at + 1)
        value, at = _counted(data, at)
        depth += (tag == _BEGIN_COLLECTION) - (tag == _END_COLLECTION)
        if not depth and tag != _END_COLLECTION:
            yield tag, name.decode(errors="replace"), value
    raise BadIpp("too many values")


def _counted(data: bytes, at: int) -> tuple[bytes, int]:
    (length,) = struct.unpack_from(">H", data, at)
    end = at + 2 + length
    if end > len(data):
        raise BadIpp("cut short")
    return data[at + 2 : end], end


def _read(tag: int, value: bytes) -> Value | None:
    """Return the value; None for dates, ranges and what has no value."""
    if tag in {_INTEGER, _ENUM}:
        return int(struct.unpack(">i", value)[0])
    if tag == _BOOLEAN:
        return value != b"\0"
    if tag in {_TEXT_WITH_LANGUAGE, _NAME_WITH_LANGUAGE}:
        _language, at = _counted(value, 0)
        return _counted(value, at)[0].decode(errors="replace")
    return value.decode(errors="replace") if tag >= _FIRST_TEXT else None
