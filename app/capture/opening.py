"""The one way in which a picture from outside is opened: its kind and size are looked at before anything is decoded."""

import io
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, UnidentifiedImageError

from app.capture.limits import LONGEST_SIDE, MOST_PIXELS

KINDS_OF_A_PAGE = ("JPEG", "PNG")
"""As pages are kept; a file that is taken in may be of others too."""


class Fault(Exception):
    """The picture cannot be taken; the word is one of the faults of ``BadAttachment``."""


def opened(data: bytes, kinds: tuple[str, ...] = KINDS_OF_A_PAGE) -> Image.Image:
    """Return the picture, of which nothing but its header was read; Fault for another kind and for one too large.

    What follows the header may be broken off or lie: ``flat`` tells that, and so does ``faults_told`` around a decoding.
    """
    with faults_told():
        picture = Image.open(io.BytesIO(data), formats=kinds)
    check_size(*picture.size)
    return picture


def check_size(width: float, height: float) -> None:
    """Raise a Fault for more pixels than a page has, or none."""
    if not 1 <= width * height <= MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise Fault("size")


@contextmanager
def faults_told() -> Iterator[None]:
    """Turn whatever Pillow raises over a picture from outside into a Fault."""
    try:
        yield
    except UnidentifiedImageError as error:
        raise Fault("kind") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise Fault("size") from error
    except (OSError, ValueError, SyntaxError, EOFError, TypeError, KeyError, OverflowError) as error:
        raise Fault("damaged") from error


def flat(picture: Image.Image) -> Image.Image:
    """Return the picture decoded, in grey or colour, on white where it is transparent; Fault when it is damaged.

    A large one is copied once at most.
    """
    with faults_told():
        picture.load()
        if picture.mode.startswith("I"):
            return picture.point(lambda value: value / 256).convert("L")
        if "transparency" in picture.info or picture.mode in {"RGBA", "LA", "PA"}:
            return _on_white(picture)
        if picture.mode in {"L", "RGB"}:
            return picture
        return picture.convert("L" if picture.mode == "1" else "RGB")


def _on_white(picture: Image.Image) -> Image.Image:
    solid = picture if picture.mode == "RGBA" else picture.convert("RGBA")
    page = Image.new("RGB", solid.size, "white")
    page.paste(solid, mask=solid)
    return page
