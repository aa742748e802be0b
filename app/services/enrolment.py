"""Enrolment at a centre: from an invitation to a station that the centre knows, with a password and keys of its own.

Each step is durable before the next, so that whoever starts again after a crash goes on: the new password is kept here
before the centre hears of it, and the centre takes it in the same transaction in which it uses the invitation up. What
the store keeps of it stands in ``membership``; how an invitation is read is told in ``invitations``.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from app.domain.facts import CentreJoined
from app.domain.operators import SYSTEM, Act, Operator
from app.domain.station import Station
from app.services.errors import (
    CentralUnavailable,
    InvitationAhead,
    InvitationExpired,
    InvitationForOther,
    InvitationSpent,
    NotInvited,
    OtherCentre,
)
from app.services.invitations import CentralAddress, Invitation, read_invitation, role_of
from app.services.membership import Membership, keep_membership, membership_in
from app.services.permits import ensure_may
from app.services.ports import CentralKeys, CentralLogin, CentreTrust, OpenReception, Reception, Store, TrustOf
from app.services.recording import Recorder

RENEW_BEFORE = timedelta(days=90)
"""A certificate that ends within this time is asked for anew."""
SKEW = timedelta(hours=1)


class Step(StrEnum):
    """How far an enrolment is."""

    KEYS = "keys"
    CONNECTING = "connecting"
    ENROLLING = "enrolling"
    CERTIFICATE = "certificate"


Told = Callable[[Step], None]
"""Hears of each step as it begins."""


def unheard(_step: Step) -> None:
    """Tell nobody."""


class EnrolmentState(StrEnum):
    """How a counter stands with a centre."""

    ALONE = "alone"
    """No centre has invited it."""
    PENDING = "pending"
    """An invitation is kept and not used yet."""
    ENROLLED = "enrolled"
    KEYLESS = "keyless"
    """It was enrolled and its keys for the centre are lost: it needs a new invitation."""


@dataclass(frozen=True, slots=True)
class EnrolmentStatus:
    """How it stands with the centre, for screens."""

    state: EnrolmentState
    address: CentralAddress | None = None
    fingerprint: str = ""
    expires_at: datetime | None = None
    """Until when the invitation that waits is good."""
    enrolled_at: datetime | None = None
    certified_until: datetime | None = None
    """None while the centre has not signed the certificate."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What an invitation file offers, with the fingerprint of its centre, for a person to look at."""

    invitation: Invitation
    fingerprint: str
    replaces: str = ""
    """The fingerprint of the centre that this counter is enrolled at, where this is another."""


