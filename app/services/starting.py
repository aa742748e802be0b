"""Starting a counter: what the window must know and ask before there is one.

Types are named, not loaded: the log-in is on the screen before anything of a counter is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from app.domain.operators import Operator
    from app.domain.station import Station
    from app.services.counter import Counter
    from app.services.enrolment import Offer


class ProfileState(StrEnum):
    """What a start finds in the profile's folder."""

    NEW = "new"
    """Nothing: the counter has to be set up."""
    READY = "ready"
    """A counter whose keys can be had without asking."""
    SEALED = "sealed"
    """A counter whose keys are sealed with a passphrase, which must be asked for."""


@dataclass(frozen=True, slots=True)
class FirstStart:
    """What is asked at the first start; the passphrase is empty where the system keyring holds the keys."""

    station: Station
    operator: Operator
    password: str
    passphrase: str = ""
    invitation: bytes = field(default=b"", repr=False)
    """The file of a centre's invitation, empty for a counter that stands alone."""


class Starter(Protocol):
    """Opens the profile that the program was called for."""

    def state(self) -> ProfileState:
        """Look at the profile without changing it."""
        ...

    def needs_passphrase(self) -> bool:
        """Tell whether a new counter here must seal its keys with a passphrase, for want of a system keyring."""
        ...

    def read_invitation(self, data: bytes) -> Offer:
        """Return what an invitation file offers; BadInvitation, InvitationExpired, InvitationAhead."""
        ...

    def set_up(self, first: FirstStart) -> Counter:
        """Set a new counter up and open it; when anything fails nothing is left behind.

        An invitation is kept with it and used when the centre can be reached; InvitationForOther.
        """
        ...

    def open(self, passphrase: str = "") -> Counter:
        """Open the counter.

        Every reason why it cannot be opened has an error of its own: WrongPassphrase, KeysMissing, WrongKey,
        DamagedStore, NewerSchema, ProfileInUse, ReadOnlyStore, DiskFull.
        """
        ...
