"""Which number an epoch takes that a restore begins: none that another restore of the same backup has."""

from datetime import timedelta

import pytest

from app.demonstration import CLERK, PASSWORD, STATION
from app.domain.facts import RecoverySheetMade
from app.domain.journal import checked
from app.domain.operators import SYSTEM
from app.services.epochs import LAST_BY_CLOCK, RESTORED, open_epoch
from app.services.recording import Recorder
from app.services.set_up import SetUpService
from tests.fakes.clock import FakeClock
from tests.fakes.keys import FakeStationKey, PlainPasswords, fake_verify
from tests.fakes.pinyin import FewReadings
from tests.fakes.store import MemoryStore

YEARS = timedelta(days=3650)
A_STEP = timedelta(minutes=5)


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def backup(clock):
    """Return what a counter had in its journal when it was backed up."""
    store = MemoryStore(FewReadings())
    SetUpService(store, clock, FakeStationKey(bytes(32)), PlainPasswords(), "test").set_up(STATION, CLERK, PASSWORD)
    return store.state


def restored(backup, clock, latest=0):
    """Return the epoch that a restore begins at the clock's time."""
    store = MemoryStore(FewReadings())
    store.state = backup.copy()
    with store.write() as uow:
        open_epoch(uow, Recorder(clock, FakeStationKey(b"new"), STATION.code), "test", RESTORED, latest=latest)
        uow.commit()
    with store.read() as uow:
        return list(checked(uow.journal.entries(), fake_verify))[-1].epoch


def test_restores_five_minutes_apart_begin_different_epochs_wherever_they_are_done(backup, clock):
    first = restored(backup, clock)
    clock.pass_by(A_STEP)
    assert 1 < first < restored(backup, clock)


def test_restores_in_one_minute_begin_different_epochs_where_the_second_sees_the_first(backup, clock):
    first = restored(backup, clock)
    assert restored(backup, clock, latest=first) == first + 1


def test_restores_of_a_backup_from_years_ahead_begin_different_epochs_too(backup, clock):
    ahead = FakeClock(clock.now() + YEARS)
    store = MemoryStore(FewReadings())
    store.state = backup
    with store.write() as uow:
        recorder = Recorder(ahead, FakeStationKey(bytes(32)), STATION.code)
        recorder.record(uow, SYSTEM, RecoverySheetMade("sheet"), ahead.now())
        uow.commit()
    first = restored(store.state, FakeClock(clock.now()))
    assert restored(store.state, FakeClock(clock.now() + A_STEP)) == first + 1


def test_a_clock_that_is_centuries_ahead_leaves_room_for_epochs(backup, clock):
    first = restored(backup, FakeClock(clock.now() + 30 * YEARS))
    assert restored(backup, clock, latest=first) == first + 1 <= LAST_BY_CLOCK + 1


def test_a_clock_that_is_behind_begins_the_next_epoch(backup, clock):
    assert restored(backup, FakeClock(clock.now() - YEARS)) == 2
