from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.people import (
    Person,
    Sex,
    birth_date,
    check_address,
    check_id_number,
    check_name,
    check_person,
    check_phone,
    masked_id_number,
    masked_name,
    masked_phone,
    sex,
    tidy_id_number,
    tidy_name,
    tidy_phone,
)
from app.domain.problem import Severity

TODAY = date(2026, 5, 18)
LONG_NAME = "阿卜杜热合曼·麦麦提吐尔逊·努尔艾合买提·吾买尔江"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def id_number(born, order="032"):
    """Return a fictitious number with the check digit of GB 11643-1999, by the table of the standard."""
    stem = f"519900{born}{order}"
    return stem + "10X98765432"[sum(w * int(digit) for w, digit in zip(WEIGHTS, stem, strict=True)) % 11]


VALID = id_number("19920307")
ENDS_IN_X = next(n for order in range(1, 100) if (n := id_number("19920307", f"{order:03}")).endswith("X"))


def codes(problems):
    return [problem.code for problem in problems]


def severities(problems):
    return {problem.severity for problem in problems}


# --- tidying ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dot", "·•・‧∙⋅．.●")
def test_every_dot_that_people_type_becomes_the_middle_dot(dot):
    assert tidy_name(f"古丽{dot}买买提") == "古丽·买买提"
    assert tidy_name(f" 古丽 {dot}　买买提 ") == "古丽·买买提"


def test_blanks_around_a_name_go_and_those_inside_become_one():
    assert tidy_name("\t林　 小禾 ") == "林 小禾"
    assert tidy_name("   ") == ""


def test_a_name_keeps_its_rare_characters():
    assert tidy_name("林𬱖宁") == "林𬱖宁"


@given(st.text())
def test_tidying_a_name_a_second_time_changes_nothing(text):
    assert tidy_name(tidy_name(text)) == tidy_name(text)


@given(st.text("0123456789０１９xXＸ 　\t"))
def test_tidying_a_number_a_second_time_changes_nothing(text):
    assert tidy_id_number(tidy_id_number(text)) == tidy_id_number(text)
    assert tidy_phone(tidy_phone(text)) == tidy_phone(text)


def test_an_identity_number_loses_its_spaces_and_takes_a_capital_x():
    assert tidy_id_number(f" {ENDS_IN_X[:6]} {ENDS_IN_X[6:14]} {ENDS_IN_X[14:].lower()}") == ENDS_IN_X


def test_full_width_digits_become_plain_ones():
    wide = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
    assert tidy_id_number(ENDS_IN_X.translate(wide)) == ENDS_IN_X
    assert tidy_phone("13805555270".translate(wide)) == "13805555270"


@pytest.mark.parametrize("typed", ["+8613805555270", "+86 138 0555 5270", "＋８６ 13805555270", " 138 0555 5270 "])
def test_a_mobile_number_loses_spaces_and_country_code(typed):
    assert tidy_phone(typed) == "13805555270"


@pytest.mark.parametrize("typed", ["(0999)5550123", "（0999）5550123", "（0999） 555 0123"])
def test_a_fixed_line_loses_its_brackets(typed):
    assert tidy_phone(typed) == "09995550123"


def test_a_number_that_only_begins_with_86_keeps_it():
    assert tidy_phone("8655501") == "8655501"


# --- names -----------------------------------------------------------------------------------------------------


def test_a_name_of_25_characters_with_dots_is_fine():
    assert len(LONG_NAME) == 25
    assert check_name(LONG_NAME) == []


@pytest.mark.parametrize(
    "name", ["林𬱖宁", "𠅤", "林\U00030000", "林\U0003134a", "林\U00031350", "林\U000323af", "林〇"]
)
def test_rare_characters_are_fine_in_a_name(name):
    assert check_name(name) == []


@pytest.mark.parametrize("name", ["Anna-Maria O'Neil", "ئايگۈل", "བསྟན", "อาทิตย์"])
def test_letters_of_other_scripts_are_fine_in_a_name(name):
    assert check_name(name) == []


def test_a_name_that_is_missing_is_an_error():
    problem = check_name("")[0]
    assert (problem.place, problem.code, problem.is_error) == ("applicant.name", "missing", True)


def test_a_name_may_have_50_characters_and_no_more():
    assert check_name("林" * 50) == []
    problem = check_name("林" * 51)[0]
    assert (problem.code, problem.is_error, problem.details["maximum"]) == ("too_long", True, 50)


def test_signs_that_names_do_not_have_are_told_once_each_as_a_warning():
    problem = check_name("林3小?禾3")[0]
    assert (problem.code, problem.severity) == ("odd_characters", Severity.WARNING)
    assert problem.details["characters"] == "3?"


# --- identity numbers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [VALID, ENDS_IN_X, id_number("20260518"), id_number("20000229")])
def test_a_right_identity_number_has_no_remark(number):
    assert check_id_number(number, TODAY) == []


def test_the_check_digit_of_a_known_number_is_right():
    assert VALID == "519900199203070323"


