"""Messages between processes: whole ones come through, broken ones are told."""

import io
import struct

import pytest

from app.capture.messages import LARGEST_HEADER, LARGEST_PART, BrokenMessage, Message, read_message, write_message


def written(message: Message) -> bytes:
    stream = io.BytesIO()
    write_message(stream, message)
    return stream.getvalue()


def test_messages_follow_each_other() -> None:
    one, two = Message({"纸": 1}, [b"a", b""]), Message({}, [])
    stream = io.BytesIO(written(one) + written(two))
    assert [read_message(stream), read_message(stream), read_message(stream)] == [one, two, None]


def test_every_cut_is_told() -> None:
    whole = written(Message({"page": 1}, [b"abc"]))
    for length in range(1, len(whole)):
        with pytest.raises(BrokenMessage):
            read_message(io.BytesIO(whole[:length]))


@pytest.mark.parametrize(
    "data",
    [
        struct.pack(">II", LARGEST_HEADER + 1, 0),
        struct.pack(">II", 2, 65),
        struct.pack(">IIQ", 2, 1, LARGEST_PART + 1) + b"{}",
        struct.pack(">II", 2, 0) + b"[]",
        struct.pack(">II", 2, 0) + b"{]",
    ],
)
def test_what_is_too_large_or_no_header_is_told(data: bytes) -> None:
    with pytest.raises(BrokenMessage):
        read_message(io.BytesIO(data))
