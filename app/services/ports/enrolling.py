"""What an enrolment needs of the world: the counter's keys for its centre, what it believes of it, and how it is received."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from app.services.invitations import CentralAddress


class CentralKeys(Protocol):
    """A counter's password and document key for its centre, kept where its other keys are."""

    def exist(self) -> bool:
        """Tell whether there are any."""
        ...

    def renew(self) -> None:
        """Make fresh ones, durably, in place of any that were kept before; KeyringUnavailable."""
        ...

    def password(self) -> str:
        """Return the password; NotInvited when there are no keys."""
        ...

    def verifier(self) -> str:
        """Return what the centre keeps of the password, from which it cannot be had back."""
        ...

    @property
    def document_key(self) -> bytes:
        """Return the public document key as an uncompressed point."""
        ...

    def request(self, station: str) -> bytes:
        """Return a request (PKCS#10, DER) for a certificate of the document key."""
        ...

    def sign(self, statement: bytes) -> bytes:
        """Return the document key's signature (DER) of a statement, the same whenever it is asked for; NotInvited."""
        ...


class CentreTrust(Protocol):
    """What a counter believes of one centre, by the root that came with its invitation."""

    @property
    def fingerprint(self) -> str:
        """Return the first 16 hex digits of the root's digest, for two people to compare."""
        ...

    def has_signed(self, statement: bytes, signature: bytes) -> bool:
        """Tell whether the centre's authority signed exactly this statement."""
        ...

    def check_certificate(self, certificate: bytes, station: str, public_key: bytes, now: datetime) -> datetime:
        """Return until when a station's certificate is good; BadCertificate when it is not this station's."""
        ...


class Reception(Protocol):
    """The centre as it receives one station; CentralUnavailable, StationUnknown, StationRevoked."""

    def enrol(self, public_key: bytes, request: bytes, verifier: str) -> None:
        """Use the invitation up, leave the journal's public key and the request, and change the password: all or nothing.

        InvitationSpent when it was used, has expired or was withdrawn.
        """
        ...

    def certificate(self) -> bytes | None:
        """Return the newest certificate (DER) for the last request, None while nobody has signed it."""
        ...

    def ask_certificate(self, request: bytes) -> None:
        """Leave a new request."""
        ...


@dataclass(frozen=True, slots=True)
class CentralLogin:
    """How this counter logs in at its centre."""

    address: CentralAddress
    user: str
    password: str = field(repr=False)


OpenReception = Callable[[CentralLogin], AbstractContextManager[Reception]]
"""Connects; CentralUnavailable with the reason ``login`` when the password is not taken."""
TrustOf = Callable[[str], CentreTrust]
"""Gives the trust in a root certificate (PEM); ValueError for what is none."""
