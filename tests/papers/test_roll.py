"""Slips as lines and dots; what a printer makes of them is seen in tests/printing."""

import pytest
import zxingcpp
from PIL import Image

from app.papers.fonts import standard_fonts
from app.papers.roll import AROUND, CODE_HEIGHT, NARROW, WIDE, RollSetter, bits_of, broken, code
from app.papers.slips import RollSlipMaker
from app.services.errors import MissingGlyphs
from app.services.ports import DOTS_58, DOTS_80, Look, Row

NUMBER = "20261123000731004297"


@pytest.fixture(scope="module")
def maker():
    return RollSlipMaker()


def strips(maker, *rows, dots=DOTS_80, types_han=True):
    return maker.strips(rows, dots, types_han=types_han)


def picture(bits):
    return Image.frombytes("1", (bits.width, bits.height), bytes(byte ^ 255 for byte in bits.data)).convert("L")


def black_share(bits, left=0, right=None):
    part = picture(bits).crop((left, 0, right or bits.width, bits.height))
    return part.histogram()[0] / (part.width * part.height)


@pytest.mark.parametrize(
    ("text", "is_typed"),
    [
        ("ABC 123", True),
        ("申请人：张*", True),
        ("买买提·吐尔逊 —— 〔2026〕", True),
        ("王㛃", False),
        ("椑木镇", False),
        ("𬱖", False),
    ],
)
def test_what_every_printer_has_is_typed_and_everything_else_is_drawn(maker, text, is_typed):
    (strip,) = strips(maker, Row(text))
    assert (strip.bits is None) is is_typed
    assert strip.text == text


def test_a_printer_without_chinese_gets_pictures_of_all_that_is_not_ascii(maker):
    han, ascii_ = strips(maker, Row("收件凭证"), Row("2026"), types_han=False)
    assert han.bits is not None
    assert ascii_.bits is None


@pytest.mark.parametrize("dots", [DOTS_58, DOTS_80])
@pytest.mark.parametrize("look", [Look.PLAIN, Look.CENTRED, Look.TITLE])
def test_no_line_is_wider_than_the_roll_and_nothing_is_lost(maker, dots, look):
    text = "代办人：李䶮、𠅤（椑木镇），联系电话 138****0000，办理《居住证明》等 3 件事项。" * 2
    lines = broken(Row(text, look), dots)
    cell = 48 if look is Look.TITLE else 24
    assert all(sum(cell // 2 if c.isascii() else cell for c in line) <= dots for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert not any(line.startswith(("，", "。", "、", "）")) for line in lines)


def test_a_word_that_is_longer_than_the_roll_is_broken_anywhere():
    assert broken(Row("x" * 40), DOTS_58) == ["x" * 32, "x" * 8]


def test_strokes_of_rare_characters_do_not_vanish(maker):
    for character in "㛃䶮𠅤𬱖𫖯𬭎":
        (strip,) = strips(maker, Row(character))
        assert 0.1 < black_share(strip.bits, 0, 24) < 0.6, character
        assert black_share(strip.bits, 26) == 0


def test_thin_grey_strokes_become_black():
    grey = Image.new("L", (8, 1), 200)
    assert bits_of(grey).data == b"\xff"


@pytest.mark.parametrize(("dots", "module"), [(DOTS_58, NARROW), (DOTS_80, WIDE)])
def test_every_bar_is_a_whole_number_of_dots_and_is_read(dots, module):
    bits = code(NUMBER, dots)
    row = picture(bits).crop((0, AROUND, dots, AROUND + 1)).tobytes()
    runs, start = [], 0
    for place in range(1, len(row) + 1):
        if place == len(row) or row[place] != row[start]:
            runs.append(place - start)
            start = place
    left, *bars, right = runs
    assert all(run % module == 0 for run in bars)
    assert min(bars) == module
    assert min(left, right) >= 10 * module
    assert bits.height == CODE_HEIGHT + 2 * AROUND
    assert [found.text for found in zxingcpp.read_barcodes(picture(bits))] == [NUMBER]


def test_what_no_font_has_is_named_before_anything_is_set(maker):
    with pytest.raises(MissingGlyphs) as told:
        strips(maker, Row("收件"), Row("\U0003fffd和\U0003fffd"))
    assert told.value.characters == "\U0003fffd"


def test_a_setter_serves_both_widths(maker):
    setter = RollSetter(standard_fonts())
    widths = {next(iter(setter.strips([Row("㛃")], dots, types_han=True))).bits.width for dots in (DOTS_58, DOTS_80)}
    assert widths == {DOTS_58, DOTS_80}
