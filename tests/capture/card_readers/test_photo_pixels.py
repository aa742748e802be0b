"""What becomes of bytes that a library gives: a photo the right way round, or none."""

import struct

import pytest

from app.capture.card_readers.photo_pixels import BARE, HEIGHT, LARGEST, PIXELS, ROW, WIDTH, NoPhoto, photo_in


def striped(first, last):
    """Return bare rows of two colours: the one row that begins the bytes, and all others."""
    return bytes(first) * WIDTH + bytes(last) * WIDTH * (HEIGHT - 1)


def bitmap(height=HEIGHT, bits=24, start=54, packing=0):
    header = struct.pack("<2sI4xIIiiHHI", b"BM", LARGEST, start, 40, WIDTH, height, 1, bits, packing)
    return (
        header.ljust(54, b"\0")
        + (striped((1, 2, 3), (9, 9, 9))[:ROW] + b"\0\0")
        + (b"\x09" * ROW + b"\0\0") * (HEIGHT - 1)
    )


def test_rows_that_leave_doubt_are_taken_as_most_libraries_give_them():
    pixels = photo_in(striped((101, 102, 103), (104, 105, 106)))
    assert (len(pixels), pixels[:4], pixels[-4:]) == (PIXELS, b"\x68\x69\x6a\xff", b"\x65\x66\x67\xff")


@pytest.mark.parametrize(("height", "at"), [(HEIGHT, PIXELS - 4), (-HEIGHT, 0)])
def test_a_bitmap_file_says_where_its_rows_begin(height, at):
    assert photo_in(bitmap(height))[at : at + 4] == b"\x01\x02\x03\xff"


@pytest.mark.parametrize("broken", [bitmap(bits=8), bitmap(height=HEIGHT * 2), bitmap(start=2**31), bitmap(packing=1)])
def test_a_bitmap_file_of_another_kind_is_taken_for_rows(broken):
    assert len(photo_in(broken)) == PIXELS


@pytest.mark.parametrize("data", [b"", b"BM", bytes(BARE), bytes(BARE - 1), b"BM" + bytes(20)])
def test_what_is_too_short_or_has_one_value_is_no_photo(data):
    with pytest.raises(NoPhoto):
        photo_in(data)
