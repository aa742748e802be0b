"""A scanner of the network on loopback: an eSCL server that does as a test says, also what no scanner should."""

import io
import socket
import ssl
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from PIL import Image

CAPABILITIES = """<?xml version="1.0" encoding="UTF-8"?>
<scan:ScannerCapabilities xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm"
    xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03">
<pwg:Version>2.63</pwg:Version><pwg:MakeAndModel>Fictitious Office 200</pwg:MakeAndModel>
<scan:Platen><scan:PlatenInputCaps>{input}</scan:PlatenInputCaps></scan:Platen>
<scan:Adf><scan:AdfSimplexInputCaps>{input}</scan:AdfSimplexInputCaps>
<scan:AdfDuplexInputCaps>{input}</scan:AdfDuplexInputCaps></scan:Adf>
</scan:ScannerCapabilities>"""
INPUT = """<scan:MinWidth>16</scan:MinWidth><scan:MaxWidth>2550</scan:MaxWidth>
<scan:MinHeight>16</scan:MinHeight><scan:MaxHeight>4200</scan:MaxHeight><scan:MaxScanRegions>1</scan:MaxScanRegions>
<scan:SettingProfiles><scan:SettingProfile>
<scan:ColorModes><scan:ColorMode>Grayscale8</scan:ColorMode><scan:ColorMode>RGB24</scan:ColorMode></scan:ColorModes>
<scan:DocumentFormats><pwg:DocumentFormat>image/jpeg</pwg:DocumentFormat>
<scan:DocumentFormatExt>image/jpeg</scan:DocumentFormatExt></scan:DocumentFormats>
<scan:SupportedResolutions><scan:DiscreteResolutions>
<scan:DiscreteResolution><scan:XResolution>75</scan:XResolution><scan:YResolution>75</scan:YResolution></scan:DiscreteResolution>
<scan:DiscreteResolution><scan:XResolution>300</scan:XResolution><scan:YResolution>300</scan:YResolution></scan:DiscreteResolution>
</scan:DiscreteResolutions></scan:SupportedResolutions>
</scan:SettingProfile></scan:SettingProfiles>"""
STATUS = """<?xml version="1.0" encoding="UTF-8"?>
<scan:ScannerStatus xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm"
    xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03">
<pwg:Version>2.63</pwg:Version><pwg:State>{state}</pwg:State><scan:AdfState>{adf}</scan:AdfState></scan:ScannerStatus>"""


def sheet(number=0, size=(620, 877)):
    """Return a JPEG that no other number has."""
    picture = Image.linear_gradient("L").rotate(number * 7).resize(size)
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=80)
    return buffer.getvalue()


@dataclass
class EsclScanner:
    """What the server says; a test changes it."""

    capabilities: bytes = CAPABILITIES.format(input=INPUT).encode()
    feeder: list = field(default_factory=list)
    """Pages, and between them states of the feeder that stop it."""
    glass: bytes = field(default_factory=sheet)
    state: str = "Idle"
    adf: str = "ScannerAdfLoaded"
    statuses: dict = field(default_factory=dict)
    """Statuses by method and last part of the path that are answered in place of what is right."""
    not_ready: int = 0
    """How often the next page is not there yet."""
    cut_after: int = -1
    """Bytes of a page after which the line is cut; -1 for never."""
    says_length: int = 0
    """A length of pages that is not theirs."""
    chunked: bool = False
    drip_s: float = 0
    """Between a page's first bytes and its rest."""
    location: str = ""
    asked: list = field(default_factory=list)
    settings: list = field(default_factory=list)
    address: str = ""

    def next_page(self):
        """Return the next page of the job, None when there is none."""
        if "<pwg:InputSource>Platen" in self.settings[-1]:
            page, self.glass = self.glass, None
            return page
        if not self.feeder:
            self.adf = "ScannerAdfEmpty"
            return None
        page = self.feeder.pop(0)
        if isinstance(page, str):
            self.adf = page
            return None
        return page


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def scanner(self):
        return self.server.scanner

    def log_message(self, *_told):
        """Say nothing."""

    def handle(self):
        try:
            super().handle()
        except OSError:
            self.close_connection = True

    def do_GET(self):
        last = self._noted()
        if self.path in {"/eSCL/ScannerCapabilities", "/eSCL/ScannerStatus"}:
            status = STATUS.format(state=self.scanner.state, adf=self.scanner.adf).encode()
            body = self.scanner.capabilities if last == "ScannerCapabilities" else status
            self._answer(self._status(last, 200), body, "text/xml")
        elif last == "NextDocument":
            self._next()
        else:
            self._answer(404)

    def do_POST(self):
        last = self._noted()
        self.scanner.settings.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
        where = self.scanner.location or f"{self.scanner.address}/ScanJobs/1"
        self._answer(self._status(last, 201), headers={"Location": where})

    def do_DELETE(self):
        self._noted()
        self._answer(200)

    def _noted(self):
        last = self.path.rpartition("/")[2]
        self.scanner.asked.append(f"{self.command} {last}")
        return last

    def _status(self, last, usual):
        return self.scanner.statuses.get(f"{self.command} {last}", usual)

    def _next(self):
        if self.scanner.not_ready:
            self.scanner.not_ready -= 1
            self._answer(503, headers={"Retry-After": "0"})
            return
        page = self.scanner.next_page()
        status = self._status("NextDocument", 200 if page else 404)
        if status != 200:
            self._answer(status)
            return
        self._page(page)

    def _page(self, page):
        scanner = self.scanner
        self.send_response(200)
        self.send_header("Content-Type", "image/jpeg")
        if scanner.chunked:
            self.send_header("Transfer-Encoding", "chunked")
        else:
            self.send_header("Content-Length", str(scanner.says_length or len(page)))
        self.end_headers()
        half = len(page) // 2 if scanner.cut_after < 0 else scanner.cut_after
        for part in (page[:half], page[half:]):
            self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part) if scanner.chunked else part)
            self.wfile.flush()
            if scanner.cut_after >= 0:
                self.connection.shutdown(socket.SHUT_RDWR)
                self.close_connection = True
                return
            time.sleep(scanner.drip_s)
        if scanner.chunked:
            self.wfile.write(b"0\r\n\r\n")

    def _answer(self, status, body=b"", kind="", headers=()):
        self.send_response(status)
        for name, value in dict(headers).items():
            self.send_header(name, value)
        if kind:
            self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """A client that refuses or cuts the line is what some tests want."""


@contextmanager
def serving(scanner=None, certificate=None):
    """Serve a scanner for the block, and return it."""
    scanner = scanner or EsclScanner()
    server = Server(("127.0.0.1", 0), Handler)
    server.scanner = scanner
    scheme = "http"
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        scheme = "https"
    scanner.address = f"{scheme}://127.0.0.1:{server.server_port}/eSCL"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield scanner
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def self_signed(path):
    """Write a certificate that names somebody else and ran out long ago, with its key, and return its path."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "printer.example")])
    begun = datetime(2015, 1, 1, tzinfo=UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, begun, begun + timedelta(days=1))
    pem = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    kept = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(kept + pem)
    return path
