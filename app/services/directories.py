"""The directory of stations as the centre publishes it (窗口名录): the payload of a bulletin.

Compressed: every station reads all of it, on whatever line it has. Names and keys of 2,076 stations are 540 kB of JSON
and 112 kB so.
"""

import json
import zlib
from collections.abc import Iterable

from app.domain.plain import from_plain, to_plain
from app.domain.station import KnownStation
from app.services.errors import BadInput

TOPIC = "stations"
LARGEST = 64 * 1024 * 1024
"""Bytes of JSON, enough for every station of a country; whatever unpacks to more is none."""


def directory_payload(stations: Iterable[KnownStation]) -> bytes:
    """Return the payload that ``read_directory`` reads; the same for the same stations."""
    told = [to_plain(station) for station in stations]
    return zlib.compress(json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(), level=9)


def read_directory(payload: bytes) -> list[KnownStation]:
    """Return the stations in a bulletin; BadInput when it is no directory."""
    try:
        stations = [from_plain(KnownStation, one) for one in json.loads(_unpacked(payload))]
        for station in stations:
            for key in station.keys:
                bytes.fromhex(key.public_key)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError, zlib.error) as error:
        raise BadInput("no directory of stations") from error
    return stations


def _unpacked(payload: bytes) -> bytes:
    unpacking = zlib.decompressobj()
    text = unpacking.decompress(payload, LARGEST)
    if not unpacking.eof:
        raise ValueError("cut, or too large")
    return text
