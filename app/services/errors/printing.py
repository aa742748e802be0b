"""What printers say when they do not print."""

from enum import StrEnum

from app.services.errors.base import Unavailable


class PrinterTrouble(StrEnum):
    """Why nothing comes out of a printer, by what a clerk does about it."""

    NO_SERVICE = "no_service"
    """Nothing on this PC prints, or it does not answer."""
    UNKNOWN = "unknown"
    """The system knows no printer of that name any more."""
    REJECTING = "rejecting"
    """It takes no jobs; what is waiting there may still come out."""
    PAUSED = "paused"
    """It was stopped, by a person or after an error; jobs wait."""
    HELD = "held"
    """Somebody keeps this job back."""
    OFFLINE = "offline"
    """Switched off, unplugged, or not on the network; the system tries again by itself."""
    NO_PAPER = "no_paper"
    JAM = "jam"
    COVER_OPEN = "cover_open"
    NO_INK = "no_ink"
    BUSY = "busy"
    DENIED = "denied"
    SPOOL_FULL = "spool_full"
    """The service that prints has no room for the job: as a rule the disk of its PC is full."""
    FAILED = "failed"
    """The driver or the printer gave up for a reason that the system does not name."""


class PrinterFault(Unavailable):
    """A printer does not print; the paper stays 待打印, and the caller says why and what to do."""

    def __init__(self, trouble: PrinterTrouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble
