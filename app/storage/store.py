"""The encrypted store behind its port: creating, opening, transactions, rebuilding, checking."""

import logging
import shutil
import threading
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast

from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from app.domain.clock import CHINA
from app.domain.facts import SeriesEnd
from app.services.errors import (
    DamagedStore,
    DiskFault,
    DiskFull,
    NewerSchema,
    NoProfile,
    ServiceError,
    StoreBusy,
    UpgradeFailed,
)
from app.services.ports import Pinyin
from app.services.progress import Tell, silent
from app.storage.backup_writing import write_backup
from app.storage.blanks import StoredBlanks
from app.storage.directory import StoredDirectory
from app.storage.engine import BEGIN_READ, BEGIN_WRITE, station_engine
from app.storage.entries import StoredJournal
from app.storage.errors import driver_errors
from app.storage.outbox import StoredOutbox
from app.storage.projection import Projection
from app.storage.received import StoredReceived
from app.storage.schema import HEAD
from app.storage.tables import (
    ENDS,
    StoredAccounts,
    StoredBlobs,
    StoredDrafts,
    StoredFormDrafts,
    StoredItems,
    StoredNumbers,
    StoredPreferences,
)
from app.storage.views import StoredViews

log = logging.getLogger(__name__)

ROOM_TO_OPEN = 64 * 1024
"""Bytes: opening writes the index of the log, 32 KiB."""


class StoredWork:
    """Implements the port ``UnitOfWork``: one transaction on a pooled connection, with the driver's own statements.

    SQLAlchemy gives the connection and stays out of the statements: for each entry it would take longer than SQLite.
    """

    journal: StoredJournal
    numbers: StoredNumbers
    blanks: StoredBlanks
    drafts: StoredDrafts
    form_drafts: StoredFormDrafts
    blobs: StoredBlobs
    items: StoredItems
    accounts: StoredAccounts
    preferences: StoredPreferences
    received: StoredReceived
    outbox: StoredOutbox
    directory: StoredDirectory

    def __init__(self, engine: Engine, projection: Projection, begin: str, rebuilding: threading.Lock) -> None:
        self._engine = engine
        self._projection = projection
        self._begin = begin
        self._rebuilding = rebuilding
        self._is_rebuilding = False

    def __enter__(self) -> Self:
        """Begin; StoreBusy when another writer takes too long. What builds every view again is waited for to its end."""
        while True:
            try:
                self._start()
            except StoreBusy:
                if not self._rebuilding.locked():
                    raise
                with self._rebuilding:
                    pass  # its end is what was waited for
            else:
                break
        self._give(self._connection)
        return self

    def _start(self) -> None:
        with driver_errors():
            self._pooled = self._engine.raw_connection()
            self._connection = cast("dbapi2.Connection", self._pooled.driver_connection)
            try:
                self._connection.execute(self._begin)
            except BaseException:
                self._pooled.close()
                raise

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Roll back what was not committed; a driver's error becomes what it means to the counter."""
        self._pooled.close()  # back into the pool, which rolls back
        if self._is_rebuilding:
            self._rebuilding.release()
        if error is not None:
            with driver_errors():
                raise error

    def commit(self) -> None:
        """Make everything durable."""
        self._connection.commit()

    def rebuild_views(self, tell: Tell = silent) -> int:
        """Throw every view away and build it again from the journal; return the entries read."""
        self._is_rebuilding = self._is_rebuilding or self._rebuilding.acquire()
        return self._projection.rebuild(self._connection, tell)

    def _give(self, connection: dbapi2.Connection) -> None:
        self.journal = StoredJournal(connection, self._projection)
        self.numbers = StoredNumbers(connection)
        self.blanks = StoredBlanks(connection)
        self.drafts = StoredDrafts(connection)
        self.form_drafts = StoredFormDrafts(connection)
        self.blobs = StoredBlobs(connection)
        self.items = StoredItems(connection)
        self.accounts = StoredAccounts(connection)
        self.preferences = StoredPreferences(connection)
        self.received = StoredReceived(connection, self._projection)
        self.outbox = StoredOutbox(connection)
        self.directory = StoredDirectory(connection)


class EncryptedStore:
    """Implements the port ``Store`` on one encrypted SQLite file."""

    def __init__(self, engine: Engine, pinyin: Pinyin) -> None:
        self._engine = engine
        self._projection = Projection(pinyin)
        self._views = StoredViews(engine)
        self._rebuilding = threading.Lock()
        """Held while every view is built again: writers of this process wait for it, however long it takes."""

    @property
    def views(self) -> StoredViews:
        """Return the reading side."""
        return self._views

    def write(self) -> StoredWork:
        """Return a transaction that has not begun yet; one writer at a time holds the store."""
        return StoredWork(self._engine, self._projection, BEGIN_WRITE, self._rebuilding)

    def read(self) -> StoredWork:
        """Return a transaction that sees one moment of the store and keeps no writer waiting."""
        return StoredWork(self._engine, self._projection, BEGIN_READ, self._rebuilding)

    def rebuild_views(self, tell: Tell = silent) -> int:
        """Throw every view away and build it again from the journal; return the entries read."""
        with self.write() as work:
            count = work.rebuild_views(tell)
            work.commit()
        return count

    def check_pages(self) -> None:
        """Check every page of the file; DamagedStore when one is not as it was written."""
        with driver_errors(), self._engine.connect() as connection:
            faults = connection.execute(text("PRAGMA cipher_integrity_check")).all()
            quick = connection.execute(text("PRAGMA quick_check(1)")).scalar()
        if faults or quick != "ok":
            raise DamagedStore

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


