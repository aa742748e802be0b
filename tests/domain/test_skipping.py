"""After a restore every series goes on where no window could have come to."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.clock import CHINA
from app.domain.numbering import DAILY_CASES
from app.domain.skipping import USUAL_ROOM, room_of, share_of_day, share_of_year, skipped, skipped_series

NEW_YEAR = datetime(2026, 1, 1, tzinfo=CHINA)
MOMENTS = st.integers(0, 5 * 365 * 24 * 3600).map(lambda seconds: NEW_YEAR + timedelta(seconds=seconds))


@given(MOMENTS)
def test_what_is_skipped_leaves_room_in_the_day_and_in_the_year(at):
    assert 0 <= skipped(share_of_day(at), DAILY_CASES) < DAILY_CASES
    assert 0 <= skipped(share_of_year(at), USUAL_ROOM) <= USUAL_ROOM


@given(MOMENTS, st.integers(1, 3600))
def test_a_later_restore_of_the_same_day_skips_what_a_window_can_have_used_since(at, seconds):
    later = at + timedelta(seconds=seconds)
    if later.date() != at.date():
        return
    since = skipped(share_of_day(later), DAILY_CASES) - skipped(share_of_day(at), DAILY_CASES)
    assert since >= seconds // 9 - 1


@pytest.mark.parametrize(
    ("at", "day", "year"),
    [
        (datetime(2026, 1, 1, tzinfo=CHINA), 0, 0),
        (datetime(2026, 5, 18, 12, tzinfo=CHINA), 4999, 376_711),
        (datetime(2026, 12, 31, 23, 59, 59, tzinfo=CHINA), 9998, 999_998),
    ],
)
def test_a_series_goes_on_at_the_share_of_its_day_or_year_that_has_gone_by(at, day, year):
    assert skipped(share_of_day(at), DAILY_CASES) == day
    assert skipped(share_of_year(at), USUAL_ROOM) == year


def test_a_narrow_series_skips_as_large_a_share_of_its_few_numbers():
    assert room_of("{division:.9}{year}{serial:03}") == 999
    assert skipped(share_of_year(datetime(2026, 7, 2, 12, tzinfo=CHINA)), 999) == 499


@pytest.mark.parametrize("pattern", ["{prefix}〔{year}〕{serial}号", "{prefix}〔{year}〕{serial:06}号", "{serial:09}"])
def test_a_usual_series_has_room_for_a_million_less_one(pattern):
    assert room_of(pattern) == USUAL_ROOM


def test_series_of_one_day_or_year_share_a_key():
    assert skipped_series("case/20260518") == "*/20260518"
    assert skipped_series("云溪3/certificate.homestead/2026") == skipped_series("云溪3/mandate/2026") == "*/2026"
