"""What the centre publishes about stations that were shut out (停用名单): the payload of a bulletin; and where single papers stand."""

import base64
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.domain.clock import parse_stamp, stamp
from app.domain.journal import canonical
from app.services.errors import BadInput
from app.services.ports import UnitOfWork

TOPIC = "revocations"
CALLED_BACK = "called_back"
"""The topic of the list of papers that count no more, and of stations' certificates: the same text that strangers get."""
VERSION = 1


@dataclass(frozen=True, slots=True)
class Revocations:
    """Stations that were shut out, since when, and the list of their certificates (an X.509 CRL, DER)."""

    stations: Mapping[str, datetime]
    serials: tuple[int, ...]
    """What the list holds, for whoever has no use for X.509."""
    crl: bytes = field(repr=False)


def revocations_payload(stations: Mapping[str, datetime], serials: Iterable[int], crl: bytes) -> bytes:
    """Return the payload that ``read_revocations`` reads."""
    said = {
        "v": VERSION,
        "stations": {code: stamp(at) for code, at in stations.items()},
        "serials": sorted(f"{serial:x}" for serial in serials),
        "crl": base64.b64encode(crl).decode(),
    }
    return canonical(said).encode()


def read_revocations(payload: bytes) -> Revocations:
    """Return what a bulletin says; BadInput when it is malformed. Its signature was checked before."""
    try:
        said = json.loads(payload)
        if said["v"] != VERSION:
            raise BadInput("a newer list of revocations")
        stations = {str(code): parse_stamp(at) for code, at in said["stations"].items()}
        serials = tuple(int(serial, 16) for serial in said["serials"])
        return Revocations(stations, serials, base64.b64decode(said["crl"], validate=True))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadInput("no list of revocations") from error


@dataclass(frozen=True, slots=True)
class Published:
    """What a counter took in last of what its centre revoked, as it came; empty where it took in nothing."""

    called_back: bytes = field(default=b"", repr=False)
    """The list of papers and certificates that count no more"""
    crl: bytes = field(default=b"", repr=False)
    """The certificates alone (X.509), which a centre publishes by itself"""


def published_in(uow: UnitOfWork) -> Published:
    """Return what was taken in of both."""
    payload = uow.directory.payload(TOPIC)
    return Published(uow.directory.payload(CALLED_BACK) or b"", read_revocations(payload).crl if payload else b"")


def check_revocations(payload: bytes) -> None:
    """Refuse a malformed list; a good one is kept as it came, and the directory says who is shut out."""
    read_revocations(payload)
