"""How days, moments and counts are read from what a clerk types."""

from datetime import date, datetime

import pytest

from app.domain.clock import CHINA
from ui.forms.reading import read_count, read_day, read_moment


@pytest.mark.parametrize("typed", ["2026-05-18", "20260518", "2026.5.18", " 2026年5月18日 "])
def test_a_day_is_read_however_it_is_typed(typed):
    assert read_day(typed) == date(2026, 5, 18)


@pytest.mark.parametrize("typed", ["", "2026-02-30", "明天", "2026-5"])
def test_what_is_no_day_is_none(typed):
    assert read_day(typed) is None


@pytest.mark.parametrize("typed", ["2026-05-18 9:30", "20260518 0930", "2026.5.18 9：30"])
def test_a_moment_is_a_day_and_a_time_in_china(typed):
    assert read_moment(typed) == datetime(2026, 5, 18, 9, 30, tzinfo=CHINA)


@pytest.mark.parametrize("typed", ["", "2026-05-18", "2026-05-18 25:00", "2026-05-18 9:75", "9:30"])
def test_what_is_no_moment_is_none(typed):
    assert read_moment(typed) is None


def test_a_count_is_whole_and_not_negative():
    assert [read_count(typed) for typed in ("10", " 0 ", "-1", "3.5", "十")] == [10, 0, None, None, None]
