"""Where time starts, what is written down about the PC's clock, and that an entry's time never goes back."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.demonstration import CLERK, STATION
from app.domain.clock import JUMP_MS, LONGEST_SILENCE, parse_stamp
from app.domain.errors import ReasonMissing
from app.domain.facts import (
    ClockCorrected,
    ClockDrifted,
    ClockFoundBehind,
    ClockJumped,
    EpochOpened,
    JournalExported,
    PersonalDataShown,
    read_fact,
)
from app.domain.journal import checked
from app.domain.operators import SYSTEM, Operator
from app.services.epochs import numbers_skipped
from app.services.errors import DiskFull, NotPermitted
from app.services.ledger import LedgerService
from app.services.recording import Recorder
from app.services.timekeeping import ClockService, ClockState
from tests.fakes.clock import FakeClock
from tests.fakes.keys import FakeStationKey, fake_verify
from tests.fakes.pinyin import FewReadings
from tests.fakes.store import MemoryStore

SEED = bytes(range(32))
SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
CLOCK_FACTS = (ClockJumped, ClockDrifted, ClockFoundBehind, ClockCorrected)
PASSER_BY = Operator("zhou", "周望舒")


class Window:
    """A counter's journal under a clock that can be set; it can be closed and started again."""

    def __init__(self):
        self.store, self.pc = MemoryStore(FewReadings()), FakeClock()
        self._open()
        with self.store.write() as uow:
            self.recorder.record(uow, SYSTEM, EpochOpened(self.recorder.public_key.hex()), self.recorder.now())
            uow.commit()

    def _open(self):
        self.clock = FakeClock(self.pc.reading().wall)
        self.recorder = Recorder(self.clock, FakeStationKey(SEED), STATION.code)
        self.service = ClockService(self.store, self.recorder, self.clock)
        self.service.begin()

    def start_again(self, after=SECOND, wall=timedelta(0)):
        self.pc = FakeClock(self.clock.reading().wall + after + wall)
        self._open()

    def work(self, at=None, *, commit=True):
        with self.store.write() as uow:
            self.recorder.record(uow, CLERK.login, PersonalDataShown(), at or self.recorder.now())
            if commit:
                uow.commit()

    @property
    def bodies(self):
        return [entry.read() for entry in checked(self.store.state.entries, fake_verify)]

    @property
    def clock_facts(self):
        return [fact for fact in map(read_fact, self.bodies) if isinstance(fact, CLOCK_FACTS)]

    def times_that_go_back(self):
        bodies = self.bodies
        return [after for before, after in pairwise(bodies) if after["at"] < before["at"]]


@pytest.fixture
def window():
    return Window()


# --- while it runs ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", [-3 * HOUR, 5 * MINUTE, -400 * DAY, 3 * DAY])
def test_setting_the_pcs_clock_moves_no_time_stamp_and_is_written_in_front_of_the_next_entry(window, by):
    window.work()
    window.clock.set_wall(by)
    window.work()
    window.work()
    before, jumped, after, _last = window.bodies[-4:]
    assert jumped["kind"] == "ClockJumped"
    assert jumped["operator"] == SYSTEM
    assert parse_stamp(after["at"]) - parse_stamp(before["at"]) < SECOND
    (fact,) = window.clock_facts
    assert abs(fact.difference_ms - by / timedelta(milliseconds=1)) < 100
    assert abs(fact.wall - fact.noticed_at - by) < SECOND


def test_it_is_noticed_without_an_entry_too_and_written_once(window):
    window.clock.set_wall(-HOUR)
    assert window.service.check().state is ClockState.JUMPED
    window.service.check()
    window.work()
    assert len(window.clock_facts) == 1


def test_nothing_is_written_while_the_clock_is_right(window):
    before = len(window.bodies)
    for _ in range(100):
        window.clock.pass_by(MINUTE, 400)
        assert window.service.check().state is ClockState.TRUSTED
    assert len(window.bodies) == before


def test_a_night_asleep_is_no_jump(window):
    window.clock.pass_by(14 * HOUR, -90)
    window.work()
    assert window.clock_facts == []


def test_drift_that_has_come_to_a_minute_is_written_and_told(window):
    for _ in range(40):
        window.clock.pass_by(HOUR, 480)
        window.service.check()
    (fact,) = window.clock_facts
    assert isinstance(fact, ClockDrifted)
    assert window.service.status().state is ClockState.DRIFTED


