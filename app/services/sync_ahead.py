"""Reading the store for what goes next while the centre still works on what went before.

Only reading is done ahead: what is told to the centre and what is written down stays in its order.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol, TypeVar

T = TypeVar("T")


class Ahead(Protocol):
    """How something is read before its outcome is needed."""

    def __call__(self, work: Callable[[], T], /) -> Callable[[], T]:
        """Begin some reading and return what waits for its outcome."""
        ...


def when_asked(work: Callable[[], T], /) -> Callable[[], T]:
    """Read only when the outcome is asked for."""
    return work


class InThread:
    """Reads in a thread of its own, which is there from the first time on."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(1, "read-ahead")

    def __call__(self, work: Callable[[], T], /) -> Callable[[], T]:
        """Begin at once."""
        return self._threads.submit(work).result
