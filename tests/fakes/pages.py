"""A page reader that looks at the first bytes only and shows every page as a white sheet of A4."""

import io

from PIL import Image

from app.capture.limits import LARGEST_FILE
from app.services.errors import BadAttachment
from app.services.ports import NewPage, Picture

KINDS = (b"\x89PNG", b"\xff\xd8", b"%PDF-", b"II*\x00", b"MM\x00*")
A4_MM = (210, 297)


class BlankPages:
    """Implements the port ``PageReader``."""

    def read(self, data):
        if not 0 < len(data) <= LARGEST_FILE:
            raise BadAttachment("size" if data else "damaged")
        if not data.startswith(KINDS):
            raise BadAttachment("kind")
        return [NewPage(sheet(A4_MM), "image/png")]

    def thumbnail(self, _data, _media_type, turn, width_px):
        width, height = A4_MM if turn % 180 == 0 else A4_MM[::-1]
        return sheet((width_px, width_px * height // width))

    def paper(self, _pdf, _page, width_px):
        height = width_px * A4_MM[1] // A4_MM[0]
        return Picture(width_px, height, b"\xff" * (width_px * height * 4), 1)


def sheet(size):
    buffer = io.BytesIO()
    Image.new("L", size, 255).save(buffer, "PNG")
    return buffer.getvalue()
