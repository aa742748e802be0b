"""Decodes one file from outside, in a process of its own: the file on standard input, pages on standard output.

Every page becomes one picture, because the store keeps pages as pictures: nothing else that a file may carry (scripts,
attachments, places where a photo was taken) gets in. The answer is a line of JSON, ``{"pages": [[media type, length],
…]}`` or ``{"fault": …}``, and then the pages' bytes one after the other. ``app.capture.pages`` reads it.
"""

import faulthandler
import io
import json
import signal
import sys
from collections.abc import Iterator
from typing import IO

import pypdfium2
from PIL import Image, ImageOps, ImageSequence

from app.capture.inside import begin
from app.capture.limits import (
    DPI,
    JPEG_QUALITY,
    LONGEST_PAGE_S,
    MOST_MEMORY,
    MOST_PAGES,
    MOST_PIXELS_IN_ALL,
)
from app.capture.opening import KINDS_OF_A_PAGE, Fault, check_size, faults_told, flat, opened

PDF_MARK = b"%PDF-"
POINTS_OF_AN_INCH = 72
KINDS = (*KINDS_OF_A_PAGE, "TIFF")
PDF_PASSWORD_ERROR = 4


def main() -> None:
    """Answer for the file on standard input."""
    heard, told = begin(MOST_MEMORY)
    with told:
        _answer(heard.read(), told)


def _answer(data: bytes, told: IO[bytes]) -> None:
    try:
        with faults_told():
            pages = list(_watched(_pages(data)))
    except Fault as fault:
        _tell(told, {"fault": str(fault)})
    except pypdfium2.PdfiumError:
        _tell(told, {"fault": "damaged"})
    else:
        _tell(told, {"pages": [[kind, len(page)] for kind, page in pages]}, *(page for _, page in pages))


def _watched(pages: Iterator[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Yield the pages; end the process when the next one is not there in time, whatever library is at work."""
    _watch(LONGEST_PAGE_S)
    for page in pages:
        yield page
        _watch(LONGEST_PAGE_S)
    _watch(0)


def _watch(seconds: float) -> None:
    """Let the process end in so many seconds of computing, so that a busy machine refuses no honest page; 0 stops that.

    Where there is no such timer, as on Windows, seconds of the clock are counted.
    """
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_PROF, seconds)
    elif seconds:
        faulthandler.dump_traceback_later(seconds, exit=True)
    else:
        faulthandler.cancel_dump_traceback_later()


def _pages(data: bytes) -> Iterator[tuple[str, bytes]]:
    if PDF_MARK in data[:1024]:
        return _pdf_pages(data)
    return _picture_pages(data)


def _pdf_pages(data: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Fault("encrypted" if getattr(error, "err_code", 0) == PDF_PASSWORD_ERROR else "damaged") from error
    if not 1 <= len(document) <= MOST_PAGES:
        raise Fault("pages" if len(document) else "damaged")
    size = _Size()
    for page in document:
        size.add(*(length * DPI / POINTS_OF_AN_INCH for length in page.get_size()))
        yield _encoded(page.render(scale=DPI / POINTS_OF_AN_INCH).to_pil())
        page.close()


def _picture_pages(data: bytes) -> Iterator[tuple[str, bytes]]:
    size = _Size()
    for number, frame in enumerate(_frames(opened(data, KINDS))):
        if number == MOST_PAGES:
            raise Fault("pages")
        size.add(*frame.size)
        frame.load()
        ImageOps.exif_transpose(frame, in_place=True)
        yield _encoded(frame)


def _frames(picture: Image.Image) -> Iterator[Image.Image]:
    """Yield the pages: only a TIFF has several; behind a telephone's JPEG stand previews and maps of its brightness."""
    return iter(ImageSequence.Iterator(picture) if picture.format == "TIFF" else [picture])


class _Size:
    """Adds the pages of a file up; a page that is too large by itself or with those before it is a fault."""

    def __init__(self) -> None:
        self._pixels = 0.0

    def add(self, width: float, height: float) -> None:
        """Take a page in before it is drawn."""
        check_size(width, height)
        self._pixels += width * height
        if self._pixels > MOST_PIXELS_IN_ALL:
            raise Fault("size")


def _encoded(picture: Image.Image) -> tuple[str, bytes]:
    """Return a page as PNG when it is black and white, else as JPEG, without anything beside the picture."""
    buffer = io.BytesIO()
    if picture.mode == "1":
        picture.save(buffer, "PNG")
        return "image/png", buffer.getvalue()
    flat(picture).save(buffer, "JPEG", quality=JPEG_QUALITY)
    return "image/jpeg", buffer.getvalue()


def _tell(told: IO[bytes], header: dict[str, object], *pages: bytes) -> None:
    told.write(json.dumps(header).encode() + b"\n")
    told.writelines(pages)


if __name__ == "__main__":
    main()
