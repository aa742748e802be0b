"""Raw lines of a scanner become a JPEG, or a PNG in black and white; a JPEG that a scanner made is looked at.

What a driver promises of a page and what it then gives are compared here: it may lie.
"""

import io
import sys
from dataclasses import dataclass

from PIL import Image

from app.capture.limits import LONGEST_SIDE, MOST_PIXELS
from app.capture.opening import Fault, faults_told, opened
from app.capture.scanners.sane_terms import Frame, FrameShape
from app.services.errors import ScannerFault, ScannerTrouble
from app.services.ports.scanning import ScannedPage

JPEG_QUALITY = 90
"""The page is cleaned and made smaller from it, and it is kept until the case is accepted only."""
PNG_LEVEL = 4
"""A page of noise takes 90 ms so, and 280 ms at the usual 6 without being smaller."""
MOST_BYTES = 6 * MOST_PIXELS
"""Of a frame: three colours of 16 bits."""
_BITS = (1, 8, 16)
_OF_A_COLOUR = (Frame.RED, Frame.GREEN, Frame.BLUE)


@dataclass(frozen=True, slots=True)
class RawFrame:
    """All bytes of a frame, with the shape that they turned out to have."""

    shape: FrameShape
    data: bytes | bytearray


def most_bytes(shape: FrameShape) -> int:
    """Return how many bytes a frame of this shape may have; ScannerFault for a shape that no page has."""
    samples = 3 if shape.frame == Frame.RGB else 1
    if shape.depth not in _BITS or shape.frame not in list(Frame):
        raise _lie()
    if not 0 < shape.pixels_a_line <= LONGEST_SIDE or shape.lines == 0 or shape.lines > LONGEST_SIDE:
        raise _lie()
    if not -(-shape.pixels_a_line * samples * shape.depth // 8) <= shape.bytes_a_line <= 8 * samples * LONGEST_SIDE:
        raise _lie()
    if shape.lines > 0:
        if shape.pixels_a_line * shape.lines > MOST_PIXELS or shape.bytes_a_line * shape.lines > MOST_BYTES:
            raise _lie()
        return shape.bytes_a_line * shape.lines
    return min(shape.bytes_a_line * (MOST_PIXELS // shape.pixels_a_line), MOST_BYTES)


def encode(frames: list[RawFrame], dpi: int) -> ScannedPage:
    """Return the page that one frame holds, or three of one colour each; ScannerFault when they are not one page."""
    pictures = [_picture(frame) for frame in frames]
    if len(pictures) == len(_OF_A_COLOUR):
        if len({picture.size for picture in pictures}) > 1 or len({picture.mode for picture in pictures}) > 1:
            raise _lie()
        by_colour = sorted(zip((frame.shape.frame for frame in frames), pictures, strict=True), key=lambda one: one[0])
        picture = Image.merge("RGB", [one.convert("L") for _colour, one in by_colour])
    else:
        picture = pictures[0]
    buffer = io.BytesIO()
    if picture.mode == "1":
        picture.save(buffer, "PNG", compress_level=PNG_LEVEL, dpi=(dpi, dpi))
        return ScannedPage(buffer.getvalue(), "image/png", dpi)
    picture.save(buffer, "JPEG", quality=JPEG_QUALITY, dpi=(dpi, dpi))
    return ScannedPage(buffer.getvalue(), "image/jpeg", dpi)


def whole_jpeg(data: bytes, dpi: int) -> ScannedPage:
    """Return what came as a page; ScannerFault when it is no whole JPEG of a bearable size.

    It is decoded at an eighth of its size: all bytes are read, in a tenth of the time.
    """
    try:
        with faults_told():
            picture = opened(data, ("JPEG",))
            picture.draft("L", (max(1, picture.width // 8), max(1, picture.height // 8)))
            picture.load()
    except Fault as fault:
        raise _lie() from fault
    return ScannedPage(data, "image/jpeg", dpi)


def _picture(frame: RawFrame) -> Image.Image:
    """Return the lines as a picture; lines may be longer than their pixels, and in black and white a 1 is black."""
    shape, data = frame.shape, frame.data
    lines = len(data) // shape.bytes_a_line
    if lines == 0:
        raise _lie()
    stride = shape.bytes_a_line
    if shape.depth == 16:  # the byte that counts, of each sample
        data = data[sys.byteorder == "little" :: 2] if stride % 2 == 0 else _even(data, stride)
        stride //= 2
    mode, raw = _modes(shape)
    size = (shape.pixels_a_line, lines)
    return Image.frombuffer(mode, size, data, "raw", raw, stride, 1)


def _even(data: bytes | bytearray, stride: int) -> bytes:
    """Return the upper bytes of lines that end in the middle of a sample."""
    high = int(sys.byteorder == "little")
    return b"".join(data[start + high : start + stride - 1 : 2] for start in range(0, len(data) - stride + 1, stride))


def _modes(shape: FrameShape) -> tuple[str, str]:
    """Return how Pillow calls such pixels, in its picture and in these bytes."""
    if shape.frame == Frame.RGB:
        if shape.depth == 1:
            raise _lie()
        return "RGB", "RGB"
    return ("1", "1;I") if shape.depth == 1 else ("L", "L")


def _lie() -> ScannerFault:
    return ScannerFault(ScannerTrouble.DRIVER)
