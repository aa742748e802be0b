"""The port ``PageReader``: files become pages in a process of their own, pages become pictures here.

Light to import: Pillow and PDFium are loaded with the first picture.
"""

import io
import json
import subprocess
import sys
from threading import Lock
from typing import Any

from app.capture.limits import LARGEST_FILE, LONGEST_S, MOST_PAGES
from app.config import ROOT
from app.services.errors import BadAttachment
from app.services.ports import NewPage, Picture

LIMITS = {"size": LARGEST_FILE // (1024 * 1024), "pages": MOST_PAGES}
WIDEST_PX = 4000


class FilePages:
    """Safe to use from any thread; PDFium is not, so it is used by one at a time."""

    def __init__(self) -> None:
        self._pdfium = Lock()

    def read(self, data: bytes) -> list[NewPage]:
        """Return the pages of a PDF, JPEG, PNG or TIFF; BadAttachment when it cannot be taken.

        The file is decoded in a process that may take 4 s a page, 20 s in all and 475 MiB; whatever happens to it,
        this one goes on.
        """
        if not 0 < len(data) <= LARGEST_FILE:
            raise _bad("size" if data else "damaged")
        command = [sys.executable, "-m", "app.capture.decode"]
        try:
            done = subprocess.run(  # noqa: S603  our own program, without a shell
                command, input=data, capture_output=True, timeout=LONGEST_S, check=False, cwd=ROOT
            )
        except subprocess.TimeoutExpired as error:
            raise _bad("damaged") from error
        if done.returncode:
            raise _bad("damaged")
        return _unpack(done.stdout)

    def thumbnail(self, data: bytes, media_type: str, turn: int, width_px: int) -> bytes:  # noqa: ARG002
        """Return the page as a PNG of at most ``width_px``, turned clockwise by ``turn`` degrees."""
        from app.capture import opening  # noqa: PLC0415  start-up need not wait for Pillow

        try:
            picture = opening.opened(data)
            picture.draft("RGB", (width_px * 2, width_px * 2))
            picture = opening.flat(picture).rotate(-turn, expand=True)
        except opening.Fault as fault:
            raise _bad(str(fault)) from fault
        picture.thumbnail((width_px, width_px * 3))
        buffer = io.BytesIO()
        picture.save(buffer, "PNG")
        return buffer.getvalue()

    def paper(self, pdf: bytes, page: int, width_px: int) -> Picture:
        """Return one page (from 0; the last one when there are fewer) of a paper as a picture of ``width_px``."""
        import pypdfium2  # noqa: PLC0415  start-up need not wait for it

        with self._pdfium:
            document = pypdfium2.PdfDocument(pdf)
            try:
                shown = document[min(page, len(document) - 1)]
                scale = min(width_px, WIDEST_PX) / shown.get_width()
                bitmap = shown.render(scale=scale, force_bitmap_format=pypdfium2.raw.FPDFBitmap_BGRx, maybe_alpha=False)
                return _picture(bitmap, len(document))
            finally:
                document.close()


def _picture(bitmap: Any, pages: int) -> Picture:  # noqa: ANN401  PDFium's type
    row = bitmap.width * 4
    pixels = bytes(bitmap.buffer)
    if bitmap.stride != row:
        starts = range(0, bitmap.stride * bitmap.height, bitmap.stride)
        pixels = b"".join(pixels[start : start + row] for start in starts)
    return Picture(bitmap.width, bitmap.height, pixels, pages)


def _unpack(answer: bytes) -> list[NewPage]:
    header, _, rest = answer.partition(b"\n")
    told = json.loads(header)
    if "fault" in told:
        raise _bad(told["fault"])
    pages, start = [], 0
    for media_type, length in told["pages"]:
        pages.append(NewPage(rest[start : start + length], media_type))
        start += length
    return pages


def _bad(fault: str) -> BadAttachment:
    return BadAttachment(fault, LIMITS.get(fault, 0))
