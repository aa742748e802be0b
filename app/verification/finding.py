"""Finds what can be checked in files from outside, one after the other, in a process of its own.

A question is ``{"root": PEM, "bars": whether bar codes are wanted}`` with the file; the answer is a piece of JSON: the codes on its
pages, a PDF's text, and what its signature is worth; or ``{"fault": …}``, one of ``Unread``. ``files`` asks.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium_c
import zxingcpp
from PIL import Image

from app.capture.inside import answer_all
from app.capture.limits import MOST_CLEANING_MEMORY, MOST_PIXELS
from app.capture.messages import Message
from app.capture.opening import Fault, check_size, faults_told, flat, opened
from app.domain.verdict import Unread
from app.security.proof_text import claims_to_be_proof
from app.verification.found import Seal

PDF_MARK = b"%PDF-"
PICTURES = ("JPEG", "PNG", "TIFF", "WEBP", "BMP")
DPI, LOW_DPI = 300, 150
POINTS_OF_AN_INCH = 72
MOST_PAGES = 12
"""Pages that are looked at; certificates have two."""
MOST_TEXT = 20_000
"""Characters of a page."""
UNSEEN = pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE
PASSWORD_ERROR = 4
"""pdfium's word for it."""
MOST_CODES = 16
LONGEST_CODE = 8192
QR_CODES: Any = [zxingcpp.BarcodeFormat.QRCode]
BAR_CODES: Any = [zxingcpp.BarcodeFormat.Code128]
SMALLEST_HALVED = 400
"""Pixels: a picture that is smaller is not looked at in half its size."""


def main() -> None:
    """Answer for one file after the other."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    answer_all(_answered, MOST_CLEANING_MEMORY)


def _answered(asked: Message) -> Message:
    """Return what a file holds; whatever a library raises over it is a fault of the file, not of the next one."""
    (data,) = asked.parts
    try:
        told = _of_pdf(data, asked.header) if PDF_MARK in data[:1024] else _of_page(_picture(data), asked.header)
    except Fault as fault:
        return Message({"fault": str(fault)})
    except MemoryError:
        return Message({"fault": Unread.SIZE})
    except pypdfium2.PdfiumError as error:
        return Message({"fault": Unread.ENCRYPTED if error.err_code == PASSWORD_ERROR else Unread.DAMAGED})
    except Exception:  # noqa: BLE001  the file is hostile
        return Message({"fault": Unread.DAMAGED})
    return Message({}, [json.dumps(told).encode()])


def _picture(data: bytes) -> Image.Image:
    picture = flat(opened(data, PICTURES))
    return picture.convert("L")


def _of_page(page: Image.Image, asked: Mapping[str, Any]) -> dict[str, list[str]]:
    # Thin bars first in the full size: misread, they may say another number.
    bars = _bars(reversed(list(_sizes(page)))) if asked["bars"] else []
    return {"codes": _codes(_sizes(page)), "bars": bars}


def _of_pdf(data: bytes, asked: Mapping[str, Any]) -> dict[str, Any]:
    document = pypdfium2.PdfDocument(data)
    signature = _signature(data, asked["root"]) if asked["root"] else {"seal": Seal.NONE}
    if signature["seal"] is Seal.BROKEN:
        return {"codes": [], **signature}  # whatever its codes say, it is changed
    found: dict[str, list[str]] = {"codes": [], "bars": []}
    texts: list[str] = []
    for number in range(min(len(document), MOST_PAGES)):
        page = document[number]
        texts.append(_text(page))
        check_size(*(length * DPI / POINTS_OF_AN_INCH for length in page.get_size()))
        # What a station signed bears a code as this program draws it, large and clean.
        found["codes"] += _codes(_drawn(page, [LOW_DPI] if signature["seal"] is Seal.GOOD else [LOW_DPI, DPI]))
        found["bars"] += _bars(_drawn(page, [DPI, LOW_DPI])) if asked["bars"] else []
        page.close()
    is_longer = len(document) > MOST_PAGES
    return {**found, "text": "".join("".join(texts).split()), "is_longer": is_longer, **signature}


def _drawn(page: pypdfium2.PdfPage, resolutions: Sequence[int]) -> Iterator[Image.Image]:
    """Yield a page in these resolutions (dpi)."""
    for dpi in resolutions:
        yield page.render(scale=dpi / POINTS_OF_AN_INCH, grayscale=True).to_pil().convert("L")


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


def _codes(pictures: Iterable[Image.Image]) -> list[str]:
    """Return the texts of the codes on a page, by the first of its ``pictures`` on which a proof is read, else by all."""
    seen: list[str] = []
    for picture in pictures:
        texts = _read(picture, QR_CODES)
        if any(map(claims_to_be_proof, texts)):
            return texts
        seen += texts
    return seen[:MOST_CODES]


def _bars(pictures: Iterable[Image.Image]) -> list[str]:
    """Return the bar codes on the first of the ``pictures`` of a page on which there are any."""
    return next(filter(None, (_read(picture, BAR_CODES) for picture in pictures)), [])


def _read(picture: Image.Image, formats: Any) -> list[str]:  # noqa: ANN401  what the library takes
    codes = zxingcpp.read_barcodes(picture, formats=formats)
    return [code.text for code in codes if code.valid and len(code.bytes) <= LONGEST_CODE][:MOST_CODES]


def _sizes(page: Image.Image) -> Iterator[Image.Image]:
    """Yield a picture in half its size, where the noise is gone that hides codes and which is read soonest; then as it is."""
    if min(page.size) >= SMALLEST_HALVED:
        with faults_told():
            yield page.reduce(2)
    yield page


if __name__ == "__main__":
    main()
