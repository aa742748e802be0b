import pytest

from app.papers.fonts import standard_fonts
from app.papers.typeface import FontChain, Typeface
from app.papers.typesetting import MOST_STRETCH, READS_AS_SPACE, Face, Typesetter
from app.services.errors import MissingGlyphs
from tests.papers.samples import NOWHERE

TEXT = "本机关自收到材料之日起五日内审查材料是否齐全、是否符合法定形式；需要补正的，在五日内一次告知全部内容。"


@pytest.fixture(scope="module")
def chains():
    fonts = standard_fonts()
    return {
        Face.TEXT: FontChain(map(Typeface, fonts.text)),
        Face.BOLD: FontChain(map(Typeface, fonts.bold)),
    }


@pytest.fixture
def setter(chains):
    return Typesetter(chains)


def test_filled_lines_are_as_wide_as_the_column_but_for_the_last(setter):
    lines = setter.filled(TEXT, 10, 155, indent=20)
    assert lines[0].width == pytest.approx(135)
    assert all(line.width == pytest.approx(155) for line in lines[1:-1])
    assert lines[-1].width < 155
    assert "".join(line.text for line in lines) == TEXT


def test_a_line_that_would_be_torn_apart_stays_short(setter):
    first, *_ = setter.filled("身份号码519900200307030321的人", 10, 100)
    assert first.text == "身份号码"
    assert first.width == pytest.approx(40)


def test_a_line_with_a_character_beyond_the_basic_plane_is_stretched_less(setter):
    text = "兹证明林小禾已经住在519900200307030321"
    plain, _ = setter.filled(text, 10, 115)
    rare, _ = setter.filled(text.replace("小", "𬱖"), 10, 115)
    assert plain.width == pytest.approx(115)
    assert rare.width == pytest.approx(100)
    assert READS_AS_SPACE < max(plain.gaps) <= MOST_STRETCH


def test_spread_text_has_its_ends_at_the_ends(setter):
    line = setter.spread("事项", 10, 40)
    assert line.width == pytest.approx(40)
    assert line.gaps == pytest.approx((2.0, 0.0))


def test_fitted_text_is_set_smaller_only_when_it_has_to_be(setter):
    assert setter.fitted("云溪镇", 10, 40).size == 10
    small = setter.fitted("云溪镇人民政府", 10, 35)
    assert (small.size, small.width) == pytest.approx((5.0, 35.0))


def test_line_ends_and_tabs_are_set_as_spaces(setter):
    assert setter.line("一\n二\t三", 10).text == "一 二 三"


def test_what_was_set_is_remembered_by_font(setter):
    setter.line("云溪", 10)
    setter.line("收件", 10, Face.BOLD)
    assert {face.name: characters for face, characters in setter.used.items()} == {
        "NotoSerifSC-Regular": set("云溪"),
        "NotoSansSC-Bold": set("收件"),
    }


def test_a_character_that_no_font_has_is_named(setter):
    with pytest.raises(MissingGlyphs) as refused:
        setter.line(f"林{NOWHERE}", 10)
    assert refused.value.characters == NOWHERE
