"""What scanners, cameras, decoders of photos and the reading of papers say when they cannot."""

from enum import StrEnum

from app.services.errors.base import Unavailable


class ScannerTrouble(StrEnum):
    """Why a scanner stopped, by what a clerk does about it."""

    NO_PAPER = "no_paper"
    JAM = "jam"
    COVER_OPEN = "cover_open"
    BUSY = "busy"
    GONE = "gone"
    """Switched off, unplugged, or no longer on the network."""
    NONE_FOUND = "none_found"
    """None was chosen, and none answers."""
    NOT_CHOSEN = "not_chosen"
    """None was chosen, and more than one could be meant."""
    DENIED = "denied"
    MEMORY = "memory"
    DRIVER = "driver"
    """The driver crashed, hung or gave a page that is not what it promised."""


class ScannerFault(Unavailable):
    """A scanner stopped; the ``pages`` kept before stay, and the caller offers to go on with the next."""

    def __init__(self, trouble: ScannerTrouble, pages: int = 0) -> None:
        super().__init__(trouble)
        self.trouble = trouble
        self.pages = pages


class CameraTrouble(StrEnum):
    """Why a camera gives no picture."""

    GONE = "gone"
    BUSY = "busy"
    DENIED = "denied"
    DRIVER = "driver"


class CameraFault(Unavailable):
    """A camera gives no picture; the caller says why and offers to try again."""

    def __init__(self, trouble: CameraTrouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble


class PhotoTrouble(StrEnum):
    """Why there is no photo of a card."""

    MISSING = "missing"
    """The library that was chosen is not there."""
    UNUSABLE = "unusable"
    """It is no library, or none for this system."""
    UNKNOWN = "unknown"
    """It is a library, but has none of the functions that decode photos."""
    FAILED = "failed"
    """It crashed, hung, refused or gave what is no photo."""


class PhotoFault(Unavailable):
    """A card's photo was not decoded; everything else that the card says is there, and the caller goes on without."""

    def __init__(self, trouble: PhotoTrouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble


class FolderGone(Unavailable):
    """The folder into which a scanner saves is not there or does not answer; the caller looks again later."""


class ReadingFailed(Unavailable):
    """A helper process died or took too long over a page; the page is as it was, and the caller may try again."""
