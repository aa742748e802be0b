"""What presenters need to let slow work run beside the window."""

from collections.abc import Callable
from typing import Protocol, TypeVar

T = TypeVar("T")


class Handle(Protocol):
    """Work that was handed to the runner."""

    def cancel(self) -> None:
        """Drop the result: neither callback will be called."""
        ...


class Runner(Protocol):
    """Does slow work beside the window and brings the result back to the window's thread."""

    def run(self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]) -> Handle:
        """Start ``work``; then exactly one of ``done`` and ``failed`` is called unless the handle was cancelled."""
        ...
