"""A signature's picture as ink without a ground. It may come from another station: it is looked at before it is decoded."""

from PIL import Image, ImageChops

from app.papers.small_picture import NoPicture, TooLarge, small_picture
from app.services.errors import NotSignable

LARGEST = 512 * 1024
"""Bytes."""
INK = (16, 24, 64)
"""The blue-black of a fountain pen, so that a signature is told from print."""


def read_signature(data: bytes) -> Image.Image:
    """Return a picture of ink, clear where nothing was written; NotSignable when it is no such picture."""
    try:
        with small_picture(data, ("PNG",), LARGEST) as picture:
            written = ImageChops.invert(_on_white(picture))
    except (TooLarge, NoPicture) as error:
        raise NotSignable from error
    ink = Image.new("RGB", written.size, INK)
    ink.putalpha(written)
    return ink


def _on_white(picture: Image.Image) -> Image.Image:
    ground = Image.new("RGBA", picture.size, "white")
    ground.alpha_composite(picture.convert("RGBA"))
    return ground.convert("L")
