from datetime import date

import pytest

from app.domain.documents import Document, Sex, age_on, birth_date, check_number, document_of, sex, tells_birth_and_sex
from app.domain.problem import Severity
from tests.domain.samples import id_number

TODAY = date(2026, 5, 18)
VALID = id_number("19920307")
ENDS_IN_X = next(n for order in range(1, 100) if (n := id_number("19920307", f"{order:03}")).endswith("X"))
RESIDENCE_PERMIT = id_number("19920307", area="810000")
FOREIGN_CARD = id_number("19920307", area="911840")


def codes(problems):
    return [problem.code for problem in problems]


def severities(problems):
    return {problem.severity for problem in problems}


@pytest.mark.parametrize("number", [VALID, ENDS_IN_X, id_number("20260518"), id_number("20000229")])
def test_a_right_identity_number_has_no_remark(number):
    assert check_number(number, TODAY) == []


def test_the_check_digit_of_a_known_number_is_right():
    assert VALID == "519900199203070323"


@pytest.mark.parametrize("digit", "0123456789X")
def test_every_other_check_digit_is_warned_of(digit):
    problems = check_number(VALID[:17] + digit, TODAY)
    assert codes(problems) == ([] if digit == VALID[17] else ["check_digit"])
    assert severities(problems) <= {Severity.WARNING}


@pytest.mark.parametrize("place", range(17))
def test_one_wrong_digit_is_never_passed_over(place):
    for digit in set("0123456789") - {VALID[place]}:
        assert check_number(VALID[:place] + digit + VALID[place + 1 :], TODAY)


def test_fifteen_digits_are_warned_of_with_the_number_that_replaced_them():
    problem = check_number("519900920307032", TODAY)[0]
    assert (problem.code, problem.severity) == ("first_generation", Severity.WARNING)
    assert problem.details == {"modern": VALID}


@pytest.mark.parametrize("number", ["5199001992030703", "5199001992030703231", "X"])
def test_a_number_of_another_length_is_warned_of_with_what_was_found(number):
    problem = check_number(number, TODAY)[0]
    assert (problem.code, problem.severity) == ("wrong_length", Severity.WARNING)
    assert problem.details == {"found": len(number), "expected": 18}


@pytest.mark.parametrize("area", ["510123", "429004", "000000", "371481", "659099"])
def test_the_area_code_stands_in_nobodys_way(area):
    assert check_number(id_number("19620307", area=area), TODAY) == []


@pytest.mark.parametrize("number", ["A" + VALID[1:], "X" + VALID[1:], VALID[:17] + "Y", VALID[:17] + "x", "٥" * 18])
def test_letters_in_an_identity_number_are_warned_of(number):
    problems = check_number(number, TODAY)
    assert codes(problems) == ["wrong_characters"]
    assert severities(problems) == {Severity.WARNING}


@pytest.mark.parametrize("born", ["19920230", "19921301", "19920001", "19000229", "00000101", "18951231", "99990101"])
def test_an_impossible_birth_date_is_warned_of(born):
    problems = check_number(id_number(born), TODAY)
    assert codes(problems) == ["impossible_birth_date"]
    assert severities(problems) == {Severity.WARNING}


def test_a_birth_date_from_tomorrow_on_is_impossible():
    assert codes(check_number(id_number("20260519"), TODAY)) == ["impossible_birth_date"]
    assert codes(check_number(id_number("20260519"), date(2026, 5, 19))) == []


def test_an_identity_number_that_is_missing_is_an_error():
    problem = check_number("", TODAY)[0]
    assert (problem.code, problem.is_error) == ("missing", True)


def test_birth_date_and_sex_are_read_from_the_number():
    assert (birth_date(VALID), sex(VALID)) == (date(1992, 3, 7), Sex.FEMALE)
    assert sex(id_number("19920307", "031")) is Sex.MALE


@pytest.mark.parametrize("number", ["", "519900", "A" * 18])
def test_a_number_of_another_shape_tells_neither_birth_date_nor_sex(number):
    assert birth_date(number) is None
    assert sex(number) is None


def test_an_impossible_date_is_no_birth_date():
    assert birth_date(id_number("19920230")) is None


# --- other documents -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("document", "number"),
    [
        (Document.HMT_RESIDENCE_PERMIT, RESIDENCE_PERMIT),
        (Document.HMT_RESIDENCE_PERMIT, id_number("19920307", area="820000")),
        (Document.HMT_RESIDENCE_PERMIT, id_number("19920307", area="830000")),
        (Document.FOREIGN_PERMANENT_RESIDENT_CARD, FOREIGN_CARD),
        (Document.FOREIGN_PERMANENT_RESIDENT_CARD, "USA519920307012"),
        (Document.HK_MACAO_TRAVEL_PERMIT, "H12345678"),
        (Document.HK_MACAO_TRAVEL_PERMIT, "M1234567801"),
        (Document.TAIWAN_TRAVEL_PERMIT, "12345678"),
        (Document.PASSPORT, "E12345678"),
        (Document.PASSPORT, "123456789"),
    ],
)
def test_the_numbers_of_every_document_are_taken(document, number):
    assert check_number(number, TODAY, document) == []


@pytest.mark.parametrize(
    ("document", "number"),
    [
        (Document.HK_MACAO_TRAVEL_PERMIT, "H1234567"),
        (Document.HK_MACAO_TRAVEL_PERMIT, "A12345678"),
        (Document.TAIWAN_TRAVEL_PERMIT, "1234567"),
        (Document.PASSPORT, "E-1234"),
    ],
)
def test_a_number_of_an_odd_shape_is_a_warning_that_names_the_document(document, number):
    (problem,) = check_number(number, TODAY, document, "agent.id_number")
    assert (problem.place, problem.code, problem.severity) == ("agent.id_number", f"odd_{document}", Severity.WARNING)


@pytest.mark.parametrize(
    ("chosen", "number", "other"),
    [
        (Document.RESIDENT_CARD, RESIDENCE_PERMIT, Document.HMT_RESIDENCE_PERMIT),
        (Document.RESIDENT_CARD, FOREIGN_CARD, Document.FOREIGN_PERMANENT_RESIDENT_CARD),
        (Document.HMT_RESIDENCE_PERMIT, VALID, Document.RESIDENT_CARD),
    ],
)
def test_a_number_that_belongs_to_another_document_says_to_which(chosen, number, other):
    (problem,) = check_number(number, TODAY, chosen)
    assert (problem.code, problem.details) == ("other_document", {"document": other})
    assert document_of(number) is other


def test_only_numbers_of_18_characters_tell_birth_date_and_sex():
    assert tells_birth_and_sex(Document.FOREIGN_PERMANENT_RESIDENT_CARD, FOREIGN_CARD)
    assert not tells_birth_and_sex(Document.FOREIGN_PERMANENT_RESIDENT_CARD, "USA519920307012")
    assert not tells_birth_and_sex(Document.PASSPORT, VALID)


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2018, 5, 18), TODAY, 8),
        (date(2018, 5, 19), TODAY, 7),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (TODAY, TODAY, 0),
    ],
)
def test_an_age_is_counted_in_full_years(born, day, age):
    assert age_on(day, born) == age
