from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import SeriesExhausted
from app.domain.numbering import (
    case_number,
    daily_sequence,
    daily_series,
    grouped,
    is_case_number,
    is_number_of,
    taken_by,
)

DAY = date(2026, 11, 23)
NUMBER = case_number(DAY, "000731", 42)
NUMBERS = st.builds(
    case_number,
    st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    st.from_regex(r"[0-9]{6}", fullmatch=True),
    st.integers(1, 9999),
)


@pytest.mark.parametrize(
    ("day", "station", "sequence"),
    [(DAY, "000731", 42), (date(2026, 5, 18), "000731", 1), (date(2031, 1, 1), "999999", 9999)],
)
def test_the_check_digits_are_98_less_the_rest_by_97(day, station, sequence):
    stem = f"{day.year}{day.month:02}{day.day:02}{station}{sequence:04}"
    assert case_number(day, station, sequence) == f"{stem}{98 - int(stem) * 100 % 97:02}"


def test_a_known_case_number_comes_out():
    assert NUMBER[:18] == "202611230007310042"
    assert int(NUMBER) % 97 == 1


@given(NUMBERS)
def test_every_case_number_has_20_digits_and_passes(number):
    assert len(number) == 20
    assert is_case_number(number)


@given(NUMBERS)
def test_every_single_wrong_digit_is_caught(number):
    for place, right in enumerate(number):
        for wrong in set("0123456789") - {right}:
            assert not is_case_number(number[:place] + wrong + number[place + 1 :])


@given(NUMBERS)
def test_every_swap_of_unequal_neighbours_is_caught(number):
    for place in range(19):
        left, right = number[place : place + 2]
        if left != right:
            assert not is_case_number(number[:place] + right + left + number[place + 2 :])


def test_a_case_number_is_read_aloud_in_groups():
    assert grouped(NUMBER) == f"20261123 000731 0042 {NUMBER[18:]}"


def test_a_part_of_a_case_number_is_grouped_as_far_as_it_goes():
    assert grouped("202611230007") == "20261123 0007"
    assert grouped("") == ""


@given(NUMBERS)
def test_a_grouped_number_is_a_case_number_still(number):
    assert is_case_number(grouped(number))
    assert is_case_number(f" {' '.join(number)} ")


@pytest.mark.parametrize(
    "text",
    ["", " ", NUMBER[:19], NUMBER + "0", "A" + NUMBER[1:], NUMBER.replace("2", "２"), "-" + NUMBER[1:], "²" * 20],
)
def test_what_is_no_whole_number_is_no_case_number(text):
    assert not is_case_number(text)


def test_a_number_bears_the_code_of_the_station_that_gave_it():
    assert taken_by(NUMBER) == "000731"
    assert is_number_of("000731", NUMBER)
    assert not is_number_of("000732", NUMBER)
    assert not any(is_number_of("000731", other) for other in (None, 7, "", NUMBER + "0", NUMBER.replace("2", "２")))


@pytest.mark.parametrize("sequence", [10000, 0, -1])
def test_a_series_without_a_number_left_is_exhausted(sequence):
    with pytest.raises(SeriesExhausted):
        case_number(DAY, "000731", sequence)


@pytest.mark.parametrize("station", ["", "731", "0000731", "00073A", "００0731", "00 731"])
def test_a_station_code_that_is_not_six_digits_is_refused(station):
    with pytest.raises(ValueError, match="six digits"):
        case_number(DAY, station, 1)


def test_the_series_of_a_case_is_its_day():
    assert daily_series(NUMBER) == "case/20261123"
    assert daily_sequence(NUMBER) == 42
