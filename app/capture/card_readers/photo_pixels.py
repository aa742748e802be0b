"""What a maker's library gives of a photo becomes pixels: a bitmap file, or bare rows whose order nobody wrote down.

The rows of most libraries begin at the bottom and go from blue to red, as in a bitmap file; some begin at the top or
with red. Whoever sees a photo sees which it is, and so can a few sums: a passport photo has a bright wall above and shoulders below,
and skin is redder than it is blue. Where that leaves doubt it is taken as most libraries give it.
"""

import struct
from collections.abc import Sequence

WIDTH, HEIGHT, CHANNELS = 102, 126, 3
ROW = WIDTH * CHANNELS
BARE = ROW * HEIGHT
"""Bytes of rows without padding and header."""
PADDED_ROW = 308
HEADER = struct.Struct("<2sI4xIIiiHHI")
LARGEST = 54 + PADDED_ROW * HEIGHT
"""Bytes of a bitmap file."""
PIXELS = WIDTH * HEIGHT * 4
"""Bytes of what comes out."""
CORNER = (slice(0, 25 * CHANNELS), slice(-25 * CHANNELS, None))
CORNER_ROWS = HEIGHT // 8
FACE_ROWS, FACE = slice(40, 80), slice(35 * CHANNELS, 67 * CHANNELS)
CLEARLY = 12
"""Of 255; less than this between two means is doubt."""


class NoPhoto(Exception):
    """What the library gave is no photo."""


def photo_in(data: bytes) -> bytes:
    """Return the photo: 4 bytes a pixel (blue, green, red, alpha), rows from the top; NoPhoto when there is none."""
    rows = _rows_of_file(data) if data[:2] == b"BM" else None
    if rows is None:
        rows = _coloured(_upright(_bare_rows(data)))
    together = b"".join(rows)
    if len(set(together)) == 1:
        raise NoPhoto
    pixels = bytearray(b"\xff") * PIXELS
    for channel in range(CHANNELS):
        pixels[channel::4] = together[channel::CHANNELS]
    return bytes(pixels)


def _rows_of_file(data: bytes) -> Sequence[bytes] | None:
    """Return the rows of a bitmap file from the top, None when it is none of a photo's size and 24 bits a pixel."""
    if len(data) < HEADER.size:
        return None
    _mark, _size, start, _length, width, height, _planes, bits, packing = HEADER.unpack_from(data)
    if (width, abs(height), bits, packing) != (WIDTH, HEIGHT, 24, 0) or start + PADDED_ROW * HEIGHT > len(data):
        return None
    rows = [data[at : at + ROW] for at in range(start, start + PADDED_ROW * HEIGHT, PADDED_ROW)]
    return rows if height < 0 else rows[::-1]


def _bare_rows(data: bytes) -> Sequence[bytes]:
    if len(data) < BARE:
        raise NoPhoto
    return [data[at : at + ROW] for at in range(0, BARE, ROW)][::-1]


def _upright(rows: Sequence[bytes]) -> Sequence[bytes]:
    above, below = (_mean([row[side] for row in part for side in CORNER]) for part in (_top(rows), _top(rows[::-1])))
    return rows[::-1] if below - above > CLEARLY else rows


def _top(rows: Sequence[bytes]) -> Sequence[bytes]:
    return rows[:CORNER_ROWS]


def _coloured(rows: Sequence[bytes]) -> Sequence[bytes]:
    """Return the rows with blue first."""
    face = [row[FACE] for row in rows[FACE_ROWS]]
    first, last = (_mean([part[channel::CHANNELS] for part in face]) for channel in (0, CHANNELS - 1))
    return [_exchanged(row) for row in rows] if first - last > CLEARLY else rows


def _exchanged(row: bytes) -> bytes:
    exchanged = bytearray(row)
    exchanged[0::CHANNELS], exchanged[2::CHANNELS] = row[2::CHANNELS], row[0::CHANNELS]
    return bytes(exchanged)


def _mean(parts: Sequence[bytes]) -> float:
    together = b"".join(parts)
    return sum(together) / len(together)
