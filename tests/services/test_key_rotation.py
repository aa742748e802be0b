"""A new signing key opens an epoch: the chain goes on, no number is skipped, and a crash leaves a key that fits."""

import pytest

from app.demonstration import CLERK, PASSWORD, STATION, SUPERVISOR
from app.domain.facts import RecoverySheetMade
from app.domain.journal import checked
from app.domain.operators import SYSTEM
from app.domain.vouching import is_vouched
from app.services.epochs import KeyRotation, ensure_epoch
from app.services.errors import KeyringUnavailable, NotPermitted, RetiredKey
from app.services.recording import Recorder
from app.services.set_up import SetUpService
from tests.fakes.clock import FakeClock
from tests.fakes.fuse import Fuse, FusedStore, PowerCut
from tests.fakes.keys import DrawnSigningKeys, FakeStationKey, PlainPasswords, fake_verify
from tests.fakes.pinyin import FewReadings
from tests.fakes.store import MemoryStore


class World:
    """A counter with a signing key; store and kept seed survive a crash."""

    def __init__(self):
        self.clock = FakeClock()
        self.store = MemoryStore(FewReadings())
        self.keys = DrawnSigningKeys(bytes(32))
        SetUpService(self.store, self.clock, self.key(), PlainPasswords(), "test").set_up(STATION, CLERK, PASSWORD)

    def key(self):
        return FakeStationKey(self.keys.seed)

    def started(self):
        """The recorder of a counter that has just been opened."""
        recorder = Recorder(self.clock, self.key(), STATION.code)
        ensure_epoch(self.store, recorder, "test")
        return recorder

    def record(self, recorder):
        with self.store.write() as uow:
            recorder.record(uow, SYSTEM, RecoverySheetMade("sheet"), self.clock.now())
            uow.commit()

    def entries(self):
        """Every entry, checked."""
        with self.store.read() as uow:
            return list(checked(uow.journal.entries(), fake_verify))

    def kinds(self):
        return [entry.read()["kind"] for entry in self.entries()]


def is_sound_opening(entry):
    """Tell whether the key before spoke for the one that an entry opens an epoch with."""
    data = entry.read()["data"]
    key, by, signature = (bytes.fromhex(data[name]) for name in ("public_key", "vouched_by", "voucher"))
    return is_vouched(fake_verify, STATION.code, key, by, signature)


@pytest.fixture
def world():
    return World()


def test_the_chain_goes_on_with_another_key_and_no_number_is_skipped(world):
    recorder, old = world.started(), world.key().public_key
    assert KeyRotation(world.store, recorder, world.keys, "test").rotate(CLERK) == 2
    assert recorder.public_key == world.key().public_key != old
    world.record(recorder)
    opened = [entry.read() for entry in world.entries() if entry.read()["kind"] == "EpochOpened"]
    assert opened[1]["data"]["reason"] == "rotated"
    assert opened[1]["operator"] == CLERK.login
    assert opened[1]["data"]["vouched_by"] == old.hex()
    assert "NumbersSkipped" not in world.kinds()
    world.record(world.started())
    assert world.entries()[-1].epoch == 2


def test_keys_can_be_changed_again_and_again(world):
    recorder = world.started()
    rotation = KeyRotation(world.store, recorder, world.keys, "test")
    assert [rotation.rotate() for _ in range(3)] == [2, 3, 4]
    world.record(recorder)
    assert len(world.entries()) > 5


@pytest.mark.parametrize("moment", range(1, 8))
def test_a_crash_at_any_moment_leaves_a_key_that_fits_and_skips_no_number(world, moment):
    fuse = Fuse(moment)
    world.keys.fuse = fuse
    rotation = KeyRotation(FusedStore(world.store, fuse), world.started(), world.keys, "test")
    try:
        rotation.rotate()
        cut = False
    except PowerCut:
        cut = True
    world.keys.fuse = None
    assert cut == (moment <= 6), "every moment of a rotation is cut once"
    recorder = world.started()
    assert all(is_sound_opening(entry) for entry in world.entries() if entry.seq == 1 and entry.epoch > 1)
    world.record(recorder)
    assert "NumbersSkipped" not in world.kinds()
    assert KeyRotation(world.store, recorder, world.keys, "test").rotate() == world.entries()[-1].epoch


def test_a_keyring_that_refuses_leaves_the_old_key_at_work(world):
    recorder = world.started()
    world.keys.refuses = KeyringUnavailable()
    with pytest.raises(KeyringUnavailable):
        KeyRotation(world.store, recorder, world.keys, "test").rotate()
    world.record(recorder)
    world.record(world.started())
    assert {entry.epoch for entry in world.entries()} == {1}


def test_a_process_that_stood_beside_does_not_sign_with_the_old_key(world):
    beside, recorder = world.started(), world.started()
    KeyRotation(world.store, recorder, world.keys, "test").rotate()
    before = len(world.entries())
    with pytest.raises(RetiredKey):
        world.record(beside)
    assert len(world.entries()) == before


def test_only_an_administrator_changes_the_key(world):
    with pytest.raises(NotPermitted):
        KeyRotation(world.store, world.started(), world.keys, "test").rotate(SUPERVISOR)
    assert world.entries()[-1].epoch == 1
