"""Pictures and other files that mean harm: bombs, impossible sizes, polyglots, things that are no picture at all."""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import cache

from PIL import Image, ImageDraw

from tests.campaigns.mutations import PNG_MARK

MEGABYTE = 1024 * 1024


def picture(kind: str, mode: str = "RGB", size: tuple[int, int] = (150, 210), **options: object) -> bytes:
    """Return a small picture with something on it."""
    image = Image.new("L", size, 255)
    pen = ImageDraw.Draw(image)
    for line in range(10, size[1], 14):
        pen.line((10, line, size[0] - 10 - line % 37, line + 3), fill=line % 200, width=2)
    buffer = io.BytesIO()
    image.convert(mode).save(buffer, kind, **options)
    return buffer.getvalue()


def several(kind: str, count: int, **options: object) -> bytes:
    """Return a picture file with ``count`` frames."""
    frames = [Image.new("L", (60, 80), shade * 5 % 256) for shade in range(count)]
    buffer = io.BytesIO()
    frames[0].save(buffer, kind, save_all=True, append_images=frames[1:], **options)
    return buffer.getvalue()


def good_pictures() -> list[bytes]:
    """Return the good files that are damaged: every mode and compression that the decoders know."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    jpegs = [
        picture("JPEG", exif=exif),
        picture("JPEG", "L"),
        picture("JPEG", "CMYK"),
        picture("JPEG", progressive=True),
        picture("JPEG", subsampling=2, restart_marker_rows=1, comment=b"note"),
        several("MPO", 2),
    ]
    pngs = [picture("PNG", mode) for mode in ("RGB", "RGBA", "L", "LA", "P", "1", "I;16")]
    pngs += [picture("PNG", "P", transparency=0), several("PNG", 3), picture("PNG", icc_profile=bytes(200))]
    kinds = ("raw", "tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg", "zstd", "lzma")
    tiffs = [picture("TIFF", compression=kind) for kind in kinds]
    tiffs += [picture("TIFF", "1", compression=kind) for kind in ("group3", "group4", "tiff_ccitt")]
    tiffs += [picture("TIFF", mode) for mode in ("CMYK", "I;16", "F", "YCbCr", "LAB", "RGBA")]
    tiffs += [several("TIFF", 3), several("TIFF", 3, compression="tiff_lzw"), several("TIFF", 3, big_tiff=True)]
    return jpegs + pngs + tiffs


def chunk(kind: bytes, data: bytes) -> bytes:
    """Return one chunk of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, depth: int, colour: int, pixels: bytes, *before: bytes) -> bytes:
    """Return a PNG that says these sizes, whatever ``pixels`` (compressed) hold."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return PNG_MARK + chunk(b"IHDR", header) + b"".join(before) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@cache
def zeros(length: int) -> bytes:
    """Return so many zero bytes, compressed."""
    packer = zlib.compressobj(9)
    block = bytes(MEGABYTE)
    parts = [packer.compress(block) for _ in range(length // MEGABYTE)]
    return b"".join(parts) + packer.compress(bytes(length % MEGABYTE)) + packer.flush()


def _png_bomb(chance: random.Random) -> bytes:
    side = chance.choice((6_000, 6_324, 12_000, 30_000, 100_000))
    colour, depth = chance.choice(((0, 1), (0, 8), (2, 8), (6, 8), (6, 16), (0, 16)))
    return png(side, side, depth, colour, zeros(chance.choice((1, 40, 120)) * MEGABYTE))


def _png_sizes(chance: random.Random) -> bytes:
    width = chance.choice((0, 1, 2**31 - 1, 2**32 - 1, 65_536, chance.randrange(2**32)))
    height = chance.choice((0, 1, 2**31 - 1, 2**32 - 1, 65_536, chance.randrange(2**32)))
    return png(width, height, chance.choice((1, 8, 16, 3)), chance.choice((0, 2, 3, 6, 9)), zlib.compress(bytes(500)))


def _png_text_bomb(chance: random.Random) -> bytes:
    text = chunk(b"zTXt", b"note\0\0" + zeros(100 * MEGABYTE)) + chunk(b"iCCP", b"icc\0\0" + zeros(60 * MEGABYTE))
    return png(40, 40, 8, 0, zlib.compress(bytes(41 * 40)), text * chance.randint(1, 3))


def _png_chunks(chance: random.Random) -> bytes:
    many = b"".join(chunk(b"tEXt", b"k\0" + chance.randbytes(3)) for _ in range(30_000))
    return png(40, 40, 8, 0, zlib.compress(bytes(41 * 40)), many)


def _jpeg_sizes(chance: random.Random) -> bytes:
    data = bytearray(picture("JPEG"))
    frame = data.index(b"\xff\xc0") + 5
    struct.pack_into(
        ">HH", data, frame, chance.choice((0, 1, 6_300, 65_500, 65_535)), chance.choice((1, 6_300, 65_535))
    )
    return bytes(data)


def _jpeg_scans(chance: random.Random) -> bytes:
    """Repeat one progressive scan: each costs the whole picture again."""
    data = bytearray(picture("JPEG", size=(1500, 1500), progressive=True))
    frame = data.index(b"\xff\xc2") + 5
    struct.pack_into(">HH", data, frame, 6_000, 6_000)
    scan = data.rindex(b"\xff\xda")
    return bytes(data[:scan]) + bytes(data[scan:-2]) * chance.choice((10, 200, 2000)) + b"\xff\xd9"


def tiff(entries: list[tuple[int, int, int, int]], data: bytes = b"", following: int = 0) -> bytes:
    """Return a little-endian TIFF with one directory of (tag, type, count, value) and ``data`` behind it."""
    packed = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return b"II*\0" + struct.pack("<IH", 8, len(entries)) + packed + struct.pack("<I", following) + data


def _tiff_sizes(chance: random.Random) -> bytes:
    side = chance.choice((0, 1, 6_300, 65_536, 2**31 - 1, 2**32 - 1))
    samples = chance.choice((1, 3, 4, 100, 65_535))
    pack = chance.choice((1, 2, 3, 4, 5, 7, 8, 32_773, 32_946, 50_000))
    entries = [(256, 4, 1, side), (257, 4, 1, chance.choice((1, side))), (258, 3, 1, chance.choice((1, 8, 16, 64)))]
    entries += [(259, 3, 1, pack), (262, 3, 1, chance.choice((0, 1, 2, 3, 6))), (273, 4, 1, 200), (277, 3, 1, samples)]
    entries += [(278, 4, 1, chance.choice((1, side))), (279, 4, 1, chance.choice((100, 2**31)))]
    return tiff(entries, bytes(2000))


def _tiff_circle(chance: random.Random) -> bytes:
    return tiff([(256, 4, 1, 10), (257, 4, 1, 10), (258, 3, 1, 8), (273, 4, 1, 8), (279, 4, 1, 100)], bytes(200), 8)


def _tiff_directories(chance: random.Random) -> bytes:
    """Chain a great many directories: whoever counts the pages walks them all."""
    count = chance.choice((61, 5_000, 200_000))
    size = 2 + 12 * 5 + 4
    parts = [b"II*\0" + struct.pack("<I", 8)]
    for number in range(count):
        entries = [(256, 3, 1, 4), (257, 3, 1, 4), (258, 3, 1, 8), (262, 3, 1, 1), (273, 4, 1, 8)]
        packed = b"".join(struct.pack("<HHII", *entry) for entry in entries)
        after = 8 + size * (number + 1) if number < count - 1 else 0
        parts.append(struct.pack("<H", 5) + packed + struct.pack("<I", after))
    return b"".join(parts)


def _tiff_pages(chance: random.Random) -> bytes:
    """Sixty pages, each as large as a page may be, in a few kilobytes."""
    first = Image.new("1", (6_300, chance.choice((600, 6_300))), 1)
    buffer = io.BytesIO()
    count = chance.choice((8, 60))
    first.save(buffer, "TIFF", compression="group4", save_all=True, append_images=[first] * (count - 1))
    return buffer.getvalue()


def _zip_bomb(chance: random.Random) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr(chance.choice(("a.pdf", "word/document.xml", "../a.png")), bytes(20 * MEGABYTE))
    return buffer.getvalue()


def _polyglot(chance: random.Random) -> bytes:
    """Two kinds in one file: which one is it read as?"""
    pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj"
    pdf += b" trailer<</Root 1 0 R>>"
    inner = chance.choice((pdf, _zip_bomb(chance), b"<script>alert(1)</script>", picture("PNG")))
    outer = chance.choice((picture("JPEG", comment=inner[:60_000]), picture("PNG") + inner, inner + picture("TIFF")))
    return chance.choice((outer, b"GIF89a" + outer, outer + pdf, bytes(chance.randrange(1000)) + pdf + outer))


def _no_picture(chance: random.Random) -> bytes:
    return chance.choice(
        (
            b"",
            b"\0",
            b"%PDF-",
            b"\x89PNG\r\n\x1a\n",
            b"\xff\xd8\xff",
            b"II*\0",
            b"MM\0+",
            b"MZ" + bytes(400),
            b"\x7fELF" + bytes(400),
            b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "&b;&b;">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
            b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/etc/passwd) run\n",
            b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(300),
            picture("GIF", "P"),
            picture("WEBP"),
            picture("BMP"),
            several("GIF", 4),
            chance.randbytes(chance.randrange(1, 4000)),
            "身份证扫描件".encode() * 99,
        )
    )


PICTURE_ATTACKS: tuple[Callable[[random.Random], bytes], ...] = (
    _png_bomb,
    _png_sizes,
    _png_text_bomb,
    _png_chunks,
    _jpeg_sizes,
    _jpeg_scans,
    _tiff_sizes,
    _tiff_circle,
    _tiff_directories,
    _tiff_pages,
    _zip_bomb,
    _polyglot,
    _no_picture,
)
