from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.clock import DRIFT_MS, JUMP_MS, SLEW_PER_MILLION, ClockWatch
from tests.fakes.clock import FakeClock

MS = timedelta(milliseconds=1)
NAPS = st.integers(1, 10 * 3600 * 1000).map(lambda ms: ms * MS)
SLEWS = st.integers(-SLEW_PER_MILLION, SLEW_PER_MILLION)
SMALL = st.integers(-JUMP_MS // 2 + 10, JUMP_MS // 2 - 10)
SET = st.one_of(st.integers(JUMP_MS + 10, 10**11), st.integers(-(10**11), -JUMP_MS - 10))


def watched():
    clock = FakeClock()
    return clock, ClockWatch(clock.reading())


@given(st.lists(st.tuples(NAPS, SLEWS), max_size=60))
def test_a_clock_that_is_pulled_within_bounds_never_jumps_however_long_it_sleeps(steps):
    clock, watch = watched()
    for nap, slew in steps:
        clock.pass_by(nap, slew)
        assert watch.jump(clock.reading()) == 0


@given(SET, st.lists(st.tuples(NAPS, SLEWS), min_size=1, max_size=10))
def test_one_setting_is_told_once_with_its_direction_and_size(by_ms, steps):
    clock, watch = watched()
    clock.set_wall(by_ms * MS)
    assert abs(watch.jump(clock.reading()) - by_ms) <= 10
    for nap, slew in steps:
        clock.pass_by(nap, slew)
        assert watch.jump(clock.reading()) == 0


@given(st.integers(JUMP_MS + 10, 10**9))
def test_there_and_back_again_are_two_jumps(by_ms):
    clock, watch = watched()
    clock.set_wall(by_ms * MS)
    there = watch.jump(clock.reading())
    clock.set_wall(-by_ms * MS)
    assert (there > 0, watch.jump(clock.reading()) < 0) == (True, True)


@given(SMALL.filter(lambda by_ms: abs(by_ms) >= 200))
def test_small_steps_add_up_to_a_jump(by_ms):
    clock, watch = watched()
    jumps = []
    for _ in range(60):
        clock.set_wall(by_ms * MS)
        jumps.append(watch.jump(clock.reading()))
    assert any(jumps)
    assert all(jump == 0 or (jump > 0) == (by_ms > 0) for jump in jumps)


@given(st.lists(st.tuples(NAPS, SLEWS, st.one_of(st.just(0), SMALL, SET)), max_size=40))
def test_jumps_and_drift_and_what_is_still_small_are_all_that_parts_the_clocks(steps):
    clock, watch = watched()
    told = 0
    for nap, slew, by_ms in steps:
        clock.pass_by(nap, slew)
        clock.set_wall(by_ms * MS)
        told += watch.jump(clock.reading()) + watch.drift()
    # What is not told yet: drift below its mark, and a step below the size of a jump that is still being followed.
    largest_allowance = 10 * 3600 * 1000 * SLEW_PER_MILLION / 1_000_000
    assert abs(clock.reading().apart_ms - told) <= DRIFT_MS + JUMP_MS + largest_allowance + len(steps)


def test_slow_drift_is_told_each_time_it_comes_to_a_minute():
    clock, watch = watched()
    told = []
    for _minute in range(3 * 24 * 60):
        clock.pass_by(timedelta(minutes=1), 480)
        assert watch.jump(clock.reading()) == 0
        told.append(watch.drift())
    assert sum(map(bool, told)) == 2
    assert all(drift == 0 or DRIFT_MS <= drift < DRIFT_MS + 100 for drift in told)
