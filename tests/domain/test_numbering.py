from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.numbering import (
    SERIES_WORDS,
    PaperSeries,
    SeriesExhausted,
    case_number,
    daily_sequence,
    daily_series,
    grouped,
    is_case_number,
    paper_number,
)
from app.domain.paper import PaperKind
from app.domain.station import USUAL_PATTERN

DAY = date(2026, 11, 23)
NUMBER = case_number(DAY, "000731", 42)
NUMBERS = st.builds(
    case_number,
    st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    st.from_regex(r"[0-9]{6}", fullmatch=True),
    st.integers(1, 9999),
)
RECEIPTS = PaperSeries("云溪3", PaperKind.MATERIALS_RECEIPT, 2026)


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


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (PaperKind.MATERIALS_RECEIPT, "云溪3收〔2026〕000412号"),
        (PaperKind.ACCEPTANCE_NOTICE, "云溪3受〔2026〕000412号"),
        (PaperKind.CERTIFICATE, "云溪3证〔2026〕000412号"),
    ],
)
def test_the_usual_pattern_gives_the_usual_paper_number(kind, text):
    assert paper_number(PaperSeries("云溪3", kind, 2026), 412, USUAL_PATTERN) == text


def test_every_kind_of_paper_has_a_word_of_its_own():
    assert set(SERIES_WORDS) == set(PaperKind)
    assert len(set(SERIES_WORDS.values())) == len(PaperKind)


def test_a_serial_that_outgrows_its_places_is_printed_whole():
    assert paper_number(RECEIPTS, 1234567, USUAL_PATTERN) == "云溪3收〔2026〕1234567号"


def test_another_pattern_can_be_used():
    assert paper_number(RECEIPTS, 7, "{year}-{serial}") == "2026-7"


@pytest.mark.parametrize("serial", [0, -1])
def test_serials_start_at_1(serial):
    with pytest.raises(ValueError, match="start at 1"):
        paper_number(RECEIPTS, serial, USUAL_PATTERN)


@pytest.mark.parametrize("pattern", ["{town}{serial}", "{serial", "{serial:q}"])
def test_a_pattern_with_a_place_that_does_not_exist_is_refused(pattern):
    with pytest.raises((KeyError, ValueError)):
        paper_number(RECEIPTS, 1, pattern)


def test_series_of_another_prefix_kind_or_year_are_counted_apart():
    others = [
        PaperSeries("云溪4", PaperKind.MATERIALS_RECEIPT, 2026),
        PaperSeries("云溪3", PaperKind.CERTIFICATE, 2026),
        PaperSeries("云溪3", PaperKind.MATERIALS_RECEIPT, 2027),
    ]
    assert RECEIPTS.key == "云溪3/materials_receipt/2026"
    assert len({series.key for series in (RECEIPTS, *others)}) == 4
