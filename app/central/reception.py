"""The centre as it receives a station: enrolment and certificates. What a counter decides is told in ``app.services.enrolment``."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
from psycopg import sql

from app.central.connection import SILENCE_S, Address, failures
from app.services.ports import CentralLogin, Reception

CA_FILE = "central-ca.pem"
"""Beside the store, for libpq, which reads it from a file; it is public."""


def address_of(login: CentralLogin, profile: Path) -> Address:
    """Return how the counter in ``profile`` logs in."""
    place = login.address
    authority = ""
    if place.ca:
        file = profile / CA_FILE
        if not file.exists() or file.read_text() != place.ca:
            file.write_text(place.ca)
        authority = str(file)
    return Address.of_station(place.hosts, place.port, place.database, login.user, login.password, authority)


class Receptions:
    """Implements ``OpenReception`` for the counter in one profile."""

    def __init__(self, profile: Path, silence_s: float = SILENCE_S) -> None:
        self._profile = profile
        self._silence_s = silence_s

    @contextmanager
    def __call__(self, login: CentralLogin) -> Iterator[Reception]:
        """Log in for the block; CentralUnavailable, with the reason ``login`` when the password is not taken."""
        with failures():
            connection = address_of(login, self._profile).connect()
        try:
            connection.silence_s = self._silence_s
            yield PostgresReception(connection)
        finally:
            with suppress(psycopg.Error):
                connection.close()


class PostgresReception:
    """Implements the port ``Reception`` on an open connection."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection

    def enrol(self, public_key: bytes, request: bytes, verifier: str) -> None:
        """Use the invitation up, leave key and request, and change the password, in one transaction."""
        change = sql.SQL("ALTER ROLE CURRENT_USER PASSWORD {}").format(sql.Literal(verifier))
        with self._call() as connection, connection.transaction():
            connection.execute("SELECT api.enrol(%b::bytea, %b::bytea)", (public_key, request))
            connection.execute(change)

    def certificate(self) -> bytes | None:
        """Return the certificate (DER) for the last request, None while nobody has signed it."""
        with self._call() as connection:
            row = connection.cursor(binary=True).execute("SELECT api.certificate()").fetchone()
        return bytes(row[0]) if row and row[0] is not None else None

    def ask_certificate(self, request: bytes) -> None:
        """Leave a new request."""
        with self._call() as connection:
            connection.execute("SELECT api.ask_certificate(%b::bytea)", (request,))

    @contextmanager
    def _call(self) -> Iterator[psycopg.Connection]:
        with failures():
            yield self._connection
