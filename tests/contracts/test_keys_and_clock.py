"""What clocks, keys, passwords and custody promise, whatever they are made of."""

import hashlib
from datetime import timedelta

import pytest

from app.clock import SystemClock
from app.demonstration import SetClock
from app.domain.clock import CHINA, JUMP_MS
from app.security.custody import SealedFileCustody, Secrets, ThrowAwayCustody
from app.security.keys import Ed25519StationKey, verify
from app.security.passwords import Argon2Passwords
from app.security.signing_keys import KeptSigningKeys
from app.services.errors import KeysMissing
from tests.fakes.clock import FakeClock
from tests.fakes.keys import DrawnSigningKeys, FakeStationKey, MemoryCustody, PlainPasswords, fake_verify

SEED = bytes(range(32))
DIGEST = hashlib.sha256(b"an entry").digest()


# --- clock -----------------------------------------------------------------------------------------------------


@pytest.fixture(params=[SystemClock, lambda: SetClock(SystemClock()), FakeClock])
def clock(request):
    return request.param()


def test_time_is_told_in_china_in_whole_milliseconds(clock):
    now = clock.now()
    assert now.utcoffset() == timedelta(hours=8)
    assert now.tzinfo == CHINA
    assert now.microsecond % 1000 == 0


def test_time_never_goes_back(clock):
    moments = [clock.now() for _ in range(1000)]
    uptimes = [clock.uptime_ms() for _ in range(1000)]
    assert moments == sorted(moments)
    assert uptimes == sorted(uptimes)


def test_the_pcs_clock_is_read_at_the_same_moment_and_agrees_at_the_start(clock):
    before, reading, after = clock.now(), clock.reading(), clock.now()
    assert before <= reading.now <= after
    assert reading.wall.utcoffset() == timedelta(hours=8)
    assert abs(reading.apart_ms) < JUMP_MS


@pytest.mark.parametrize("ahead", [timedelta(hours=3), timedelta(days=-400)])
def test_time_goes_on_from_where_it_is_told_to_and_the_pcs_clock_stays(clock, ahead):
    wall, uptime = clock.reading().wall, clock.uptime_ms()
    clock.carry_on(wall + ahead)
    reading = clock.reading()
    assert wall + ahead <= reading.now
    assert abs(reading.apart_ms + ahead / timedelta(milliseconds=1)) < JUMP_MS
    assert clock.uptime_ms() >= uptime


# --- signing ---------------------------------------------------------------------------------------------------


@pytest.fixture(params=[(Ed25519StationKey, verify), (FakeStationKey, fake_verify)])
def signing(request):
    return request.param


def test_a_signature_belongs_to_its_key_and_its_digest_alone(signing):
    make, belongs = signing
    key, other = make(SEED), make(bytes(32))
    signature = key.sign(DIGEST)
    assert (len(key.public_key), len(signature)) == (32, 64)
    assert belongs(key.public_key, DIGEST, signature)
    assert not belongs(other.public_key, DIGEST, signature)
    assert not belongs(key.public_key, bytes(32), signature)
    assert not belongs(key.public_key, DIGEST, other.sign(DIGEST))
    assert not belongs(b"short", DIGEST, signature)
    assert not belongs(key.public_key, DIGEST, b"")


def test_the_same_seed_is_the_same_key(signing):
    make, _belongs = signing
    assert make(SEED).public_key == make(SEED).public_key
    assert make(SEED).sign(DIGEST) == make(SEED).sign(DIGEST)


# --- passwords -------------------------------------------------------------------------------------------------


@pytest.fixture(params=[Argon2Passwords, PlainPasswords])
def passwords(request):
    return request.param()


def test_a_password_matches_its_own_hash_alone(passwords):
    hashed = passwords.hash("云溪-2026")
    assert passwords.matches("云溪-2026", hashed)
    assert not passwords.matches("云溪-2027", hashed)
    assert not passwords.matches("", hashed)
    assert not passwords.matches("云溪-2026", "")
    assert not passwords.matches("云溪-2026", "no hash at all")


def test_a_hash_has_a_fresh_salt_and_not_the_password(passwords):
    first, second = passwords.hash("secret"), passwords.hash("secret")
    assert first != second
    assert "secret" not in first


# --- custody ---------------------------------------------------------------------------------------------------


@pytest.fixture(params=[lambda folder: SealedFileCustody(folder, "pass"), ThrowAwayCustody, MemoryCustody])
def custody(request, tmp_path):
    return request.param(tmp_path)


def test_secrets_come_back_as_they_were_kept(custody):
    assert not custody.exists()
    with pytest.raises(KeysMissing):
        custody.load()
    kept = Secrets.fresh()
    custody.store(kept)
    assert custody.exists()
    assert custody.load() == kept


def test_secrets_are_replaced_and_forgotten(custody):
    custody.store(Secrets.fresh())
    newer = Secrets.fresh()
    custody.store(newer)
    assert custody.load() == newer
    custody.discard()
    custody.discard()
    assert not custody.exists()
    with pytest.raises(KeysMissing):
        custody.load()


# --- the kept signing key --------------------------------------------------------------------------------------


class RealSigning:
    def __init__(self, folder):
        self.custody = SealedFileCustody(folder, "pass")
        self.custody.store(Secrets.fresh())
        self.keys = KeptSigningKeys(self.custody)

    def kept(self):
        return Ed25519StationKey(self.custody.load().station_seed).public_key


class FakeSigning:
    def __init__(self, _folder):
        self.keys = DrawnSigningKeys(SEED)

    def kept(self):
        return FakeStationKey(self.keys.seed).public_key


@pytest.fixture(params=[RealSigning, FakeSigning])
def signing_keys(request, tmp_path):
    return request.param(tmp_path)


def test_a_drawn_key_is_kept_when_it_is_asked_to_be_and_not_before(signing_keys):
    before = signing_keys.kept()
    signing_keys.keys.draw()
    drawn = signing_keys.keys.draw()
    assert signing_keys.kept() == before != drawn.public_key
    signing_keys.keys.keep()
    assert signing_keys.kept() == drawn.public_key


def test_without_a_drawn_key_nothing_is_kept(signing_keys):
    before = signing_keys.kept()
    with pytest.raises(ValueError, match="drawn"):
        signing_keys.keys.keep()
    assert signing_keys.kept() == before