def test_a_transaction_that_is_rolled_back_loses_no_jump(window):
    window.clock.set_wall(HOUR)
    window.work(commit=False)
    window.clock.set_wall(-2 * HOUR)
    window.work(commit=False)
    assert window.clock_facts == []
    window.work()
    window.work()
    assert [fact.difference_ms > 0 for fact in window.clock_facts] == [True, False]


def test_a_jump_does_not_come_between_the_count_of_an_export_and_its_entry(window):
    ledger = LedgerService(window.store, window.recorder, fake_verify, lambda entries, path: list(entries))
    window.clock.set_wall(HOUR)
    exported = ledger.export(None)
    assert window.bodies[-1]["data"] == {"entries": exported.entries}
    assert exported.entries == len(window.bodies)
    assert window.bodies[-1]["kind"] == JournalExported.__name__


def test_who_waited_for_another_writer_does_not_come_before_it(window):
    early = window.recorder.now()
    window.clock.pass_by(SECOND)
    window.work()
    window.work(at=early)
    assert window.times_that_go_back() == []


# --- the start -------------------------------------------------------------------------------------------------


def test_a_start_on_time_writes_nothing(window):
    window.work()
    window.start_again(after=3 * DAY)
    assert window.service.check().state is ClockState.TRUSTED
    assert window.clock_facts == []


def test_a_start_with_a_clock_behind_goes_on_after_the_last_entry_and_says_so_first(window):
    window.work()
    last_at = parse_stamp(window.bodies[-1]["at"])
    window.start_again(wall=-2 * DAY)
    status = window.service.status()
    assert (status.state, status.last_at, status.is_apart) == (ClockState.BEHIND, last_at, True)
    window.work()
    found, after = window.bodies[-2:]
    assert found["kind"] == "ClockFoundBehind"
    fact = read_fact(found)
    assert (fact.last_at, fact.started_at) == (last_at, last_at + timedelta(milliseconds=1))
    assert fact.difference_ms == round((fact.wall - last_at) / timedelta(milliseconds=1))
    assert fact.wall < last_at < parse_stamp(after["at"]) < last_at + SECOND


def test_a_clock_that_is_behind_by_less_than_a_jump_is_passed_over_in_silence(window):
    window.work()
    window.start_again(wall=timedelta(milliseconds=100 - JUMP_MS))
    window.work()
    assert window.service.status().state is ClockState.TRUSTED
    assert window.clock_facts == []
    assert window.times_that_go_back() == []


def test_a_start_after_a_long_silence_asks_for_a_look(window):
    window.work()
    window.start_again(after=LONGEST_SILENCE + DAY)
    assert window.service.check().state is ClockState.SILENT
    assert window.clock_facts == []


# --- another process on the same journal ------------------------------------------------------------------------


def command_beside(window, at):
    """Let a command write an entry by a clock that shows ``at``."""
    recorder = Recorder(FakeClock(at), FakeStationKey(SEED), STATION.code)
    with window.store.write() as uow:
        recorder.record(uow, SYSTEM, PersonalDataShown(), recorder.now())
        uow.commit()


def test_after_a_command_with_a_clock_far_ahead_time_goes_on_and_can_be_set_right(window):
    window.clock.set_wall(3 * 365 * DAY)
    command_beside(window, window.clock.reading().wall)
    window.clock.set_wall(-3 * 365 * DAY)
    first = window.recorder.now()
    window.work()
    assert window.service.check().state is ClockState.BEHIND
    window.clock.pass_by(MINUTE)
    window.work()
    *_, before, after = window.bodies
    assert parse_stamp(after["at"]) - parse_stamp(before["at"]) >= MINUTE
    window.service.correct(CLERK, "拨错了")
    window.work()
    assert parse_stamp(window.bodies[-1]["at"]) - first < 2 * MINUTE
    assert [body["kind"] for body in window.times_that_go_back()] == ["ClockCorrected"]


def test_a_command_whose_clock_is_ahead_by_less_than_a_jump_is_waited_for(window):
    command_beside(window, window.clock.reading().wall + SECOND)
    window.work()
    assert window.clock_facts == []
    assert window.times_that_go_back() == []


# --- setting it right -------------------------------------------------------------------------------------------


