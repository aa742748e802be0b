"""Backups of the open store, and the drill: a backup is opened in a temporary place and looked at from end to end."""

import tempfile
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from app.domain.journal import ChainBroken, Entry, Verify, checked
from app.services.backup_files import Drilled, Manifest
from app.services.errors import BadBackup, BrokenJournal, WrongKey
from app.services.ports import Pinyin, Store
from app.services.progress import Tell, silent, told
from app.storage.backup_file import Backup, extract, read_backup
from app.storage.backup_writing import write_backup
from app.storage.engine import station_engine
from app.storage.store import open_store
from app.whole_files import place_errors


class StoredBackups:
    """Implements the port ``BackupFiles`` on one profile.

    ``temporary`` is a folder for drills, on a disk that has room for a whole store.
    """

    def __init__(self, store: Path, key: bytes, pinyin: Pinyin, verify: Verify, temporary: Path) -> None:
        self._store = store
        self._key = key
        self._pinyin = pinyin
        self._verify = verify
        self._temporary = temporary

    def write(self, path: Path, at: datetime, tell: Tell = silent) -> Manifest:
        """Write a backup to ``path``, whole or not at all, replacing what was there."""
        engine = station_engine(self._store, self._key)  # its own: a copy must not wait for the window's connections
        try:
            return write_backup(engine, self._key, self._store.parent, path, at, tell)
        finally:
            engine.dispose()

    def read(self, path: Path) -> Manifest:
        """Return what a file says of itself without opening it."""
        with place_errors(path.parent):
            return read_backup(path).manifest

    def drill(self, path: Path, tell: Tell = silent) -> Drilled:
        """Open a copy of the backup in a temporary place and check all of it, then remove the copy."""
        with place_errors(path.parent):
            backup = read_backup(path)
        return drill(backup, self._key, self._pinyin, self._verify, self._temporary, tell)

    def names(self, folder: Path) -> list[str]:
        """Return the names of the files in ``folder``, none when it cannot be read."""
        try:
            return [path.name for path in folder.iterdir()]
        except OSError:
            return []

    def remove(self, paths: Iterable[Path]) -> None:
        """Remove files; one that cannot be removed stays."""
        for path in paths:
            with suppress(OSError):
                path.unlink()


def drill(backup: Backup, key: bytes, pinyin: Pinyin, verify: Verify, temporary: Path, tell: Tell) -> Drilled:
    """Do what ``BackupFiles.drill`` promises with any backup and the database key that belongs to it."""
    ensure_opened_by(backup, key)
    with place_errors(temporary):
        temporary.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="drill-", dir=temporary) as folder:
            copy = Path(folder) / "station.db"
            size = backup.database.size
            extract(backup, copy, lambda done, total: tell(done, 3 * total))
            store = open_store(copy, key, pinyin, backup_first=False)
            try:
                entries = check_store(
                    store, backup.manifest, verify, lambda n, of: tell(size + size * n // of, 3 * size)
                )
                store.rebuild_views(lambda n, of: tell(2 * size + size * n // of, 3 * size))
            finally:
                store.close()
    return Drilled(backup.manifest, entries)


def ensure_opened_by(backup: Backup, key: bytes) -> None:
    """Raise WrongKey when the backup was not made with this database key, or its manifest was changed since."""
    if not backup.is_tagged_by(key):
        raise WrongKey


def check_store(store: Store, manifest: Manifest, verify: Verify, tell: Tell) -> int:
    """Check every page and entry of an opened copy and that it ends where its manifest says; return the entries.

    DamagedStore, BrokenJournal, BadBackup; ``tell`` hears of entries.
    """
    store.check_pages()
    last: Entry | None = None
    count = 0
    with store.read() as uow:
        total = uow.journal.length()
        try:
            for entry in told(checked(uow.journal.entries(), verify), total, tell):
                last, count = entry, count + 1
        except ChainBroken as broken:
            raise BrokenJournal(broken.epoch, broken.seq, broken.fault) from broken
    if last is None or (last.station, last.epoch, last.seq, last.hash.hex()) != (
        manifest.station,
        manifest.epoch,
        manifest.seq,
        manifest.head,
    ):
        raise BadBackup("changed")
    return count
