"""The picture of a body's seal: red on clear ground. Whoever sets it up may bring any file, so it is looked at first."""

from io import BytesIO

from PIL import Image, ImageChops

from app.papers.small_picture import NoPicture, TooLarge, small_picture
from app.services.errors import NotASeal

LARGEST = 2 * 1024 * 1024
"""Bytes."""
FEWEST_ACROSS = 200
"""Pixels; fewer are coarse on 42 mm."""
KEPT_ACROSS = 600
"""Pixels that are kept: a little more than 300 dpi on 42 mm."""
OPAQUE = 255
FAINT = 16
"""Shades next to white that a scanner makes of white paper."""


def read_seal(data: bytes) -> Image.Image:
    """Return the picture of a seal on clear ground; NotASeal with what is wrong: size, form, or coarse."""
    try:
        with small_picture(data, ("PNG", "JPEG"), LARGEST) as picture:
            drawn = picture.convert("RGBA")
    except TooLarge as error:
        raise NotASeal("size") from error
    except NoPicture as error:
        raise NotASeal("form") from error
    if min(drawn.size) < FEWEST_ACROSS:
        raise NotASeal("coarse")
    return _on_clear_ground(drawn)


def seal_as_kept(data: bytes) -> bytes:
    """Return the picture of a seal as PNG, small enough to go onto every paper; errors as of ``read_seal``."""
    drawn = read_seal(data)
    drawn.thumbnail((KEPT_ACROSS, KEPT_ACROSS), Image.Resampling.LANCZOS)
    target = BytesIO()
    drawn.save(target, "PNG", optimize=True)
    return target.getvalue()


def _on_clear_ground(drawn: Image.Image) -> Image.Image:
    """Make white as clear as it is white: seals are often scanned from paper. What is clear already stays so."""
    if drawn.getchannel("A").histogram()[OPAQUE] < drawn.width * drawn.height:
        return drawn
    ink = ImageChops.invert(drawn.getchannel("G"))  # red has no green: what is red is full of ink
    drawn.putalpha(ink.point(lambda shade: 0 if shade < FAINT else min(255, shade * 2)))
    return drawn