@pytest.mark.parametrize("digit", "0123456789X")
def test_every_other_check_digit_is_warned_of(digit):
    problems = check_id_number(VALID[:17] + digit, TODAY)
    assert codes(problems) == ([] if digit == VALID[17] else ["check_digit"])
    assert severities(problems) <= {Severity.WARNING}


@pytest.mark.parametrize("place", range(17))
def test_one_wrong_digit_is_never_passed_over(place):
    for digit in set("0123456789") - {VALID[place]}:
        assert check_id_number(VALID[:place] + digit + VALID[place + 1 :], TODAY)


def test_fifteen_digits_are_warned_of_with_what_was_found():
    problem = check_id_number("519900920307032", TODAY)[0]
    assert (problem.code, problem.severity) == ("wrong_length", Severity.WARNING)
    assert problem.details == {"found": 15, "expected": 18}


@pytest.mark.parametrize("number", ["A" + VALID[1:], "X" + VALID[1:], VALID[:17] + "Y", VALID[:17] + "x", "٥" * 18])
def test_letters_in_an_identity_number_are_warned_of(number):
    problems = check_id_number(number, TODAY)
    assert codes(problems) == ["wrong_characters"]
    assert severities(problems) == {Severity.WARNING}


@pytest.mark.parametrize("born", ["19920230", "19921301", "19920001", "19000229", "00000101", "18951231", "99990101"])
def test_an_impossible_birth_date_is_warned_of(born):
    problems = check_id_number(id_number(born), TODAY)
    assert codes(problems) == ["impossible_birth_date"]
    assert severities(problems) == {Severity.WARNING}


def test_a_birth_date_from_tomorrow_on_is_impossible():
    assert codes(check_id_number(id_number("20260519"), TODAY)) == ["impossible_birth_date"]
    assert codes(check_id_number(id_number("20260519"), date(2026, 5, 19))) == []


def test_an_identity_number_that_is_missing_is_an_error():
    problem = check_id_number("", TODAY)[0]
    assert (problem.code, problem.is_error) == ("missing", True)


def test_birth_date_and_sex_are_read_from_the_number():
    woman = Person("林小禾", VALID)
    assert (woman.birth_date, woman.sex) == (date(1992, 3, 7), Sex.FEMALE)
    assert sex(id_number("19920307", "031")) is Sex.MALE


@pytest.mark.parametrize("number", ["", "519900", "A" * 18])
def test_a_number_of_another_shape_tells_neither_birth_date_nor_sex(number):
    assert birth_date(number) is None
    assert sex(number) is None


def test_an_impossible_date_is_no_birth_date():
    assert birth_date(id_number("19920230")) is None


# --- telephone and address -------------------------------------------------------------------------------------


@pytest.mark.parametrize("phone", ["13805555270", "09995550123", "0999-5550123", "099-55501234"])
def test_mobiles_and_fixed_lines_with_area_code_are_fine(phone):
    assert check_phone(phone) == []


@pytest.mark.parametrize("phone", ["1380555527", "138055552701"])
def test_a_mobile_of_another_length_is_told_with_its_length(phone):
    problem = check_phone(phone)[0]
    assert (problem.code, problem.is_error) == ("mobile_length", True)
    assert problem.details == {"found": len(phone), "expected": 11}


@pytest.mark.parametrize("phone", ["5550123", "none", "138-0555-5270", "2380555527"])
def test_what_is_no_telephone_number_is_an_error(phone):
    problem = check_phone(phone)[0]
    assert (problem.code, problem.is_error) == ("not_a_phone", True)


def test_a_telephone_that_is_missing_is_an_error():
    assert codes(check_phone("")) == ["missing"]


def test_an_address_may_have_120_characters_and_no_more():
    assert check_address("村" * 120) == []
    assert codes(check_address("村" * 121)) == ["too_long"]
    assert codes(check_address("")) == ["missing"]


def test_the_remarks_on_a_person_come_in_the_order_of_the_screen():
    places = [problem.place for problem in check_person(Person("", ""), TODAY)]
    assert places == ["applicant.name", "applicant.id_number", "applicant.phone", "applicant.address"]
    assert check_person(Person("林小禾", VALID, "13805555270", "云溪镇柳湾村"), TODAY) == []


# --- masks -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "masked"),
    [("", ""), ("林", "林"), ("林禾", "林*"), ("林𬱖宁", "林**"), (LONG_NAME, "阿***"), ("𠅤禾", "𠅤*")],
)
def test_a_masked_name_keeps_its_first_character(name, masked):
    assert masked_name(name) == masked


def test_a_masked_identity_number_keeps_its_first_six_and_last_four():
    assert masked_id_number(VALID) == "519900********0323"


@pytest.mark.parametrize("number", ["", "1", "5199001992030"])
def test_a_short_identity_number_is_all_masked(number):
    assert masked_id_number(number) == "*" * len(number)


def test_a_masked_telephone_keeps_its_first_three_and_last_four():
    assert masked_phone("13805555270") == "138****5270"


@pytest.mark.parametrize("phone", ["", "5550123"])
def test_a_short_telephone_is_all_masked(phone):
    assert masked_phone(phone) == "*" * len(phone)
