"""Errors of invitations, and of the keys and certificates by which a counter is known at its centre."""

from datetime import datetime

from app.services.errors.base import BadInput, Refused


class InvitationExpired(Refused):
    """The invitation was good until ``expires_at`` and it is ``now``; the caller shows both, a clock may be wrong."""

    def __init__(self, expires_at: datetime, now: datetime) -> None:
        super().__init__("invitation expired")
        self.expires_at = expires_at
        self.now = now


class InvitationAhead(Refused):
    """The invitation was made at ``issued_at`` and it is ``now``, earlier: the caller asks to set the PC's clock right."""

    def __init__(self, issued_at: datetime, now: datetime) -> None:
        super().__init__("invitation from the future")
        self.issued_at = issued_at
        self.now = now


class InvitationForOther(Refused):
    """The invitation is for ``invited``, this counter is ``station``; the caller asks for the right file."""

    def __init__(self, invited: str, station: str) -> None:
        super().__init__("another station")
        self.invited = invited
        self.station = station


class OtherCentre(Refused):
    """The counter is enrolled at another centre than the invitation's; nothing was changed."""


class NotInvited(Refused):
    """There is no centre for this counter, or its keys for it are lost; the caller asks for an invitation."""


class BadInvitation(BadInput):
    """A file cannot be used as an invitation; ``fault`` is ``kind``, ``newer`` or ``changed``."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


class BadAuthority(BadInput):
    """A file holds no authority's key, or was changed; the caller asks for the right file or its copy."""


class BadRequest(BadInput):
    """A station's certificate request is refused; ``fault`` is ``form``, ``signature``, ``key`` or ``station``."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


class BadCertificate(BadInput):
    """A certificate is refused; ``fault`` is ``form``, ``root``, ``time``, ``station`` or ``key``."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault
