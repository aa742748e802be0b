"""What the services need of printers that print pages."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from app.services.errors import PrinterTrouble


@dataclass(frozen=True, slots=True)
class PrinterInfo:
    """A printer as the system names it, and what a job may ask of it."""

    key: str
    """Stays the same from one start to the next as long as the printer keeps its name in the system."""
    name: str
    """As a clerk reads it."""
    place: str = ""
    """Where it stands, as far as the system was told."""
    trays: tuple[str, ...] = ()
    """Keywords of IPP (PWG 5101.1), such as ``tray-1`` or ``manual``."""
    sizes: tuple[str, ...] = ()
    """Self-describing names of IPP, such as ``iso_a4_210x297mm``."""
    is_usual: bool = False
    """Whether the system takes it where nobody says which."""
    trouble: PrinterTrouble | None = None
    """Why nothing would come out of it now; None as far as the system knows."""


@dataclass(frozen=True, slots=True)
class PrintWish:
    """Where and how a document is to be printed; what is empty is left to the printer."""

    printer: str
    copies: int = 1
    tray: str = ""
    size: str = ""
    is_exact: bool = False
    """Whether it keeps its measures though the sheet is smaller, as what has to fit a printed form does."""


class JobState(StrEnum):
    """How far the system is with a job."""

    LAID = "laid"
    """It is kept back until it is started, or somebody at the printer's queue keeps it back."""
    WAITING = "waiting"
    PRINTING = "printing"
    PRINTED = "printed"
    """All of it was given to the printer; whether paper came out as it should only a person can say."""
    FAILED = "failed"
    """The system gave up; it is not tried again."""
    CANCELLED = "cancelled"
    GONE = "gone"
    """The system knows nothing of it any more: it may have been printed or not."""


ENDED = frozenset({JobState.PRINTED, JobState.FAILED, JobState.CANCELLED, JobState.GONE})


@dataclass(frozen=True, slots=True)
class PrintJob:
    """What the system says of a job, and why nothing comes out as long as that is so."""

    state: JobState
    trouble: PrinterTrouble | None = None


class Printers(Protocol):
    """The printers that this PC's system knows. Safe to call from any thread; a call ends after half a minute at most.

    A job is handed over in two steps, so that no crash between them prints twice: ``lay`` gives the document to the
    system, which keeps it back; the caller remembers the job; ``start`` lets it be printed.
    """

    def printers(self) -> Sequence[PrinterInfo]:
        """Return the printers by name; PrinterFault(NO_SERVICE) when the system has nothing that prints."""
        ...

    def lay(self, pdf: bytes, wish: PrintWish, mark: str) -> str:
        """Hand a PDF over without having it printed yet, and return the job's key.

        ``mark`` is what the system calls the job: it says whose it is (see ``discard``) and nothing of what stands in
        it. PrinterFault when the printer is unknown, takes no jobs, or nobody answers: then there is no job.
        """
        ...

    def start(self, job: str) -> None:
        """Let a laid job be printed, once, however often it is called.

        PrinterFault when that could not be said; NotFound when there is no such job any more.
        """
        ...

    def follow(self, job: str) -> PrintJob:
        """Return how far a job is; PrinterFault(NO_SERVICE) when nobody answers: the job stays what it was."""
        ...

    def cancel(self, job: str) -> None:
        """Have a job not printed, as far as it is not yet; one that has ended stays as it is. PrinterFault."""
        ...

    def discard(self, mark: str, keep: Collection[str]) -> int:
        """Cancel laid jobs whose mark begins with ``mark`` and whose key is none of ``keep``; return how many.

        They were handed over just before a crash, and nobody remembers them. PrinterFault.
        """
        ...
