from datetime import date

import pytest
from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_2

from app.domain.documents import Sex
from app.domain.misreadings import (
    ReadNumber,
    looks_like_credit_code,
    looks_like_resident_number,
    read_credit_code,
    read_resident_number,
)

TODAY = date(2026, 11, 26)
BORN = date(1980, 5, 14)
STEM = "19799319800514026"
NUMBER = STEM + str(mod_11_2.calc_check_digit(STEM))
ENDS_IN_X = "17363620200509897X"
CODE = "91581674QL606Q7R6N"


def misread(text: str, place: int, character: str) -> str:
    return text[:place] + character + text[place + 1 :]


def test_a_number_that_agrees_with_itself_stays_as_it_is() -> None:
    assert read_resident_number(NUMBER, TODAY) == ReadNumber(NUMBER, is_sound=True)
    assert read_resident_number(ENDS_IN_X.lower(), TODAY) == ReadNumber(ENDS_IN_X, is_sound=True)


@pytest.mark.parametrize(
    ("letter", "digit"), ["O0", "o0", "D0", "Q0", "I1", "l1", "|1", "Z2", "S5", "B8", "b6", "G6", "g9"]
)
def test_letters_among_digits_are_the_digits_they_look_like(letter: str, digit: str) -> None:
    place = (NUMBER + "28").find(digit)
    number = NUMBER if 0 <= place < 17 else _number_with(digit)
    read = read_resident_number(misread(number, number.index(digit), letter), TODAY)
    assert read == ReadNumber(number, is_sound=True, is_repaired=True)


def _number_with(digit: str) -> str:
    stem = digit + STEM[1:]
    return stem + str(mod_11_2.calc_check_digit(stem))


def test_an_x_is_only_ever_the_last_character() -> None:
    assert not read_resident_number("X" + NUMBER[1:], TODAY).text.endswith("X")
    assert read_resident_number(ENDS_IN_X[:-1] + "×", TODAY).text == ENDS_IN_X


def test_a_misread_digit_is_mended_where_the_birth_date_shows_which_it_is() -> None:
    read = read_resident_number(misread(NUMBER, 9, "8"), TODAY, BORN)
    assert read == ReadNumber(NUMBER, is_sound=True, is_repaired=True)


def test_two_numbers_that_fit_leave_the_choice_to_a_person() -> None:
    wrong = misread(NUMBER, 3, "8")
    fitting = {
        misread(wrong, place, digit)
        for place in range(18)
        for digit in "0123456789"
        if mod_11_2.is_valid(misread(wrong, place, digit))
    }
    assert len(fitting) > 1
    assert read_resident_number(wrong, TODAY) == ReadNumber(wrong, is_sound=False)


def test_a_sound_number_is_believed_against_what_stands_beside_it() -> None:
    assert read_resident_number(NUMBER, TODAY, date(1986, 5, 14), Sex.FEMALE).text == NUMBER


def test_a_sign_that_no_number_has_shows_where_the_fault_is() -> None:
    read = read_resident_number(misread(NUMBER, 3, "?"), TODAY, BORN)
    assert read == ReadNumber(NUMBER, is_sound=True, is_repaired=True)


def test_a_digit_too_many_or_too_few_is_mended_where_one_number_fits() -> None:
    doubled = NUMBER[:9] + "7" + NUMBER[9:]
    assert read_resident_number(doubled, TODAY, BORN).text == NUMBER
    assert read_resident_number(NUMBER[:9] + NUMBER[10:], TODAY, BORN).text == NUMBER


def test_a_number_of_somebody_not_yet_born_is_not_sound() -> None:
    stem = "19799320300514026"
    number = stem + str(mod_11_2.calc_check_digit(stem))
    assert not read_resident_number(number, TODAY).is_sound


@pytest.mark.parametrize("text", ["", "2", "张三", "1" * 40])
def test_what_is_no_number_is_given_back_as_it_is(text: str) -> None:
    assert not read_resident_number(text, TODAY).is_sound
    assert not read_credit_code(text).is_sound


def test_what_looks_like_a_number_may_be_one() -> None:
    assert looks_like_resident_number("I979931980O514O260")
    assert not looks_like_resident_number("2017.07.12")
    assert looks_like_credit_code(CODE)
    assert not looks_like_credit_code("云溪丰禾建材商贸有限责任公司柳湾分公司")


def test_a_credit_code_that_agrees_with_itself_stays_as_it_is() -> None:
    assert uscc.is_valid(CODE)
    assert read_credit_code(CODE) == ReadNumber(CODE, is_sound=True)


def test_letters_that_no_credit_code_has_are_the_digits_they_look_like() -> None:
    assert read_credit_code(misread(CODE, 1, "I")) == ReadNumber(CODE, is_sound=True, is_repaired=True)
    assert read_credit_code(misread(CODE, 3, "B")) == ReadNumber(CODE, is_sound=True, is_repaired=True)


@pytest.mark.parametrize(("place", "character"), [(8, "0"), (9, "1"), (11, "D"), (13, "O"), (14, "1")])
def test_the_two_check_digits_of_a_credit_code_show_which_character_was_misread(place: int, character: str) -> None:
    assert read_credit_code(misread(CODE, place, character)) == ReadNumber(CODE, is_sound=True, is_repaired=True)
