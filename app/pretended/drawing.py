"""Sheets and the pens that write on them. Pillow is loaded with the first sheet, never at the start of the window."""

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

DPI = 200
INK, GREY, SEAL = (28, 30, 36), (120, 126, 134), (196, 40, 34)
SANS, SERIF = "NotoSansSC-Regular.otf", "NotoSerifSC-Regular.otf"
Colour = tuple[int, int, int]
Place = tuple[float, float]


def px(mm: float) -> int:
    """Return millimetres in pixels."""
    return round(mm / 25.4 * DPI)


@cache
def font(size_mm: float, name: str = SANS) -> "FreeTypeFont":
    """Return one of the program's fonts."""
    from PIL import ImageFont  # noqa: PLC0415  seldom needed

    spec = find_spec("pylopdf_fonts_zh_cn")
    places = spec.submodule_search_locations if spec else None
    return ImageFont.truetype(Path(places[0], name) if places else name, px(size_mm))


class Sheet:
    """Paper that is written on in millimetres."""

    def __init__(self, width_mm: float, height_mm: float, colour: Colour = (252, 252, 250)) -> None:
        from PIL import Image, ImageDraw  # noqa: PLC0415

        self.picture = Image.new("RGB", (px(width_mm), px(height_mm)), colour)
        self.pen = ImageDraw.Draw(self.picture)

    def write(self, at: Place, text: str, size: float = 4.2, colour: Colour = INK, name: str = SANS) -> None:
        """Write a line of text whose upper left corner is ``at`` a place."""
        self.pen.text((px(at[0]), px(at[1])), text, colour, font(size, name))

    def centre(self, at: Place, text: str, size: float, colour: Colour = INK, name: str = SERIF) -> None:
        """Write a line of text around a place."""
        self.pen.text((px(at[0]), px(at[1])), text, colour, font(size, name), anchor="mm")

    def line(self, start: Place, end: Place, colour: Colour = GREY, width: int = 1) -> None:
        """Draw a line."""
        self.pen.line([px(part) for part in (*start, *end)], colour, width)

    def table(self, at: Place, widths: Sequence[float], rows: Sequence[Sequence[str]], height: float = 11.0) -> None:
        """Draw a table with text in its cells."""
        left, top = at
        right, bottom = left + sum(widths), top + height * len(rows)
        for number in range(len(rows) + 1):
            self.line((left, top + number * height), (right, top + number * height), INK, 2)
        for number in range(len(widths) + 1):
            x = left + sum(widths[:number])
            self.line((x, top), (x, bottom), INK, 2)
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                x = left + sum(widths[:column]) + 2
                self.write((x, top + number * height + (height - 5.5) / 2), text, 4.0)

    def seal(self, at: Place, body: str, radius: float = 19.0) -> None:
        """Put a red seal on the sheet: a ring with a star, and the body's name below it."""
        (x, y), width = at, px(0.9)
        box = [px(part) for part in (x - radius, y - radius, x + radius, y + radius)]
        self.pen.ellipse(box, outline=SEAL, width=width)
        self.centre((x, y - 2), "★", 13, SEAL, SANS)
        self.centre((x, y + radius * 0.58), body, 3.4, SEAL)
