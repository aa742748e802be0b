"""The strict CBOR of proofs, beside cbor2."""

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.security.cbor import MOST_DEPTH, decode, encode

PLAIN = some.integers(-(2**64), 2**64 - 1) | some.binary(max_size=300) | some.text(max_size=80)
KEYS = some.integers(-70000, 70000) | some.text(max_size=5)
VALUES = PLAIN | some.lists(PLAIN | some.lists(PLAIN, max_size=3), max_size=30) | some.dictionaries(KEYS, PLAIN)


@given(VALUES)
def test_what_is_written_is_what_cbor2_writes_and_is_read_back(value):
    assert encode(value) == cbor2.dumps(value, canonical=True) or isinstance(value, dict)
    assert cbor2.loads(encode(value)) == value
    assert decode(encode(value)) == value


@given(some.binary(max_size=40))
def test_whatever_is_read_is_written_back_as_it_was(data):
    try:
        value = decode(data)
    except ValueError:
        return
    assert encode(value) == data


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x18\x17",  # 23 in two bytes
        b"\x19\x00\x17",
        b"\x58",
        b"\x5f\x41\x00\xff",  # of unknown length
        b"\x9f\xff",
        b"\xc0\x00",  # a tag
        b"\xf5",
        b"\xf9\x00\x00",
        b"\x00\x00",  # two values
        b"\xa2\x02\x00\x01\x00",  # keys out of order
        b"\xa2\x01\x00\x01\x00",  # a key twice
        b"\xa1\x40\x00",  # a key of bytes
        b"\x62\xc3\x28",  # no UTF-8
        b"\x9b\xff\xff\xff\xff\xff\xff\xff\xff",
        b"\xbb\xff\xff\xff\xff\xff\xff\xff\xff\x00",
        b"\x81" * (MOST_DEPTH + 1) + b"\x00",
        b"\x81" * 4000,
        b"\xa1" * 4000,
    ],
)
def test_anything_else_is_no_value(data):
    with pytest.raises(ValueError, match=r"."):
        decode(data)


@pytest.mark.parametrize("value", [1.5, True, None, {1, 2}, 2**64])
def test_what_proofs_have_no_use_for_is_not_written(value):
    with pytest.raises((TypeError, ValueError)):
        encode(value)
