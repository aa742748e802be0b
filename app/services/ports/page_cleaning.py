"""What the services need to make clean page images of what scanners and cameras give."""

from dataclasses import dataclass
from typing import Protocol

from app.domain.application import PageRemark
from app.services.ports.scanning import Colours


@dataclass(frozen=True, slots=True)
class Corner:
    """A corner of a sheet within a picture, from 0 to 1 of its width and height."""

    x: float
    y: float


Corners = tuple[Corner, Corner, Corner, Corner]
"""Of a sheet: upper left, upper right, lower right, lower left as one reads it."""


@dataclass(frozen=True, slots=True)
class FoundCode:
    """A bar code or QR code on a page."""

    kind: str
    """As zxing names its formats, such as ``Code128`` or ``QRCode``."""
    text: str


@dataclass(frozen=True, slots=True)
class CleanPage:
    """A page image that was straightened, cropped and evened out."""

    data: bytes
    media_type: str
    """``image/jpeg``, or ``image/png`` in black and white."""
    colours: Colours
    remarks: frozenset[PageRemark]
    corners: Corners | None
    """Where the sheet lay in the original; None when the whole picture was kept."""
    codes: tuple[FoundCode, ...]


class PageCleaner(Protocol):
    """Cleans one page at a time in a process of its own. Slow: never called on the window's thread."""

    def clean(self, data: bytes, *, colours: Colours | None = None, corners: Corners | None = None) -> CleanPage:
        """Return the page found in a JPEG or PNG, upright.

        Without ``colours`` they are chosen by what is on the page; ``corners`` that a clerk has drawn are taken as they
        are. BadAttachment when the picture cannot be read or is too large; ReadingFailed when the process died or took
        too long: the picture is kept as it was.
        """
        ...

    def close(self) -> None:
        """End the process."""
        ...