class EnrolmentService:
    """Use cases of enrolment; safe to call from any thread."""

    def __init__(
        self,
        store: Store,
        recorder: Recorder,
        station: Station,
        keys: CentralKeys,
        trust_of: TrustOf,
        open_reception: OpenReception,
    ) -> None:
        self._store = store
        self._recorder = recorder
        self._station = station
        self._keys = keys
        self._trust_of = trust_of
        self._open_reception = open_reception

    def status(self) -> EnrolmentStatus:
        """Return how it stands with the centre."""
        kept = self.membership()
        if kept is None:
            return EnrolmentStatus(EnrolmentState.ALONE)
        return EnrolmentStatus(
            state=self._state(kept),
            address=kept.address,
            fingerprint=self._trust_of(kept.root).fingerprint,
            expires_at=kept.expires_at if kept.secret else None,
            enrolled_at=kept.enrolled_at,
            certified_until=kept.certified_until,
        )

    def membership(self) -> Membership | None:
        """Return what the store keeps of the centre, None for a counter that stands alone."""
        with self._store.read() as uow:
            return membership_in(uow)

    def trust(self) -> CentreTrust:
        """Return what to believe the centre by; NotInvited."""
        return self._trust_of(self._invited().root)

    def login(self) -> CentralLogin:
        """Return how this counter logs in; NotInvited when it is not enrolled."""
        kept = self._invited()
        if kept.enrolled_at is None:
            raise NotInvited
        return self._login(kept, self._keys.password())

    def read(self, data: bytes) -> Offer:
        """Return what a file offers if this counter can use it now.

        BadInvitation, InvitationForOther, InvitationExpired, InvitationAhead.
        """
        offer = read_offer(data, self._trust_of, self._recorder.now())
        invitation = offer.invitation
        if invitation.station != self._station.code:
            raise InvitationForOther(invitation.station, self._station.code)
        kept = self.membership()
        if kept and kept.enrolled_at and kept.root != invitation.root:
            return replace(offer, replaces=self._trust_of(kept.root).fingerprint)
        return offer

    def accept(self, data: bytes, by: Operator | None = None, confirmed_by: Operator | None = None) -> EnrolmentStatus:
        """Keep the invitation in a file, so that it is used as soon as the centre can be reached; as ``read``.

        NotPermitted for anybody but an administrator; None is the first start, which makes one. OtherCentre when the
        counter is enrolled and this is not its centre, until a second person has confirmed that it is meant.
        """
        if by is not None:
            ensure_may(by, Act.CHANGE_STATION)
        offer = self.read(data)
        if offer.replaces and confirmed_by is None:
            raise OtherCentre
        invitation = offer.invitation
        kept = self.membership() or Membership(invitation.address, invitation.root)
        if offer.replaces:
            kept = replace(kept, certificate="", certified_until=None)
        self._keep(
            replace(
                kept,
                address=invitation.address,
                root=invitation.root,
                secret=invitation.secret,
                expires_at=invitation.expires_at,
                confirmed_by=confirmed_by.login if confirmed_by and offer.replaces else "",
            )
        )
        return self.status()

    def enrol(self, tell: Told = unheard) -> EnrolmentStatus:
        """Use the invitation that is kept; the certificate comes when the centre has signed it.

        NotInvited; InvitationSpent when the centre does not take it any more; CentralUnavailable when it is to be tried
        again; StationRevoked; KeyringUnavailable.
        """
        kept = self._invited()
        if kept.secret:
            kept = self._use(kept, tell)
        tell(Step.CERTIFICATE)
        self._look_for_certificate(kept)
        return self.status()

    def join(self) -> None:
        """Use the invitation that is kept, if there is one; as ``enrol``, which fetches the certificate too."""
        kept = self.membership()
        if kept is not None and kept.secret:
            self._use(kept, unheard)

    def certify(self) -> None:
        """Fetch the certificate if there is none or it ends soon; BadCertificate, and as ``enrol``.

        Nothing but the certificate waits for it. Whether its time has come is only known by a clock that is right.
        """
        kept = self.membership()
        if kept is not None and kept.enrolled_at and self._wants_certificate(kept):
            self._look_for_certificate(kept)

    def _look_for_certificate(self, kept: Membership) -> None:
        with self._open_reception(self._login(kept, self._keys.password())) as reception:
            self._fetch(kept, reception)

    def _use(self, kept: Membership, tell: Told) -> Membership:
        """Use the invitation up and return what is kept then."""
        tell(Step.KEYS)
        if self._keys.exist() and self._is_known(kept):
            return self._joined(kept)
        if kept.enrolled_at or not self._keys.exist():
            self._keys.renew()  # old ones that the centre does not take any more are not used again
            self._keep(replace(kept, enrolled_at=None))
        tell(Step.CONNECTING)
        try:
            with self._open_reception(self._login(kept, kept.secret)) as reception:
                tell(Step.ENROLLING)
                request = self._keys.request(self._station.code)
                reception.enrol(self._recorder.public_key, request, self._keys.verifier())
        except CentralUnavailable as error:
            if error.reason == "login":
                raise InvitationSpent from error
            raise
        return self._joined(kept)

    def _is_known(self, kept: Membership) -> bool:
        """Tell whether the centre takes the password that is kept here: then the answer to an earlier try was lost."""
        try:
            with self._open_reception(self._login(kept, self._keys.password())) as reception:
                reception.certificate()
        except CentralUnavailable as error:
            if error.reason == "login":
                return False
            raise
        return True

    def _joined(self, kept: Membership) -> Membership:
        now = self._recorder.now()
        joined = replace(kept, secret="", expires_at=None, enrolled_at=now, confirmed_by="")
        fingerprint = self._trust_of(kept.root).fingerprint
        fact = CentreJoined(fingerprint, self._keys.document_key.hex(), kept.confirmed_by)
        with self._store.write() as uow:
            keep_membership(uow, joined)
            self._recorder.record(uow, SYSTEM, fact, now)
            uow.commit()
        return joined

    def _fetch(self, kept: Membership, reception: Reception) -> None:
        """Take the certificate if it is there; ask for a new one in time."""
        certificate = reception.certificate()
        if certificate is None or not self._wants_certificate(kept):
            return
        if certificate.hex() == kept.certificate:
            reception.ask_certificate(self._keys.request(self._station.code))
            return
        trust = self._trust_of(kept.root)
        now, key = self._recorder.now(), self._keys.document_key
        until = trust.check_certificate(certificate, self._station.code, key, now)
        self._keep(replace(kept, certificate=certificate.hex(), certified_until=until))

    def _wants_certificate(self, kept: Membership) -> bool:
        return kept.certified_until is None or kept.certified_until - self._recorder.now() < RENEW_BEFORE

    def _state(self, kept: Membership) -> EnrolmentState:
        if kept.secret:
            return EnrolmentState.PENDING
        return EnrolmentState.ENROLLED if self._keys.exist() else EnrolmentState.KEYLESS

    def _invited(self) -> Membership:
        kept = self.membership()
        if kept is None:
            raise NotInvited
        return kept

    def _login(self, kept: Membership, password: str) -> CentralLogin:
        return CentralLogin(kept.address, role_of(self._station.code), password)

    def _keep(self, kept: Membership) -> None:
        with self._store.write() as uow:
            keep_membership(uow, kept)
            uow.commit()


def read_offer(data: bytes, trust_of: TrustOf, now: datetime) -> Offer:
    """Return what an invitation file offers if its time is ``now``; BadInvitation, InvitationExpired, InvitationAhead."""

    def trusts(root: str, statement: bytes, signature: bytes) -> bool:
        return trust_of(root).has_signed(statement, signature)

    invitation = read_invitation(data, trusts)
    if now > invitation.expires_at:
        raise InvitationExpired(invitation.expires_at, now)
    if now < invitation.issued_at - SKEW:
        raise InvitationAhead(invitation.issued_at, now)
    return Offer(invitation, trust_of(invitation.root).fingerprint)
