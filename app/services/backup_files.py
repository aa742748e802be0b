"""Backups as the services see them: what a backup says of itself, and the port that writes and examines the files."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from app.services.progress import Tell, silent


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself: whose it is, and the last entry of the journal that it holds."""

    station: str
    place: str
    """Service point and window, for people."""
    epoch: int
    seq: int
    head: str
    """Hash of the last entry, 64 hex digits."""
    program: str
    schema: str
    made_at: datetime
    sheet: str = ""
    """Name of the recovery sheet whose code opens it, empty for none."""


@dataclass(frozen=True, slots=True)
class Drilled:
    """A backup that was opened and found whole: what it says, and how many entries were checked."""

    manifest: Manifest
    entries: int


class BackupFiles(Protocol):
    """Writes backups of the running counter and examines backup files. Safe to call from any thread."""

    def write(self, path: Path, at: datetime, tell: Tell = silent) -> Manifest:
        """Write a backup to ``path``, whole or not at all, replacing what was there.

        DiskFull, PlaceUnavailable when the folder is not there or cannot be written; what ``tell`` raises.
        """
        ...

    def read(self, path: Path) -> Manifest:
        """Return what a file says of itself without opening it; BadBackup when it is none or was cut short."""
        ...

    def drill(self, path: Path, tell: Tell = silent) -> Drilled:
        """Open a copy of the backup in a temporary place and check all of it; the running counter is not touched.

        BadBackup, WrongKey when it is not this counter's, DamagedStore, BrokenJournal.
        """
        ...

    def names(self, folder: Path) -> list[str]:
        """Return the names of the files in ``folder``, none when it cannot be read."""
        ...

    def remove(self, paths: Iterable[Path]) -> None:
        """Remove files; one that cannot be removed stays."""
        ...
