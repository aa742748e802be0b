"""What the store keeps of a counter's centre, from the first invitation on. How it comes about is told in ``enrolment``."""

import json
from dataclasses import dataclass, field
from datetime import datetime

from app.domain.plain import from_plain, to_plain
from app.services.invitations import CentralAddress
from app.services.ports import UnitOfWork

PREFERENCE = "central"


@dataclass(frozen=True, slots=True)
class Membership:
    """What the store keeps of a counter's centre; its one secret dies with the use of the invitation."""

    address: CentralAddress
    root: str
    secret: str = field(default="", repr=False)
    """The invitation's, empty when it is used."""
    confirmed_by: str = ""
    """Who confirmed that it takes the place of another centre's, empty where it does not."""
    expires_at: datetime | None = None
    enrolled_at: datetime | None = None
    certificate: str = ""
    """DER in hex."""
    certified_until: datetime | None = None


def membership_in(uow: UnitOfWork) -> Membership | None:
    """Return what is kept of the centre, None for a counter that stands alone."""
    text = uow.preferences.all().get(PREFERENCE, "")
    return from_plain(Membership, json.loads(text)) if text else None


def keep_membership(uow: UnitOfWork, kept: Membership) -> None:
    """Keep it in place of what was kept."""
    uow.preferences.set(PREFERENCE, json.dumps(to_plain(kept), ensure_ascii=False, separators=(",", ":")))
