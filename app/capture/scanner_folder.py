"""Implements ``ScannerFolder`` on the file system, local or on the network.

A share whose server is gone may hold a call for minutes. So each call is made in a thread of its own that is left behind
when it takes too long; as long as one hangs, no other is begun.
"""

import logging
import os
from collections.abc import Callable, Sequence
from errno import ELOOP
from pathlib import Path
from stat import S_ISREG
from threading import Thread
from typing import TypeVar

from app.services.errors import FolderGone, NotFound
from app.services.ports import FoundFile

log = logging.getLogger(__name__)

T = TypeVar("T")
KINDS = {".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff"}
AWAY = "已收"
HIDDEN = (".", "~", "$")
LONGEST_S = 5.0
LONGEST_READ_S = 30.0
NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
"""Where the system has such: a link is not followed, and a pipe without a writer not waited for."""


class FileFolder:
    """The files of one folder at a time."""

    def __init__(self, longest_s: float = LONGEST_S) -> None:
        self._longest_s = longest_s
        self._thread: Thread | None = None

    def look(self, folder: str) -> Sequence[FoundFile]:
        """Return the pictures and PDFs that lie in the folder itself, oldest first."""
        return self._soon(lambda: _found(folder))

    def read(self, folder: str, name: str, most: int) -> bytes:
        """Return a file, or as much of it as shows that it has more than ``most`` bytes.

        NotFound when it is gone, or a link or a device has come into its place.
        """
        return self._soon(lambda: _read(Path(folder, name), most), LONGEST_READ_S)

    def put_away(self, folder: str, name: str) -> None:
        """Move a file into the folder 已收 inside; one of the same name there stays. NotFound when it is gone."""
        self._soon(lambda: _put_away(Path(folder, name)))

    def _soon(self, work: Callable[[], T], longest_s: float = 0) -> T:
        """Return what ``work`` returns; FolderGone when it cannot, or does not within a few seconds."""
        if self._thread is not None and self._thread.is_alive():
            raise FolderGone
        results: list[T] = []
        errors: list[BaseException] = []

        def run() -> None:
            try:
                results.append(work())
            except (OSError, NotFound) as error:
                errors.append(error)

        self._thread = Thread(target=run, name="scanner folder", daemon=True)
        self._thread.start()
        self._thread.join(longest_s or self._longest_s)
        if results:
            return results[0]
        if errors and isinstance(errors[0], NotFound):
            raise errors[0]
        log.info("the scanner's folder: %s", type(errors[0]).__name__ if errors else "no answer")
        raise FolderGone from (errors[0] if errors else None)


def _found(folder: str) -> list[FoundFile]:
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(HIDDEN) or Path(entry.name).suffix.lower() not in KINDS:
                continue
            if entry.is_file(follow_symlinks=False):
                facts = entry.stat(follow_symlinks=False)
                found.append(FoundFile(entry.name, facts.st_size, facts.st_mtime_ns))
    return sorted(found, key=lambda file: (file.changed_ns, file.name))


def _read(path: Path, most: int) -> bytes:
    try:
        with open(path, "rb", opener=lambda name, flags: os.open(name, flags | NO_LINK)) as file:
            if not S_ISREG(os.fstat(file.fileno()).st_mode):
                raise NotFound("file")
            return file.read(most + 1)
    except FileNotFoundError as error:
        raise _gone(path, error) from error
    except OSError as error:
        if error.errno == ELOOP:
            raise NotFound("file") from error
        raise


def _put_away(path: Path) -> None:
    away = path.parent / AWAY
    away.mkdir(exist_ok=True)
    target, number = away / path.name, 1
    while target.exists():
        number += 1
        target = away / f"{path.stem} ({number}){path.suffix}"
    try:
        path.rename(target)
    except FileNotFoundError as error:
        raise _gone(path, error) from error


def _gone(path: Path, error: OSError) -> Exception:
    """Tell a file that is gone from a folder that is."""
    return NotFound("file") if path.parent.is_dir() else error
