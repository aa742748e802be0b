"""What a centre promises to a station that enrols."""

from datetime import datetime, timedelta

import pytest

from app.domain.clock import CHINA
from app.security.central_keys import KeptCentralKeys
from app.security.custody import Secrets
from app.services.errors import CentralUnavailable, InvitationSpent, StationRevoked
from app.services.invitations import CentralAddress, role_of
from app.services.ports import CentralLogin
from tests.central.guarded import GuardedCentre
from tests.fakes.authority import FakeAuthority
from tests.fakes.centre_desk import FakeCentralKeys, FakeCentreDesk
from tests.fakes.keys import MemoryCustody

SECRET = "one-time-secret-of-the-file"
UNTIL = datetime.now(CHINA) + timedelta(days=1000)
CODES = iter(f"{code:06d}" for code in range(8000, 8100))


class FakeDesk(FakeCentreDesk):
    place = CentralAddress(("localhost",), 5432, "lideng")

    def __init__(self):
        super().__init__(FakeAuthority())

    def revoke(self, station):
        self.revoked.add(role_of(station))

    def keys(self):
        return FakeCentralKeys()


class RealDesk(GuardedCentre):
    def keys(self):
        custody = MemoryCustody(None)
        custody.store(Secrets.fresh())
        return KeptCentralKeys(custody, None)


@pytest.fixture(scope="module")
def real(server, tmp_path_factory):
    made = RealDesk(server, tmp_path_factory.mktemp("profile"))
    yield made
    made.close()


@pytest.fixture(params=["real", "fake"])
def desk(request):
    return request.getfixturevalue("real") if request.param == "real" else FakeDesk()


@pytest.fixture
def station():
    return next(CODES)


@pytest.fixture
def keys(desk):
    made = desk.keys()
    made.renew()
    return made


def opened(desk, station, password):
    return desk.open(CentralLogin(desk.place, role_of(station), password))


def enrol(desk, station, keys):
    desk.invite(station, SECRET)
    with opened(desk, station, SECRET) as reception:
        reception.enrol(bytes(32), keys.request(station), keys.verifier())


def test_whoever_was_not_invited_is_not_let_in(desk, station):
    desk.invite(station, SECRET)
    for password in ("another-secret-of-a-file", ""):
        with pytest.raises(CentralUnavailable) as refused, opened(desk, station, password):
            pass
        assert refused.value.reason == "login"


def test_an_enrolment_puts_a_new_password_in_the_place_of_the_secret(desk, station, keys):
    enrol(desk, station, keys)
    with pytest.raises(CentralUnavailable), opened(desk, station, SECRET):
        pass
    with opened(desk, station, keys.password()) as reception:
        assert reception.certificate() is None


def test_an_invitation_is_used_once(desk, station, keys):
    enrol(desk, station, keys)
    with opened(desk, station, keys.password()) as reception, pytest.raises(InvitationSpent):
        reception.enrol(bytes(32), keys.request(station), keys.verifier())
    with opened(desk, station, keys.password()):
        pass


def test_a_certificate_is_there_when_it_was_signed_and_the_next_one_when_that_was_asked_and_signed(desk, station, keys):
    enrol(desk, station, keys)
    desk.sign_requests(UNTIL)
    with opened(desk, station, keys.password()) as reception:
        first = reception.certificate()
        assert first
        reception.ask_certificate(keys.request(station))
    desk.sign_requests(UNTIL + timedelta(days=1))
    with opened(desk, station, keys.password()) as reception:
        assert reception.certificate() not in (None, first)


def test_a_revoked_station_is_told_so(desk, station, keys):
    enrol(desk, station, keys)
    desk.revoke(station)
    with opened(desk, station, keys.password()) as reception:
        for act in (reception.certificate, lambda: reception.ask_certificate(keys.request(station))):
            with pytest.raises(StationRevoked):
                act()


def test_a_station_that_is_invited_again_has_its_old_password_no_more(desk, station, keys):
    enrol(desk, station, keys)
    desk.invite(station, "another-secret-of-a-file")
    with pytest.raises(CentralUnavailable), opened(desk, station, keys.password()):
        pass
    old = keys.password()
    keys.renew()
    with opened(desk, station, "another-secret-of-a-file") as reception:
        reception.enrol(bytes(32), keys.request(station), keys.verifier())
    assert keys.password() != old
