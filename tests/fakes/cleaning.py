"""A page cleaner that leaves pages as they are, and says of them what a test wants it to say."""

import io

from PIL import Image, UnidentifiedImageError

from app.capture.limits import LARGEST_FILE
from app.services.errors import BadAttachment
from app.services.ports import CleanPage, Colours

MODES = {Colours.COLOUR: "RGB", Colours.GREY: "L", Colours.BLACK_AND_WHITE: "1"}


class PlainCleaner:
    """Implements the port ``PageCleaner``; what it raises next is ``fails_with``."""

    def __init__(self, *, remarks=frozenset(), codes=(), found=None):
        self.remarks = remarks
        self.codes = codes
        self.found = found
        self.fails_with = None
        self.cleaned = 0

    def clean(self, data, *, colours=None, corners=None):
        if self.fails_with:
            raise self.fails_with
        if not 0 < len(data) <= LARGEST_FILE:
            raise BadAttachment("size" if data else "damaged")
        self.cleaned += 1
        wanted = colours or Colours.COLOUR
        image, media_type = encoded(decoded(data).convert(MODES[wanted]))
        return CleanPage(image, media_type, wanted, frozenset(self.remarks), corners or self.found, tuple(self.codes))

    def close(self):
        """Hold nothing open."""


def decoded(data):
    try:
        picture = Image.open(io.BytesIO(data), formats=("JPEG", "PNG"))
        picture.load()
    except UnidentifiedImageError as error:
        raise BadAttachment("kind") from error
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise BadAttachment("damaged") from error
    return picture


def encoded(picture):
    buffer = io.BytesIO()
    kind = "PNG" if picture.mode == "1" else "JPEG"
    picture.save(buffer, kind)
    return buffer.getvalue(), f"image/{kind.lower()}"
