"""How long work tells how far it is, and lets itself be stopped."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
STEP = 100

Tell = Callable[[int, int], None]
"""Hears how much of how much is done, from the thread that works; whatever it raises stops the work."""


def silent(_done: int, _total: int) -> None:
    """Tell nobody."""


def told(things: Iterable[T], total: int, tell: Tell) -> Iterator[T]:
    """Yield ``things`` and tell now and then how many of ``total`` were taken."""
    for number, thing in enumerate(things, start=1):
        if number % STEP == 0:
            tell(number, total)
        yield thing
