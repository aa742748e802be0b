"""Centres for the benchmarks: as the tests have one, with TLS and passwords, and behind PgBouncer in transaction mode.

All of them wait for their disk. A ``Centre`` tells how stations reach it and how an administrator does.
"""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.central.administration import Administration
from app.central.connection import Address
from app.security.scram import verifier_of
from tests.central.debian import DATABASE, INSTALLED, PASSWORD, SERVER_USER, DebianServer, free_port, station_address
from tests.central.server import running_server
from tests.central.test_tls import Vouching

KINDS = ("socket", "tls", "bouncer")
CONNECTIONS = 120
SETTINGS = {
    "max_connections": CONNECTIONS,
    "shared_buffers": "512MB",
    "max_wal_size": "4GB",
    "shared_preload_libraries": "plpgsql",
}
"""As docs/central.md advises."""
POOLED = 64
"""Connections that PgBouncer keeps to the server, for all stations together."""
BOUNCER = shutil.which("pgbouncer") or "/usr/sbin/pgbouncer"


@dataclass(frozen=True)
class Centre:
    """One centre, with nothing in it yet."""

    name: str
    admin: Address
    address: Callable[[str], Address]
    """Where a station logs in, by its code."""

    def enrol(self, stations: Iterable[str]) -> None:
        """Let stations in, past the invitation."""
        verifier = verifier_of(PASSWORD)
        administration = Administration(self.admin)
        for station in stations:
            administration.add_station(station, f"窗口 {station}", verifier=verifier)
        administration.close()
        with self.admin.connect() as connection:
            connection.execute("update core.station set enrolled_at = clock_timestamp()")


def missing(kind: str) -> str:
    """Return what a kind of centre needs and this machine lacks, empty when nothing is."""
    if kind != "socket" and not INSTALLED:
        return "Debian's postgresql is not installed"
    if kind == "bouncer" and not Path(BOUNCER).exists():
        return "pgbouncer is not installed"
    return ""


@contextmanager
def running(kind: str) -> Iterator[Callable[[], Centre]]:
    """Run a server of a kind (``socket``, ``tls`` or ``bouncer``) and give what makes a new centre on it."""
    if kind == "socket":
        with running_server(settings="".join(f"{name} = {value}\n" for name, value in SETTINGS.items())) as server:
            yield lambda: _on_socket(server)
    else:
        with _debian() as place:
            yield lambda: place.centre(through_bouncer=kind == "bouncer")


def _on_socket(server) -> Centre:
    database = server.database()
    return Centre("socket, no TLS", server.address(database), lambda code: server.address(database, f"station_{code}"))


@dataclass
class _Debian:
    """Debian's server, with PgBouncer in front of it when it is asked for."""

    server: DebianServer
    bouncer: subprocess.Popen | None = None

    def centre(self, *, through_bouncer: bool) -> Centre:
        """Make the database anew. The roles of an earlier one stay, with the same password."""
        self.end_bouncer()
        self.server.execute(f"drop database if exists {DATABASE} with (force)", "postgres")
        self.server.centre()
        port = self._start_bouncer() if through_bouncer else self.server.port
        name = "PgBouncer, TLS, SCRAM" if through_bouncer else "TLS, SCRAM"
        return Centre(name, self.server.local(), lambda code: station_address([self.server], code, port))

    def _start_bouncer(self) -> int:
        port = free_port()
        folder = self.server.folder
        users, file = folder / "users.txt", folder / "bouncer.ini"
        users.write_text('"postgres" ""\n')
        file.write_text(
            f"[databases]\n{DATABASE} = host={folder} port={self.server.port} dbname={DATABASE}\n"
            f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\n"
            f"auth_type = scram-sha-256\nauth_file = {users}\nauth_user = postgres\n"
            "auth_query = SELECT rolname, rolpassword FROM pg_authid WHERE rolname = $1\n"
            f"pool_mode = transaction\nmax_client_conn = 4000\ndefault_pool_size = 4\nmax_db_connections = {POOLED}\n"
            "query_timeout = 60\nlog_connections = 0\nlog_disconnections = 0\nlog_stats = 0\n"
            f"client_tls_sslmode = require\nclient_tls_cert_file = {folder}/server.pem\n"
            f"client_tls_key_file = {folder}/server.pem\n"
        )
        command = [BOUNCER, "-q", str(file)]
        if os.geteuid() == 0:
            command = ["setpriv", f"--reuid={SERVER_USER}", f"--regid={SERVER_USER}", "--clear-groups", *command]
        self.bouncer = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _wait_for(port)
        return port

    def end_bouncer(self) -> None:
        """End PgBouncer, if it runs."""
        if self.bouncer is not None:
            self.bouncer.terminate()
            self.bouncer.wait(30)
            self.bouncer = None


@contextmanager
def _debian() -> Iterator[_Debian]:
    with tempfile.TemporaryDirectory(prefix="pg") as name:
        Path(name).chmod(0o755)
        server = DebianServer(Path(name) / "s", Vouching(), **SETTINGS)
        server.make()
        server.start()
        place = _Debian(server)
        try:
            yield place
        finally:
            place.end_bouncer()
            server.stop()


def _wait_for(port: int, patience_s: float = 10) -> None:
    until = time.monotonic() + patience_s
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return
