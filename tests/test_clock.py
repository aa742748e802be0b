"""The real clock where the PC's owner moves zones about."""

import time
from datetime import UTC, datetime

import pytest

from app.clock import SystemClock
from app.domain.clock import JUMP_MS, ClockWatch

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


def test_a_start_in_another_zone_tells_the_same_time(zone):
    zone("Asia/Shanghai")
    here = SystemClock().now()
    zone("America/New_York")
    assert abs((SystemClock().now() - here).total_seconds()) < 60