def create_store(path: Path, key: bytes, pinyin: Pinyin) -> EncryptedStore:
    """Create the file at ``path``, which must not exist, and open it; nothing is left behind when that fails."""
    from app.storage.migrating import migrate  # noqa: PLC0415  Alembic is loaded only when it has work to do

    if path.exists():
        raise FileExistsError(path.name)
    engine = station_engine(path, key, create=True)
    try:
        with driver_errors():
            migrate(engine, _nothing)
    except BaseException:
        engine.dispose()
        remove_store(path)
        raise
    return EncryptedStore(engine, pinyin)


def remove_store(path: Path) -> None:
    """Remove a store that was never finished, with everything that SQLite put beside it."""
    for leftover in path.parent.glob(f"{path.name}*"):
        leftover.unlink()


def open_store(path: Path, key: bytes, pinyin: Pinyin, *, backup_first: bool = True) -> EncryptedStore:
    """Open the file at ``path`` and bring its schema up to date, after a backup beside it that is kept.

    NoProfile when there is none, WrongKey, DamagedStore, NewerSchema when a newer program wrote it. UpgradeFailed,
    DiskFull, PlaceUnavailable and StoreBusy leave an older store as it was. A mere copy needs no ``backup_first``.
    """
    if not path.exists():
        raise NoProfile(path.parent)
    if not path.stat().st_size:
        raise DamagedStore  # SQLite would take it for a new database
    engine = station_engine(path, key)
    try:
        with driver_errors():
            found = _schema_version(engine)
        if found != HEAD:
            _upgrade(engine, found, path, key if backup_first else b"", Projection(pinyin))
    except BaseException as error:
        engine.dispose()
        if isinstance(error, DiskFault) and shutil.disk_usage(path.parent).free < ROOM_TO_OPEN:
            raise DiskFull from error  # SQLite says only that the index of its log could not be written
        raise
    return EncryptedStore(engine, pinyin)


def last_epoch(path: Path, key: bytes) -> int:
    """Return the last epoch of the journal in the file at ``path`` without changing it; 0 when it cannot be read."""
    found = _peek(path, key, "SELECT epoch FROM journal ORDER BY place DESC LIMIT 1")
    return int(found[0][0]) if found else 0


def series_ends(path: Path, key: bytes) -> tuple[SeriesEnd, ...]:
    """Return how far each series of the counter in the file at ``path`` has come; nothing when it cannot be read."""
    return tuple(SeriesEnd(series, last) for series, last in _peek(path, key, ENDS))


def _peek(path: Path, key: bytes, statement: str) -> Sequence[Sequence[Any]]:
    """Return rows of a store that may be damaged, or of an earlier or later program, without changing it."""
    if not path.exists() or not path.stat().st_size:
        return ()
    engine = station_engine(path, key, keep_journal=True)
    try:
        with driver_errors(), engine.connect() as connection:
            return connection.execute(text(statement)).all()
    except (ServiceError, DBAPIError, dbapi2.Error):
        log.info("the counter in the way cannot be read")
        return ()
    finally:
        engine.dispose()


def upgrade_backup(path: Path, found: str) -> Path:
    """Return where the backup of a store of schema ``found`` is kept before it is upgraded."""
    return path.with_name(f"before-upgrade-from-{found}.lideng")


def _upgrade(engine: Engine, found: str, path: Path, key: bytes, projection: Projection) -> None:
    """Bring an older schema up to date, and every view with it, in one transaction."""
    from app.storage.migrating import knows, migrate  # noqa: PLC0415  Alembic is loaded only when it has work to do

    if not knows(found):
        raise NewerSchema(found)
    if key:
        write_backup(engine, key, path.parent, upgrade_backup(path, found), datetime.now(CHINA), silent)
    try:
        with driver_errors():
            migrate(engine, projection.rebuild)
    except ServiceError:
        raise
    except Exception as error:
        log.exception("the upgrade from schema %s was rolled back", found)
        raise UpgradeFailed(found, upgrade_backup(path, found)) from error


def _nothing(_connection: dbapi2.Connection) -> None:
    """Build no views: a new store has no journal."""


def _schema_version(engine: Engine) -> str:
    """Return the version of the schema; DamagedStore when the file says none, as no store of ours does."""
    with engine.connect() as connection:
        tables = inspect(connection).has_table("alembic_version")
        version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar() if tables else None
    if not version:
        raise DamagedStore
    return str(version)
