"""The real clock where the PC's owner moves zones about."""

import os
import time
from datetime import UTC, datetime
from zoneinfo import available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.clock import SystemClock
from app.domain.clock import JUMP_MS, BothClocks, ClockWatch

pytestmark = pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows has one zone a process")


def summer_begins_now(name):
    """Return a zone whose clocks go forward by an hour in this very second."""
    now = datetime.now(UTC)
    return f"{name}0{name}SUMMER,{now:%-j}/{now:%-H:%M:%S},J365/23"


@pytest.fixture
def zone(monkeypatch):
    def move(name):
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield move
    monkeypatch.undo()
    time.tzset()


def test_zones_and_daylight_saving_move_neither_time_nor_the_pcs_clock(zone):
    clock = SystemClock()
    watch = ClockWatch(clock.reading())
    moments = []
    for name in ("Asia/Shanghai", "America/New_York", "Pacific/Kiritimati", summer_begins_now("JMP"), "no/such-zone"):
        zone(name)
        reading = clock.reading()
        moments.append(reading.now)
        assert abs(reading.apart_ms) < JUMP_MS
        assert watch.jump(reading) == 0
    assert moments == sorted(moments)


@given(names=st.lists(st.sampled_from(sorted(available_timezones())), min_size=1, max_size=5))
@settings(max_examples=30, deadline=None)
def test_no_zone_of_the_world_moves_anything(names):
    known = os.environ.get("TZ")
    clock = SystemClock()
    watch = ClockWatch(clock.reading())
    try:
        for name in names:
            os.environ["TZ"] = name
            time.tzset()
            assert watch.jump(clock.reading()) == 0
            assert abs(BothClocks(clock.now(), SystemClock().now()).apart_ms) < JUMP_MS
    finally:
        os.environ.pop("TZ")
        if known is not None:
            os.environ["TZ"] = known
        time.tzset()


def test_a_start_in_another_zone_tells_the_same_time(zone):
    zone("Asia/Shanghai")
    here = SystemClock().now()
    zone("America/New_York")
    assert abs((SystemClock().now() - here).total_seconds()) < 60
