"""Sees to it that what a demonstration made is gone, whoever ends it: Ctrl+C, a closed terminal, or the system."""

import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from types import FrameType

ENDINGS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)]
SIGNALLED = 128
"""Shells add the signal's number to this."""


def call_at_the_end(remove: Callable[[], None]) -> None:
    """From now on end this process only after ``remove``, when a signal ends it.

    An exception would not do: the window's toolkit swallows it when its own code is at work.
    """

    def end(number: int, _frame: FrameType | None) -> None:
        for one in ENDINGS:
            signal.signal(one, signal.SIG_IGN)
        try:
            remove()
        finally:
            with suppress(OSError):
                sys.stdout.flush()
            os._exit(SIGNALLED + number)

    for one in ENDINGS:
        signal.signal(one, end)
