from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.documents import Document, Sex
from app.domain.people import (
    Organisation,
    Person,
    check_address,
    check_name,
    check_organisation,
    check_person,
    check_phone,
    masked_id_number,
    masked_name,
    masked_phone,
    tidy_id_number,
    tidy_name,
    tidy_organisation,
    tidy_phone,
)
from app.domain.problem import Severity
from tests.domain.samples import id_number

TODAY = date(2026, 5, 18)
LONG_NAME = "阿卜杜热合曼·麦麦提吐尔逊·努尔艾合买提·吾买尔江"
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


@pytest.mark.parametrize("name", ["J. R. Smith", "O’NEIL MARY ANN", "St. John"])
def test_a_full_stop_in_a_latin_name_stays(name):
    assert tidy_name(name) == name
    assert check_name(name) == []


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


def test_a_foreigner_may_have_a_name_of_120_letters_and_has_a_nationality():
    traveller = Person(
        "A" * 120, "E12345678", "13805555270", "示范县", Document.PASSPORT, date(1990, 1, 1), Sex.MALE, "示范国"
    )
    assert check_person(traveller, TODAY) == []
    stateless = Person("A" * 121, "E12345678", "13805555270", "示范县", Document.PASSPORT)
    assert [(problem.place, problem.code) for problem in check_person(stateless, TODAY)] == [
        ("applicant.name", "too_long"),
        ("applicant.nationality", "missing"),
        ("applicant.stated_birth_date", "birth_date_untold"),
        ("applicant.stated_sex", "missing"),
    ]


def test_birth_date_and_sex_are_read_from_the_number_before_what_was_stated():
    woman = Person("林小禾", VALID, stated_birth_date=date(2000, 1, 1), stated_sex=Sex.MALE)
    assert (woman.birth_date, woman.sex) == (date(1992, 3, 7), Sex.FEMALE)
    traveller = Person("林", "12345678", "", "", Document.TAIWAN_TRAVEL_PERMIT, date(2000, 1, 1), Sex.MALE)
    assert (traveller.birth_date, traveller.sex) == (date(2000, 1, 1), Sex.MALE)


def test_a_stated_birth_date_must_be_one_of_a_living_person():
    unborn = Person("林", "H12345678", "", "", Document.HK_MACAO_TRAVEL_PERMIT, date(2026, 5, 19), Sex.MALE)
    assert codes(check_person(unborn, TODAY, needed=frozenset())) == ["impossible_birth_date"]


def test_what_is_not_needed_is_checked_when_it_is_there():
    person = Person("林小禾", VALID, "123")
    assert codes(check_person(person, TODAY, "agent", frozenset())) == ["mobile_length"]
    assert codes(check_person(Person("林小禾", VALID), TODAY, "agent", frozenset())) == []


# --- organisations ---------------------------------------------------------------------------------------------

COOPERATIVE = Organisation("云溪镇春笋种植专业合作社", "93519900MA6CDEF0X1", "云溪镇柳湾村")


def test_an_organisation_needs_name_code_and_address():
    assert check_organisation(COOPERATIVE) == []
    problems = check_organisation(Organisation("", ""))
    assert [problem.place for problem in problems] == [
        "organisation.name",
        "organisation.uscc",
        "organisation.address",
    ]
    assert all(problem.is_error for problem in problems)


@pytest.mark.parametrize(
    ("code", "remark"),
    [("93519900MA6CDEF0X2", "check_digit"), ("93519900MA6CDEF0I1", "check_digit"), ("519900", "wrong_length")],
)
def test_a_doubtful_code_of_an_organisation_is_a_warning_only(code, remark):
    (problem,) = check_organisation(Organisation("合作社", code, "云溪镇"))
    assert (problem.place, problem.code, problem.severity) == ("organisation.uscc", remark, Severity.WARNING)


def test_an_organisation_keeps_its_brackets_and_loses_stray_blanks():
    typed = Organisation(" 示范（云溪） 农业公司 ", " 93519900 ma6cdef0x1 ", " 云溪镇 ")
    assert tidy_organisation(typed) == Organisation("示范（云溪） 农业公司", "93519900MA6CDEF0X1", "云溪镇")


def test_a_name_of_an_organisation_has_120_characters_at_most():
    assert codes(check_organisation(Organisation("社" * 121, "93519900MA6CDEF0X1", "云溪镇"))) == ["too_long"]


# --- masks -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "masked"),
    [("", ""), ("林", "林"), ("林禾", "林*"), ("林𬱖宁", "林**"), (LONG_NAME, "阿***"), ("𠅤禾", "𠅤*")],
)
def test_a_masked_name_keeps_its_first_character(name, masked):
    assert masked_name(name) == masked


def test_a_masked_identity_number_keeps_its_first_six_and_last_four():
    assert masked_id_number(VALID) == "519900********0323"


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("519900920307032", "519900*****7032"),
        ("USA519903070321", "USA519*****0321"),
        ("H12345678", "H1*****78"),
        ("H1234567801", "H1*******01"),
        ("12345678", "12****78"),
        ("E1234567", "E1****67"),
    ],
)
def test_the_number_of_every_other_document_is_masked_in_its_middle(number, masked):
    assert masked_id_number(number) == masked


@pytest.mark.parametrize("number", ["", "1", "519900"])
def test_a_short_identity_number_is_all_masked(number):
    assert masked_id_number(number) == "*" * len(number)


def test_a_masked_telephone_keeps_its_first_three_and_last_four():
    assert masked_phone("13805555270") == "138****5270"


@pytest.mark.parametrize("phone", ["", "5550123"])
def test_a_short_telephone_is_all_masked(phone):
    assert masked_phone(phone) == "*" * len(phone)
