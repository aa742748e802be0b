"""Bar codes and QR codes on a page. zxing is loaded with the first page, and only in helper processes."""

import functools
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.services.ports import FoundCode

MOST_CODES = 32
LONGEST_TEXT = 4096


def codes_on(page: NDArray[np.uint8]) -> tuple[FoundCode, ...]:
    """Return the codes on a page in grey, from top to bottom; those that are damaged are left out."""
    zxing = _zxing()
    found = zxing.read_barcodes(page, formats=_formats(), try_invert=False)
    codes = _each_once([_Seen(*_box(code), code) for code in found if code.valid and len(code.bytes) <= LONGEST_TEXT])
    codes.sort(key=lambda seen: (seen.top, seen.left))
    return tuple(FoundCode(seen.code.format.name, text_of(seen.code.bytes)) for seen in codes[:MOST_CODES])


class _Seen(NamedTuple):
    """A code and the box that it was read in, in pixels."""

    left: int
    top: int
    right: int
    bottom: int
    code: Any

    @property
    def area(self) -> int:
        return (self.right - self.left) * (self.bottom - self.top)

    def lies_on(self, other: "_Seen") -> bool:
        return not (
            self.right < other.left or other.right < self.left or self.bottom < other.top or other.bottom < self.top
        )


def _each_once(seen: list[_Seen]) -> list[_Seen]:
    """Return the larger where two were read in one place: of a hundred misread lines of Code 128, one checks out."""
    kept: list[_Seen] = []
    for one in sorted(seen, key=lambda one: -one.area):
        if not any(one.lies_on(other) for other in kept):
            kept.append(one)
    return kept


def _box(code: Any) -> tuple[int, int, int, int]:  # noqa: ANN401  zxing's type
    place = code.position
    corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    x, y = [corner.x for corner in corners], [corner.y for corner in corners]
    return min(x), min(y), max(x), max(y)


def text_of(data: bytes) -> str:
    """Return what a code says: UTF-8 or, as older Chinese programs write it, GB 18030."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")


def _zxing() -> Any:  # noqa: ANN401  has no types of its own
    import zxingcpp  # noqa: PLC0415  see above

    return zxingcpp


@functools.cache
def _formats() -> Any:  # noqa: ANN401
    """Return what papers carry: official papers, invoices and certificates, parcels and goods."""
    zxing = _zxing()
    kinds = zxing.BarcodeFormat
    return [kinds.Code128, kinds.QRCode, kinds.Code39, kinds.EAN13, kinds.DataMatrix, kinds.PDF417]
