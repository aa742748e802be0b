"""A relay in front of a centre that counts what goes through it, and cuts it once when it is told to."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from app.central.connection import Address

BLOCK = 65536


class Relay:
    """Counts bytes both ways; cuts every connection once, after ``cut_after`` bytes upwards, 0 for never."""

    def __init__(self, target: Address, cut_after: int = 0) -> None:
        self._target = target.options
        self._cut_after = cut_after
        self._lock = threading.Lock()
        self.up = self.down = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def total(self) -> int:
        """Return the bytes of both ways so far."""
        return self.up + self.down

    def address(self) -> Address:
        """Return the target's address with the relay in its place."""
        return Address(dict(self._target) | {"host": "127.0.0.1", "port": str(self.port)})

    def close(self) -> None:
        """Take no more connections."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = self._connect()
            for source, target, is_up in ((client, server, True), (server, client, False)):
                threading.Thread(target=self._carry, args=(source, target, is_up), daemon=True).start()

    def _connect(self) -> socket.socket:
        host, port = self._target["host"], self._target.get("port", "5432")
        if not host.startswith("/"):
            return socket.create_connection((host, int(port)))
        server = socket.socket(socket.AF_UNIX)
        server.connect(f"{host}/.s.PGSQL.{port}")
        return server

    def _carry(self, source: socket.socket, target: socket.socket, is_up: bool) -> None:
        with suppress(OSError):
            while data := source.recv(BLOCK):
                if self._count(len(data), is_up):
                    break
                target.sendall(data)
        for one in (source, target):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def _count(self, size: int, is_up: bool) -> bool:
        """Count some bytes; tell whether the cut is due."""
        with self._lock:
            if is_up:
                self.up += size
            else:
                self.down += size
            is_due = 0 < self._cut_after < self.up
            if is_due:
                self._cut_after = 0
            return is_due


@contextmanager
def relayed(target: Address, cut_after: int = 0) -> Iterator[Relay]:
    """Run a relay in front of an address."""
    relay = Relay(target, cut_after)
    try:
        yield relay
    finally:
        relay.close()
