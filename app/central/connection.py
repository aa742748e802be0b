"""One connection to the central database: how it is opened, how long a call may take, what its failures mean.

No statement is here. A connection is kept as long as it works, because a log-in costs six round trips; any failure of
the link closes it, and the next call opens another one. Nothing depends on the state of a session, so that PgBouncer may
stand in between in transaction mode.
"""

import socket
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, LiteralString

import psycopg
from psycopg.conninfo import conninfo_to_dict

from app.central.errors import meaning, translated
from app.central.probing import READY_AFTER_ALL, login_failure
from app.services.errors import BadInput, CentralUnavailable

KEEPALIVES = {"keepalives_idle": "2", "keepalives_interval": "1", "keepalives_count": "2", "tcp_user_timeout": "3000"}
"""A dropped link is an error after 3.4 s; with the system's own settings a call still hung after 20 s."""
CONNECT_S = "5"
"""For each host in turn."""
REASONS = {"network", "tls", "tls_name", "tls_time", "login"}
DEADLINE_S = 40.0
"""For one call. The server ends a statement after 60 s; a link that is alive but goes nowhere ends here."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a database is and who logs in, as libpq's options; shown without its password."""

    options: Mapping[str, str] = field(repr=False)

    @classmethod
    def of_url(cls, url: str) -> "Address":
        """Read ``postgresql://user@host1,host2/database?…`` or ``host=… dbname=…``; BadInput when it is neither.

        Without an ``sslmode`` of its own the server's certificate is verified, unless the host is a socket's folder.
        """
        try:
            given = {key: str(value) for key, value in conninfo_to_dict(url).items()}
        except psycopg.ProgrammingError:
            raise BadInput("no address of a database") from None
        return cls({"sslmode": "disable" if _is_local(given.get("host", "")) else "verify-full", **given})

    @classmethod
    def of_station(
        cls, hosts: Sequence[str], port: int, database: str, user: str, password: str, authority: str = ""
    ) -> "Address":
        """Return the address of a station's log-in. ``authority`` is the file with the certificate of the server's CA.

        Several hosts are tried in turn until one takes writes. Without ``authority`` the hosts are sockets' folders or
        this very machine, and nothing is encrypted.
        """
        options = {"host": ",".join(hosts), "port": str(port), "dbname": database, "user": user, "password": password}
        if authority:
            # The server must prove that it knows the password's verifier, and never asks for the password itself.
            secured = {"sslmode": "verify-full", "sslrootcert": authority, "require_auth": "scram-sha-256"}
            return cls(options | secured)
        return cls(options | {"sslmode": "disable"})

    def connect(self) -> psycopg.Connection:
        """Open a connection that commits each statement by itself.

        CentralUnavailable with the reason ``network``, ``tls``, ``login`` or ``busy``.
        """
        options = {"connect_timeout": CONNECT_S, "application_name": "lideng", "gssencmode": "disable"}
        options |= KEEPALIVES | {"target_session_attrs": "read-write"} | dict(self.options)
        try:
            # Statements are not prepared: behind PgBouncer the next one may meet another backend.
            return psycopg.connect("", autocommit=True, prepare_threshold=None, **options)  # type: ignore[arg-type]
        except psycopg.OperationalError as error:
            found = READY_AFTER_ALL if _was_let_in(error) else login_failure(self.options)
            raise (CentralUnavailable(found) if found in REASONS else meaning(found)) from error

    def __str__(self) -> str:
        shown = (self.options.get(key, "") for key in ("user", "host", "dbname"))
        return "{}@{}/{}".format(*shown)


def _was_let_in(error: psycopg.OperationalError) -> bool:
    """Tell whether the server took the log-in and only then was not what was looked for: a replica."""
    return bool(error.pgconn is not None and error.pgconn.server_version)


def _is_local(host: str) -> bool:
    return not host or host.startswith("/")


class Link:
    """Calls on one connection that is opened when it is needed. One call at a time."""

    def __init__(self, address: Address, deadline_s: float = DEADLINE_S) -> None:
        self._address = address
        self._deadline_s = deadline_s
        self._connection: psycopg.Connection | None = None

    def rows(self, statement: LiteralString, *arguments: object) -> list[tuple[Any, ...]]:
        """Carry out one statement and return its rows; CentralUnavailable closes the connection, a refusal keeps it."""
        try:
            with failures():
                connection = self._opened()
                with deadline(connection, self._deadline_s):
                    return connection.cursor(binary=True).execute(statement, arguments).fetchall()
        except CentralUnavailable:
            self.close()
            raise

    def row(self, statement: LiteralString, *arguments: object) -> tuple[Any, ...]:
        """Carry out a statement that has one row."""
        return self.rows(statement, *arguments)[0]

    def _opened(self) -> psycopg.Connection:
        if self._connection is None or self._connection.closed:
            self._connection = self._address.connect()
        return self._connection

    def close(self) -> None:
        """End the connection, if there is one."""
        if self._connection is not None:
            with suppress(psycopg.Error):
                self._connection.close()
        self._connection = None


@contextmanager
def deadline(connection: psycopg.Connection, seconds: float) -> Iterator[None]:
    """Cut the connection when what is done with it takes longer than ``seconds``.

    Keepalives only find a machine that is gone. One that answers pings while its database hangs, or a proxy that
    swallows the answer, would keep the caller waiting for good.
    """
    watchdog = threading.Timer(seconds, _cut, [connection])
    watchdog.daemon = True
    watchdog.start()
    try:
        yield
    finally:
        watchdog.cancel()


def _cut(connection: psycopg.Connection) -> None:
    """End both directions under the driver's feet: it may be waiting in another thread, which closing would not wake."""
    with suppress(OSError, psycopg.Error):
        link = socket.socket(fileno=connection.fileno())
        try:
            link.shutdown(socket.SHUT_RDWR)
        finally:
            link.detach()


@contextmanager
def failures() -> Iterator[None]:
    """Raise the driver's errors as those of ``app.services.errors``."""
    try:
        yield
    except psycopg.Error as error:
        raise translated(error) from error
