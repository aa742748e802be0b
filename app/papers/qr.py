"""QR codes as squares: encoded by zxing, which is loaded with the first one, and drawn by the pen."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

Run = tuple[int, int, int]
"""Row, first column and number of dark modules side by side."""


QUIET = 4
"""Modules of white around a code (ISO/IEC 18004)."""
QUARTER, SEVENTH = "Q", "M"
"""What part of a code may be damaged."""


def modules(text: str, damage: str = QUARTER) -> tuple[int, list[Run]]:
    """Return how many modules a QR code with ``text`` has on a side, and its dark ones; ``damage`` it stands."""
    import zxingcpp  # noqa: PLC0415  few papers have one

    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level=damage)
    image: Any = code.to_image(scale=1, add_quiet_zones=False)
    rows: Any = memoryview(image).tolist()
    return len(rows), [(number, start, length) for number, row in enumerate(rows) for start, length in _dark(row)]


def _dark(row: list[int]) -> Iterator[tuple[int, int]]:
    start = 0
    for shade, run in groupby(row):
        length = len(list(run))
        if shade == 0:
            yield start, length
        start += length
