"""Finds what can be checked in one file from outside, in a process of its own.

On standard input stand a line of JSON, ``{"root": PEM, "bars": whether bar codes are wanted}``, and the file; on standard output comes one line of JSON: the
codes on its pages, a PDF's text, and what its signature is worth. ``files`` asks for it.
"""

import json
import sys
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium_c
import zxingcpp
from PIL import Image

from app.capture.limits import MOST_CLEANING_MEMORY, MOST_PIXELS, limit_process
from app.capture.opening import Fault, check_size, faults_told, flat, opened
from app.verification.found import Seal

PDF_MARK = b"%PDF-"
PICTURES = ("JPEG", "PNG", "TIFF", "WEBP", "BMP")
DPI = 300
POINTS_OF_AN_INCH = 72
MOST_PAGES = 12
"""Pages that are looked at; certificates have two."""
MOST_TEXT = 20_000
"""Characters of a page."""
UNSEEN = pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE
MOST_CODES = 16
LONGEST_CODE = 8192
QR_CODES: Any = [zxingcpp.BarcodeFormat.QRCode]
BAR_CODES: Any = [zxingcpp.BarcodeFormat.Code128]
SMALLEST_HALVED = 400
"""Pixels: a picture that is smaller is not looked at in half its size."""


def main() -> None:
    """Answer for the file on standard input."""
    limit_process(MOST_CLEANING_MEMORY)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    asked = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    try:
        told = _of_pdf(data, asked) if PDF_MARK in data[:1024] else _of_page(_picture(data), asked)
    except (Fault, MemoryError, pypdfium2.PdfiumError):
        told = {"unreadable": True}
    sys.stdout.write(json.dumps(told))


def _picture(data: bytes) -> Image.Image:
    picture = flat(opened(data, PICTURES))
    return picture.convert("L")


def _of_page(page: Image.Image, asked: dict[str, Any]) -> dict[str, list[str]]:
    return {"codes": _codes(page, QR_CODES), "bars": _codes(page, BAR_CODES) if asked["bars"] else []}


def _of_pdf(data: bytes, asked: dict[str, Any]) -> dict[str, Any]:
    document = pypdfium2.PdfDocument(data)
    found: dict[str, list[str]] = {"codes": [], "bars": []}
    texts: list[str] = []
    for number in range(min(len(document), MOST_PAGES)):
        page = document[number]
        texts.append(_text(page))
        check_size(*(length * DPI / POINTS_OF_AN_INCH for length in page.get_size()))
        picture = page.render(scale=DPI / POINTS_OF_AN_INCH, grayscale=True).to_pil().convert("L")
        for kind, said in _of_page(picture, asked).items():
            found[kind] += said
        page.close()
    return {
        **found,
        "text": "".join("".join(texts).split()),
        **(_signature(data, asked["root"]) if asked["root"] else {}),
    }


def _text(page: Any) -> str:  # noqa: ANN401  pypdfium2 has no types
    """Return the text that a page shows; nothing of a scan, whose scanner laid what it recognised unseen over it."""
    written = page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_TEXT])
    if all(pdfium_c.FPDFTextObj_GetTextRenderMode(one) == UNSEEN for one in written):
        return ""
    return str(page.get_textpage().get_text_range()[:MOST_TEXT])


def _signature(data: bytes, root: str) -> dict[str, Any]:
    from app.security import pades_checking  # noqa: PLC0415  loads pyHanko, which pictures have no use for

    try:
        signed = pades_checking.checked(data, root)
    except pades_checking.NotSigned:
        return {"seal": Seal.NONE}
    except pades_checking.SignatureBroken:
        return {"seal": Seal.BROKEN}
    except pades_checking.SignedByStranger:
        return {"seal": Seal.STRANGER}
    return {
        "seal": Seal.GOOD,
        "certificate": signed.certificate.hex(),
        "signed_at": signed.signed_at.isoformat(),
        "claims": signed.claims.decode(errors="replace"),
    }


def _codes(page: Image.Image, formats: Any = QR_CODES) -> list[str]:  # noqa: ANN401  what the library takes
    """Return the texts of the codes on a page; in half its size where the noise of the whole one hides them."""
    for seen in _sizes(page):
        codes = zxingcpp.read_barcodes(seen, formats=formats)
        if texts := [code.text for code in codes if code.valid and len(code.bytes) <= LONGEST_CODE]:
            return texts[:MOST_CODES]
    return []


def _sizes(page: Image.Image) -> Iterator[Image.Image]:
    yield page
    if min(page.size) >= SMALLEST_HALVED:
        with faults_told():
            yield page.reduce(2)


if __name__ == "__main__":
    main()
