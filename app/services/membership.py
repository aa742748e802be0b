"""What the store keeps of a counter's centre, from the first invitation on. How it comes about is told in ``enrolment``."""

import json
from dataclasses import dataclass, field
from datetime import datetime

from app.domain.plain import from_plain, to_plain
from app.services.invitations import CentralAddress
from app.services.ports import UnitOfWork

PREFERENCE = "central"
OWN_CERTIFICATE = "own_certificate"


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


@dataclass(frozen=True, slots=True)
class Certified:
    """By what strangers know the station: its certificate under a root (PEM), and until when that is good."""

    root: str
    certificate: str
    """DER in hex."""
    until: datetime


def certified_in(uow: UnitOfWork) -> Certified | None:
    """Return the station's certificate by its centre, else the one that it was given without a centre, if any."""
    kept = membership_in(uow)
    if kept is not None:
        until = kept.certified_until
        return Certified(kept.root, kept.certificate, until) if kept.certificate and until else None
    text = uow.preferences.all().get(OWN_CERTIFICATE, "")
    return from_plain(Certified, json.loads(text)) if text else None


def keep_certified(uow: UnitOfWork, certified: Certified) -> None:
    """Keep what a station without a centre signs with: a demonstration has an authority of its own."""
    uow.preferences.set(OWN_CERTIFICATE, json.dumps(to_plain(certified)))


def keep_membership(uow: UnitOfWork, kept: Membership) -> None:
    """Keep it in place of what was kept."""
    uow.preferences.set(PREFERENCE, json.dumps(to_plain(kept), ensure_ascii=False, separators=(",", ":")))
