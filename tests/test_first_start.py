"""A counter can be set up with a centre's invitation; a file that is not for it leaves nothing behind."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.bootstrap import ProfileStarter, set_up
from app.demonstration import CLERK, PASSWORD, STATION
from app.security.authority import Authority
from app.services.enrolment import EnrolmentState
from app.services.errors import BadInvitation, CentralUnavailable, InvitationForOther
from app.services.invitations import CentralAddress, Invitation, write_invitation
from app.services.starting import FirstStart
from tests.support import MONDAY, place_in


@pytest.fixture(scope="module")
def authority():
    return Authority.make("云溪市政务服务中心", MONDAY)


def invitation_of(authority, station, folder):
    invitation = Invitation(
        station=station.code,
        name=station.window,
        service_point=station.service_point,
        address=CentralAddress((str(folder / "no-socket"),), 5432, "lideng"),
        root=authority.root,
        secret="one-time-secret-of-the-file",
        issued_at=MONDAY,
        expires_at=MONDAY + timedelta(days=14),
    )
    return write_invitation(invitation, authority.sign)


@pytest.fixture
def place(tmp_path, cache):
    return place_in(tmp_path / "profile", cache)


def first(data):
    return FirstStart(STATION, CLERK, PASSWORD, invitation=data)


def test_a_counter_that_was_invited_works_before_the_centre_is_reached_and_keeps_its_invitation(place, authority):
    data = invitation_of(authority, STATION, place.settings.profile)
    set_up(place.settings, place.custody, first(data), place.clock)
    with place.opened() as counter:
        assert counter.enrolment.status().state is EnrolmentState.PENDING
        assert counter.catalogue.items()
        with pytest.raises(CentralUnavailable) as unreached:
            counter.enrolment.enrol()
        assert unreached.value.reason == "network"
    kept = place.custody.load()
    with place.opened() as counter:
        assert counter.enrolment.status().state is EnrolmentState.PENDING
    assert kept.central is not None
    assert place.custody.load() == kept, "keys that were made stay for the next try"


def test_an_invitation_of_another_station_leaves_nothing_behind(place, authority):
    data = invitation_of(authority, replace(STATION, code="000999"), place.settings.profile)
    with pytest.raises(InvitationForOther):
        set_up(place.settings, place.custody, first(data), place.clock)
    assert not place.settings.store.exists()
    assert not place.custody.exists()


def test_what_a_file_offers_is_shown_before_there_is_a_counter(place, authority):
    starter = ProfileStarter(place.settings, place.clock)
    offer = starter.read_invitation(invitation_of(authority, STATION, place.settings.profile))
    assert offer.invitation.station == STATION.code
    assert len(offer.fingerprint) == 16
    with pytest.raises(BadInvitation):
        starter.read_invitation(b"{}")
