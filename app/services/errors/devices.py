"""What scanners, cameras and the reading of papers say when they cannot."""

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


class FolderGone(Unavailable):
    """The folder into which a scanner saves is not there or does not answer; the caller looks again later."""


class ReadingFailed(Unavailable):
    """A helper process died or took too long over a page; the page is as it was, and the caller may try again."""
