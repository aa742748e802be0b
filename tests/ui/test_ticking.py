import logging

import pytest

from app.services.errors import DiskFull
from tests.fakes.navigator import PatientRunner
from tests.fakes.runner import ImmediateRunner
from ui.ticking import Ticker


def ticks(ticker, count):
    for _ in range(count):
        ticker.tick()


def test_a_job_runs_at_the_first_tick_and_at_every_one_after_it():
    ticker, came = Ticker(ImmediateRunner()), []
    ticker.add("sweep", lambda: 7, came.append)
    ticks(ticker, 3)
    assert came == [7, 7, 7]


def test_each_job_keeps_its_own_rhythm():
    ticker, ran = Ticker(ImmediateRunner()), []
    ticker.add("often", lambda: ran.append("often"))
    ticker.add("seldom", lambda: ran.append("seldom"), every_minutes=3)
    ticks(ticker, 7)
    assert ran.count("often") == 7
    assert ran.count("seldom") == 3


def test_a_job_that_has_not_come_back_is_not_started_again():
    runner = PatientRunner()
    ticker, ran = Ticker(runner), []
    ticker.add("slow", lambda: ran.append(1), every_minutes=2)
    ticks(ticker, 5)
    runner.work()
    assert ran == [1]
    ticker.tick()
    runner.work()
    assert ran == [1, 1]


def test_a_failing_job_is_logged_once_tried_again_and_keeps_no_other_from_running(caplog):
    ticker, faults, came = Ticker(ImmediateRunner()), [DiskFull(), DiskFull()], []

    def act():
        if faults:
            raise faults.pop()
        return "done"

    ticker.add("backup", act, came.append)
    ticker.add("other", lambda: "other", came.append)
    with caplog.at_level(logging.INFO):
        ticks(ticker, 3)
    assert came == ["other", "other", "done", "other"]
    assert [record.getMessage() for record in caplog.records] == ["backup failed", "backup works again"]


def test_a_job_more_often_than_a_tick_is_refused():
    with pytest.raises(ValueError, match="minute"):
        Ticker(ImmediateRunner()).add("eager", lambda: None, every_minutes=0)
