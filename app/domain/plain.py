"""Frozen dataclasses to plain JSON values and back, exactly.

Knows what the domain's dataclasses are made of: str, int, bool, None, enums of str, dates, moments, times of day,
tuples, string-keyed mappings and dataclasses of the same. Floats are not allowed: a canonical body has none.
"""

import types
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field, fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from functools import cache, partial
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from app.domain.clock import stamp

T = TypeVar("T")
SELDOM = "seldom"


def seldom(empty: T) -> T:
    """Return a field that stands among plain values only where it is not ``empty``, as what drafts alone know."""
    return field(default=empty, metadata={SELDOM: True})


def to_plain(value: object) -> Any:  # noqa: ANN401  JSON has no narrower type
    """Return ``value`` as dicts, lists, strings, ints, bools and None; TypeError for anything else."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, date | time):
        return stamp(value) if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    if is_dataclass(value):
        items = ((name, getattr(value, name), is_seldom) for name, is_seldom in _names(cast(Any, type(value))))
        return {name: to_plain(item) for name, item, is_seldom in items if item or not is_seldom}
    raise TypeError(type(value).__name__)


@cache
def _names(kind: Any) -> tuple[tuple[str, bool], ...]:  # noqa: ANN401
    """Return the fields of a dataclass, and of each whether it is left out when it is empty."""
    return tuple((entry.name, SELDOM in entry.metadata) for entry in fields(kind))


def texts(plain: object) -> Iterator[str]:
    """Yield every text in plain values, keys left aside."""
    if isinstance(plain, str):
        yield plain
    elif isinstance(plain, Mapping):
        for value in plain.values():
            yield from texts(value)
    elif isinstance(plain, list):
        for value in plain:
            yield from texts(value)


def from_plain(kind: type[T], plain: Any) -> T:  # noqa: ANN401  JSON has no narrower type
    """Return the ``kind`` that ``to_plain`` made ``plain`` from.

    Keys that the dataclass does not have are left aside and missing ones take their default, so that an older
    program can read a newer fact; ValueError or TypeError when a value does not fit its field.
    """
    read: Callable[[Any], T] = _reader(cast(Any, kind))
    return read(plain)


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:  # noqa: ANN401
    """Return what reads plain values of ``kind``; looking at types takes longer than reading."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        inner = _reader(next(part for part in get_args(kind) if part is not type(None)))
        return lambda plain: None if plain is None else inner(plain)
    if origin is tuple:
        item_reader = _reader(get_args(kind)[0])
        return lambda plain: tuple(item_reader(item) for item in plain)
    if origin is not None and issubclass(origin, Mapping):
        value_reader = _reader(get_args(kind)[1])
        return lambda plain: {key: value_reader(item) for key, item in plain.items()}
    if isinstance(kind, type) and is_dataclass(kind):
        readers = {name: _reader(hint) for name, hint in get_type_hints(kind).items()}
        return lambda plain: kind(**{name: readers[name](item) for name, item in plain.items() if name in readers})
    return _single_reader(kind)


def _single_reader(kind: Any) -> Callable[[Any], Any]:  # noqa: ANN401
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    if isinstance(kind, type) and issubclass(kind, date | time):
        return kind.fromisoformat
    if kind in (str, int, bool):
        return partial(_checked, kind)
    return _as_it_is


def _checked(kind: type, plain: object) -> object:
    if type(plain) is not kind:
        raise TypeError(f"{kind.__name__} expected, {type(plain).__name__} found")
    return plain


def _as_it_is(plain: object) -> object:
    return plain
