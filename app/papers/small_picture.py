"""Opens the picture of a signature or a seal, which may come from anywhere: it is measured before it is decoded."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from PIL import Image, UnidentifiedImageError

MOST_PIXELS = 4_000_000


class TooLarge(Exception):
    """A picture has more bytes or pixels than are looked at."""


class NoPicture(Exception):
    """A file is damaged, or no picture of the kinds that were asked for."""


@contextmanager
def small_picture(data: bytes, formats: tuple[str, ...], largest: int) -> Iterator[Image.Image]:
    """Give a picture of at most ``largest`` bytes, to be decoded in the block; TooLarge, NoPicture, that of the block too."""
    try:
        picture = Image.open(BytesIO(data), formats=formats) if len(data) <= largest else None
        if picture is None or picture.width * picture.height > MOST_PIXELS:
            raise TooLarge
        yield picture
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise NoPicture from error
