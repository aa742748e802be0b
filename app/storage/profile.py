"""The profile's folder: making it, and the lock that lets one window at a time have it."""

import errno
import os
import sys
from pathlib import Path
from typing import IO

from app.services.errors import DiskFull, ProfileInUse, ReadOnlyStore


def make_profile(folder: Path) -> None:
    """Make the folder, readable by its owner alone; ReadOnlyStore or DiskFull when that cannot be done."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise (DiskFull if error.errno == errno.ENOSPC else ReadOnlyStore) from error


class ProfileLock:
    """A lock of the operating system: it goes with the process, however that ends."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: IO[bytes] | None = None

    def take(self) -> None:
        """Take the lock; ProfileInUse when another window has it, ReadOnlyStore when the folder cannot be written."""
        try:
            file = (self._folder / "profile.lock").open("ab")
        except OSError as error:
            raise ReadOnlyStore from error
        try:
            _lock(file)
        except OSError as error:
            file.close()
            raise ProfileInUse(self._folder) from error
        self._file = file

    def release(self) -> None:
        """Give the lock back, if it was taken."""
        if self._file:
            self._file.close()
            self._file = None


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        file.seek(0, os.SEEK_SET)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
