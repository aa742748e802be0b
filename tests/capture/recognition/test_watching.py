"""What the reader's side does about its process, played by one without models (tests/capture/talker.py)."""

from collections.abc import Iterator
from threading import Thread
from time import sleep

import pytest

from app.capture.recognition import reader as module
from app.capture.recognition.reader import HelperTextReader
from app.services.errors import BadAttachment, ReadingFailed
from tests.fakes.clock import FakeClock


@pytest.fixture
def reader() -> Iterator[HelperTextReader]:
    reader = HelperTextReader(FakeClock().now, "tests.capture.talker")
    yield reader
    reader.close()


def test_the_process_starts_with_the_first_wish(reader: HelperTextReader) -> None:
    assert reader.pid == 0
    reader.warm_up()
    assert reader.pid


def test_a_process_that_says_nothing_is_killed_told_and_started_anew(
    reader: HelperTextReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader.warm_up()
    with monkeypatch.context() as patch:
        patch.setattr(module, "LONGEST_S", 0.1)
        with pytest.raises(ReadingFailed):
            reader.read([b"picture"])
    assert reader.pid == 0
    reader.warm_up()
    assert reader.pid


def test_a_process_without_work_is_ended(reader: HelperTextReader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "IDLE_S", 0.0)
    reader.warm_up()
    assert reader._idle is not None
    reader._idle.join()
    assert reader.pid == 0
    reader.warm_up()


def test_a_timer_that_comes_when_another_paper_came_before_it_ends_nothing(reader: HelperTextReader) -> None:
    reader.warm_up()
    late = reader._idle
    reader.warm_up()
    assert late is not None
    late.function()
    assert reader.pid


def test_closing_does_not_wait_for_a_paper_that_is_read(reader: HelperTextReader) -> None:
    told: list[Exception] = []

    def read() -> None:
        try:
            reader.read([b"picture"])
        except ReadingFailed as error:
            told.append(error)

    reading = Thread(target=read)
    reading.start()
    while not reader.pid:
        sleep(0.01)
    reader.close()
    reading.join(20)
    assert len(told) == 1


def test_a_file_that_is_too_large_does_not_reach_the_process(reader: HelperTextReader) -> None:
    with pytest.raises(BadAttachment):
        reader.read([bytes(module.LARGEST_FILE + 1)])
    assert reader.pid == 0
