"""Asks the centre for the entry that a citizen's receipt names: as a station, or as one who supervises.

What is told to whom the centre decides; what stations wrote is anybody's text until it was read here.
"""

from datetime import datetime
from typing import Any, LiteralString

from app.central.connection import Address, Link
from app.domain.clock import CHINA, parse_stamp
from app.services.ports import ReceiptEntry

COLUMNS: LiteralString = "station, epoch, seq, hash, kind, at, received_at, anchored_at, is_confirmed, aside"
AS_STATION: LiteralString = f"SELECT {COLUMNS} FROM api.receipt(%s::text, %b::bytea)"
AS_SUPERVISOR: LiteralString = f"SELECT {COLUMNS} FROM supervise.receipt(%s::text, %b::bytea)"


class CentreReceipts:
    """Reads at a centre and changes nothing."""

    def __init__(self, address: Address, statement: LiteralString) -> None:
        self._link = Link(address)
        self._statement = statement

    def ask(self, case: str, witness: bytes | None) -> list[ReceiptEntry]:
        """Return the entry of a case whose hash begins so; when there is none, those that receipts of it speak of.

        These, and all that is told without a ``witness``, only to whoever has a part in the case or supervises.
        """
        return [_entry(row) for row in self._link.rows(self._statement, case, witness)]

    def close(self) -> None:
        """End the connection."""
        self._link.close()


def _entry(row: tuple[Any, ...]) -> ReceiptEntry:
    station, epoch, seq, digest, kind, at, received_at, anchored_at, is_confirmed, aside = row
    received_at = received_at.astimezone(CHINA)
    times = (_moment(at), received_at, _moment(anchored_at))
    return ReceiptEntry(station, epoch, seq, bytes(digest), kind or "", *times, is_confirmed, aside)


def _moment(text: str | None) -> datetime | None:
    try:
        return parse_stamp(text) if text else None
    except ValueError:
        return None
