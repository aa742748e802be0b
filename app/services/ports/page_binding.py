"""What the services need to make one document of page images."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class BoundPage:
    """A page image, a JPEG or a PNG, and by how many degrees it is turned clockwise (0, 90, 180, 270)."""

    data: bytes
    media_type: str
    turn: int = 0


class PageBinder(Protocol):
    """Binds page images into a PDF. Slow: never called on the window's thread."""

    def bind(self, pages: Sequence[BoundPage], title: str) -> bytes:
        """Return a PDF with one sheet of A4 for each page, the same bytes for the same pages; nothing is drawn anew.

        JPEG images stay as they are, black and white ones become Group 4. BadAttachment when one cannot be read.
        """
        ...
