import logging
import threading

import pytest

from tests.fakes.runner import ImmediateRunner
from ui.threads import QtRunner


@pytest.fixture(params=[ImmediateRunner, QtRunner])
def runner(request, qapp):
    made = request.param()
    yield made
    if isinstance(made, QtRunner):
        made.shut_down()


def fail():
    raise KeyError("reason")


def test_a_result_comes_back_on_the_windows_thread(runner, qtbot):
    came = []
    runner.run(lambda: 42, lambda result: came.append((result, threading.current_thread())), came.append)
    qtbot.waitUntil(lambda: len(came) == 1)
    assert came == [(42, threading.main_thread())]


def test_a_failure_comes_back_as_the_error_that_it_was(runner, qtbot):
    came = []
    runner.run(fail, came.append, came.append)
    qtbot.waitUntil(lambda: len(came) == 1)
    assert isinstance(came[0], KeyError)


def test_a_cancelled_result_is_dropped(qapp, qtbot):
    runner, release, came = QtRunner(), threading.Event(), []
    handle = runner.run(lambda: release.wait(5), came.append, came.append)
    handle.cancel()
    release.set()
    qtbot.waitUntil(lambda: runner.is_idle)
    assert came == []


def test_shutting_down_waits_and_delivers_nothing(qapp, qtbot):
    runner, ran, came = QtRunner(), [], []
    runner.run(lambda: ran.append(1), came.append, came.append)
    runner.shut_down()
    qtbot.wait(20)
    assert (ran, came) == ([1], [])


def test_what_takes_long_stands_in_the_log_by_the_name_of_its_code(qapp, qtbot, caplog, monkeypatch):
    monkeypatch.setattr("ui.threads.SLOW_S", 0.0)
    runner, came = QtRunner(), []
    with caplog.at_level(logging.INFO):
        runner.run(came_back, came.append, came.append)
        qtbot.waitUntil(lambda: len(came) == 1)
    runner.shut_down()
    (line,) = [record.getMessage() for record in caplog.records if record.name == "ui.threads"]
    assert line.startswith("came_back took ")


def came_back():
    return "a citizen's name"
