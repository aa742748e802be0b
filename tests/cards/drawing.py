"""Draws both sides of a fictitious resident card: own drawing, the program's fonts, the places of a real card.

The card has 1,012 × 638 pixels, 300 dpi.
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from app.services.ports import ReadField
from tests.cards.people import Paper

WIDTH, HEIGHT = 1012, 638
LABEL, INK = (70, 120, 160), (25, 25, 30)
ADDRESS_CHARACTERS = 11
"""In a line of an address."""


@cache
def font(size: int, name: str = "NotoSansSC-Regular.otf") -> ImageFont.FreeTypeFont:
    """Return one of the program's fonts."""
    spec = find_spec("pylopdf_fonts_zh_cn")
    assert spec
    assert spec.submodule_search_locations
    return ImageFont.truetype(Path(spec.submodule_search_locations[0], name), size)


def front(person: Paper) -> np.ndarray:
    """Draw the side with the name; the photo is a grey shape that is nobody."""
    card, pen = _blank((222, 234, 240), (196, 214, 226))
    year, month, day = person[ReadField.BIRTH].split("-")
    _line(pen, 62, "姓名", person[ReadField.NAME], size=42)
    _line(pen, 138, "性别", person[ReadField.SEX])
    pen.text((330, 138), "民族", LABEL, font(28))
    pen.text((408, 134), person[ReadField.ETHNICITY], INK, font(34))
    _line(pen, 212, "出生", year)
    for x, value, label in ((265, "", "年"), (318, str(int(month)), "月"), (394, str(int(day)), "日")):
        pen.text((x, 208), value, INK, font(34))
        pen.text((x + 46 if value else x, 212), label, LABEL, font(28))
    pen.text((72, 292), "住址", LABEL, font(28))
    address = person[ReadField.ADDRESS]
    for row, start in enumerate(range(0, len(address), ADDRESS_CHARACTERS)):
        pen.text((166, 288 + 48 * row), address[start : start + ADDRESS_CHARACTERS], INK, font(36))
    pen.text((72, 538), "公民身份号码", LABEL, font(28))
    for index, digit in enumerate(person[ReadField.NUMBER]):
        pen.text((342 + index * 31, 528), digit, INK, font(44))
    _nobody(pen)
    return np.asarray(card)[:, :, ::-1].copy()


def back(person: Paper) -> np.ndarray:
    """Draw the side with the issuer; where the emblem is there is a plain circle."""
    card, pen = _blank((232, 236, 226), (205, 220, 205))
    pen.ellipse((70, 60, 240, 230), outline=(190, 70, 60), width=8)
    pen.text((300, 76), "中华人民共和国", (30, 30, 30), font(62))
    pen.text((330, 176), "居 民 身 份 证", (30, 30, 30), font(76))
    pen.text((190, 460), "签发机关", (30, 30, 30), font(30))
    pen.text((340, 456), person[ReadField.ISSUER], INK, font(36))
    pen.text((190, 540), "有效期限", (30, 30, 30), font(30))
    days = [person[name].replace("-", ".") for name in (ReadField.VALID_FROM, ReadField.VALID_TO)]
    pen.text((340, 536), "-".join(days), INK, font(36))
    return np.asarray(card)[:, :, ::-1].copy()


def _blank(paper: tuple[int, int, int], wave: tuple[int, int, int]) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    card = Image.new("RGB", (WIDTH, HEIGHT), paper)
    pen = ImageDraw.Draw(card)
    across = np.arange(0, WIDTH, 6)
    for base in range(-40, HEIGHT + 40, 14):
        pen.line([(int(x), int(base + 22 * np.sin(x / 70 + base / 35))) for x in across], wave, 1)
    return card, pen


def _line(pen: ImageDraw.ImageDraw, y: int, label: str, value: str, size: int = 34) -> None:
    pen.text((72, y), label, LABEL, font(28))
    pen.text((166, y - (size - 26) // 2), value, INK, font(size))


def _nobody(pen: ImageDraw.ImageDraw) -> None:
    pen.rectangle((640, 90, 940, 470), fill=(236, 238, 240))
    pen.ellipse((715, 140, 865, 320), fill=(150, 152, 158))
    pen.pieslice((660, 320, 920, 640), 180, 360, fill=(120, 124, 132))
