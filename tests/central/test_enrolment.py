"""Enrolment at a real centre, with real keys and passwords that must be proven."""

from dataclasses import replace
from datetime import datetime, timedelta

import psycopg
import pytest

from app.central.reception import CA_FILE, address_of
from app.demonstration import CLERK, PASSWORD, STATION
from app.domain.clock import CHINA
from app.security.central_keys import KeptCentralKeys
from app.security.custody import Secrets
from app.security.keys import Ed25519StationKey
from app.security.scram import password_of, verifier_of
from app.security.trust import RootTrust
from app.services.enrolment import EnrolmentService, EnrolmentState
from app.services.errors import CentralUnavailable, CentreDeclined, InvitationSpent, StationRevoked
from app.services.invitations import CentralAddress, role_of
from app.services.ports import CentralLogin
from app.services.recording import Recorder
from app.services.set_up import SetUpService
from tests.central.guarded import GuardedCentre
from tests.fakes.clock import FakeClock
from tests.fakes.fuse import Fuse, FusedKeys, FusedStore, PowerCut, fused_desk
from tests.fakes.keys import MemoryCustody, PlainPasswords
from tests.fakes.pinyin import FewReadings
from tests.fakes.store import MemoryStore

SECRET = "one-time-secret-of-the-file"
CODES = iter(f"{code:06d}" for code in range(7000, 8000))


@pytest.fixture(scope="module")
def guarded(server, tmp_path_factory):
    made = GuardedCentre(server, tmp_path_factory.mktemp("profile"))
    yield made
    made.close()


class Machine:
    """A counter of a station of its own; store and custody survive a crash."""

    def __init__(self, centre):
        self.centre = centre
        self.station = replace(STATION, code=next(CODES))
        self.clock = FakeClock(datetime.now(CHINA))
        self.custody = MemoryCustody(None)
        self.custody.store(Secrets.fresh())
        self.store = MemoryStore(FewReadings())
        SetUpService(self.store, self.clock, self.key(), PlainPasswords(), "test").set_up(self.station, CLERK, PASSWORD)

    def key(self):
        return Ed25519StationKey(self.custody.load().station_seed)

    def service(self, fuse=None):
        keys = KeptCentralKeys(self.custody, self.custody.load().central)
        recorder = Recorder(self.clock, self.key(), self.station.code)
        parts = (self.store, keys, self.centre.open)
        if fuse:
            parts = (FusedStore(self.store, fuse), FusedKeys(keys, fuse), fused_desk(self.centre.open, fuse))
        store, keys, opened = parts
        return EnrolmentService(store, recorder, self.station, keys, RootTrust, opened)

    def login(self, password):
        return CentralLogin(self.centre.place, role_of(self.station.code), password)

    def kept_password(self):
        return password_of(self.custody.load().central.password)


@pytest.fixture
def machine(guarded):
    return Machine(guarded)


def is_let_in(machine, password):
    try:
        with machine.centre.open(machine.login(password)):
            return True
    except CentralUnavailable as error:
        if error.reason != "login":
            raise
        return False


def enrolled(machine):
    machine.service().accept(machine.centre.invite(machine.station.code, SECRET))
    machine.service().enrol()
    return machine


def test_a_counter_enrols_and_the_secret_of_the_file_opens_nothing_any_more(machine):
    enrolled(machine)
    assert machine.service().status().state is EnrolmentState.ENROLLED
    assert not is_let_in(machine, SECRET)
    assert is_let_in(machine, machine.kept_password())
    (row,) = machine.centre.execute(
        f"select public_key, enrolled_at is not null, invited_until from core.station where code = '{machine.station.code}'"
    )
    assert (bytes(row[0]), row[1], row[2]) == (machine.key().public_key, True, None)


def test_the_certificate_is_signed_beside_the_database_and_fetched(machine):
    enrolled(machine)
    machine.centre.sign_requests()
    until = machine.service().enrol().certified_until
    assert until > machine.clock.now() + timedelta(days=1000)
    assert machine.centre.administration.waiting_requests() == []


def test_a_password_that_was_not_invited_is_not_let_in(machine):
    machine.service().accept(machine.centre.invite(machine.station.code, SECRET))
    assert not is_let_in(machine, "another-secret-of-the-file")
    assert is_let_in(machine, SECRET)


def test_an_invitation_whose_time_is_over_opens_nothing(machine):
    data = machine.centre.invite(machine.station.code, SECRET)
    machine.service().accept(data)
    role = role_of(machine.station.code)
    machine.centre.execute(f"alter role {role} valid until '2020-01-01'")
    with pytest.raises(InvitationSpent):
        machine.service().enrol()
    machine.centre.execute(f"alter role {role} valid until 'infinity'")
    machine.centre.execute(f"update core.station set invited_until = '2020-01-01' where role_name = '{role}'")
    with pytest.raises(InvitationSpent):
        machine.service().enrol()


def test_an_enrolled_station_stays_let_in_when_its_invitation_would_have_ended(machine):
    enrolled(machine)
    role = role_of(machine.station.code)
    ((until,),) = machine.centre.execute(f"select rolvaliduntil::text from pg_roles where rolname = '{role}'")
    assert until == "infinity"


def test_a_second_enrolment_of_an_enrolled_station_is_refused_and_changes_no_password(machine):
    enrolled(machine)
    with machine.centre.open(machine.login(machine.kept_password())) as reception, pytest.raises(InvitationSpent):
        reception.enrol(bytes(32), b"request", verifier_of("another-password-of-a-thief"))
    assert is_let_in(machine, machine.kept_password())


