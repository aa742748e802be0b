"""Copies of papers that were opened in the system's own programs: in a folder of their own, removed with the window. Qt-free.

A program that is killed leaves its folder behind, with personal data in it. So the next start removes the folders of
programs that run no more: each holds a lock on a file in its folder for as long as it lives, which the system lets go of
whatever ends it. A number of a process would not do, for numbers are given out again.
"""

import logging
import os
import shutil
import stat
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

if sys.platform != "win32":
    import fcntl

log = logging.getLogger(__name__)

PREFIX = "lideng-"
LOCK = "in-use"
PRIVATE = 0o700


class OpenedPapers:
    """One for the window; ``place`` is where folders are made, None for the system's place for temporary files."""

    def __init__(self, place: Path | None = None) -> None:
        self._place = place or Path(tempfile.gettempdir())
        clear_leftovers(self._place)
        self._folder = tempfile.TemporaryDirectory(prefix=PREFIX, dir=self._place, ignore_cleanup_errors=True)
        self._lock = _held(Path(self._folder.name))

    def keep(self, name: str, data: bytes) -> Path:
        """Write a copy and return where it is."""
        path = Path(self._folder.name) / name
        path.write_bytes(data)
        return path

    def close(self) -> None:
        """Remove every copy."""
        self._lock.close()  # first: Windows removes no file that is open
        self._folder.cleanup()


def clear_leftovers(place: Path) -> int:
    """Remove folders in ``place`` that programs left which run no more; return how many."""
    removed = 0
    for folder in place.glob(f"{PREFIX}*"):
        with suppress(OSError):
            if _is_ours(folder) and _is_left(folder):
                shutil.rmtree(folder)
                removed += 1
    if removed:
        log.info("removed papers that %d programs had left open", removed)
    return removed


def _held(folder: Path) -> BinaryIO:
    """Return the lock of a new folder, held; it has its name only then, so that nobody finds it free."""
    if sys.platform == "win32":
        return (folder / LOCK).open("wb")
    lock = (folder / f"{LOCK}.new").open("wb")
    _is_locked_by_us(lock.fileno())
    Path(lock.name).rename(folder / LOCK)
    return lock


def _is_ours(folder: Path) -> bool:
    """Tell whether a folder is a private one of this user, and none that somebody has laid in the way."""
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or not (folder / LOCK).is_file() or (folder / LOCK).is_symlink():
        return False
    if sys.platform == "win32":
        return True  # the place for temporary files is the user's own
    return found.st_uid == os.getuid() and stat.S_IMODE(found.st_mode) == PRIVATE


def _is_left(folder: Path) -> bool:
    """Tell whether nobody holds the lock of a folder."""
    if sys.platform == "win32":
        (folder / LOCK).unlink()  # refused while it is open
        return True
    with (folder / LOCK).open("rb") as lock:
        return _is_locked_by_us(lock.fileno())


def _is_locked_by_us(file: int) -> bool:
    """Lock a file for as long as it is open; tell whether nobody else had."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
