"""Opens the encrypted file: key, durability, cache, and transactions that begin when we say so."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

KEY_LENGTH = 32
BUSY_TIMEOUT_MS = 10_000
CACHE_KIB = 64 * 1024
"""Decrypted pages that are kept: cold reads cost four times those of a plain file, cached ones nothing."""
STATEMENTS = 512
"""Prepared statements that are kept: an entry needs some forty, and one more than are kept prepares all of them anew."""
WRITES = "lideng_writes"
BEGIN_READ, BEGIN_WRITE = "BEGIN", "BEGIN IMMEDIATE"


def station_engine(path: Path, key: bytes, *, create: bool = False, keep_journal: bool = False) -> Engine:
    """Return an engine on the encrypted file at ``path``, which must exist unless ``create``.

    ``key`` is the raw 32-byte key, so that no time goes into deriving one. Nothing is read before the first use.
    ``keep_journal`` is for looking at a copy without changing a byte of it.
    """
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=_connector(path, key, create, keep_journal),
        poolclass=QueuePool,
        pool_size=8,
        pool_use_lifo=True,  # the connection whose cache is warm, and one cache in memory instead of eight
    )
    event.listen(engine, "begin", _begin)
    return engine


def cipher_version() -> str:
    """Return the versions of SQLCipher and of the SQLite in it."""
    connection = dbapi2.connect(":memory:")
    try:
        (version,) = connection.execute("PRAGMA cipher_version").fetchone()
    finally:
        connection.close()
    return f"{version} / {dbapi2.sqlite_version}"


def _connector(path: Path, key: bytes, create: bool, keep_journal: bool) -> Callable[[], dbapi2.Connection]:
    if len(key) != KEY_LENGTH:
        raise ValueError("a raw key has 32 bytes")
    uri = f"{path.absolute().as_uri()}?mode={'rwc' if create else 'rw'}"

    def connect() -> dbapi2.Connection:
        connection = dbapi2.connect(
            uri, uri=True, check_same_thread=False, isolation_level=None, cached_statements=STATEMENTS
        )
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        connection.execute("PRAGMA temp_store = MEMORY")
        if not keep_journal:
            connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        return connection

    return connect


def _begin(connection: Connection) -> None:
    """Begin by ourselves: the driver would begin late, and a failed migration would not roll its tables back."""
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql(BEGIN_WRITE if writes else BEGIN_READ)
