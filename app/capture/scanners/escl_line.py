"""HTTP to one scanner of the network, with limits; every failure is a ScannerFault.

Scanners sign their certificates themselves, so a certificate is not checked: the line is encrypted where the scanner
does it, and nothing proves who is at its other end. docs/security.md says what follows from that.
"""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection, IncompleteRead
from urllib.parse import urlsplit

from app.capture.scanners.escl_xml import LARGEST_XML
from app.services.errors import ScannerFault, ScannerTrouble

CONNECT_S = 5
ANSWER_S = 60
"""A scanner answers when the page is scanned: lamps warm up."""
CHUNK = 1 << 16
DENIED = (401, 403)
_OLD_CIPHERS = "DEFAULT:@SECLEVEL=0"
"""What scanners of ten years ago speak; it is no worse than those that speak plainly."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A short answer."""

    status: int
    body: bytes
    location: str = ""


class Line:
    """One request at a time; ``cut`` ends it from another thread."""

    def __init__(self, base: str) -> None:
        self._base = urlsplit(base)
        self._link: HTTPConnection | None = None

    @property
    def path(self) -> str:
        """Return the path under which the scanner answers."""
        return self._base.path.rstrip("/")

    def ask(self, method: str, path: str, body: bytes | None = None) -> Answer:
        """Return a short answer, whatever its status; ScannerFault when none comes or it is too long."""
        with self.asked(method, path, body) as response:
            data = response.read(LARGEST_XML + 1)
            if len(data) > LARGEST_XML:
                raise ScannerFault(ScannerTrouble.DRIVER)
            return Answer(response.status, data, response.getheader("Location") or "")

    @contextmanager
    def asked(self, method: str, path: str, body: bytes | None = None) -> Iterator[HTTPResponse]:
        """Ask, and read the answer in the block; ScannerFault for everything that a line can do wrong."""
        try:
            link = self._connected()
            link.request(method, path, body, {"Content-Type": "text/xml"} if body else {})
            yield link.getresponse()
        except IncompleteRead as error:
            raise ScannerFault(ScannerTrouble.GONE) from error
        except OSError as error:
            raise ScannerFault(ScannerTrouble.GONE) from error
        except (HTTPException, ValueError) as error:
            raise ScannerFault(ScannerTrouble.DRIVER) from error
        finally:
            ended, self._link = self._link, None
            if ended is not None:
                ended.close()

    def cut(self) -> None:
        """End what is being asked or read; called from another thread."""
        link = self._link
        if link is not None and link.sock is not None:
            with suppress(OSError):
                link.sock.shutdown(socket.SHUT_RDWR)

    def _connected(self) -> HTTPConnection:
        """Return a new connection: an old one may have been closed by the scanner meanwhile."""
        host, port = self._base.hostname or "", self._base.port
        if self._base.scheme == "https":
            link: HTTPConnection = HTTPSConnection(host, port, timeout=CONNECT_S, context=_unchecked())
        else:
            link = HTTPConnection(host, port, timeout=CONNECT_S)
        self._link = link
        link.connect()
        link.sock.settimeout(ANSWER_S)
        return link


def _unchecked() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    context.set_ciphers(_OLD_CIPHERS)
    return context
