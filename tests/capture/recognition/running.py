"""One process with the real models for all tests: loading them takes seconds."""

import atexit
from functools import cache

from app.capture.recognition.reader import HelperTextReader
from tests.fakes.clock import FakeClock


@cache
def running_reader() -> HelperTextReader:
    reader = HelperTextReader(FakeClock().now)
    atexit.register(reader.close)
    return reader
