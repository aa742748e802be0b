from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.papers.linebreak import CLOSING, OPENING, gaps, is_wide, lines, may_break

TEXT = st.text(alphabet="中文字一二三，。、（）《》“”·abc0123456789年月日-", min_size=1, max_size=80)


def widths(text):
    return [1.0 if is_wide(character) else 0.5 for character in text]


def broken(text, room, indent=0.0):
    return [text[span.start : span.end] for span in lines(text, widths(text), room, indent)]


def test_a_full_stop_never_begins_a_line():
    assert broken("一二三四五。六七", 5) == ["一二三四", "五。六七"]


def test_the_blank_half_of_a_closing_mark_may_hang_over():
    assert broken("一二三四五。六七", 5.5) == ["一二三四五。", "六七"]


def test_a_closing_mark_takes_its_character_along_when_it_does_not_fit():
    assert broken("一二三四五）。六七", 5) == ["一二三四", "五）。六七"]


def test_an_opening_bracket_never_ends_a_line():
    assert broken("一二三四（五六）", 5) == ["一二三四", "（五六）"]


def test_a_number_is_never_broken():
    assert broken("公民身份号码519900200307030321的人", 12) == ["公民身份号码", "519900200307030321的人"]


@pytest.mark.parametrize("unit", "年月日号")
def test_a_unit_stays_with_its_number(unit):
    assert not may_break("8", unit)


def test_the_dot_of_a_name_never_begins_a_line():
    assert broken("阿卜杜·买买提", 3) == ["阿卜", "杜·买", "买提"]


def test_a_word_wider_than_the_line_is_broken_anywhere():
    assert broken("511A0138000000", 3) == ["511A01", "380000", "00"]


def test_spaces_at_the_end_of_a_line_vanish():
    assert broken("一二三 四五", 3) == ["一二三", "四五"]


def test_marks_side_by_side_share_their_blank():
    assert gaps("文）。（字") == [0.0, -0.5, -0.5, 0.0, 0.0]


def test_the_first_line_is_shortened_by_the_indent():
    assert broken("一二三四五六", 4, indent=2) == ["一二", "三四五六"]


@given(TEXT, st.integers(min_value=4, max_value=20))
def test_no_line_breaks_the_rules_and_nothing_is_lost(text, room):
    found = broken(text, room)
    assert "".join(found) == text
    for before, after in pairwise(found):
        if before[-1] in OPENING or after[0] in CLOSING:
            # Only where the line offers no other place to end.
            assert not any(may_break(left, right) for left, right in pairwise(before))
