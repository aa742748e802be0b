"""Why a log-in failed. libpq gives a sentence and no code, so the beginning of its conversation is held once more.

The first host that answers decides: no answer is the network, a certificate that does not check is ``tls``, or ``tls_name``
and ``tls_time`` where only its name or its time is wrong; an error of the server has an SQLSTATE. The password is proved
with SCRAM, as libpq did: that a station has too many connections is told only then. A server that asks for it in another
way gets nothing, and is told as ``login``.
"""

import socket
import ssl
import struct
from collections.abc import Iterator, Mapping
from contextlib import closing

from app.central.proving import MECHANISM, Proof

TIMEOUT_S = 5.0
USUAL_PORT = 5432
TLS_REQUEST = struct.pack("!ii", 8, 80877103)
PROTOCOL = 196608
"""3.0"""
LONGEST_ANSWER = 8192
WELCOME, SASL, GO_ON, DONE = 0, 10, 11, 12
"""What a message of kind R says: let in, prove your password, go on proving, the server's own proof."""
READY_AFTER_ALL = "57P03"
"""The server takes us now: it was starting, or a replica was asked that takes no writes."""


NAME, TOO_EARLY, TOO_LATE = 62, 9, 10
"""OpenSSL's X509_V_ERR_HOSTNAME_MISMATCH, _CERT_NOT_YET_VALID and _CERT_HAS_EXPIRED."""
TLS_FAULTS = {NAME: "tls_name", TOO_EARLY: "tls_time", TOO_LATE: "tls_time"}


class NoTls(Exception):
    """The server has no TLS, or not the certificate that it should have; ``fault`` is the reason that is told."""

    def __init__(self, fault: str = "tls") -> None:
        super().__init__(fault)
        self.fault = fault


def login_failure(options: Mapping[str, str]) -> str:
    """Return an SQLSTATE or one of ``connection.REASONS`` for a log-in with these options of libpq that failed."""
    for host, port in _places(options):
        try:
            with closing(_connected(host, port)) as plain:
                return _asked(plain, host, options)
        except NoTls as error:
            return error.fault
        except OSError:
            continue
    return "network"


def _places(options: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    hosts = options.get("host", "").split(",")
    ports = [port or USUAL_PORT for port in options.get("port", "").split(",")]
    for number, host in enumerate(hosts):
        yield host, int(ports[number] if number < len(ports) else ports[0])


def _connected(host: str, port: int) -> socket.socket:
    if host.startswith("/"):
        local = socket.socket(socket.AF_UNIX)
        local.settimeout(TIMEOUT_S)
        try:
            local.connect(f"{host}/.s.PGSQL.{port}")
        except OSError:
            local.close()
            raise
        return local
    return socket.create_connection((host, port), TIMEOUT_S)


def _asked(plain: socket.socket, host: str, options: Mapping[str, str]) -> str:
    """Begin a log-in and return what the server makes of it."""
    if options.get("sslmode") != "verify-full":
        return _begun(plain, options)
    with closing(_secured(plain, host, options)) as link:
        return _begun(link, options)


def _begun(link: socket.socket, options: Mapping[str, str]) -> str:
    link.sendall(_startup(options.get("user", ""), options.get("dbname", "")))
    return _verdict(link, Proof(options.get("password", "")))


def _verdict(link: socket.socket, proof: Proof) -> str:
    """Read the server's messages, and answer them, until one decides."""
    is_judged = False
    """Whether the server has the proof and has not said that it is good."""
    while True:
        kind, payload = _message(link)
        if kind == b"E":
            return _refusal(payload, is_judged=is_judged)
        if kind == b"R":
            is_judged = _asked_for(payload) in {GO_ON, DONE}
            if not _has_answered(link, proof, payload):
                return "login"
        if kind == b"Z":
            return READY_AFTER_ALL


def _refusal(payload: bytes, *, is_judged: bool) -> str:
    """Return the SQLSTATE of an error; a pooler calls a wrong password a fault of the protocol."""
    states = (field[1:].decode("ascii", "replace") for field in payload.split(b"\0") if field.startswith(b"C"))
    state = next(states, "network")
    return "login" if is_judged and state.startswith("08") else state


def _asked_for(payload: bytes) -> int:
    return int.from_bytes(payload[:4], "big")


def _has_answered(link: socket.socket, proof: Proof, payload: bytes) -> bool:
    """Say what the server asks for; False when we do not say that, or not to such a server."""
    asked, rest = _asked_for(payload), payload[4:]
    if asked == SASL and MECHANISM in rest.split(b"\0"):
        first = proof.first()
        link.sendall(_said(MECHANISM + b"\0" + struct.pack("!i", len(first)) + first))
    elif asked == GO_ON:
        try:
            link.sendall(_said(proof.final(rest)))
        except ValueError:
            return False
    else:
        return asked in {WELCOME, DONE}
    return True


def _said(words: bytes) -> bytes:
    return b"p" + struct.pack("!i", 4 + len(words)) + words


def _message(link: socket.socket) -> tuple[bytes, bytes]:
    head = _exactly(link, 5)
    length = min(int.from_bytes(head[1:], "big") - 4, LONGEST_ANSWER)
    return head[:1], _exactly(link, length)


def _exactly(link: socket.socket, length: int) -> bytes:
    read = b""
    while len(read) < length:
        some = link.recv(length - len(read))
        if not some:
            raise ConnectionResetError
        read += some
    return read


def _secured(plain: socket.socket, host: str, options: Mapping[str, str]) -> socket.socket:
    plain.sendall(TLS_REQUEST)
    if plain.recv(1) != b"S":
        raise NoTls
    authority = options.get("sslrootcert")
    context = ssl.create_default_context(cafile=authority if authority and authority != "system" else None)
    try:
        return context.wrap_socket(plain, server_hostname=host)
    except ssl.SSLCertVerificationError as error:
        raise NoTls(TLS_FAULTS.get(error.verify_code, "tls")) from error
    except ssl.SSLError as error:
        raise NoTls from error


def _startup(user: str, database: str) -> bytes:
    words = b"".join(word.encode() + b"\0" for word in ("user", user, "database", database, ""))
    return struct.pack("!ii", 8 + len(words), PROTOCOL) + words
