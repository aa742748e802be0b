"""Work that belongs to rooms which may be built anew: what they still wait for is dropped with them. Qt-free."""

from collections.abc import Callable
from typing import TypeVar

from app.services.ports import Handle, Runner

T = TypeVar("T")


class Scope:
    """Implements ``Runner`` on another one until ``end``; no answer comes after that, the work itself goes on."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._has_ended = False

    def run(self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]) -> Handle:
        """Start ``work``; the answer is given unless the scope has ended by then."""

        def answer(result: T) -> None:
            if not self._has_ended:
                done(result)

        def fail(error: Exception) -> None:
            if not self._has_ended:
                failed(error)

        return self._runner.run(work, answer, fail)

    def end(self) -> None:
        """Drop every answer that is still on its way: whoever waits for it is no longer there."""
        self._has_ended = True
