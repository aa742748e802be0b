"""What the program does by itself while the window is open: once a minute, beside the window. Qt-free.

To have something done, register it in ``ui.minutes.Minutes._register``, once for each open counter::

    self._ticker.add("deemed acceptance", counter.supplements.sweep, self._after_sweep, every_minutes=10)

``act`` is a method of a service without arguments; it runs through the Runner, so it may take its time and must not
touch a widget. ``done`` gets its result on the window's thread. Give a method that looks the room up when
it is called: rooms are built again when the language changes, the ticker is not. Jobs run whoever is logged in, also
while the window is locked: what they record is recorded by ``SYSTEM``.

The timer itself is the window's; a tick after the PC slept is one tick, however long it slept.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from app.services.ports import Runner

log = logging.getLogger(__name__)

T = TypeVar("T")
TICK_MS = 60_000
FIRST_TICK_MS = 5_000
"""After a start the log-in comes first."""


class Ticker:
    """Runs what was registered, each job in its own rhythm and never twice at a time."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._jobs: list[_Job] = []

    def add(
        self,
        name: str,
        act: Callable[[], T],
        done: Callable[[T], None] | None = None,
        *,
        every_minutes: int = 1,
        waits: bool = False,
    ) -> None:
        """Have ``act`` done at the next tick and every so many minutes from then on; when it ``waits``, only from then on.

        ``name`` is what the log calls the job. A failure is logged when it begins and does not come up on the screen:
        a disk that is full would say so every minute. The job is tried again in its rhythm.
        """
        if every_minutes < 1:
            raise ValueError("a tick is a minute")
        self._jobs.append(_Job(name, act, done or _nothing, every_minutes, every_minutes if waits else 0))

    def tick(self) -> None:
        """Start every job whose turn it is, except one that has not come back yet: its turn is the next tick."""
        for job in self._jobs:
            job.minutes_left -= 1
            if job.minutes_left <= 0 and not job.is_running:
                job.minutes_left = job.every_minutes
                job.is_running = True
                self._runner.run(job.act, job.succeed, job.fail)


@dataclass(slots=True)
class _Job:
    name: str
    act: Callable[[], Any]
    done: Callable[[Any], None]
    every_minutes: int
    minutes_left: int = 0
    is_running: bool = False
    has_failed: bool = False

    def succeed(self, result: object) -> None:
        """Hand the result over."""
        if self.has_failed:
            log.info("%s works again", self.name)
        self.is_running = self.has_failed = False
        self.done(result)

    def fail(self, error: Exception) -> None:
        """Log a failure once until the job works again."""
        self.is_running = False
        if not self.has_failed:
            log.warning("%s failed", self.name, exc_info=error)
        self.has_failed = True


def _nothing(_result: object) -> None:
    """Need nothing of a result."""
