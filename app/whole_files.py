"""Files that are written whole or not at all: beside their place, synced, then in one step into it.

What stands in them is the matter of whoever writes; so is what an error of the system means to the caller.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from app.services.errors import DiskFull, PlaceUnavailable, ServiceError

PRIVATE = 0o600


@contextmanager
def written_whole(path: Path, *, is_private: bool = False) -> Iterator[Path]:
    """Give the name of a file beside ``path`` to be written in the block, which closes it; then it takes that place.

    When the block, the disk or the system fails, nothing is left of it and what was at ``path`` is as it was. A file
    ``is_private`` is readable by its owner alone from the beginning: it exists, empty, when the block begins.
    """
    fresh = path.with_name(f"{path.name}.part")
    try:
        fresh.unlink(missing_ok=True)
        if is_private:
            os.close(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE))
        yield fresh
        sync_file(fresh)
        fresh.replace(path)
        sync_folder(path.parent)
    except BaseException:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise


@contextmanager
def system_errors(otherwise: ServiceError) -> Iterator[None]:
    """Raise what an error of the operating system means: DiskFull where there is no room, else ``otherwise``."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise DiskFull from error
        raise otherwise from error


def place_errors(folder: Path) -> AbstractContextManager[None]:
    """Raise what an error of the operating system means for the place ``folder``: DiskFull, PlaceUnavailable."""
    return system_errors(PlaceUnavailable(folder))


def sync_folder(folder: Path) -> None:
    """Make the names in ``folder`` durable, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_file(path: Path) -> None:
    """Make what was written to a file durable."""
    with path.open("r+b") as file:  # a handle that only reads cannot be synced on every system
        os.fsync(file.fileno())