@pytest.mark.parametrize("moment", range(1, 13))
def test_a_crash_between_any_two_steps_costs_another_try(guarded, moment):
    machine = Machine(guarded)
    machine.service().accept(guarded.invite(machine.station.code, SECRET))
    with pytest.raises(PowerCut):
        machine.service(Fuse(moment)).enrol()
    assert machine.service().enrol().state is EnrolmentState.ENROLLED
    assert is_let_in(machine, machine.kept_password())
    assert not is_let_in(machine, SECRET)


def test_a_cut_before_the_commit_leaves_invitation_and_password_as_they_were(machine):
    machine.service().accept(machine.centre.invite(machine.station.code, SECRET))
    with machine.centre.open(machine.login(SECRET)) as reception:
        connection = reception._connection
        with pytest.raises(psycopg.OperationalError), connection.transaction():
            connection.execute("select api.enrol(%b, %b)", (bytes(32), b"request"))
            connection.execute(f"alter role current_user password '{verifier_of('of-another-try-than-this')}'")
            pid = connection.info.backend_pid
            machine.centre.execute(f"select pg_terminate_backend({pid})")
            connection.execute("select 1")
    assert is_let_in(machine, SECRET)
    assert machine.service().enrol().state is EnrolmentState.ENROLLED


# --- lost keys, revocation -------------------------------------------------------------------------------------


def test_a_station_that_lost_its_keys_comes_back_with_a_new_invitation_under_its_own_number(machine):
    enrolled(machine)
    machine.centre.sign_requests()
    stolen = machine.kept_password()
    machine.custody.store(replace(machine.custody.load(), central=None))
    assert machine.service().status().state is EnrolmentState.KEYLESS
    machine.service().accept(machine.centre.invite(machine.station.code, "another-secret-of-a-file"))
    assert machine.service().enrol().state is EnrolmentState.ENROLLED
    assert not is_let_in(machine, stolen)
    machine.centre.sign_requests()
    assert machine.service().enrol().certified_until
    revoked = machine.centre.administration.revoked_certificates()
    assert len({serial for serial, _at in revoked}) >= 1


def test_a_revoked_station_is_told_so_and_its_certificate_is_on_the_list(machine):
    enrolled(machine)
    machine.centre.sign_requests()
    machine.service().enrol()
    before = machine.centre.administration.revoked_certificates()
    machine.centre.administration.revoke(machine.station.code, "被盗")
    with pytest.raises(StationRevoked):
        machine.service().enrol()
    revoked = machine.centre.administration.revoked_certificates()
    assert len(revoked) == len(before) + 1
    trust = RootTrust(machine.centre.authority.root)
    listed = machine.centre.authority.revocations(revoked, 1, datetime.now(CHINA))
    assert trust.revoked_since(listed) == {serial: at.replace(microsecond=0) for serial, at in revoked}


def test_certificates_of_a_station_that_comes_back_count_no_more_since_it_was_shut_out(machine):
    enrolled(machine)
    machine.centre.sign_requests()
    machine.service().enrol()
    machine.centre.administration.revoke(machine.station.code, "被盗")
    shut_out = machine.centre.administration.revoked_certificates()
    machine.centre.invite(machine.station.code, "another-secret-of-a-file")
    assert machine.centre.administration.revoked_certificates() == shut_out


def test_a_revoked_station_can_be_invited_again(machine):
    enrolled(machine)
    machine.centre.administration.revoke(machine.station.code, "被盗")
    machine.service().accept(machine.centre.invite(machine.station.code, "another-secret-of-a-file"))
    assert machine.service().enrol().state is EnrolmentState.ENROLLED


@pytest.mark.parametrize("verifier", ["secret", None, "md5d41d8cd98f00b204e9800998ecf8427e", "x' superuser --"])
def test_an_administrator_cannot_invite_with_what_is_no_verifier(guarded, verifier):
    with pytest.raises(CentreDeclined):
        guarded.administration.invite(next(CODES), "窗口", "", verifier, datetime.now(CHINA) + timedelta(days=1))


# --- what an invited or enrolled role may not do ---------------------------------------------------------------


def test_a_station_that_is_invited_and_not_enrolled_can_do_nothing_but_enrol(machine):
    machine.centre.invite(machine.station.code, SECRET)
    with machine.centre.open(machine.login(SECRET)) as reception:
        for statement in (
            "select api.certificate()",
            "select * from api.hello(1)",
            "select core.use_invitation('')",
            "select * from core.certificate",
            f"select admin.invite('{machine.station.code}', 'x', 'x', 'x', now())",
            "alter role current_user createrole",
            "alter role current_user valid until 'infinity'",
            "alter role postgres password 'x'",
        ):
            with pytest.raises(psycopg.Error):
                reception._connection.execute(statement)
            reception._connection.rollback()


def test_requests_are_bounded(machine):
    enrolled(machine)
    machine.centre.sign_requests()
    with machine.centre.open(machine.login(machine.kept_password())) as reception:
        reception.ask_certificate(b"request")
        reception.ask_certificate(b"another request")
        for request in (b"", bytes(4097)):
            with pytest.raises(Exception, match=r".*"):
                reception.ask_certificate(request)
    waiting = machine.centre.administration.waiting_requests()
    assert [bytes(one.request) for one in waiting if one.station == machine.station.code] == [b"request"]


def test_a_ca_is_given_to_the_driver_as_a_file_and_the_servers_name_is_verified(tmp_path, machine):
    login = CentralLogin(CentralAddress(("db1.example", "db2.example"), 5432, "lideng", "PEM"), "station_1", "x")
    options = address_of(login, tmp_path).options
    assert (options["sslmode"], options["host"]) == ("verify-full", "db1.example,db2.example")
    assert (tmp_path / CA_FILE).read_text() == "PEM"
