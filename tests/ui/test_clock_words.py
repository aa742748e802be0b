from datetime import datetime, timedelta

import pytest

from app.domain.clock import CHINA, BothClocks
from app.services.timekeeping import ClockState, ClockStatus
from ui.clock_words import advice, explanation, length, sign, warning

NOW = datetime(2026, 5, 18, 10, 24, tzinfo=CHINA)
HOUR = timedelta(hours=1)


def status(state, apart=timedelta(0), difference_ms=0):
    return ClockStatus(state, BothClocks(NOW, NOW + apart), NOW - HOUR, NOW if difference_ms else None, difference_ms)


@pytest.mark.parametrize("state", ClockState)
def test_every_state_has_a_sign_and_says_what_is_the_matter(state):
    shown = status(state, -HOUR, -3_600_000)
    assert all(sign(shown)[:2])
    assert explanation(shown)
    assert bool(advice(shown)) is (state is not ClockState.TRUSTED)


def test_a_clock_that_was_set_back_again_needs_nothing():
    assert "不用处理" in advice(status(ClockState.JUMPED, difference_ms=3_600_000))


def test_which_way_the_clock_was_set_is_said():
    assert "拨慢 1 小时" in explanation(status(ClockState.JUMPED, -HOUR, -3_600_000))
    assert "拨快 2 天" in explanation(status(ClockState.JUMPED, HOUR, 2 * 86_400_000))


def test_the_log_in_warns_of_what_has_to_be_mended_before_work_begins():
    warned = {state for state in ClockState if warning(status(state, -HOUR, 1))}
    assert warned == {ClockState.BEHIND, ClockState.SILENT}


@pytest.mark.parametrize(
    ("milliseconds", "words"), [(2400, "2 秒"), (-90_000, "1 分钟"), (7_300_000, "2 小时"), (-90_000_000, "1 天")]
)
def test_a_length_of_time_is_said_in_its_largest_unit(milliseconds, words):
    assert length(milliseconds) == words
