import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.numbering import is_case_number
from app.domain.separators import CaseSeparator, MaterialSeparator, read_separator, written

CASE = "20260518000731004225"
NAMES = st.text(st.characters(exclude_characters=":", exclude_categories=("Cs", "Cc", "Z")), min_size=1, max_size=30)


@given(NAMES, NAMES)
def test_a_material_comes_back_from_its_code(item, material):
    separator = MaterialSeparator(item, material)
    assert read_separator(written(separator)) == separator


def test_a_case_comes_back_from_its_code():
    assert read_separator(written(CaseSeparator(CASE))) == CaseSeparator(CASE)


def test_the_form_is_fixed_because_sheets_are_used_for_years():
    assert written(MaterialSeparator("110117051000", "id_card")) == "LD1:M:110117051000:id_card:97D639"
    assert written(CaseSeparator(CASE)) == f"LD1:C:{CASE}:34362F"


def test_no_code_is_ever_taken_for_a_case_number_nor_a_case_number_for_a_code():
    assert not is_case_number(written(CaseSeparator(CASE)))
    assert read_separator(CASE) is None


@pytest.mark.parametrize(
    "text", ["", ":", "LD1", "LD1:M:item:id_card:000000", "https://example.cn/a:b:c", "LD2:M:item:id_card:ABCDEF"]
)
def test_other_codes_are_no_separators(text):
    assert read_separator(text) is None


@given(st.integers(0, 30), st.characters(exclude_categories=("Cs",)))
def test_one_wrong_character_is_seen(place, wrong):
    code = written(MaterialSeparator("110117051000", "id_card"))
    damaged = code[:place] + wrong + code[place + 1 :]
    assert damaged == code or read_separator(damaged) is None


def test_a_case_number_that_does_not_check_out_is_no_case():
    assert read_separator(written(CaseSeparator("20260518000731004226"))) is None


def test_a_name_with_a_colon_has_no_code():
    with pytest.raises(ValueError, match="colon"):
        written(MaterialSeparator("a:b", "id_card"))
