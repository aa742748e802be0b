"""An invitation file is believed as it was signed, and read strictly."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from app.services.errors import BadInvitation
from app.services.invitations import CentralAddress, Invitation, read_invitation, role_of, write_invitation
from tests.fakes.authority import ROOT, FakeAuthority, fake_signed_by_root
from tests.support import MONDAY

CA = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
ADDRESS = CentralAddress(("db1.yunxi.example", "db2.yunxi.example"), 5432, "lideng", CA)
INVITATION = Invitation(
    station="000731",
    name="3 号窗口",
    service_point="云溪镇便民服务中心",
    address=ADDRESS,
    root=ROOT,
    secret="one-time-secret-of-this-file",
    issued_at=MONDAY,
    expires_at=MONDAY + timedelta(days=14),
)


@pytest.fixture
def data():
    return write_invitation(INVITATION, FakeAuthority().sign)


def signed(**changes):
    """A file whose fields were changed by somebody who has the authority's key."""
    plain = json.loads(write_invitation(INVITATION, FakeAuthority().sign))
    plain |= changes
    del plain["signature"]
    said = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    return json.dumps(plain | {"signature": FakeAuthority().sign(said).hex()}).encode()


def fault_of(data):
    with pytest.raises(BadInvitation) as refused:
        read_invitation(data, fake_signed_by_root)
    return refused.value.fault


def test_an_invitation_is_read_as_it_was_written(data):
    assert read_invitation(data, fake_signed_by_root) == INVITATION
    assert role_of("000731") == "station_000731"


def test_the_secret_does_not_show_itself():
    assert INVITATION.secret not in repr(INVITATION)


@pytest.mark.parametrize(
    "change",
    [
        {"station": "000732"},
        {"hosts": ["db.evil.example"]},
        {"port": 5433},
        {"secret": "another-secret-of-this-file"},
        {"expires_at": "2036-05-18T10:24:07.000+08:00"},
        {"ca": CA.replace("AAAA", "BBBB")},
        {"root": ROOT.replace("AAAA", "BBBB")},
        {"signature": "00" * 64},
        {"signature": "no hex"},
    ],
)
def test_a_file_that_was_changed_is_refused(data, change):
    assert fault_of(json.dumps(json.loads(data) | change).encode()) == "changed"


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"[]",
        b"{",
        b"[" * 60_000,
        b'{"kind": "lideng invitation", "kind": "lideng invitation"}',
        b'{"kind": "another"}',
        b'{"kind": "lideng invitation", "v": NaN}',
        b"\xff\xfe\x00",
        b"\x00" * 10_000_000,
        b'{"port": ' + b"9" * 6000 + b"}",
    ],
)
def test_a_file_that_is_no_invitation_is_told(text):
    assert fault_of(text) == "kind"


def test_an_invitation_of_a_newer_program_is_told():
    assert fault_of(signed(v=2)) == "newer"


def test_a_field_too_few_too_many_or_of_another_type_is_refused(data):
    plain = json.loads(data)
    del plain["secret"]
    assert fault_of(json.dumps(plain).encode()) == "changed"
    for change in ({"more": 1}, {"port": "5432"}, {"port": True}, {"hosts": "db"}, {"hosts": [5]}, {"station": None}):
        assert fault_of(signed(**change)) == "changed"


@pytest.mark.parametrize(
    "change",
    [
        {"station": "731"},
        {"station": "００0731"},
        {"name": ""},
        {"name": "长" * 61},
        {"name": "a\nb"},
        {"hosts": []},
        {"hosts": ["db"] * 9},
        {"hosts": ["db' user=postgres"]},
        {"hosts": ["-db"]},
        {"port": 0},
        {"port": 65_536},
        {"database": 'x"; drop'},
        {"ca": ""},
        {"ca": "no certificate"},
        {"ca": CA * 400},
        {"root": ""},
        {"secret": "short"},
        {"secret": "with a space in the middle"},
        {"issued_at": "2026-05-18T10:24:07"},
        {"expires_at": "tomorrow"},
    ],
)
def test_even_a_signed_file_is_held_to_its_form(change):
    assert fault_of(signed(**change)) == "changed"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1", "/run/postgresql"])
def test_a_server_on_this_machine_needs_no_tls(host):
    here = replace(INVITATION, address=CentralAddress((host,), 5432, "lideng"))
    assert read_invitation(write_invitation(here, FakeAuthority().sign), fake_signed_by_root) == here


@pytest.mark.parametrize("hosts", [("10.0.0.5",), ("localhost", "db1.yunxi.example")])
def test_a_server_across_a_network_needs_tls(hosts):
    with pytest.raises(ValueError, match="nobody"):
        write_invitation(replace(INVITATION, address=CentralAddress(hosts, 5432, "lideng")), FakeAuthority().sign)
