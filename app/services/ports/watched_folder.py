"""What the services need of a folder into which a scanner saves files."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file as it was seen; one that grows or is written again is another."""

    name: str
    size: int
    changed_ns: int
    """When it was last written, in nanoseconds of its own file system."""


class ScannerFolder(Protocol):
    """The files of a folder. Slow where it lies on the network: never called on the window's thread.

    FolderGone when it is not there or does not answer; nothing waits for it longer than a few seconds.
    """

    def look(self, folder: str) -> Sequence[FoundFile]:
        """Return the pictures and PDFs that lie in the folder itself, oldest first; links and hidden files are left out."""
        ...

    def read(self, folder: str, name: str, most: int) -> bytes:
        """Return a file, or as much of it as shows that it has more than ``most`` bytes; NotFound when it is gone."""
        ...

    def put_away(self, folder: str, name: str) -> None:
        """Move a file into the folder 已收 inside; one of the same name there stays. NotFound when it is gone."""
        ...
