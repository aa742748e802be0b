"""Where CUPS answers, and one request to it. Every failure is a PrinterFault; what answers mean is told in ``cups``.

As CUPS's own programs do, it looks for the server in CUPS_SERVER, in the user's client.conf and the system's, then at
the usual sockets. A server that insists on encryption or a password is refused: then it is for this PC's own CUPS to
know of it.
"""

import logging
import os
import socket
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from app.printing.ipp import Answer, BadIpp, read
from app.services.errors import PrinterFault, PrinterTrouble

log = logging.getLogger(__name__)

PORT = 631
SOCKETS = (Path("/run/cups/cups.sock"), Path("/var/run/cups/cups.sock"))
CLIENT_FILES = (Path("~/.cups/client.conf"), Path("/etc/cups/client.conf"))
CONNECT_S, ANSWER_S = 3.0, 10.0
LARGEST_ANSWER = 8 << 20
DENIED, TOO_MUCH = (401, 403, 426), 413


@dataclass(frozen=True, slots=True)
class Server:
    """A socket of this PC, or a host and port."""

    path: str = ""
    host: str = "localhost"
    port: int = PORT


def server(environment: Mapping[str, str] = os.environ) -> Server:
    """Return where CUPS is to be asked, whether it answers or not."""
    named = environment.get("CUPS_SERVER", "") or next(filter(None, map(_named_in, CLIENT_FILES)), "")
    if named:
        return _read_server(named)
    there = next((path for path in SOCKETS if path.exists()), None)
    return Server(path=str(there)) if there else Server()


def ask(path: str, body: bytes) -> Answer:
    """Return the answer to one request; PrinterFault NO_SERVICE when there is none, DENIED, SPOOL_FULL."""
    link = _Link(server())
    try:
        link.connect()
        link.sock.settimeout(ANSWER_S)
        with suppress(BrokenPipeError, ConnectionResetError):  # a full disk is told before all was sent
            link.request("POST", path, body, {"Content-Type": "application/ipp"})
        response = link.getresponse()
        data = response.read(LARGEST_ANSWER + 1)
    except (OSError, HTTPException) as error:
        log.info("CUPS does not answer: %s", type(error).__name__)
        raise PrinterFault(PrinterTrouble.NO_SERVICE) from error
    finally:
        link.close()
    if response.status != 200 or len(data) > LARGEST_ANSWER:
        log.warning("CUPS answers %d", response.status)
        raise PrinterFault(_refused(response.status))
    try:
        return read(data)
    except BadIpp as error:
        raise PrinterFault(PrinterTrouble.NO_SERVICE) from error


def _refused(status: int) -> PrinterTrouble:
    if status in DENIED:
        return PrinterTrouble.DENIED
    return PrinterTrouble.SPOOL_FULL if status == TOO_MUCH else PrinterTrouble.NO_SERVICE


class _Link(HTTPConnection):
    """HTTP over a socket of this PC, or as usual."""

    def __init__(self, where: Server) -> None:
        # CUPS answers a socket of this PC only under this name.
        super().__init__("localhost" if where.path else where.host, where.port, timeout=CONNECT_S)
        self._path = where.path

    def connect(self) -> None:
        """Open the line."""
        if not self._path:
            super().connect()
            return
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(CONNECT_S)
        self.sock.connect(self._path)


def _read_server(named: str) -> Server:
    """Read what a person wrote: a path, a host, a host and port; ``/version=…`` behind it says nothing to us."""
    if named.startswith("/"):
        return Server(path=named)
    host, colon, port = named.split("/", maxsplit=1)[0].rpartition(":")
    if colon and port.isdecimal() and not host.endswith(":"):
        return Server(host=host.strip("[]"), port=int(port))
    return Server(host=named.split("/", maxsplit=1)[0].strip("[]"))


def _named_in(file: Path) -> str:
    try:
        lines = file.expanduser().read_text(errors="replace").splitlines()
    except (OSError, RuntimeError):
        return ""
    words = [line.split() for line in lines]
    return next((found[1] for found in words if len(found) > 1 and found[0].lower() == "servername"), "")