def test_after_a_day_three_years_ahead_an_administrator_sets_the_time_right(window):
    window.start_again(wall=3 * 365 * DAY)
    window.work()
    wrong = window.recorder.now()
    window.start_again(after=DAY, wall=-3 * 365 * DAY)
    assert window.service.status().state is ClockState.BEHIND
    right = window.clock.reading().wall
    status = window.service.correct(CLERK, " 电池没电，昨天的日期错了三年 ")
    assert (status.state, status.is_apart) == (ClockState.TRUSTED, False)
    window.work(at=wrong)
    *_, corrected, after = window.bodies
    fact = read_fact(corrected)
    assert corrected["operator"] == CLERK.login
    assert fact.reason == "电池没电，昨天的日期错了三年"
    assert fact.before > wrong
    assert abs(fact.after - right) < SECOND
    assert fact.after <= parse_stamp(after["at"]) < fact.after + SECOND
    assert [body["kind"] for body in window.times_that_go_back()] == ["ClockCorrected"]


@pytest.mark.parametrize("ahead", [3 * DAY, MINUTE], ids=["another day", "the same day"])
def test_a_counter_that_was_restored_skips_numbers_of_the_day_that_its_time_is_set_to(window, ahead):
    with window.store.write() as uow:
        window.recorder.record(uow, SYSTEM, numbers_skipped(window.recorder.now()), window.recorder.now())
        uow.commit()
    window.clock.set_wall(ahead)
    window.service.correct(CLERK, "日期错了")
    *_, last = window.bodies
    skips = last["kind"] == "NumbersSkipped"
    assert skips == (ahead == 3 * DAY)
    assert not skips or last["data"]["day"] == last["at"][:10]


def test_a_counter_that_was_never_restored_knows_all_its_numbers(window):
    window.clock.set_wall(3 * DAY)
    window.service.correct(CLERK, "日期错了")
    assert window.bodies[-1]["kind"] == "ClockCorrected"


def test_only_an_administrator_with_a_reason_may(window):
    with pytest.raises(NotPermitted):
        window.service.correct(PASSER_BY, "reason")
    with pytest.raises(ReasonMissing):
        window.service.correct(CLERK, "  ")
    assert window.clock_facts == []


def test_when_it_cannot_be_written_time_goes_on_as_it_was(window, monkeypatch):
    window.clock.set_wall(-HOUR)
    before = window.recorder.now()

    def full(self):
        raise DiskFull

    with monkeypatch.context() as patch, pytest.raises(DiskFull):
        patch.setattr("tests.fakes.store.MemoryWork.commit", full)
        window.service.correct(CLERK, "拨错了")
    assert timedelta(0) < window.recorder.now() - before < SECOND
    assert window.service.status().state is ClockState.JUMPED


# --- whatever happens -------------------------------------------------------------------------------------------

SPANS = st.integers(0, 40 * 24 * 3600 * 1000).map(lambda ms: timedelta(milliseconds=ms))
SETTINGS = st.integers(-(10**11), 10**11).map(lambda ms: timedelta(milliseconds=ms))
STEPS = st.one_of(
    st.tuples(st.just("pass"), SPANS),
    st.tuples(st.just("set"), SETTINGS),
    st.tuples(st.just("work"), st.booleans()),
    st.tuples(st.just("late work"), SETTINGS),
    st.tuples(st.just("check"), st.none()),
    st.tuples(st.just("start"), SETTINGS),
    st.tuples(st.just("correct"), st.none()),
)


@given(st.lists(STEPS, max_size=30))
def test_whatever_is_done_to_the_clock_no_entry_is_earlier_than_the_one_before_it(steps):
    window = Window()
    acts = {
        "pass": lambda value: window.clock.pass_by(value),  # noqa: PLW0108  each start has a clock of its own
        "set": lambda value: window.clock.set_wall(value),  # noqa: PLW0108
        "work": lambda value: window.work(commit=value),
        "late work": lambda value: window.work(at=window.recorder.now() + value),
        "check": lambda _value: window.service.check(),
        "start": lambda value: window.start_again(wall=value),
        "correct": lambda _value: window.service.correct(CLERK, "拨错了"),
    }
    for act, value in steps:
        acts[act](value)
    assert all(body["kind"] == "ClockCorrected" for body in window.times_that_go_back())


@given(st.lists(st.tuples(SETTINGS, st.integers(0, 2)), max_size=12))
def test_every_setting_is_written_once_whatever_is_rolled_back(steps):
    window = Window()
    expected = []
    for by, rolled_back in steps:
        window.clock.set_wall(by)
        for _ in range(rolled_back):
            window.work(commit=False)
        window.work()
        if abs(by) >= timedelta(milliseconds=JUMP_MS + 1000):
            expected.append(by > timedelta(0))
        elif abs(by) > timedelta(milliseconds=500):
            return  # small steps may add up or not
    assert [fact.difference_ms > 0 for fact in window.clock_facts] == expected
