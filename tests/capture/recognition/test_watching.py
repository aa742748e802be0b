"""What the reader's side asks of its process, played by one without models (tests/capture/talker.py)."""

from collections.abc import Iterator

import pytest

from app.capture.recognition.reader import HelperTextReader
from app.services.errors import ReadingFailed
from tests.fakes.clock import FakeClock


@pytest.fixture
def reader() -> Iterator[HelperTextReader]:
    reader = HelperTextReader(FakeClock().now, "tests.capture.talker", longest_s=0.3)
    yield reader
    reader.close()


def test_the_process_starts_with_the_first_wish_and_ends_with_the_last(reader: HelperTextReader) -> None:
    assert reader.pid == 0
    reader.warm_up()
    assert reader.pid
    reader.close()
    assert reader.pid == 0


def test_a_paper_that_takes_too_long_is_told(reader: HelperTextReader) -> None:
    with pytest.raises(ReadingFailed):
        reader.read([b"picture"])
    assert reader.pid == 0
