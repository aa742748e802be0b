"""Backups of a store in memory: a JSON line of what it holds; passes the same contract as the encrypted ones."""

import hashlib
import json

from app.domain.facts import StationSetUp, read_fact
from app.domain.plain import from_plain, to_plain
from app.services.backup_files import Drilled, Manifest
from app.services.errors import BadBackup, BrokenJournal, PlaceUnavailable, WrongKey
from app.services.progress import silent


class MemoryBackups:
    """Implements the port ``BackupFiles``."""

    def __init__(self, store, key="key"):
        self._store = store
        self._key = key

    def write(self, path, at, tell=silent):
        if not path.parent.is_dir():
            raise PlaceUnavailable(path.parent)
        with self._store.read() as uow:
            head, entries = uow.journal.head(), list(uow.journal.entries())
            station = read_fact(uow.journal.latest(StationSetUp.__name__).read()).station
        place = f"{station.service_point} {station.window}"
        manifest = Manifest(station.code, place, head.epoch, head.seq, head.hash.hex(), "test", "0", at)
        tell(0, 1)
        bodies = [entry.body for entry in entries]
        text = json.dumps({"manifest": to_plain(manifest), "bodies": bodies, "key": self._key})
        tell(1, 1)
        path.write_text(text + hashlib.sha256(text.encode()).hexdigest(), encoding="utf-8")
        return manifest

    def read(self, path):
        return from_plain(Manifest, self._parsed(path)["manifest"])

    def drill(self, path, tell=silent):
        parsed = self._parsed(path)
        if parsed["key"] != self._key:
            raise WrongKey
        tell(1, 1)
        manifest = from_plain(Manifest, parsed["manifest"])
        if json.loads(parsed["bodies"][-1])["seq"] != manifest.seq:
            raise BrokenJournal(manifest.epoch, manifest.seq, "sequence")
        return Drilled(manifest, len(parsed["bodies"]))

    def names(self, folder):
        return [path.name for path in folder.iterdir()] if folder.is_dir() else []

    def remove(self, paths):
        for path in paths:
            path.unlink(missing_ok=True)

    def _parsed(self, path):
        if not path.exists():
            raise PlaceUnavailable(path.parent)
        whole = path.read_bytes()
        text, digest = whole[:-64], whole[-64:]
        if hashlib.sha256(text).hexdigest().encode() != digest:
            raise BadBackup("kind")
        return json.loads(text)


class RememberedSeals:
    """Implements the port ``RecoverySeals``."""

    def __init__(self):
        self.sealed = {}
        self.sheet = ""
        self._made = 0

    def new_code(self):
        self._made += 1
        return "-".join([f"{self._made:05}"] * 6)

    def seal(self, code, sheet):
        self.sealed[sheet] = code
        self.sheet = sheet
