"""Entries that are not this journal's own, inside one transaction: kept, folded into the views, or waiting."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlcipher3.dbapi2 import Connection

from app.domain.clock import parse_stamp, stamp
from app.domain.journal import Entry, case_of, is_note
from app.services.ports import ReceivedEntry, Waits
from app.services.ports.received import NO_DIGESTS
from app.storage.projection import Projection
from app.storage.schema import PLACE

_INSERT = (
    'INSERT OR IGNORE INTO received (after_place, rank, station, epoch, seq, prev, hash, signature, body, "case",'
    " received_at, waits, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_NOW_AT_CENTRE = "UPDATE received SET received_at = ? WHERE station = ? AND epoch = ? AND seq = ? AND hash = ? AND received_at IS NULL"
_COLUMNS = "SELECT id, station, epoch, seq, prev, hash, signature, body, received_at, waits FROM received"
_GET = f"{_COLUMNS} WHERE station = ? AND epoch = ? AND seq = ?"
_WAITING = f"{_COLUMNS} WHERE waits != '' AND rank = 1 AND id > ? ORDER BY id LIMIT ?"
_FOLDED = (
    "UPDATE received SET waits = '', id = (SELECT max(id) FROM received) + 1,"
    " after_place = (SELECT coalesce(max(place), 0) FROM journal) WHERE station = ? AND epoch = ? AND seq = ?"
)
# What was kept last is last already: its row needs not be moved.
_FOLDED_LAST = (
    "UPDATE received SET waits = '', after_place = (SELECT coalesce(max(place), 0) FROM journal)"
    " WHERE station = ? AND epoch = ? AND seq = ? AND id = (SELECT max(id) FROM received)"
)
_PUT_LAST = f"{_FOLDED} AND rank = 1 AND waits IN ('', 'order', 'custody')"
_KEEP_WAITING = "UPDATE received SET waits = ? WHERE station = ? AND epoch = ? AND seq = ? AND waits != ''"
_GONE_PAST = "UPDATE received SET waits = ? WHERE station = ? AND epoch = ? AND seq = ? AND rank = 1 AND waits = ''"
_WAITS_FOR = (
    "SELECT 1 FROM received WHERE \"case\" = ? AND waits != '' AND rank = 1 AND note = 0"
    " AND waits NOT IN ('signature', 'unreadable', 'custody') LIMIT 1"
)
_HAS_OWN = 'SELECT 1 FROM received WHERE "case" = ? AND rank = 0 LIMIT 1'
_OTHERS = (
    "SELECT station, epoch, seq, prev, hash, signature, body FROM received"
    " WHERE \"case\" = ? AND rank = 1 AND waits = ''"
)
_OF_CASE = f"{_OTHERS} ORDER BY id"
_ONLY_IN_FILES = f"{_OTHERS} AND note = 0 AND received_at IS NULL ORDER BY id"
_PUT_BEHIND = "UPDATE received SET after_place = ? WHERE station = ? AND epoch = ? AND seq = ?"
_NOTE_DIGEST = "UPDATE received SET digest = ? WHERE after_place = ? AND rank = 0"
_COUNTED = "SELECT waits, count(*) FROM received WHERE waits != '' AND (rank = 1 OR waits = 'body') GROUP BY waits"
OWN, OTHERS = 0, 1
"""Ranks: an own entry that was read back stands at its own place, before what came from others there."""


class StoredReceived:
    """Implements the port ``Received``."""

    def __init__(self, connection: Connection, projection: Projection) -> None:
        self._connection = connection
        self._projection = projection

    def add(self, entry: Entry, received_at: datetime | None) -> bool:
        """Keep an entry, waiting at first; False when it is here already, and then it may be new that the centre has it."""
        is_new = self._insert(entry, 0, OTHERS, received_at, Waits.ORDER if entry.body else Waits.BODY)
        if received_at and not is_new:
            row = (stamp(received_at), entry.station, entry.epoch, entry.seq, entry.hash)
            self._connection.execute(_NOW_AT_CENTRE, row)
        return is_new

    def take_back(self, entries: Iterable[Entry], digests: Mapping[tuple[int, int], bytes] = NO_DIGESTS) -> None:
        """Keep own entries that this journal lost; they stand at their own place once the views are built again."""
        for entry in entries:
            place = entry.epoch * PLACE + entry.seq
            if not self._insert(entry, place, OWN, None, None if entry.body else Waits.BODY):
                continue
            self._projection.count_numbers(self._connection, entry)
            if not entry.body:
                self._connection.execute(_NOTE_DIGEST, (digests.get((entry.epoch, entry.seq)), place))

    def _insert(self, entry: Entry, after: int, rank: int, received_at: datetime | None, waits: Waits | None) -> bool:
        row = (
            after,
            rank,
            entry.station,
            entry.epoch,
            entry.seq,
            entry.prev,
            entry.hash,
            entry.signature,
            entry.body,
            case_of(entry) or None,
            stamp(received_at) if received_at else None,
            waits or "",
            int(is_note(entry)),
        )
        return bool(self._connection.execute(_INSERT, row).rowcount)

    def get(self, station: str, epoch: int, seq: int) -> ReceivedEntry | None:
        """Return one entry, None when it is not here."""
        row = self._connection.execute(_GET, (station, epoch, seq)).fetchone()
        return _received(row) if row else None

    def fold(self, entry: Entry) -> Waits | None:
        """Bring every view up to a waiting entry and return None; else return why that is not possible."""
        why = self._projection.fold_received(self._connection, entry.body)
        if why is None:
            place = (entry.station, entry.epoch, entry.seq)
            if not self._connection.execute(_FOLDED_LAST, place).rowcount:
                self._connection.execute(_FOLDED, place)
        return why

    def put_in_order(self, entries: Iterable[Entry]) -> None:
        """Let these entries of other stations stand one after another at the end, once the views are built again."""
        for entry in entries:
            self._connection.execute(_PUT_LAST, (entry.station, entry.epoch, entry.seq))

    def keep_waiting(self, entry: Entry, why: Waits) -> None:
        """Note why an entry waits."""
        self._connection.execute(_KEEP_WAITING, (why, entry.station, entry.epoch, entry.seq))

    def pass_by(self, entries: Iterable[Entry]) -> None:
        """Let entries that are part of the views wait for custody, once these are built again: the case went past them."""
        for entry in entries:
            self._connection.execute(_GONE_PAST, (Waits.CUSTODY, entry.station, entry.epoch, entry.seq))

    def has_own(self, case_number: str) -> bool:
        """Tell whether own entries of the case were read back."""
        return self._connection.execute(_HAS_OWN, (case_number,)).fetchone() is not None

    def of_case(self, case_number: str) -> list[Entry]:
        """Return the entries of other stations on a case that are part of the views, in the order they came."""
        return [Entry(*row) for row in self._connection.execute(_OF_CASE, (case_number,))]

    def only_in_files(self, case_number: str) -> list[Entry]:
        """Return those of ``of_case`` that change the case and that the centre is not known to have."""
        return [Entry(*row) for row in self._connection.execute(_ONLY_IN_FILES, (case_number,))]

    def put_behind(self, entry: Entry, epoch: int, seq: int) -> None:
        """Let an entry of another station stand behind a place of the own chain, once the views are built again."""
        row = (epoch * PLACE + seq, entry.station, entry.epoch, entry.seq)
        self._connection.execute(_PUT_BEHIND, row)

    def waits_for(self, case_number: str) -> bool:
        """Tell whether an entry of the case waits that those behind it wait for."""
        return self._connection.execute(_WAITS_FOR, (case_number,)).fetchone() is not None

    def waiting(self, after: int, limit: int) -> list[ReceivedEntry]:
        """Return entries that wait, in the order they came, from behind a place on."""
        return [_received(row) for row in self._connection.execute(_WAITING, (after, limit))]

    def count_waiting(self) -> dict[Waits, int]:
        """Return how many entries wait for each reason."""
        return {Waits(why): count for why, count in self._connection.execute(_COUNTED)}


def _received(row: tuple[int, str, int, int, bytes, bytes, bytes, str, str | None, str]) -> ReceivedEntry:
    place, station, epoch, seq, prev, digest, signature, body, received_at, waits = row
    entry = Entry(station, epoch, seq, prev, digest, signature, body)
    return ReceivedEntry(
        place, entry, parse_stamp(received_at) if received_at else None, Waits(waits) if waits else None
    )
