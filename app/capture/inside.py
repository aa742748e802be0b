"""The inside of a helper process: what each one does first, and how most of them answer. ``helper`` is the outside."""

import os
from collections.abc import Callable
from typing import IO

from app.capture.limits import limit_process
from app.capture.messages import Message, read_message, write_message


def begin(most_memory: int) -> tuple[IO[bytes], IO[bytes]]:
    """Limit this process to so many bytes; return its standard input and output, which are nobody else's from now on.

    Whatever a driver or a library prints, also from C, goes where errors go, and spoils no message.
    """
    limit_process(most_memory)
    own = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return own


def answer_all(answer: Callable[[Message], Message], most_memory: int) -> None:
    """Begin, and answer every message until the other side closes."""
    heard, told = begin(most_memory)
    while message := read_message(heard):
        write_message(told, answer(message))
