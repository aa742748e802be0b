"""A code survives being printed, read aloud and typed; a typing error is found in its group."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.recovery_code import ALPHABET, ENTROPY_BYTES, GROUPS, MistypedCode, make_code, read_code

ENTROPY = st.binary(min_size=ENTROPY_BYTES, max_size=ENTROPY_BYTES)


@given(ENTROPY)
def test_a_code_is_six_groups_of_five_and_reads_back(entropy):
    code = make_code(entropy)
    assert [len(group) for group in code.split("-")] == [5] * GROUPS
    assert read_code(code) == entropy


@given(ENTROPY, st.sampled_from(["", " ", "-", " – ", "　"]))
def test_case_and_separators_do_not_matter_nor_letters_that_look_like_digits(entropy, separator):
    typed = make_code(entropy).lower().replace("-", separator).replace("0", "o").replace("1", "l")
    assert read_code(typed) == entropy


@given(ENTROPY, st.integers(0, 29), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_found_in_its_group(entropy, place, wrong):
    characters = list(make_code(entropy).replace("-", ""))
    if characters[place] == wrong:
        return
    characters[place] = wrong
    with pytest.raises(MistypedCode) as mistyped:
        read_code("".join(characters))
    assert mistyped.value.group == place // 5 + 1


def test_swapped_groups_are_found():
    groups = make_code(bytes(range(ENTROPY_BYTES))).split("-")
    groups[1], groups[2] = groups[2], groups[1]
    with pytest.raises(MistypedCode) as mistyped:
        read_code("-".join(groups))
    assert mistyped.value.group == 2


@pytest.mark.parametrize(("typed", "group"), [("", 1), ("恢复码", 1), ("U" * 30, 1)])
def test_what_is_no_code_is_told_by_its_first_group(typed, group):
    with pytest.raises(MistypedCode) as mistyped:
        read_code(typed)
    assert mistyped.value.group == group


def test_a_group_too_few_or_too_many_is_told():
    code = make_code(bytes(ENTROPY_BYTES))
    for typed, group in ((code[:-6], 6), (code + "-00000", 7)):
        with pytest.raises(MistypedCode) as mistyped:
            read_code(typed)
        assert mistyped.value.group == group


def test_a_code_is_made_of_fifteen_bytes():
    with pytest.raises(ValueError, match="15 bytes"):
        make_code(b"short")
