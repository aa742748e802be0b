"""An invitation (邀请文件): what a counter must know to enrol at its centre, in a file that an administrator gives away.

A file is read strictly and within limits before anything of it is believed. Making keys and asking the centre is the
job of ``enrolment``; the signature is checked by whoever holds the authority's root, through ``Trusts``.
"""

import ipaddress
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.domain.clock import parse_stamp, stamp
from app.domain.journal import canonical
from app.services.errors import BadInvitation

KIND = "lideng invitation"
VERSION = 1
LARGEST_FILE = 64 * 1024
LONGEST_NAME, LONGEST_PEM, MOST_HOSTS = 60, 16 * 1024, 8
SECRET_LENGTH = range(20, 101)
_STATION = re.compile(r"[0-9]{6}")
_HOST = re.compile(r"[0-9A-Za-z:][0-9A-Za-z.:-]{0,252}|/[0-9A-Za-z._/-]{1,100}")
_DATABASE = re.compile(r"[a-z_][a-z0-9_]{0,62}")
_SECRET = re.compile(r"[0-9A-Za-z_-]+")
_CERTIFICATE = re.compile(r"(-----BEGIN CERTIFICATE-----\n[0-9A-Za-z+/=\n]+-----END CERTIFICATE-----\n)+")
_FIELDS = {
    "kind": str,
    "v": int,
    "station": str,
    "name": str,
    "service_point": str,
    "hosts": list,
    "port": int,
    "database": str,
    "ca": str,
    "root": str,
    "secret": str,
    "issued_at": str,
    "expires_at": str,
    "signature": str,
}

Sign = Callable[[bytes], bytes]
"""Signs a statement with the authority's key."""
Trusts = Callable[[str, bytes, bytes], bool]
"""Tells whether (root certificate as PEM, statement, signature) belong together."""


@dataclass(frozen=True, slots=True)
class CentralAddress:
    """Where a centre's database is; the hosts are tried in order."""

    hosts: tuple[str, ...]
    port: int
    database: str
    ca: str = ""
    """PEM of who signed the servers' TLS certificates; empty only where no network lies between."""

    @property
    def is_local(self) -> bool:
        """Tell whether every host is this machine itself, so that nothing crosses a network."""
        return all(_is_here(host) for host in self.hosts)


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation that was read; ``root`` is the certificate of the centre's authority (PEM)."""

    station: str
    name: str
    service_point: str
    address: CentralAddress
    root: str
    secret: str = field(repr=False)
    """The password of the station's role until it has set one of its own."""
    issued_at: datetime
    expires_at: datetime


def role_of(station: str) -> str:
    """Return the name by which a station logs in at the centre."""
    return f"station_{station}"


def write_invitation(invitation: Invitation, sign: Sign) -> bytes:
    """Return the file of ``invitation``, signed; ValueError when it could not be read again."""
    plain = _plain(invitation)
    text = json.dumps({**plain, "signature": sign(_statement(plain)).hex()}, ensure_ascii=False, indent=1)
    data = text.encode() + b"\n"
    try:
        read_invitation(data, lambda _root, _statement, _signature: True)
    except BadInvitation as error:
        raise ValueError("an invitation that nobody could read") from error
    return data


def read_invitation(data: bytes, trusts: Trusts) -> Invitation:
    """Return what a file says.

    BadInvitation with the fault ``kind`` for a file that is no invitation, ``newer`` for one of a newer program,
    ``changed`` for one that is not what was signed. Whether it is still good is asked by whoever uses it.
    """
    plain = _parsed(data)
    signature = plain.pop("signature")
    try:
        invitation = _invitation(plain)
        signed = trusts(invitation.root, _statement(plain), bytes.fromhex(signature))
    except (ValueError, OverflowError) as error:
        raise BadInvitation("changed") from error
    if not signed:
        raise BadInvitation("changed")
    return invitation


def _parsed(data: bytes) -> dict[str, Any]:
    if len(data) > LARGEST_FILE:
        raise BadInvitation("kind")
    try:
        plain = json.loads(data, object_pairs_hook=_unique, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise BadInvitation("kind") from error
    if not isinstance(plain, dict) or plain.get("kind") != KIND:
        raise BadInvitation("kind")
    if plain.get("v") != VERSION:
        raise BadInvitation("newer")
    if set(plain) != set(_FIELDS) or any(type(plain[name]) is not kind for name, kind in _FIELDS.items()):
        raise BadInvitation("changed")
    return plain


def _invitation(plain: Mapping[str, Any]) -> Invitation:
    """Return the invitation of fields that have the right types; ValueError when one cannot be."""
    _match(_STATION, plain["station"])
    _match(_DATABASE, plain["database"])
    _match(_SECRET, plain["secret"])
    _match(_CERTIFICATE, plain["root"])
    if plain["ca"]:
        _match(_CERTIFICATE, plain["ca"])
    for name in ("name", "service_point"):
        if not 0 < len(plain[name]) <= LONGEST_NAME or not plain[name].isprintable():
            raise ValueError(name)
    if len(plain["secret"]) not in SECRET_LENGTH or max(len(plain["ca"]), len(plain["root"])) > LONGEST_PEM:
        raise ValueError("too long")
    return Invitation(
        station=plain["station"],
        name=plain["name"],
        service_point=plain["service_point"],
        address=_address(plain),
        root=plain["root"],
        secret=plain["secret"],
        issued_at=parse_stamp(plain["issued_at"]),
        expires_at=parse_stamp(plain["expires_at"]),
    )


def _address(plain: Mapping[str, Any]) -> CentralAddress:
    hosts = plain["hosts"]
    if not 0 < len(hosts) <= MOST_HOSTS or not 0 < plain["port"] < 65_536:
        raise ValueError("hosts and port")
    for host in hosts:
        _match(_HOST, host)
    address = CentralAddress(tuple(hosts), plain["port"], plain["database"], plain["ca"])
    if not address.ca and not address.is_local:
        raise ValueError("a server across a network needs TLS")
    return address


def _plain(invitation: Invitation) -> dict[str, Any]:
    return {
        "kind": KIND,
        "v": VERSION,
        "station": invitation.station,
        "name": invitation.name,
        "service_point": invitation.service_point,
        "hosts": list(invitation.address.hosts),
        "port": invitation.address.port,
        "database": invitation.address.database,
        "ca": invitation.address.ca,
        "root": invitation.root,
        "secret": invitation.secret,
        "issued_at": stamp(invitation.issued_at),
        "expires_at": stamp(invitation.expires_at),
    }


def _statement(plain: Mapping[str, Any]) -> bytes:
    """Return what is signed: the file without its signature, as canonical JSON."""
    return canonical(plain).encode()


def _is_here(host: str) -> bool:
    if host.startswith("/") or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _match(pattern: re.Pattern[str], text: object) -> None:
    if not isinstance(text, str) or not pattern.fullmatch(text):
        raise ValueError(pattern.pattern)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise ValueError("a field twice")
    return fields


def _refuse(constant: str) -> None:
    raise ValueError(constant)
