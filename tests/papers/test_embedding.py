import re

import pytest

from app.papers.embedding import to_unicode
from app.papers.fonts import standard_fonts
from app.papers.typeface import FontChain, Typeface


def test_characters_above_the_basic_plane_are_written_as_surrogates():
    assert "<0007> <D873DC56>" in to_unicode({7: "𬱖"})


def test_no_block_has_more_than_a_hundred_entries():
    blocks = re.findall(
        r"(\d+) beginbfchar\n(.*?)\nendbfchar", to_unicode({n: chr(0x4E00 + n) for n in range(250)}), re.DOTALL
    )
    assert [int(count) for count, _ in blocks] == [100, 100, 50]
    assert [entries.count("\n") + 1 for _, entries in blocks] == [100, 100, 50]


@pytest.mark.parametrize("position", [0, 1])
def test_a_subset_holds_the_asked_characters_and_is_small(position):
    fonts = standard_fonts()
    typeface = Typeface((fonts.text[0], fonts.bold[0])[position])
    subset = typeface.subset("云溪镇𬱖")
    assert set(subset.glyphs) == set("云溪镇𬱖")
    assert len(set(subset.glyphs.values())) == 4
    assert len(subset.program) < 10_000


def test_the_weight_of_a_variable_font_is_pinned():
    bold = standard_fonts().bold[0]
    assert bold.weight == 700
    assert b"gvar" not in Typeface(bold).subset("云").program


def test_a_chain_asks_its_fonts_in_order():
    serif, sans, *_ = standard_fonts().text
    typefaces = [Typeface(serif), Typeface(sans)]
    assert FontChain(typefaces).typeface("云") is typefaces[0]
    assert FontChain(reversed(typefaces)).typeface("云") is typefaces[1]


def test_a_character_that_no_font_has_is_missing():
    chain = FontChain([Typeface(standard_fonts().text[0])])
    assert chain.missing("云\ue000溪") == "\ue000"
    with pytest.raises(KeyError):
        chain.typeface("\ue000")
