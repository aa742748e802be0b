"""Has what reads cards and licences loaded when the first page of a day comes in, so that no citizen waits for it. Qt-free.

Not when the window opens: many a day nothing is scanned, and it takes memory. Nor for good: its process rests after a
while without a paper, and is started again by the next one.
"""

import logging
from datetime import date

from app.services.counter import Counter
from app.services.ports import Runner

log = logging.getLogger(__name__)


class WarmReading:
    """One for the window."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._on: date | None = None

    def begin(self, counter: Counter) -> None:
        """Load beside the window, once a day; that it failed is told when a paper is to be read."""
        today = counter.desk.now().date()
        if today != self._on:
            self._on = today
            self._runner.run(counter.recognition.warm_up, lambda _loaded: None, _note)


def _note(error: Exception) -> None:
    log.warning("what reads papers could not be loaded: %s", type(error).__name__)
