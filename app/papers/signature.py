"""A signature's picture as ink without a ground. It may come from another station: it is looked at before it is decoded."""

from io import BytesIO

from PIL import Image, ImageChops, UnidentifiedImageError

from app.services.errors import NotSignable

LARGEST = 512 * 1024
"""Bytes."""
MOST_PIXELS = 4_000_000
INK = (16, 24, 64)
"""The blue-black of a fountain pen, so that a signature is told from print."""


def read_signature(data: bytes) -> Image.Image:
    """Return a picture of ink, clear where nothing was written; NotSignable when it is no such picture."""
    try:
        picture = Image.open(BytesIO(data), formats=("PNG",)) if len(data) <= LARGEST else None
        if picture is None or picture.width * picture.height > MOST_PIXELS:
            raise NotSignable
        written = ImageChops.invert(_on_white(picture))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise NotSignable from error
    ink = Image.new("RGB", picture.size, INK)
    ink.putalpha(written)
    return ink


def _on_white(picture: Image.Image) -> Image.Image:
    ground = Image.new("RGBA", picture.size, "white")
    ground.alpha_composite(picture.convert("RGBA"))
    return ground.convert("L")
