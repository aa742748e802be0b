import random
import struct

import pytest

from app.printing import ipp
from app.printing.ipp import BadIpp, Collected, Tag, Written, read, request


def field(tag, name, value):
    return struct.pack(">BH", tag, len(name)) + name + struct.pack(">H", len(value)) + value


def answer(*parts, status=0):
    return struct.pack(">BBHI", 2, 0, status, 1) + b"".join(parts) + b"\x03"


JOB, PRINTER, OPERATION = b"\x02", b"\x04", b"\x01"


def test_a_request_is_what_the_standard_says():
    # The first request of RFC 8010, appendix A.1, but for the version and the order of values.
    about = [
        Written("printer-uri", Tag.URI, ("ipp://printer.example/pinetree",)),
        Written("copies", Tag.INTEGER, (20,)),
    ]
    assert request(0x0002, about) == (
        b"\x02\x00\x00\x02\x00\x00\x00\x01\x01"
        b"\x47\x00\x12attributes-charset\x00\x05utf-8"
        b"\x48\x00\x1battributes-natural-language\x00\x02en"
        b"\x45\x00\x0bprinter-uri\x00\x1eipp://printer.example/pinetree"
        b"\x21\x00\x06copies\x00\x04\x00\x00\x00\x14\x03"
    )


def test_further_values_have_no_name_and_a_collection_has_members():
    wishes = [
        Written("which", Tag.KEYWORD, ("a", "b")),
        Collected("media-col", (Written("media-source", Tag.KEYWORD, ("tray-2",)),)),
    ]
    assert request(0x0002, (), wishes).endswith(
        b"\x02\x44\x00\x05which\x00\x01a\x44\x00\x00\x00\x01b"
        b"\x34\x00\x09media-col\x00\x00\x4a\x00\x00\x00\x0cmedia-source\x44\x00\x00\x00\x06tray-2\x37\x00\x00\x00\x00\x03"
    )


def test_an_answer_tells_of_each_job_and_not_of_itself():
    told = read(
        answer(
            OPERATION,
            field(0x47, b"attributes-charset", b"utf-8"),
            JOB,
            field(0x21, b"job-id", struct.pack(">i", 7)),
            field(0x44, b"reasons", b"none"),
            field(0x44, b"", "纸".encode()),
            JOB,
            field(0x22, b"is-accepting", b"\0"),
            field(0x36, b"name", struct.pack(">H", 2) + b"zh" + struct.pack(">H", 3) + "红".encode()),
            field(0x13, b"nothing", b""),
        )
    )
    assert told.is_good
    assert told.told == (
        {"job-id": [7], "reasons": ["none", "纸"]},
        {"is-accepting": [False], "name": ["红"]},
    )


def test_collections_are_skipped_with_all_that_is_in_them():
    told = read(
        answer(
            PRINTER,
            field(0x34, b"media-col", b""),
            field(0x4A, b"", b"media-size"),
            field(0x34, b"", b""),
            field(0x21, b"", struct.pack(">i", 5)),
            field(0x37, b"", b""),
            field(0x37, b"", b""),
            field(0x42, b"printer-name", b"office"),
        )
    )
    assert told.told == ({"printer-name": ["office"]},)


def test_a_status_beyond_success_is_not_good():
    assert not read(answer(status=0x0406)).is_good


def test_an_answer_without_end_is_none(monkeypatch):
    monkeypatch.setattr(ipp, "MOST_VALUES", 100)
    with pytest.raises(BadIpp):
        read(answer(PRINTER, field(0x44, b"a", b"b") * 200))


def test_no_bytes_do_anything_else_than_be_read_or_refused():
    whole = answer(
        JOB,
        field(0x21, b"job-id", struct.pack(">i", 7)),
        field(0x34, b"media-col", b""),
        field(0x37, b"", b""),
        field(0x36, b"name", struct.pack(">H", 2) + b"zh" + struct.pack(">H", 3) + b"abc"),
    )
    chance, refused = random.Random(6), 0
    for _turn in range(3000):
        changed = bytearray(whole[: chance.randrange(len(whole) + 1)])
        for _change in range(chance.randrange(3)):
            if changed:
                changed[chance.randrange(len(changed))] = chance.randrange(256)
        try:
            read(bytes(changed))
        except BadIpp:
            refused += 1
    assert refused > 1000
