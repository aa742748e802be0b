"""A helper that any thread may ask: second tries, limits, rest and end, with a process that answers as it is told."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import closing
from threading import Thread
from time import sleep

import pytest

from app.capture import shared_helper as module
from app.capture.messages import Message
from app.capture.shared_helper import SharedHelper
from app.services.errors import BadAttachment, ReadingFailed

PATIENT_S = 20.0


def made(longest_s: float = PATIENT_S, longest_end_s: float = 0.0) -> SharedHelper:
    return SharedHelper("tests.capture.talker", longest_s, longest_end_s)


@pytest.fixture
def helper() -> Iterator[SharedHelper]:
    with closing(made()) as helper:
        yield helper


def ask(helper: SharedHelper, do: str = "echo", *parts: bytes) -> Message:
    return helper.ask(Message({"do": do}, parts))


def told_beside(helper: SharedHelper, do: str, meanwhile: Callable[[], None]) -> list[object]:
    """Ask in a thread of its own, do something while the process is at work, and return what was told."""
    told: list[object] = []

    def asking() -> None:
        try:
            told.append(ask(helper, do).header["did"])
        except ReadingFailed as error:
            told.append(type(error))

    thread = Thread(target=asking)
    thread.start()
    while not helper.pid:
        sleep(0.01)
    meanwhile()
    thread.join(PATIENT_S)
    return told


def test_one_process_answers_all(helper: SharedHelper) -> None:
    assert helper.pid == 0
    assert ask(helper).header["pid"] == ask(helper).header["pid"] == helper.pid


def test_a_process_that_was_killed_is_asked_once_more_anew(helper: SharedHelper) -> None:
    first = ask(helper).header["pid"]
    os.kill(first, signal.SIGKILL)
    assert ask(helper).header["pid"] != first


def test_a_process_that_dies_of_the_question_is_told(helper: SharedHelper) -> None:
    with pytest.raises(ReadingFailed):
        ask(helper, "die")
    assert ask(helper).header["did"] == "echo"


def test_a_process_that_says_nothing_is_killed_and_told() -> None:
    with closing(made(longest_s=0.3)) as helper:
        with pytest.raises(ReadingFailed):
            ask(helper, "hang")
        assert helper.pid == 0


def test_a_process_that_answered_often_enough_makes_place_for_another() -> None:
    with closing(SharedHelper("tests.capture.talker", PATIENT_S, most_answers=2)) as helper:
        pids = [ask(helper).header["pid"] for _question in range(4)]
    assert pids[0] == pids[1] != pids[2] == pids[3]


def test_what_the_process_cannot_take_is_told_and_keeps_it(helper: SharedHelper) -> None:
    with pytest.raises(BadAttachment) as refused:
        ask(helper, "fault")
    assert refused.value.fault == "kind"
    assert helper.pid


@pytest.mark.parametrize(("picture", "fault"), [(b"", "damaged"), (bytes(module.LARGEST_FILE + 1), "size")])
def test_what_no_picture_can_be_does_not_reach_the_process(helper: SharedHelper, picture: bytes, fault: str) -> None:
    with pytest.raises(BadAttachment) as refused:
        ask(helper, "echo", b"picture", picture)
    assert refused.value.fault == fault
    assert helper.pid == 0


def test_a_process_without_work_is_ended(helper: SharedHelper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST_REST_S", 0.0)
    ask(helper)
    assert helper._resting is not None
    helper._resting.join()
    assert helper.pid == 0
    assert ask(helper).header["did"] == "echo"


def test_a_rest_that_ends_after_another_question_ends_nothing(helper: SharedHelper) -> None:
    ask(helper)
    late = helper._resting
    ask(helper)
    assert late is not None
    late.function()
    assert helper.pid


def test_whoever_closes_does_not_wait_for_an_answer_for_long(helper: SharedHelper) -> None:
    assert told_beside(helper, "hang", helper.close) == [ReadingFailed]
    assert helper.pid == 0


def test_an_answer_that_is_nearly_there_is_waited_for() -> None:
    with closing(made(longest_end_s=PATIENT_S)) as helper:
        assert told_beside(helper, "slow", helper.close) == ["echo"]
        assert helper.pid == 0


def test_a_process_that_was_closed_starts_anew(helper: SharedHelper) -> None:
    told_beside(helper, "hang", helper.close)
    assert ask(helper).header["did"] == "echo"
