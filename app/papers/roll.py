"""Slips for receipt printers: rows broken into lines of dots, and pictures of what a printer's own font lacks.

Characters stand in cells as the printer's own do, 24 dots for Han and half of that for ASCII, so that lines of either
kind look alike. Loading this module loads fonts.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from threading import Lock

import barcode
from PIL import Image, ImageDraw, ImageFont

from app.papers import linebreak
from app.papers.fonts import FontFile, FontSet
from app.papers.typeface import FontChain, Typeface
from app.services.errors import MissingGlyphs
from app.services.ports import Bits, Look, Row, Strip

CELL = 24
"""Dots of a Han character; ASCII has half."""
ASCII_END = "\x7f"
DARK = 210
"""What is darker than this is black. Fine strokes of 24 dots are grey: with 140 those of HanaMin vanish."""
QUIET = 10
"""Modules of white that the code needs on either side (ISO/IEC 15417)."""
WIDE, NARROW = 3, 2
"""Dots of a module: 3 where the roll is wide enough; 2 is the least that is read."""
CODE_HEIGHT = 80
RULE_HEIGHT, AROUND = 2, 8
"""Dots of a rule, and of the white above and below it and a bar code."""
BELOW = 6
"""Dots of white below a line, as printers leave them."""
SCALES = {Look.TITLE: 2}
GB_2312_FROM, GB_2312_TO = 0xA1, 0xF7
"""Where GB 2312 stands in GBK, whose codec has the middle dot and the dash in their places."""


class RollSetter:
    """Sets slips in the fonts of one set; Pillow's fonts are used by one thread at a time."""

    def __init__(self, fonts: FontSet) -> None:
        sans, serif = fonts.text[1], fonts.text[0]
        self._files: Mapping[Typeface, FontFile] = {Typeface(file): file for file in (sans, serif, *fonts.text[2:])}
        self._chain = FontChain(self._files)
        self._opened: dict[tuple[FontFile, int], ImageFont.FreeTypeFont] = {}
        self._lock = Lock()

    def strips(self, rows: Sequence[Row], dots: int, *, types_han: bool) -> Iterator[Strip]:
        """Yield the lines of a slip; MissingGlyphs before the first."""
        if missing := self._chain.missing("".join(row.text for row in rows if row.look is not Look.CODE)):
            raise MissingGlyphs(missing)
        for row in rows:
            if row.look is Look.CODE:
                yield Strip(row.text, row.look, code(row.text, dots))
            elif row.look is Look.RULE:
                yield Strip("", row.look, _rule(dots))
            else:
                for line in broken(row, dots):
                    bits = None if _can_type(line, types_han=types_han) else self._picture(line, row.look, dots)
                    yield Strip(line, row.look, bits)

    def _picture(self, text: str, look: Look, dots: int) -> Bits:
        cell = CELL * SCALES.get(look, 1)
        image = Image.new("L", (dots, cell + BELOW), 255)
        pen = ImageDraw.Draw(image)
        width = sum(_columns(character) for character in text) * cell // 2
        at = 0 if look is Look.PLAIN else (dots - width) // 2
        with self._lock:
            for character in text:
                step = _columns(character) * cell // 2
                # The letters stand on one line whatever font they are of: "ls" is Pillow's word for left, base line.
                pen.text((at + step / 2, cell - cell // 8), character, 0, self._font(character, cell), anchor="ms")
                at += step
        return bits_of(image)

    def _font(self, character: str, size: int) -> ImageFont.FreeTypeFont:
        file = self._files[self._chain.typeface(character)]
        if (file, size) not in self._opened:
            self._opened[file, size] = ImageFont.truetype(str(file.path), size)
        return self._opened[file, size]


def broken(row: Row, dots: int) -> list[str]:
    """Return the text of a row in lines that fit a roll of ``dots``; a word that is longer is broken anywhere."""
    room = dots * 2 // (CELL * SCALES.get(row.look, 1))
    lines, start, end, width = [], 0, 0, 0
    for place, character in enumerate(row.text):
        if place > start and linebreak.may_break(row.text[place - 1], character):
            end = place
        width += _columns(character)
        if width > room:
            end = end if end > start else place
            lines.append(row.text[start:end].rstrip() if not start else row.text[start:end].strip())
            start, width = end, sum(map(_columns, row.text[end : place + 1]))
    return [*lines, row.text[start:].strip() if start else row.text.rstrip()]


def code(digits: str, dots: int) -> Bits:
    """Return the bars of a Code 128 symbol, each module of the same whole number of dots, in the middle of the roll."""
    modules = barcode.get("code128", digits).build()[0]
    dot = WIDE if (len(modules) + 2 * QUIET) * WIDE <= dots else NARROW
    image = Image.new("L", (dots, CODE_HEIGHT + 2 * AROUND), 255)
    pen, at = ImageDraw.Draw(image), (dots - len(modules) * dot) // 2
    for sign, run in groupby(modules):
        width = len(list(run)) * dot
        if sign == "1":
            pen.rectangle((at, AROUND, at + width - 1, AROUND + CODE_HEIGHT - 1), fill=0)
        at += width
    return bits_of(image)


def bits_of(image: Image.Image) -> Bits:
    """Return a grey picture as dots."""
    black = image.point(lambda grey: 255 if grey < DARK else 0).convert("1", dither=Image.Dither.NONE)
    return Bits(black.width, black.height, black.tobytes())


def _rule(dots: int) -> Bits:
    white, black = b"\0" * (dots // 8 * AROUND), b"\xff" * (dots // 8 * RULE_HEIGHT)
    return Bits(dots, RULE_HEIGHT + 2 * AROUND, white + black + white)


def _can_type(text: str, *, types_han: bool) -> bool:
    return text.isascii() or (types_han and all(map(_is_typed, text)))


def _is_typed(character: str) -> bool:
    """Tell whether a character is one of GB 2312's, where every printer with Chinese characters has the same."""
    try:
        code = character.encode("gbk")
    except UnicodeEncodeError:
        return False
    return len(code) == 1 or (code[1] >= GB_2312_FROM and GB_2312_FROM <= code[0] <= GB_2312_TO)


def _columns(character: str) -> int:
    return 1 if character < ASCII_END else 2
