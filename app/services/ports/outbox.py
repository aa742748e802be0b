"""What goes to the centre: the own chain and its images, how far they are, and what the centre set aside of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from app.domain.journal import Entry
from app.services.ports.central import Anchor, CentralHead, InboxPlace

NEVER_HOLDS = frozenset({"header", "unknown_holder"})
"""Reasons of a quarantine that nothing can change which may come."""


@dataclass(frozen=True, slots=True)
class SyncState:
    """How far this station and the centre are, by the last word of the centre."""

    head: CentralHead | None = None
    """Where the centre's copy of the own journal ends."""
    verified: tuple[int, int] | None = None
    """Epoch and seq up to which the centre has checked the signatures."""
    inbox: InboxPlace = field(default_factory=InboxPlace)
    inbox_last: int = 0
    bulletin: int = 0
    anchor: Anchor | None = None
    last_contact: datetime | None = None
    """When the centre last answered, by its own clock; None before the first contact."""
    failure: str = ""
    """Why the last round did not get through to its end; empty when it did."""
    failed_at: datetime | None = None
    is_stale: bool = False
    """Whether the views have to be built again for what the centre set aside or gave back."""
    whole_until: int = 1
    """The last epoch before whose beginning nothing is missing here that the centre has."""
    images_until: tuple[int, int] = (0, 0)
    """Epoch and seq up to which every image was sent."""


class Aside(StrEnum):
    """Why an own entry is in the centre's chain and does nothing there."""

    WITHHELD = "withheld"
    """Its body did not go: the centre could not take it."""
    QUARANTINED = "quarantined"
    """It broke custody."""
    PARTED = "parted"
    """It was made while a second machine went on with the same journal, or gave out a number again that a restored counter
    had forgotten: it holds no more."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """One own entry that the centre does not apply."""

    epoch: int
    seq: int
    case_number: str
    kind: Aside
    reason: str
    is_final: bool = False
    """Whether the centre never lets it in any more, so that a paper that rests on it must be called back."""


@dataclass(frozen=True, slots=True)
class WaitingImage:
    """One image that the centre does not have yet, with the case it belongs to."""

    digest: str
    case_number: str
    size: int


class Outbox(Protocol):
    """The own chain as it goes to the centre, the images that follow it, and what the centre said of them."""

    def state(self) -> SyncState:
        """Return how far things are."""
        ...

    def save(self, state: SyncState) -> None:
        """Keep how far things are."""
        ...

    def at(self, epoch: int, seq: int) -> Entry | None:
        """Return one entry of the own chain, in the journal or read back; None when there is none."""
        ...

    def after(self, epoch: int, seq: int, limit: int) -> list[Entry]:
        """Return what follows a place in the own chain, journal and read back, by epoch and seq."""
        ...

    def last_before(self, epoch: int, seq: int) -> Entry | None:
        """Return the last entry of the own chain up to a place, None when there is none."""
        ...

    def of_case(self, case_number: str) -> list[Entry]:
        """Return the own entries of a case, journal and read back, without those that left the views."""
        ...

    def knows(self, digest: bytes) -> bool:
        """Tell whether an own entry has this hash; it may take a look at all of them."""
        ...

    def count_after(self, epoch: int, seq: int) -> int:
        """Return how many entries follow a place."""
        ...

    def digest(self, epoch: int, seq: int) -> bytes | None:
        """Return the digest of an own entry that was read back without its body, None when it is not known."""
        ...

    def confirm(self, epoch: int, seq: int, received_at: datetime) -> None:
        """Note that the centre had everything up to a place at that time."""
        ...

    def forget_after(self, epoch: int, seq: int) -> None:
        """Take back what was noted beyond a place, and all that was said of images: the centre lost it."""
        ...

    def received_at(self, epoch: int, seq: int) -> datetime | None:
        """Return when the centre had an own entry at the latest, None when it did not yet."""
        ...

    def set_aside(self, aside: Iterable[SetAside]) -> bool:
        """Note own entries that do nothing at the centre; tell whether the views have to be built again for one.

        What was noted of an entry first stays, but that the centre set it aside weighs more than a number given twice.
        """
        ...

    def settle(self, aside: Iterable[SetAside]) -> bool:
        """Note of entries that were set aside why, and whether that is the centre's last word now.

        Tell whether the views have to be built again for one.
        """
        ...

    def let_in(self, places: Iterable[tuple[int, int]]) -> bool:
        """Forget that entries were set aside: the centre applies them now; tell whether the views must be built again.

        What it refused of images of their cases waits again.
        """
        ...

    def aside(self, limit: int) -> list[SetAside]:
        """Return what was set aside, the newest first."""
        ...

    def images(self, limit: int) -> list[WaitingImage]:
        """Return images of entries that the centre has and that it lacks itself; those of small cases first."""
        ...

    def images_elsewhere(self, limit: int) -> list[WaitingImage]:
        """Return images of entries that the centre has, not noted as sent, which are not here; their size counts as 0.

        They are of materials that are used again, whose copy here went or whose pages another station took in.
        """
        ...

    def unsent_images(self) -> list[WaitingImage]:
        """Return all images that the centre is not known to have, also of entries that it does not have yet."""
        ...

    def count_images(self) -> tuple[int, int]:
        """Return how many images the centre lacks, and their bytes, also those of entries that it does not have yet."""
        ...

    def image_sent(self, image: WaitingImage, at: datetime, refusal: str = "") -> None:
        """Note an image that the centre confirmed, or refuses until its case is let in or asked about again."""
        ...

    def ask_again(self, refusal: str, before: datetime) -> None:
        """Let images wait again that were refused for this reason before ``before``, of cases that are open."""
        ...

    def image_lost(self, digest: str) -> None:
        """Note that the centre does not have an image any more: it waits again."""
        ...

    def image_fetched(self, digest: str, at: datetime) -> None:
        """Note an image that was read from the centre: the copy here may go again."""
        ...

    def sent_since(self, since: datetime, limit: int) -> list[str]:
        """Return images here that the centre confirmed since ``since``, the last ones first."""
        ...

    def purgeable(self, before: datetime, limit: int) -> list[str]:
        """Return images here that the centre confirmed before ``before``; no draft names them."""
        ...

    def purged(self, digest: str) -> None:
        """Remove the copy of an image here; the centre has it."""
        ...


def leaves_views(aside: SetAside) -> bool:
    """Tell whether an own entry that was set aside leaves the views of cases here too, as everywhere else.

    One whose station did not hold the case may only have come before the hand-over: it stays until the centre says that it
    is never let in. Other reasons mean that the centre does not know the beginning of the case yet.
    """
    is_void = aside.reason in NEVER_HOLDS or (aside.reason == "not_the_holder" and aside.is_final)
    return aside.kind is Aside.QUARANTINED and is_void
