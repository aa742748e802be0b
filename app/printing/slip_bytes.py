"""Slips as the bytes of ESC/POS.

python-escpos writes the commands; its ``text`` does not know Chinese, so text goes as GB 2312 (in GBK's codec, which has
every mark in its place) in the printer's Chinese mode. Loading this module loads it, which takes a third of a second.
"""

from collections.abc import Sequence

from escpos.printer import Dummy
from PIL import Image

from app.services.ports import DOTS_80, Bits, Look, Strip

_HAN_ON, _HAN_OFF = b"\x1c&", b"\x1c."


def encoded(strips: Sequence[Strip]) -> bytes:
    """Return the commands that print ``strips`` and cut."""
    printer = Dummy()
    # The library prints a line on stdout with each picture unless it knows how wide the roll is; ours fit.
    printer.profile.profile_data = {**printer.profile.profile_data, "media": {"width": {"pixels": DOTS_80}}}
    printer.hw("INIT")
    for strip in strips:
        if strip.bits is None:
            _type(printer, strip)
        else:
            printer.set(align="left")
            printer.image(_picture(strip.bits))
    printer.cut()
    return bytes(printer.output)


def _type(printer: Dummy, strip: Strip) -> None:
    is_title, is_plain = strip.look is Look.TITLE, strip.look is Look.PLAIN
    size = {"double_width": True, "double_height": True} if is_title else {"normal_textsize": True}
    printer.set(align="left" if is_plain else "center", **size)
    typed = strip.text.encode("gbk") + b"\n"
    printer._raw(typed if strip.text.isascii() else _HAN_ON + typed + _HAN_OFF)


def _picture(bits: Bits) -> Image.Image:
    white = bytes(byte ^ 0xFF for byte in bits.data)  # in Pillow 1 is white
    return Image.frombytes("1", (bits.width, bits.height), white)
