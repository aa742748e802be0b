"""What the writer of backups promises, on a store in memory and on the encrypted one."""

import pytest

from app.config import Settings
from app.demonstration import CLERK, PASSWORD, STATION
from app.security.keys import Ed25519StationKey, verify
from app.services.errors import BadBackup, PlaceUnavailable, WrongKey
from app.services.set_up import SetUpService
from app.storage.backups import StoredBackups
from app.storage.store import create_store
from tests.fakes.backups import MemoryBackups
from tests.fakes.keys import PlainPasswords
from tests.fakes.pinyin import FewReadings
from tests.fakes.store import MemoryStore
from tests.support import MONDAY, place_in

KEY, OTHER_KEY = bytes(32), bytes([1] * 32)
PINYIN = FewReadings()


class Stopped(Exception):
    """What a listener raises to stop the work."""


@pytest.fixture(params=["memory", "encrypted"])
def made(request, tmp_path, cache):
    """A store with a set-up counter in it, its backups, and those of somebody with another key."""
    settings = Settings(tmp_path / "profile", cache)
    settings.profile.mkdir()
    if request.param == "memory":
        store = MemoryStore(PINYIN)
        backups, others = MemoryBackups(store), MemoryBackups(store, "another key")
    else:
        store = create_store(settings.store, KEY, PINYIN)
        backups, others = (
            StoredBackups(settings.store, key, PINYIN, verify, settings.cache) for key in (KEY, OTHER_KEY)
        )
    clock = place_in(settings.profile, cache).clock
    SetUpService(store, clock, Ed25519StationKey(bytes(32)), PlainPasswords(), "test").set_up(STATION, CLERK, PASSWORD)
    yield store, backups, others
    store.close()


def test_a_backup_says_whose_it_is_and_where_its_journal_ends(made, tmp_path):
    store, backups, _others = made
    manifest = backups.write(tmp_path / "b.lideng", MONDAY)
    with store.read() as uow:
        head = uow.journal.head()
    assert (manifest.station, manifest.made_at) == (STATION.code, MONDAY)
    assert (manifest.epoch, manifest.seq, manifest.head) == (head.epoch, head.seq, head.hash.hex())
    assert backups.read(tmp_path / "b.lideng") == manifest
    assert "b.lideng" in backups.names(tmp_path)


def test_a_drill_checks_every_entry_and_tells_how_far_it_is(made, tmp_path):
    store, backups, _others = made
    told = []
    backups.write(tmp_path / "b.lideng", MONDAY, lambda done, total: told.append((done, total)))
    drilled = backups.drill(tmp_path / "b.lideng")
    with store.read() as uow:
        assert drilled.entries == uow.journal.length() == len(list(uow.journal.entries()))
    assert told
    assert all(0 <= done <= total for done, total in told)
    assert told[-1][0] == told[-1][1] <= max(2 * (tmp_path / "b.lideng").stat().st_size, 1)


def test_what_the_listener_raises_stops_the_work_and_leaves_what_was_there(made, tmp_path):
    _store, backups, _others = made
    path = tmp_path / "b.lideng"
    before = backups.write(path, MONDAY)

    def stop(_done, _total):
        raise Stopped

    with pytest.raises(Stopped):
        backups.write(path, MONDAY, stop)
    assert backups.read(path) == before
    with pytest.raises(Stopped):
        backups.drill(path, stop)


@pytest.mark.parametrize("keep", [0, 1, 0.5, 0.999])
def test_a_file_that_was_cut_short_is_no_backup(made, tmp_path, keep):
    _store, backups, _others = made
    path = tmp_path / "b.lideng"
    backups.write(path, MONDAY)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * keep) if keep != 1 else 1])
    with pytest.raises(BadBackup):
        backups.read(path)


def test_a_flipped_bit_is_found(made, tmp_path):
    _store, backups, _others = made
    path = tmp_path / "b.lideng"
    backups.write(path, MONDAY)
    data = bytearray(path.read_bytes())
    data[len(data) // 3] ^= 4
    path.write_bytes(data)
    with pytest.raises(BadBackup):
        backups.drill(path)


def test_another_key_opens_nothing(made, tmp_path):
    _store, backups, others = made
    backups.write(tmp_path / "b.lideng", MONDAY)
    with pytest.raises(WrongKey):
        others.drill(tmp_path / "b.lideng")


def test_a_folder_that_is_not_there_is_told(made, tmp_path):
    _store, backups, _others = made
    for act in (lambda path: backups.write(path, MONDAY), backups.read, backups.drill):
        with pytest.raises(PlaceUnavailable):
            act(tmp_path / "gone" / "b.lideng")
    assert backups.names(tmp_path / "gone") == []
    backups.remove([tmp_path / "gone" / "b.lideng"])
