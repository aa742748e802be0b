"""Sees to it that what a demonstration made is gone, whoever ends it: Ctrl+C, a closed terminal, or the system."""

import os
import signal
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FrameType

ENDINGS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)]
SIGNALLED = 128
"""Shells add the signal's number to this."""


def call_at_the_end(remove: Callable[[], None], folder: Path) -> None:
    """From now on end this process only after ``remove``, which removes ``folder``, when a signal ends it.

    An exception would not do: the window's toolkit swallows it when its own code is at work. What the program puts aside
    for a while goes into that folder too from now on, because nobody else would remove it then.
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

    tempfile.tempdir = str(folder)
    for one in ENDINGS:
        signal.signal(one, end)
