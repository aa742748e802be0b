"""Rounds of sync beside the window: when they begin, that there is one at a time, and who hears of them."""

from dataclasses import replace

from tests.fakes.navigator import PatientRunner
from tests.fakes.sync_service import at_a_centre
from ui.sync_rounds import SyncRounds


class Rounds:
    def __init__(self, counter):
        self.counter, self.runner, self.told = counter, PatientRunner(), []
        self.rounds = SyncRounds(counter, self.runner, self.told.append)

    def tick(self):
        self.rounds.tick()
        self.runner.work()


def test_a_counter_without_a_centre_never_begins_a_round(counter):
    made = Rounds(counter)
    made.tick()
    made.tick()
    assert made.told == [None]
    assert not made.rounds.is_running


def test_a_round_begins_when_the_service_says_that_it_is_due(counter):
    made = Rounds(at_a_centre(counter))
    made.tick()
    made.tick()
    assert made.counter.sync.rounds == []
    made.counter.sync.hurry()
    made.tick()
    assert made.counter.sync.rounds == [False]
    assert made.told[-1].pushed == 3


def test_a_tick_while_a_round_runs_begins_no_second_one(counter):
    made = Rounds(at_a_centre(counter))
    made.rounds.start()
    made.counter.sync.hurry()
    made.rounds.tick()
    made.rounds.start()
    made.runner.work()
    assert len(made.counter.sync.rounds) == 1


def test_what_has_not_changed_is_not_told_again(counter):
    made = Rounds(at_a_centre(counter))
    made.tick()
    made.tick()
    assert made.told == [None]
    made.counter.sync.now_status = replace(made.counter.sync.now_status, entries_waiting=0)
    made.tick()
    assert made.told == [None, None]


def test_a_round_that_breaks_lets_the_next_one_begin(counter):
    made = Rounds(at_a_centre(counter))
    made.counter.sync.outcome = OSError("disk")
    made.rounds.start()
    made.runner.work()
    assert not made.rounds.is_running
    made.rounds.start()
    assert made.rounds.is_running


def test_another_counter_stops_the_round_of_the_one_before(counter):
    made = Rounds(at_a_centre(counter))
    made.rounds.start()
    made.rounds.use(at_a_centre(counter))
    made.runner.work()
    assert made.counter.sync.rounds == [True]
