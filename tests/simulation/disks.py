"""What stands on a station's disk: the store in memory or the encrypted one, with backups of either."""

import itertools
import shutil
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from app.config import RESOURCES
from app.definitions.catalogue import read_catalogue
from app.demonstration import CLERK, PASSWORD, STATION
from app.security.keys import Ed25519StationKey, verify
from app.services.backup_files import silent
from app.services.catalogue import CatalogueService
from app.services.recording import Recorder
from app.services.set_up import SetUpService
from app.storage.backup_file import extract, read_backup
from app.storage.backups import StoredBackups
from app.storage.schema import VIEWS
from app.storage.store import create_store, open_store
from tests.fakes.clock import FakeClock
from tests.fakes.keys import PlainPasswords
from tests.fakes.pinyin import FewReadings
from tests.fakes.store import MemoryStore
from tests.support import CERTIFICATE, COMMITTED, MONDAY

PINYIN = FewReadings()
DATABASE_KEY = bytes(range(32))
_copies = itertools.count(1)


class MemoryDisk:
    """The store in memory; a backup is a copy of its state."""

    is_real = False

    def __init__(self, code):
        self._state = _first_state(code).copy()

    def open(self):
        self._store = MemoryStore(PINYIN)
        self._store.state = self._state
        return self._store

    def close(self):
        self._state = self._store.state

    def backup(self):
        return self._store.state.copy()

    def restore(self, backup):
        self._state = backup.copy()

    def views(self):
        """Have none that could be wrong: they are folded at every read."""

    def remove(self):
        """Leave nothing."""


class EncryptedDisk:
    """The real store in a folder; backups are those of the program."""

    is_real = True

    def __init__(self, code, folder):
        self._folder = folder / f"{code}-{next(_copies)}"
        self._folder.mkdir(parents=True)
        self._path = self._folder / "station.db"
        shutil.copy(_first_file(code), self._path)

    def open(self):
        self._store = open_store(self._path, DATABASE_KEY, PINYIN, backup_first=False)
        return self._store

    def close(self):
        self._store.close()

    def backup(self):
        path = self._folder / f"{next(_copies)}.lideng"
        StoredBackups(self._path, DATABASE_KEY, PINYIN, verify, self._folder).write(path, MONDAY)
        return path

    def restore(self, backup):
        for left in self._folder.glob("station.db*"):
            left.unlink()
        extract(read_backup(backup), self._path, silent)

    def views(self):
        """Return every row of every view."""
        with self._store.read() as uow:
            rows = {view.name: uow._connection.execute(f"SELECT * FROM {view.name}") for view in VIEWS}
            return {name: sorted(map(repr, found)) for name, found in rows.items()}

    def remove(self):
        shutil.rmtree(self._folder, ignore_errors=True)


def station_of(code):
    """Return the station with a code; each counts its papers in series of its own."""
    return replace(STATION, code=code, paper_prefix=f"云溪{int(code) % 1000}")


def first_key(code):
    """Return the key that a station begins with."""
    return Ed25519StationKey(code.encode().ljust(32, b"."))


@cache
def items():
    wanted = {CERTIFICATE, COMMITTED}
    return tuple(item for item in read_catalogue(RESOURCES / "catalogue").items if item.code in wanted)


def _fill(store, code):
    clock, key = FakeClock(MONDAY - timedelta(hours=1)), first_key(code)
    SetUpService(store, clock, key, PlainPasswords(), "simulation").set_up(station_of(code), CLERK, PASSWORD)
    CatalogueService(store, Recorder(clock, key, code), PINYIN).load(items())


@cache
def _first_state(code):
    store = MemoryStore(PINYIN)
    _fill(store, code)
    return store.state


@cache
def _first_file(code):
    path = Path(mkdtemp(prefix="lideng-simulation-")) / f"{code}.db"
    store = create_store(path, DATABASE_KEY, PINYIN)
    _fill(store, code)
    store.close()
    return path
