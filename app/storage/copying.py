"""A copy of the running store in another file: one moment of it, encrypted with the same key.

``VACUUM INTO`` is one statement that reads one snapshot, so no writer waits for it and none shows half in the copy.
Beside SQLite's backup API it took the same time, leaves out what was deleted, and says by code what went wrong.
"""

from collections.abc import Callable
from pathlib import Path

from sqlcipher3 import dbapi2

from app.services.errors import PlaceUnavailable
from app.services.progress import Tell
from app.storage.errors import PRIMARY, READ_FAULTS, SQLITE_CANTOPEN, SQLITE_IOERR, SQLITE_READONLY, driver_errors

WRITE_FAULTS = {SQLITE_CANTOPEN, SQLITE_IOERR, SQLITE_READONLY}
STEPS = 20_000
"""Steps of SQLite's machine between two words on progress: some 50 times a second."""


def copy_store(connection: dbapi2.Connection, target: Path, tell: Tell) -> None:
    """Write a copy to ``target``, an empty file; the connection must not be inside a transaction.

    ``tell`` hears of bytes done and to do; what it raises stops the copy. DiskFull, PlaceUnavailable, DamagedStore.
    """
    stopped: list[BaseException] = []
    connection.set_progress_handler(_watch(target, _size(connection), tell, stopped), STEPS)
    try:
        with driver_errors():
            _vacuum(connection, target)
    except BaseException:
        if stopped:
            raise stopped[0] from None
        raise
    finally:
        connection.set_progress_handler(None, 0)


def _vacuum(connection: dbapi2.Connection, target: Path) -> None:
    try:
        connection.execute("VACUUM INTO ?", (str(target),))
    except dbapi2.Error as error:
        code = getattr(error, "sqlite_errorcode", None) or 0
        if code not in READ_FAULTS and code & PRIMARY in WRITE_FAULTS:  # only the target is written
            raise PlaceUnavailable(target.parent) from error
        raise


def _size(connection: dbapi2.Connection) -> int:
    """Return about how many bytes the copy will have."""
    pages, free, page_size = (
        int(connection.execute(f"PRAGMA {name}").fetchone()[0])  # SQLCipher answers some with text
        for name in ("page_count", "freelist_count", "page_size")
    )
    return (pages - free) * page_size


def _watch(target: Path, size: int, tell: Tell, stopped: list[BaseException]) -> Callable[[], int]:
    """Return SQLite's progress handler: it tells how long the file is, and stops the copy when ``tell`` raises."""

    def look() -> int:
        try:
            tell(min(target.stat().st_size, size), size)
        except BaseException as error:  # noqa: BLE001  raised again when SQLite has stopped
            stopped.append(error)
            return 1
        return 0

    return look
