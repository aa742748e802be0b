from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.demonstration import STATION
from app.domain.errors import SeriesExhausted
from app.domain.paper import PaperKind
from app.domain.paper_numbering import (
    SERIES_WORDS,
    USUAL_PATTERN,
    PaperSeries,
    check_numbering,
    check_pattern,
    colliding,
    number_pieces,
    paper_number,
)

UNNUMBERED = {
    PaperKind.ITEM_GUIDE,
    PaperKind.RECOVERY_SHEET,
    PaperKind.CASE_REGISTER,
    PaperKind.SEPARATOR_SHEET,
}
UNPADDED = "{prefix}{word}〔{year}〕{serial}号"
RECEIPTS = PaperSeries("云溪3", PaperKind.MATERIALS_RECEIPT, 2026)
HOMESTEAD = "{division:.9}{year}{serial:03}"
PATTERNS = st.sampled_from(
    [
        "{prefix}",
        "{word}",
        "{year}",
        "{serial}",
        "{serial:03}",
        "{serial:06}",
        "{division:.9}",
        "〔",
        "〕",
        "号",
        "1",
        "-",
    ]
)


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
    assert set(SERIES_WORDS) == set(PaperKind) - UNNUMBERED
    assert len(set(SERIES_WORDS.values())) == len(SERIES_WORDS)


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


def test_a_pattern_may_leave_the_serial_unpadded():
    assert paper_number(RECEIPTS, 12, UNPADDED) == "云溪3收〔2026〕12号"


def test_a_homestead_approval_has_16_digits_of_division_year_and_sequence():
    series = PaperSeries("云溪3", PaperKind.CERTIFICATE, 2026, "homestead_approval")
    assert paper_number(series, 7, HOMESTEAD, "519901101000") == "5199011012026007"
    assert series.key == "云溪3/certificate.homestead_approval/2026"


def test_a_number_of_nothing_but_digits_never_grows_into_another_one():
    series = PaperSeries("云溪3", PaperKind.CERTIFICATE, 2026, "homestead_approval")
    assert paper_number(series, 999, HOMESTEAD, "519901101000")[-3:] == "999"
    with pytest.raises(SeriesExhausted):
        paper_number(series, 1000, HOMESTEAD, "519901101000")


@pytest.mark.parametrize("pattern", [USUAL_PATTERN, UNPADDED, "{prefix}-{year}-{serial:03}"])
def test_good_patterns_have_no_remark(pattern):
    assert check_pattern(pattern) == ""


@pytest.mark.parametrize(
    ("pattern", "remark"),
    [
        ("{prefix}{word}〔{year}〕号", "needs:serial"),
        ("{prefix}{word}{serial}", "needs:year"),
        ("{word}〔{year}〕{serial}号", "needs:prefix"),
        ("{prefix}{year}{serial}{serial:03}", "needs:serial"),
        ("{prefix}{town}{year}{serial}", "place:town"),
        ("{prefix.__class__}{year}{serial}", "place:prefix.__class__"),
        ("{prefix}{year}{}", "place:"),
        ("{prefix!r}{year}{serial}", "shape"),
        ("{prefix}{year}{serial:>9000000}", "shape"),
        ("{prefix}{year}{serial:000}", "shape"),
        ("{prefix}{year}{serial", "shape"),
        ("{prefix}{year}{serial}" + "号" * 60, "too_long"),
    ],
)
def test_what_is_wrong_with_a_pattern_is_named(pattern, remark):
    assert check_pattern(pattern) == remark


def test_a_certificate_counted_at_one_window_need_not_name_it():
    assert check_numbering(HOMESTEAD) == ""
    assert check_numbering("{division:.9}{serial:03}") == "needs:year"


def test_kinds_whose_patterns_lack_the_word_could_share_a_number():
    receipt, notice = PaperKind.MATERIALS_RECEIPT, PaperKind.ACCEPTANCE_NOTICE
    bare = "{prefix}〔{year}〕{serial}号"
    assert colliding({"a": (receipt, bare), "b": (notice, bare.replace("serial", "serial:06"))}, "云溪3") == (
        ("a", "b"),
    )
    assert colliding({"a": (receipt, bare), "b": (notice, USUAL_PATTERN)}, "云溪3") == ()


@given(st.lists(PATTERNS, min_size=1, max_size=5), st.lists(PATTERNS, min_size=1, max_size=5), st.integers(1, 1200))
def test_patterns_that_do_not_collide_never_give_the_same_text(one, other, serial):
    receipt, notice = PaperKind.MATERIALS_RECEIPT, PaperKind.ACCEPTANCE_NOTICE
    first, second = "".join(one), "".join(other)
    if colliding({"a": (receipt, first), "b": (notice, second)}, "云溪3"):
        return
    mine = {
        first.format(prefix="云溪3", word="收", year=2026, serial=n, division="519901101000") for n in (serial, 12026)
    }
    others = (1, 2, 26, 2026, serial)
    assert not mine & {
        second.format(prefix="云溪3", word="受", year=2026, serial=n, division="519901101000") for n in others
    }


def test_a_station_may_number_a_kind_its_own_way_and_is_told_of_collisions():
    kind = PaperKind.CERTIFICATE
    station = replace(STATION, paper_patterns={kind: "{prefix}第{serial}号〔{year}〕"})
    assert station.paper_number(kind, 2026, 7) == "云溪3第7号〔2026〕"
    assert station.paper_number(PaperKind.MANDATE, 2026, 7) == "云溪3委〔2026〕000007号"
    assert station.pattern_collisions({"homestead_approval": HOMESTEAD}) == ()
    bare = replace(STATION, paper_pattern="{prefix}〔{year}〕{serial}号")
    assert ("materials_receipt", "acceptance_notice") in bare.pattern_collisions({})
    assert STATION.pattern_collisions({"one": HOMESTEAD, "two": HOMESTEAD}) == (("one", "two"),)


@pytest.mark.parametrize(
    ("typed", "pieces"),
    [
        ("云溪3收〔2026〕000412号", ("云溪3收", "2026", "000412号")),
        ("［２０２６］４１２", ("2026", "412")),
        ("(2026)-412_", ("2026", "412")),
        ("ＡＢ 12", ("AB", "12")),
        ("云溪", ()),
        ("〔〕%", ()),
        ("", ()),
    ],
)
def test_a_typed_number_falls_into_pieces_that_have_a_digit_among_them(typed, pieces):
    assert number_pieces(typed) == pieces
