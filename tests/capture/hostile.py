"""Pictures that no honest program makes, each with the word for what is wrong with it."""

import io
import os
import struct
import zlib

from PIL import Image

from tests.capture import drawn


def huge_png(width, height):
    """Return a PNG of few bytes that says it is so large."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(1 + width * 3) * 64)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def lying_jpeg(width, height):
    """Return a small JPEG whose header says that it is so large."""
    data = bytearray(drawn.as_jpeg(drawn.blank(20)))
    start = data.index(b"\xff\xc0") + 5
    data[start : start + 4] = struct.pack(">HH", height, width)
    return bytes(data)


def gif():
    buffer = io.BytesIO()
    Image.new("L", (200, 200)).save(buffer, "GIF")
    return buffer.getvalue()


HOSTILE = {
    "a bomb of 20,000 by 20,000": (huge_png(20_000, 20_000), "size"),
    "a picture longer than any page": (huge_png(70_000, 100), "size"),
    "a JPEG that lies about its size": (lying_jpeg(20_000, 20_000), "size"),
    "a JPEG that breaks off": (drawn.as_jpeg(drawn.paper("receipt", 100))[:-3000], "damaged"),
    "a GIF": (gif(), "kind"),
    "noise": (os.urandom(5_000), "kind"),
}
