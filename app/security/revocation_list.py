"""The list of what a centre called back – stations and single papers – as one text for whoever checks papers without it.

It is signed by the authority and lies beside the verification page; stations get the same text as a bulletin. Of revoked
stations they learn by another one; the X.509 list in it says the same of their certificates. docs/verification.md tells
every byte.
"""

import base64
import binascii
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import IntEnum
from pathlib import Path
from typing import Any

from app.domain.claims import ENTRY_LENGTH
from app.security.cbor import decode
from app.security.cose import FIRST_DAY, LAST_DAY, read_signed, signed_message
from app.security.short_certificates import LARGEST_SERIAL, LATEST, RootForm
from app.security.suites import ES256, as_fixed, low
from app.services.errors import BadRevocationList

SCHEME = "LDR1:"
LARGEST_TEXT = 8 * 1024 * 1024
LARGEST = 16 * 1024 * 1024
LEVEL = 9
NUMBER, MADE, UNTIL, STATIONS, PAPERS = range(1, 6)
"""Keys of the payload."""


class PaperEnd(IntEnum):
    """Why a paper counts no more."""

    WITHDRAWN = 1
    """撤销: what it certified counts no more"""
    RECALLED = 2
    """收回: the centre set aside for good what it rests on"""
    VOID = 3
    """作废"""
    REPLACED = 4
    """换发: a new one took its place"""


@dataclass(frozen=True, slots=True)
class RevocationList:
    """What was called back; ``number`` grows from list to list, ``until`` says when to look for a newer one."""

    number: int
    made: datetime
    until: datetime
    stations: Mapping[int, datetime] = field(default_factory=dict)
    """Serial numbers of stations' certificates, and since when they count no more."""
    papers: Mapping[bytes, tuple[PaperEnd, date]] = field(default_factory=dict)
    """Hashes of the entries that issued papers, why these count no more and since which day."""


def as_text(called_back: RevocationList, root: str, sign: Callable[[bytes], bytes]) -> str:
    """Return the text of a list; ``sign`` gives the authority's signature (DER), ``root`` is its certificate (PEM)."""
    payload = {
        NUMBER: called_back.number,
        MADE: int(called_back.made.timestamp()),
        UNTIL: int(called_back.until.timestamp()),
        STATIONS: {f"{serial:x}": int(at.timestamp()) for serial, at in called_back.stations.items()},
        PAPERS: {entry.hex(): [int(why), (day - FIRST_DAY).days] for entry, (why, day) in called_back.papers.items()},
    }
    header = {1: ES256.algorithm, 4: RootForm(root).mark}
    message = signed_message(header, payload, lambda statement: low(as_fixed(sign(statement))))
    return SCHEME + base64.b64encode(zlib.compress(message, LEVEL)).decode()


def read_list(text: str, root: str) -> RevocationList:
    """Return the list in a text after its signature was checked; BadRevocationList."""
    form = RootForm(root)
    try:
        header, payload, statement, signature = read_signed(_inflated(text))
        if header != {1: ES256.algorithm, 4: form.mark}:
            raise BadRevocationList
        if not ES256().verify(form.public_key, statement, signature):
            raise BadRevocationList
        return _list(decode(payload))
    except (ValueError, zlib.error) as error:
        raise BadRevocationList from error


def read_list_file(path: Path, root: str) -> RevocationList:
    """Return the list in a file; BadRevocationList, and OSError of whoever reads files."""
    with path.open("rb") as file:
        text = file.read(LARGEST_TEXT + 1).decode(errors="replace")
    return read_list(text.strip(), root)


def _inflated(text: str) -> bytes:
    if len(text) > LARGEST_TEXT or not text.startswith(SCHEME):
        raise BadRevocationList
    inflating = zlib.decompressobj()
    data = inflating.decompress(base64.b64decode(text.removeprefix(SCHEME).strip(), validate=True), LARGEST)
    if not inflating.eof or inflating.unused_data:
        raise BadRevocationList
    return data


def _list(said: Any) -> RevocationList:  # noqa: ANN401  what was read
    match said:
        case {1: int(number), 2: int(made), 3: int(until), 4: dict(stations), 5: dict(papers)} if len(said) == PAPERS:
            return RevocationList(
                number,
                _moment(made),
                _moment(until),
                {_serial(serial): _moment(at) for serial, at in stations.items()},
                {_entry(entry): _end(end) for entry, end in papers.items()},
            )
    raise BadRevocationList


def _moment(seconds: Any) -> datetime:  # noqa: ANN401
    if not isinstance(seconds, int) or not 0 <= seconds <= LATEST:
        raise ValueError("no moment")
    return datetime.fromtimestamp(seconds, UTC)


def _serial(text: Any) -> int:  # noqa: ANN401
    if not isinstance(text, str) or not 0 < len(text) <= 2 * LARGEST_SERIAL:
        raise ValueError("no serial number")
    return int(text, 16)


def _entry(text: Any) -> bytes:  # noqa: ANN401
    if not isinstance(text, str) or len(text) != 2 * ENTRY_LENGTH:
        raise ValueError("no hash")
    return binascii.unhexlify(text)


def _end(end: Any) -> tuple[PaperEnd, date]:  # noqa: ANN401
    match end:
        case [int(why), int(day)] if 0 <= day <= LAST_DAY:
            return PaperEnd(why), date.fromordinal(FIRST_DAY.toordinal() + day)
    raise ValueError("no end of a paper")
