"""A server that is not who it should be is not talked to, and why is told by code."""

import ipaddress
import socket
import ssl
import threading
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from app.central.reception import Receptions
from app.services.errors import CentralUnavailable
from app.services.invitations import CentralAddress
from app.services.ports import CentralLogin

NOW = datetime.now(UTC)
REFUSED = b"SFATAL\0VFATAL\0C28P01\0Mno\0\0"
TLS_REQUEST_LENGTH = 8


class Vouching:
    """A CA with certificates for servers."""

    def __init__(self):
        self.key = generate_private_key(SECP256R1())
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "CA of the servers")])
        builder = self._builder(self.name, self.key, NOW - timedelta(days=900), NOW + timedelta(days=900))
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        builder = builder.add_extension(
            x509.SubjectKeyIdentifier.from_public_key(self.key.public_key()), critical=False
        )
        self.certificate = builder.sign(self.key, SHA256())

    @property
    def pem(self):
        return self.certificate.public_bytes(Encoding.PEM).decode()

    def server(self, folder, *names, since=NOW - timedelta(days=1), until=NOW + timedelta(days=30)):
        """The TLS context of a server with these names."""
        key = generate_private_key(SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "server")])
        builder = self._builder(subject, key, since, until)
        builder = builder.add_extension(x509.SubjectAlternativeName(list(names)), critical=False)
        issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        certificate = builder.add_extension(issuer, critical=False).sign(self.key, SHA256())
        file = folder / "server.pem"
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        file.write_bytes(certificate.public_bytes(Encoding.PEM) + private)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context

    def _builder(self, subject, key, since, until):
        builder = x509.CertificateBuilder().subject_name(subject).issuer_name(self.name).public_key(key.public_key())
        return builder.serial_number(x509.random_serial_number()).not_valid_before(since).not_valid_after(until)


@contextmanager
def serving(context):
    """A server that takes TLS and lets nobody in; gives its port."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:

        def serve():
            while True:
                try:
                    plain, _address = listening.accept()
                except OSError:
                    return
                answer(plain, context)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        listening.shutdown(socket.SHUT_RDWR)
    thread.join(5)


def answer(plain, context):
    plain.settimeout(5)
    with closing(plain):
        try:
            plain.recv(TLS_REQUEST_LENGTH)
            plain.sendall(b"S")
            with closing(context.wrap_socket(plain, server_side=True)) as link:
                link.recv(1024)
                link.sendall(b"E" + (4 + len(REFUSED)).to_bytes(4, "big") + REFUSED)
        except OSError:
            return  # the client did not like us


@pytest.fixture(scope="module")
def vouching():
    return Vouching()


HERE = (x509.IPAddress(ipaddress.ip_address("127.0.0.1")), x509.DNSName("localhost"))
ELSEWHERE = (x509.DNSName("db9.example"),)
LONG_AGO = {"since": NOW - timedelta(days=800), "until": NOW - timedelta(days=400)}
IN_FUTURE = {"since": NOW + timedelta(days=400), "until": NOW + timedelta(days=800)}


@pytest.mark.parametrize(
    ("names", "times", "expected"),
    [
        (HERE, {}, "login"),
        (ELSEWHERE, {}, "tls_name"),
        (HERE, LONG_AGO, "tls_time"),
        (HERE, IN_FUTURE, "tls_time"),
    ],
)
def test_a_servers_certificate_is_held_to_its_name_and_time(vouching, tmp_path, names, times, expected):
    with serving(vouching.server(tmp_path, *names, **times)) as port:
        assert reason(tmp_path, port, vouching.pem) == expected


def test_a_server_that_somebody_else_vouches_for_is_not_talked_to(vouching, tmp_path):
    with serving(vouching.server(tmp_path, *HERE)) as port:
        assert reason(tmp_path, port, Vouching().pem) == "tls"


def reason(folder, port, ca):
    login = CentralLogin(CentralAddress(("localhost",), port, "lideng", ca), "station_000731", "a password")
    with pytest.raises(CentralUnavailable) as refused, Receptions(folder)(login):
        pass
    return refused.value.reason
