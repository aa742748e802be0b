"""One connection to the central database: how it is opened, how long a call may take, what its failures mean.

No statement is here. A connection is kept as long as it works, because a log-in costs six round trips; any failure of
the link closes it, and the next call opens another one. Nothing depends on the state of a session, so that PgBouncer may
stand in between in transaction mode.
"""

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, LiteralString, TypeVar

import psycopg
from psycopg.abc import PQGen
from psycopg.conninfo import conninfo_to_dict

from app.central.errors import meaning, translated
from app.central.probing import READY_AFTER_ALL, login_failure
from app.services.errors import BadInput, CentralUnavailable

KEEPALIVES = {"keepalives_idle": "2", "keepalives_interval": "1", "keepalives_count": "2", "tcp_user_timeout": "3000"}
"""A dropped link is an error after 3.4 s; with the system's own settings a call still hung after 20 s."""
CONNECT_S = "5"
"""For each host in turn."""
REASONS = {"network", "tls", "tls_name", "tls_time", "login"}
ELSEWHERE = ("host", "hostaddr", "service")
"""Options that can name a server, or a file that names one."""
LOOK_S = 0.1
"""How often a call that waits looks whether it should go on."""
SILENCE_S = 40.0
"""A call ends when nothing has moved for so long, in either direction. On a slow line one may take long, as it moves."""

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a database is and who logs in, as libpq's options; shown without its password."""

    options: Mapping[str, str] = field(repr=False)

    @classmethod
    def of_url(cls, url: str) -> "Address":
        """Read ``postgresql://user@host1,host2/database?…`` or ``host=… dbname=…``; BadInput when it is neither.

        Without an ``sslmode`` of its own the server's certificate is verified, unless all that can be reached by it, with
        what libpq takes from the environment, are sockets' folders.
        """
        try:
            given = {key: str(value) for key, value in conninfo_to_dict(url).items()}
        except psycopg.ProgrammingError:
            raise BadInput("no address of a database") from None
        return cls({"sslmode": "disable" if _is_local(given) else "verify-full", **given})

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

    def connect(self) -> "Patient":
        """Open a connection that commits each statement by itself.

        CentralUnavailable with the reason ``network``, ``tls``, ``login`` or ``busy``.
        """
        options = {"connect_timeout": CONNECT_S, "application_name": "lideng", "gssencmode": "disable"}
        options |= KEEPALIVES | {"target_session_attrs": "read-write"} | dict(self.options)
        try:
            # Statements are not prepared: behind PgBouncer the next one may meet another backend.
            return Patient.connect("", autocommit=True, prepare_threshold=None, **options)  # type: ignore[arg-type]
        except psycopg.OperationalError as error:
            found = READY_AFTER_ALL if _was_let_in(error) else login_failure(self.options)
            raise (CentralUnavailable(found) if found in REASONS else meaning(found)) from error

    @property
    def hosts(self) -> int:
        """Return how many hosts there are to try."""
        return len(self.options.get("host", "").split(","))

    def turned(self) -> "Address":
        """Return the same address, of which the second host is tried first."""
        lists = {name: self.options.get(name, "").split(",") for name in ("host", "port")}
        turned = {name: ",".join([*found[1:], found[0]]) for name, found in lists.items() if len(found) > 1}
        return Address({**self.options, **turned})

    def __str__(self) -> str:
        shown = (self.options.get(key, "") for key in ("user", "host", "dbname"))
        return "{}@{}/{}".format(*shown)


def _was_let_in(error: psycopg.OperationalError) -> bool:
    """Tell whether the server took the log-in and only then was not what was looked for: a replica."""
    return bool(error.pgconn is not None and error.pgconn.server_version)


def _is_local(given: Mapping[str, str]) -> bool:
    """Tell whether a connection can leave this machine by no host that is named, here or in the environment."""
    host, address, service = (given.get(key) or os.environ.get(f"PG{key.upper()}", "") for key in ELSEWHERE)
    return not address and not service and all(one.startswith("/") for one in host.split(",") if one)


def never() -> bool:
    """Never give up."""
    return False


class Patient(psycopg.Connection[tuple[Any, ...]]):
    """A connection whose calls end when nothing moves any more, or when somebody gives up on them.

    Keepalives only find a machine that is gone. One that answers pings while its database hangs, or a proxy that
    swallows the answer, would keep the caller waiting for good.
    """

    silence_s = SILENCE_S
    is_given_up: Callable[[], bool] = staticmethod(never)
    """Asked while a call waits."""

    def wait(self, gen: PQGen[Result], interval: float = LOOK_S, timeout: float | None = None) -> Result:
        """Carry out a call of the driver's; OperationalError when it was ended here, and the connection is no good."""
        return super().wait(self._watched(gen), interval, timeout)

    def _watched(self, gen: PQGen[Result]) -> PQGen[Result]:
        """Stand between the driver and a call: ``gen`` yields what it waits for and is sent what is ready."""
        moved = time.monotonic()
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted
                if ready:
                    moved = time.monotonic()
                elif time.monotonic() - moved > self.silence_s or self.is_given_up():
                    raise psycopg.OperationalError("nothing moves on this connection")
                wanted = gen.send(ready)
        except StopIteration as done:
            result: Result = done.value
            return result


class Link:
    """Calls on one connection that is opened when it is needed, and shared by threads: one call at a time."""

    def __init__(self, address: Address, silence_s: float = SILENCE_S) -> None:
        self._address = address
        self._silence_s = silence_s
        self._is_given_up: Callable[[], bool] = never
        self._connection: Patient | None = None
        self._opening = Lock()

    def rows(self, statement: LiteralString, *arguments: object) -> list[tuple[Any, ...]]:
        """Carry out one statement and return its rows; CentralUnavailable closes the connection, a refusal keeps it."""
        try:
            with failures():
                return self._opened().cursor(binary=True).execute(statement, arguments).fetchall()
        except CentralUnavailable:
            self.close()
            raise

    def row(self, statement: LiteralString, *arguments: object) -> tuple[Any, ...]:
        """Carry out a statement that has one row."""
        return self.rows(statement, *arguments)[0]

    def row_of_any_host(self, statement: LiteralString, *arguments: object) -> tuple[Any, ...]:
        """Carry out a statement that has one row at the first host that is ready for it, and stay there."""
        for _ in range(self._address.hosts - 1):
            try:
                return self.row(statement, *arguments)
            except CentralUnavailable as error:
                if error.reason != "busy":
                    raise
                self._address = self._address.turned()
        return self.row(statement, *arguments)

    def give_up_when(self, is_given_up: Callable[[], bool]) -> None:
        """Ask this while a call waits, and end the call when it says so."""
        self._is_given_up = is_given_up

    def _opened(self) -> Patient:
        with self._opening:
            if self._connection is None or self._connection.closed:
                self._connection = self._address.connect()
            self._connection.silence_s = self._silence_s
            self._connection.is_given_up = self._is_given_up
            return self._connection

    def close(self) -> None:
        """End the connection, if there is one."""
        if self._connection is not None:
            with suppress(psycopg.Error):
                self._connection.close()
        self._connection = None


@contextmanager
def failures() -> Iterator[None]:
    """Raise the driver's errors as those of ``app.services.errors``."""
    try:
        yield
    except psycopg.Error as error:
        raise translated(error) from error
