"""What a round of sync says while it runs and when it is done, and how things stand between rounds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.services.ports import SetAside, Waits

CONTRADICTS = "contradicts"
"""Reason of a failure: another entry of that station is known here in the same place, so two machines wrote as one."""


class SyncStep(StrEnum):
    """The parts of a round, in their order."""

    GREETING = "greeting"
    CERTIFICATE = "certificate"
    """The certificate for this counter's document key: nothing else waits for it."""
    READING_BACK = "reading_back"
    """Own entries that only the centre has: after a backup was restored."""
    VIEWS = "views"
    """The views are built again, because what the centre said changes the past of a case."""
    ENTRIES = "entries"
    INBOX = "inbox"
    BULLETINS = "bulletins"
    IMAGES = "images"


@dataclass(frozen=True, slots=True)
class SyncProgress:
    """How far a step of the round is; ``bytes_total`` is 0 where only pieces are counted."""

    step: SyncStep
    done: int = 0
    total: int = 0
    bytes_done: int = 0
    bytes_total: int = 0


TellSync = Callable[[SyncProgress], None]
"""Hears how far the round is, from the thread that works."""


class Contact(StrEnum):
    """How this counter stands with its centre; none of it blocks work."""

    ALONE = "alone"
    """There is no centre for this counter."""
    ON_LINE = "on_line"
    OFF_LINE = "off_line"
    """The centre is not reached."""
    FAILING = "failing"
    """The centre is reached and something does not get through; the failure says what."""


@dataclass(frozen=True, slots=True)
class SyncFailure:
    """One thing that did not get through: in which step, what it was, and why."""

    step: SyncStep
    item: str
    """A case number, a bulletin's topic, an image's digest, ``certificate``; empty for the step as a whole."""
    reason: str
    """Name of the error's class, or of what is wrong with the item."""
    error: Exception | None = None


@dataclass(frozen=True, slots=True)
class SyncResult:
    """What a round did; what had been done before a failure or a cancel stays done."""

    contact: Contact
    pushed: int = 0
    read_back: int = 0
    set_aside: int = 0
    received: int = 0
    bulletins: int = 0
    images: int = 0
    image_bytes: int = 0
    purged: int = 0
    sent_again: int = 0
    """How many of the pushed entries the centre had had already: it was restored from its own backup."""
    clock_moved_s: int = 0
    """By how many seconds the counter's time was set to follow the centre's, 0 when it was not."""
    failures: tuple[SyncFailure, ...] = ()
    is_cancelled: bool = False

    @property
    def error(self) -> Exception | None:
        """Return the first error that kept a step from its end, None when all went through."""
        return next((failure.error for failure in self.failures if failure.error), None)


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """How things stand now, without asking the centre."""

    contact: Contact
    is_running: bool = False
    last_contact: datetime | None = None
    failure: str = ""
    """Name of the class of the last failure."""
    failed_at: datetime | None = None
    entries_waiting: int = 0
    images_waiting: int = 0
    image_bytes_waiting: int = 0
    set_aside: tuple[SetAside, ...] = ()
    """The newest own entries that do nothing at the centre."""
    received_waiting: Mapping[Waits, int] = field(default_factory=dict)
    next_in_s: float | None = None
    """Seconds until the next round by itself."""
