"""The one place where what the driver raises becomes an error of ``app.services.errors``: by code, never by text."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from app.services.errors import DamagedStore, DiskFault, DiskFull, ReadOnlyStore, ServiceError, StoreBusy, WrongKey

PRIMARY = 0xFF
"""An extended result code carries the primary one in its lowest byte."""
SQLITE_PERM, SQLITE_BUSY, SQLITE_LOCKED, SQLITE_READONLY, SQLITE_IOERR = 3, 5, 6, 8, 10
SQLITE_CORRUPT, SQLITE_FULL, SQLITE_CANTOPEN, SQLITE_NOTADB = 11, 13, 14, 26

KNOWN: dict[int, type[ServiceError]] = {
    SQLITE_PERM: ReadOnlyStore,
    SQLITE_BUSY: StoreBusy,
    SQLITE_LOCKED: StoreBusy,
    SQLITE_READONLY: ReadOnlyStore,
    SQLITE_IOERR: DiskFault,
    SQLITE_CORRUPT: DamagedStore,
    SQLITE_FULL: DiskFull,
    SQLITE_CANTOPEN: ReadOnlyStore,
    SQLITE_NOTADB: WrongKey,
}
"""Everything that the environment can do to us; any other code is a bug and is raised as it is."""
READ_FAULTS = {SQLITE_IOERR | detail << 8 for detail in (1, 2, 32, 33)}
"""Extended codes of SQLITE_IOERR for what was read and is not what was written: reading, a file that ends too early,
a checksum, a file system that found itself damaged."""


@contextmanager
def driver_errors() -> Iterator[None]:
    """Raise the service error that a driver's error inside the block means; bugs pass through."""
    try:
        yield
    except (dbapi2.Error, DBAPIError) as error:
        original = error.orig if isinstance(error, DBAPIError) else error
        code = getattr(original, "sqlite_errorcode", None)
        known = _meaning(code) if isinstance(code, int) else None
        if known is None:
            raise
        raise known from error


def _meaning(code: int) -> type[ServiceError] | None:
    return DamagedStore if code in READ_FAULTS else KNOWN.get(code & PRIMARY)
