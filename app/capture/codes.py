"""Bar codes and QR codes on a page. zxing is loaded with the first page, and only in helper processes."""

import functools
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.services.ports import FoundCode

MOST_CODES = 32
LONGEST_TEXT = 4096


def codes_on(page: NDArray[np.uint8]) -> tuple[FoundCode, ...]:
    """Return the codes on a page in grey, from top to bottom; those that are damaged are left out."""
    zxing = _zxing()
    found = zxing.read_barcodes(page, formats=_formats(), try_invert=False)
    readable = [code for code in found if code.valid and len(code.bytes) <= LONGEST_TEXT]
    readable.sort(key=lambda code: (code.position.top_left.y, code.position.top_left.x))
    return tuple(FoundCode(code.format.name, text_of(code.bytes)) for code in readable[:MOST_CODES])


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
