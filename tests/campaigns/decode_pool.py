"""Decodes many files as the product does, a process each, without the 0.2 s that starting Python anew costs.

A process that has loaded ``app.capture.decode`` forks for each file; the child runs its ``main`` on the file, under its
limits of memory and time, and its answer is read with the product's own reader. Linux only.
"""

import os
import select
import signal
import sys
import time
import traceback
from dataclasses import dataclass

from PIL import Image

from app.capture import decode
from app.capture.limits import LARGEST_FILE, LONGEST_PAGE_S, LONGEST_S
from app.capture.pages import FilePages, _unpack
from app.services.errors import BadAttachment
from app.services.ports import NewPage

Image.init()
SHOWN_PAGES = 2
"""So many pages of a file that was taken are also drawn small, as the window does in its own process."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: a word, the decoder's wall and computing time, and its largest resident memory."""

    word: str
    seconds: float
    mebibytes: float
    computed_s: float = 0
    shown_s: float = 0
    unforeseen: str = ""
    """The end of what the decoder complained of, where nobody foresaw it."""


def decoded(data: bytes) -> Outcome:
    """Return what becomes of ``data``; whatever is raised here would have been raised in the window."""
    if not 0 < len(data) <= LARGEST_FILE:
        return Outcome("refused: size" if data else "refused: damaged", 0, 0)
    files = [os.memfd_create(name) for name in ("in", "out", "err")]
    try:
        _write_all(files[0], data)
        os.lseek(files[0], 0, os.SEEK_SET)
        began = time.monotonic()
        child = os.fork()
        if child == 0:
            _be_the_decoder(files)
        in_time = _ended(child)
        _, status, usage = os.wait4(child, 0)
        seconds, memory, computed = time.monotonic() - began, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime
        answer, complaint = (_read_all(file) for file in files[1:])
    finally:
        for file in files:
            os.close(file)
    if not in_time:
        return Outcome(f"given up: {LONGEST_S} s in all", seconds, memory, computed)
    if status:
        return _died(status, complaint, seconds, memory, computed)
    try:
        pages = _unpack(answer)
    except BadAttachment as refused:
        return Outcome(f"refused: {refused.fault}", seconds, memory, computed)
    return Outcome("taken", seconds, memory, computed, _show(pages))


def _be_the_decoder(files: list[int]) -> None:
    code = 1
    try:
        for place, file in enumerate(files):
            os.dup2(file, place)
        sys.stdin = os.fdopen(0)
        sys.stdout = os.fdopen(1, "w")
        decode.main()
        sys.stdout.flush()
        code = 0
    except BaseException:  # noqa: BLE001  as the interpreter does at the end of a process
        os.write(2, traceback.format_exc().encode())
    finally:
        os._exit(code)


def _ended(child: int) -> bool:
    """Wait for the child as long as the product does, then kill it; tell whether it ended by itself."""
    handle = os.pidfd_open(child)
    try:
        if select.select([handle], [], [], LONGEST_S)[0]:
            return True
        os.kill(child, signal.SIGKILL)
        return False
    finally:
        os.close(handle)


def _died(status: int, complaint: bytes, seconds: float, memory: float, computed: float) -> Outcome:
    last = (complaint.decode(errors="replace").strip().splitlines() or [""])[-1]
    if os.WIFSIGNALED(status):
        by = signal.Signals(os.WTERMSIG(status))
        if by is signal.SIGPROF:
            return Outcome(f"given up: {LONGEST_PAGE_S} s without a page", seconds, memory, computed)
        return Outcome(f"decoder ended by {by.name}", seconds, memory, computed, 0, last)
    return Outcome(
        f"decoder raised {last.partition(':')[0]}", seconds, memory, computed, 0, complaint.decode(errors="replace")
    )


def _show(pages: list[NewPage]) -> float:
    began = time.monotonic()
    for page in pages[:SHOWN_PAGES]:
        FilePages().thumbnail(page.data, page.media_type, 90, 160)
    return time.monotonic() - began


def _write_all(file: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(file, view) :]


def _read_all(file: int) -> bytes:
    os.lseek(file, 0, os.SEEK_SET)
    with os.fdopen(os.dup(file), "rb") as whole:
        return whole.read()
