"""A counter enrols with its invitation, once, and a crash at any moment costs another try."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from app.demonstration import CLERK, PASSWORD, STATION, SUPERVISOR
from app.domain.operators import Operator, Role
from app.services.enrolment import RENEW_BEFORE, EnrolmentService, EnrolmentState, Step
from app.services.errors import (
    BadCertificate,
    BadInvitation,
    CentralUnavailable,
    InvitationAhead,
    InvitationExpired,
    InvitationForOther,
    InvitationSpent,
    NotInvited,
    NotPermitted,
    OtherCentre,
    StationRevoked,
)
from app.services.invitations import CentralAddress, Invitation, role_of, write_invitation
from app.services.recording import Recorder
from app.services.set_up import SetUpService
from tests.fakes.authority import ROOT, FakeAuthority
from tests.fakes.centre_desk import FakeCentralKeys, FakeCentreDesk, FakeTrust, fake_verifier
from tests.fakes.clock import BOOTED_AT, FakeClock
from tests.fakes.fuse import Fuse, FusedKeys, FusedStore, PowerCut, fused_desk
from tests.fakes.keys import FakeStationKey, PlainPasswords
from tests.fakes.pinyin import FewReadings
from tests.fakes.store import MemoryStore

CODE = STATION.code
USER = role_of(CODE)
SECRET = "one-time-secret-of-the-file"
ADDRESS = CentralAddress(("localhost",), 5432, "lideng")
SEED = bytes(range(32))


@dataclass
class World:
    """A counter that was set up alone, and a centre; what is here survives a crash of the counter."""

    store: Any
    desk: Any
    kept: dict = field(default_factory=dict)
    clock: FakeClock = field(default_factory=FakeClock)

    def service(self, *, store=None, keys=None, open_reception=None, trust_of=FakeTrust):
        """The counter as it starts."""
        recorder = Recorder(self.clock, FakeStationKey(SEED), CODE)
        return EnrolmentService(
            store or self.store,
            recorder,
            STATION,
            keys or FakeCentralKeys(self.kept),
            trust_of,
            open_reception or self.desk.open,
        )

    def facts(self, kind):
        with self.store.read() as uow:
            return [entry.read()["data"] for entry in uow.journal.entries() if entry.read()["kind"] == kind]

    def invite(self, secret=SECRET):
        self.desk.invite(CODE, secret)
        return invitation_file(secret=secret)

    def is_consistent(self):
        """Whether the centre takes what is kept here, and nothing else."""
        return self.desk.verifiers[USER] == fake_verifier(self.kept["password"])


@pytest.fixture
def world():
    store = MemoryStore(FewReadings())
    world = World(store, FakeCentreDesk(FakeAuthority()))
    SetUpService(store, world.clock, FakeStationKey(SEED), PlainPasswords(), "test").set_up(STATION, CLERK, PASSWORD)
    return world


def invitation_file(station=CODE, root=ROOT, secret=SECRET, issued_at=BOOTED_AT, days=14):
    invitation = Invitation(
        station=station,
        name=STATION.window,
        service_point=STATION.service_point,
        address=ADDRESS,
        root=root,
        secret=secret,
        issued_at=issued_at,
        expires_at=issued_at + timedelta(days=days),
    )
    return write_invitation(invitation, FakeAuthority(root).sign)


def test_a_counter_stands_alone_until_it_is_invited(world):
    service = world.service()
    assert service.status().state is EnrolmentState.ALONE
    for act in (service.enrol, service.login, service.trust):
        with pytest.raises(NotInvited):
            act()


def test_an_invitation_makes_a_station_with_a_password_of_its_own(world):
    service, steps = world.service(), []
    pending = service.accept(world.invite(), CLERK)
    assert pending.state is EnrolmentState.PENDING
    assert pending.fingerprint == FakeTrust(ROOT).fingerprint
    done = service.enrol(steps.append)
    assert done.state is EnrolmentState.ENROLLED
    assert steps == [Step.KEYS, Step.CONNECTING, Step.ENROLLING, Step.CERTIFICATE]
    assert world.is_consistent()
    assert world.desk.public_keys[USER] == FakeStationKey(SEED).public_key
    login = service.login()
    assert (login.address, login.user, login.password) == (ADDRESS, USER, world.kept["password"])


def test_the_journal_says_which_centre_was_joined_and_the_store_keeps_no_secret(world):
    service = world.service()
    service.accept(world.invite())
    service.enrol()
    fingerprint = FakeTrust(ROOT).fingerprint
    assert world.facts("CentreJoined") == [
        {"fingerprint": fingerprint, "document_key": (b"\x04" + world.kept["document"]).hex(), "confirmed_by": ""}
    ]
    with world.store.read() as uow:
        kept = "".join([*uow.preferences.all().values(), *(entry.body for entry in uow.journal.entries())])
    assert SECRET not in kept
    assert world.kept["password"] not in kept


def test_an_invitation_works_once(world):
    data = world.invite()
    world.service().accept(data)
    world.service().enrol()
    before = dict(world.kept)
    world.service().accept(data)
    assert world.service().enrol().state is EnrolmentState.ENROLLED
    assert world.kept == before, "opening a used file again does not cost the keys"
    thief = World(MemoryStore(FewReadings()), world.desk)
    thief.service().accept(data)
    with pytest.raises(InvitationSpent):
        thief.service().enrol()
    assert world.is_consistent()


def test_a_secret_that_the_centre_does_not_take_is_spent(world):
    world.service().accept(invitation_file())
    with pytest.raises(InvitationSpent):
        world.service().enrol()
    assert world.service().status().state is EnrolmentState.PENDING


@pytest.mark.parametrize("reason", ["network", "tls", "busy", "failed"])
def test_a_centre_that_cannot_be_reached_is_asked_again(world, reason):
    world.service().accept(world.invite())
    world.desk.fails = CentralUnavailable(reason)
    with pytest.raises(CentralUnavailable):
        world.service().enrol()
    assert world.service().status().state is EnrolmentState.PENDING
    world.desk.fails = None
    assert world.service().enrol().state is EnrolmentState.ENROLLED


# --- files that are not for this counter, not now, or not at all ------------------------------------------------


def test_an_invitation_of_another_station_says_whose_it_is(world):
    with pytest.raises(InvitationForOther) as refused:
        world.service().accept(invitation_file("000999"))
    assert (refused.value.invited, refused.value.station) == ("000999", CODE)
    assert world.service().status().state is EnrolmentState.ALONE


def test_an_invitation_whose_time_is_over_says_both_times(world):
    world.clock.pass_by(timedelta(days=15))
    with pytest.raises(InvitationExpired) as refused:
        world.service().accept(invitation_file())
    assert refused.value.expires_at < refused.value.now


def test_a_clock_that_is_behind_the_invitation_is_told(world):
    with pytest.raises(InvitationAhead):
        world.service().accept(invitation_file(issued_at=BOOTED_AT + timedelta(days=400)))
    assert world.service().read(invitation_file(issued_at=BOOTED_AT + timedelta(minutes=30)))


@pytest.mark.parametrize("data", [b"", b"{}", b"\x00" * 100_000, invitation_file().replace(b"5432", b"5433")])
def test_a_hostile_file_changes_nothing(world, data):
    with pytest.raises(BadInvitation):
        world.service().accept(data)
    assert world.service().status().state is EnrolmentState.ALONE


def test_an_invitation_of_another_centre_does_not_take_an_enrolled_counter_away(world):
    world.service().accept(world.invite())
    world.service().enrol()
    with pytest.raises(OtherCentre):
        world.service().accept(invitation_file(root=ROOT.replace("AAAA", "BBBB")))
    assert world.service().status().state is EnrolmentState.ENROLLED


def test_a_new_authority_takes_the_place_of_a_lost_one_when_a_second_person_confirms_it(world):
    world.service().accept(world.invite())
    world.service().enrol()
    before, root = dict(world.kept), ROOT.replace("AAAA", "BBBB")
    world.desk.invite(CODE, SECRET[::-1])
    data = invitation_file(root=root, secret=SECRET[::-1])
    offer = world.service().read(data)
    assert (offer.replaces, offer.fingerprint) == (FakeTrust(ROOT).fingerprint, FakeTrust(root).fingerprint)
    world.service().accept(data, CLERK, SUPERVISOR)
    status = world.service().enrol()
    assert (status.state, status.fingerprint) == (EnrolmentState.ENROLLED, offer.fingerprint)
    assert [one["confirmed_by"] for one in world.facts("CentreJoined")] == ["", SUPERVISOR.login]
    assert world.kept["password"] != before["password"]
    assert world.is_consistent()


def test_only_an_administrator_joins_a_centre(world):
    with pytest.raises(NotPermitted):
        world.service().accept(world.invite(), Operator("wang", "王芳", (Role.CLERK, Role.SUPERVISOR)))


# --- crashes ---------------------------------------------------------------------------------------------------


def cut_at(world, moment):
    """Enrol with the power cut at a moment; tell whether it was."""
    fuse = Fuse(moment)
    service = world.service(
        store=FusedStore(world.store, fuse),
        keys=FusedKeys(FakeCentralKeys(world.kept), fuse),
        open_reception=fused_desk(world.desk.open, fuse),
    )
    try:
        service.enrol()
    except PowerCut:
        return True
    return False


MOMENTS = 12
"""Between which the power can fail: keys, store, log-in, enrolment, certificate, each before and after."""


def moments():
    return range(1, MOMENTS + 2)


@pytest.mark.parametrize("moment", moments())
def test_a_crash_between_any_two_steps_costs_another_try(world, moment):
    world.service().accept(world.invite())
    cut = cut_at(world, moment)
    assert cut == (moment <= MOMENTS), "every moment of an enrolment is cut once"
    assert world.service().enrol().state is EnrolmentState.ENROLLED
    assert world.is_consistent()
    assert len(world.facts("CentreJoined")) == 1


@pytest.mark.parametrize("moment", moments())
def test_a_crash_while_an_enrolled_counter_is_invited_again_costs_another_try(world, moment):
    world.service().accept(world.invite())
    world.service().enrol()
    stolen = dict(world.kept)
    world.service().accept(world.invite("another-secret-of-a-file"))
    cut_at(world, moment)
    assert world.service().enrol().state is EnrolmentState.ENROLLED
    assert world.is_consistent()
    assert world.kept["password"] != stolen["password"], "what the centre does not take any more is not used again"


# --- certificates ----------------------------------------------------------------------------------------------


def test_the_certificate_comes_when_the_centre_has_signed_it(world):
    service = world.service()
    service.certify()
    assert world.desk.log_ins == 0
    service.accept(world.invite())
    assert service.enrol().certified_until is None
    until = world.clock.now() + timedelta(days=1000)
    world.desk.sign_requests(until)
    assert service.enrol().certified_until == until
    asked = world.desk.log_ins
    assert service.enrol().certified_until == until
    assert world.desk.log_ins == asked + 1
    service.certify()
    assert world.desk.log_ins == asked + 1


def test_a_round_of_sync_uses_the_invitation_and_then_fetches_the_certificate(world):
    service = world.service()
    service.join()
    assert world.desk.log_ins == 0
    service.accept(world.invite())
    service.certify()
    assert service.status().state is EnrolmentState.PENDING
    service.join()
    assert service.status().state is EnrolmentState.ENROLLED
    until = world.clock.now() + timedelta(days=1000)
    world.desk.sign_requests(until)
    service.certify()
    assert service.status().certified_until == until


def test_a_certificate_is_renewed_before_it_ends(world):
    service = world.service()
    service.accept(world.invite())
    service.enrol()
    world.desk.sign_requests(world.clock.now() + RENEW_BEFORE + timedelta(hours=1))
    service.enrol()
    world.clock.pass_by(timedelta(hours=2))
    world.desk.requests.clear()
    service.enrol()
    assert USER in world.desk.requests, "it asks for another one"
    later = world.clock.now() + timedelta(days=1000)
    world.desk.sign_requests(later)
    assert service.enrol().certified_until == later


def test_a_certificate_that_is_not_this_stations_is_not_kept(world):
    service = world.service()
    service.accept(world.invite())
    service.enrol()
    world.desk.requests[USER] = b"request 000999 " + b"\x04" * 65
    world.desk.sign_requests(world.clock.now() + timedelta(days=1000))
    with pytest.raises(BadCertificate):
        service.enrol()
    assert service.status().certified_until is None
    assert service.status().state is EnrolmentState.ENROLLED


# --- lost keys and revocation ----------------------------------------------------------------------------------


def test_a_counter_whose_keys_were_lost_says_so_and_enrols_with_a_new_invitation(world):
    world.service().accept(world.invite())
    world.service().enrol()
    world.kept.clear()
    assert world.service().status().state is EnrolmentState.KEYLESS
    with pytest.raises(NotInvited):
        world.service().login()
    world.service().accept(world.invite("another-secret-of-a-file"))
    assert world.service().enrol().state is EnrolmentState.ENROLLED
    assert world.is_consistent()


def test_a_revoked_station_is_told_so(world):
    world.service().accept(world.invite())
    world.service().enrol()
    world.desk.revoked.add(USER)
    with pytest.raises(StationRevoked):
        world.service().enrol()
