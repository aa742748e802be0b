"""What a counter's keys for its centre, and its trust in one, promise."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from app.security.authority import Authority
from app.security.central_keys import KeptCentralKeys
from app.security.custody import SealedFileCustody, Secrets
from app.security.trust import RootTrust
from app.services.errors import BadCertificate, NotInvited
from tests.fakes.authority import FakeAuthority
from tests.fakes.centre_desk import FakeCentralKeys, FakeCentreDesk, FakeTrust
from tests.fakes.keys import MemoryCustody
from tests.support import MONDAY

STATION = "000731"


@dataclass
class Kept:
    """Keys as they are opened again and again on what was kept."""

    open: Any

    def __post_init__(self):
        self.keys = self.open()


@pytest.fixture(params=["real", "fake"])
def kept(request, tmp_path):
    if request.param == "fake":
        memory = {}
        return Kept(lambda: FakeCentralKeys(memory))
    custody = SealedFileCustody(tmp_path, "pass")
    custody.store(Secrets.fresh())
    return Kept(lambda: KeptCentralKeys(custody, custody.load().central))


def test_there_are_none_before_they_are_made(kept):
    assert not kept.keys.exist()
    keys = kept.keys
    for act in (keys.password, keys.verifier, lambda: keys.request(STATION), lambda: keys.document_key):
        with pytest.raises(NotInvited):
            act()


def test_what_was_made_is_there_after_a_restart(kept):
    kept.keys.renew()
    again = kept.open()
    assert again.exist()
    assert (again.password(), again.document_key) == (kept.keys.password(), kept.keys.document_key)
    assert len(again.document_key) == 65
    assert again.password().isascii()
    assert len(again.password()) >= 32


def test_new_ones_replace_both(kept):
    kept.keys.renew()
    before = (kept.keys.password(), kept.keys.document_key)
    kept.keys.renew()
    after = (kept.keys.password(), kept.keys.document_key)
    assert all(old != new for old, new in zip(before, after, strict=True))


def test_the_password_cannot_be_read_off_what_the_centre_keeps(kept):
    kept.keys.renew()
    assert kept.keys.password() not in kept.keys.verifier()


def test_making_keys_for_the_centre_leaves_the_others_alone(tmp_path):
    custody = SealedFileCustody(tmp_path, "pass")
    first = Secrets.fresh()
    custody.store(first)
    KeptCentralKeys(custody, None).renew()
    kept = custody.load()
    assert (kept.database_key, kept.station_seed) == (first.database_key, first.station_seed)


# --- trust -----------------------------------------------------------------------------------------------------


@dataclass
class Centre:
    """A centre with its authority, and how a counter trusts it."""

    authority: Any
    trust_of: Any

    def certificate(self, request, until):
        if isinstance(self.authority, Authority):
            return self.authority.sign_request(request, STATION, until - timedelta(days=3 * 365))
        desk = FakeCentreDesk(self.authority)
        desk.requests["user"] = request
        desk.sign_requests(until)
        return desk.certificates["user"]


@pytest.fixture(params=["real", "fake"])
def centre(request):
    if request.param == "fake":
        return Centre(FakeAuthority(), FakeTrust)
    return Centre(Authority.make("云溪市政务服务中心", MONDAY), RootTrust)


def keys_for(centre):
    if isinstance(centre.authority, FakeAuthority):
        keys = FakeCentralKeys()
    else:
        custody = MemoryCustody(None)
        custody.store(Secrets.fresh())
        keys = KeptCentralKeys(custody, None)
    keys.renew()
    return keys


def test_a_statement_is_believed_as_it_was_signed_and_no_other(centre):
    trust = centre.trust_of(centre.authority.root)
    signature = centre.authority.sign(b"said")
    assert trust.has_signed(b"said", signature)
    assert not trust.has_signed(b"not said", signature)
    assert not trust.has_signed(b"said", b"")
    assert len(trust.fingerprint) == 16


def test_what_is_no_root_is_not_trusted(centre):
    with pytest.raises(ValueError, match=r".+"):
        centre.trust_of("no root")


def test_a_certificate_is_good_for_its_station_its_key_and_its_time(centre):
    trust, keys = centre.trust_of(centre.authority.root), keys_for(centre)
    until = MONDAY + timedelta(days=3 * 365)
    certificate = centre.certificate(keys.request(STATION), until)
    assert trust.check_certificate(certificate, STATION, keys.document_key, MONDAY) == until
    for fault, given in {
        "station": ("000732", keys.document_key, MONDAY),
        "key": (STATION, keys_for(centre).document_key, MONDAY),
        "time": (STATION, keys.document_key, until + timedelta(days=1)),
    }.items():
        with pytest.raises(BadCertificate) as refused:
            trust.check_certificate(certificate, *given)
        assert refused.value.fault == fault
