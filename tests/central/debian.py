"""Debian's PostgreSQL for tests of what the wheel's cannot do: TLS, kill -9, replicas, a pooler in front of it.

Every server has a folder and a port of its own and is run by a user who may, which root may not.
"""

import ipaddress
import os
import shutil
import signal
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from cryptography import x509

from app.central.administration import Administration
from app.central.connection import Address
from app.central.schema import prepare
from app.security.scram import verifier_of
from app.services.errors import CentralUnavailable

INSTALLED = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
SERVER_USER = "postgres"
PASSWORD = "a password of 256 bits, say"
DATABASE = "centre"
RULES = (
    f"local all all trust\nlocal replication all trust\nhostssl {DATABASE} +lideng_station 127.0.0.1/32 scram-sha-256\n"
    f"hostssl {DATABASE} +lideng_pooler 127.0.0.1/32 scram-sha-256\n"
)
DEAD = "Z"
needs_debian = pytest.mark.skipif(not INSTALLED, reason="Debian's postgresql is not installed")


def server_command(*command):
    """Return a command as a user may run it who may start PostgreSQL."""
    leading = []
    if os.geteuid() == 0:
        leading = ["setpriv", f"--reuid={SERVER_USER}", f"--regid={SERVER_USER}", "--clear-groups"]
    return [*leading, *map(str, command)]


def as_server(*command):
    """Run a command as such a user."""
    return subprocess.run(server_command(*command), check=True, capture_output=True, cwd="/")


def give_to_server(*paths):
    if os.geteuid() == 0:
        for path in paths:
            shutil.chown(path, SERVER_USER, SERVER_USER)


def free_port():
    with socket.socket() as probing:
        probing.bind(("127.0.0.1", 0))
        return probing.getsockname()[1]


class DebianServer:
    """A server in ``folder``; it takes TLS on 127.0.0.1 and everybody on its socket."""

    def __init__(self, folder, vouching, **settings):
        self.folder, self.port = Path(folder), free_port()
        self.data = self.folder / "d"
        self._bin = INSTALLED[-1].parent
        self.folder.mkdir(exist_ok=True)
        self.folder.chmod(0o755)
        vouching.server(self.folder, x509.IPAddress(ipaddress.ip_address("127.0.0.1")))
        (self.folder / "ca.pem").write_text(vouching.pem)
        give_to_server(self.folder, self.folder / "server.pem")
        (self.folder / "server.pem").chmod(0o600)
        self._settings = settings

    def make(self):
        """Make an empty server."""
        as_server(self._bin / "initdb", "-D", self.data, "-A", "trust", "-U", "postgres", "--encoding=utf8", "-N")
        (self.data / "pg_hba.conf").write_text(RULES)
        self._configure()

    def copy(self, other):
        """Become a replica of another server."""
        source = f"host={other.folder} port={other.port} user=postgres application_name={self.folder.name}"
        as_server(self._bin / "pg_basebackup", "-D", self.data, "-d", source, "-R", "-X", "stream", "-c", "fast", "-N")
        self._configure()

    def _configure(self):
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": self.port,
            "unix_socket_directories": self.folder,
            "ssl": "on",
            "ssl_cert_file": self.folder / "server.pem",
            "ssl_key_file": self.folder / "server.pem",
            "shared_buffers": "32MB",
            "fsync": "off",  # a process that is killed leaves what it wrote to the system, which lives on
            **self._settings,
        }
        with (self.data / "postgresql.conf").open("a") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in settings.items())

    def start(self):
        try:
            self._control("-l", self.folder / "log", "-w", "start")
        except subprocess.CalledProcessError as error:
            error.add_note(f"{error.stderr}\n{(self.folder / 'log').read_text()[-2000:]}")
            raise

    def stop(self):
        """End it at once, if it runs: nothing of it is kept."""
        if (self.data / "postmaster.pid").exists():
            with suppress(subprocess.CalledProcessError):
                self._control("-m", "immediate", "stop")

    def promote(self):
        self._control("-w", "promote")

    def kill(self):
        """Kill the postmaster and every process of it at the same moment (-9)."""
        postmaster = int((self.data / "postmaster.pid").read_text().split()[0])
        os.kill(postmaster, signal.SIGSTOP)  # so that it has no further child meanwhile
        processes = (*children(postmaster), postmaster)
        for pid in processes:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        while any(state_of(pid) != DEAD for pid in processes):
            time.sleep(0.01)
        # Where nobody buries dead processes, as in many a container, the next start would take them for alive.
        (self.data / "postmaster.pid").unlink()
        (self.folder / f".s.PGSQL.{self.port}.lock").unlink()

    def _control(self, *arguments):
        as_server(self._bin / "pg_ctl", "-D", self.data, *arguments)

    def local(self, database=DATABASE, user="postgres"):
        return Address({"host": str(self.folder), "port": str(self.port), "user": user, "dbname": database})

    def execute(self, statement, database=DATABASE):
        with psycopg.connect(**self.local(database).options, autocommit=True) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def waits_until(self, question):
        """Wait until a question to the database is answered with true."""
        while True:
            with suppress(psycopg.OperationalError, CentralUnavailable):
                if self.execute(question) == [(True,)]:
                    return
            time.sleep(0.02)

    def centre(self, *stations):
        """Make a centre with stations that are enrolled and have passwords."""
        self.execute(f"create database {DATABASE}", "postgres")
        prepare(self.local())
        administration = Administration(self.local())
        for station in stations:
            administration.add_station(station, "窗口", verifier=verifier_of(PASSWORD))
        administration.close()
        self.execute("update core.station set enrolled_at = clock_timestamp()")


def station_address(servers, code, port=None, password=PASSWORD, host="127.0.0.1", authority="ca.pem"):
    """Return how a station logs in at one server, or at whichever of several takes writes."""
    first = servers[0]
    ports = port or ",".join(str(one.port) for one in servers)
    hosts = (host,) * len(servers)
    return Address.of_station(hosts, ports, DATABASE, f"station_{code}", password, str(first.folder / authority))


def children(parent):
    """Return the processes that a process started."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            with suppress(OSError):
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
                if int(fields[1]) == parent:
                    found.append(int(folder.name))
    return found


def state_of(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return DEAD
