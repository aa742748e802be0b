"""The journal's table: entries in, entries out."""

import sys
from collections.abc import Iterator
from datetime import date

from sqlcipher3.dbapi2 import Connection

from app.domain.journal import Entry, Head
from app.services.errors import BrokenJournal, NotFound
from app.services.ports import KindCount
from app.storage.case_history import entries_of_case
from app.storage.projection import Projection
from app.storage.schema import PLACE

_HEAD = "SELECT epoch, seq, hash, coalesce(json_extract(body, '$.at'), '') FROM journal ORDER BY place DESC LIMIT 1"
_INSERT = (
    'INSERT INTO journal (place, epoch, seq, station, prev, hash, signature, body, "case", kind)'
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_ENTRIES = "SELECT station, epoch, seq, prev, hash, signature, body FROM journal"
_AT_PLACE = f"{_ENTRIES} WHERE place = ?"
_LATEST = f'{_ENTRIES} WHERE kind = ? AND "case" IS NULL ORDER BY place DESC LIMIT 1'
_LAST_BEFORE = "SELECT epoch, seq FROM journal WHERE place < ? ORDER BY place DESC LIMIT 1"
# With max(), SQLite takes the other columns from the row that has it.
_KINDS = "SELECT kind, count(*), max(place), coalesce(json_extract(body, '$.at'), '') FROM journal GROUP BY kind"
_NEWEST = f'{_ENTRIES} WHERE kind = ? AND "case" IS NULL ORDER BY place DESC LIMIT ?'
_BEHIND = f"{_ENTRIES} WHERE place > ? ORDER BY place"
_CUT = (
    "DELETE FROM journal WHERE place > ?",
    "DELETE FROM set_aside WHERE place > ?",
    "DELETE FROM confirmations WHERE place > ?",
    "UPDATE received SET after_place = min(after_place, ?) WHERE rank = 1",
)
_ALL = f"{_ENTRIES} ORDER BY place"
_OF_INQUIRY = (
    f"{_ENTRIES} WHERE place = (SELECT place FROM inquiries WHERE number = :number)"
    f" UNION ALL {_ENTRIES} WHERE kind IN ('InquiryAnswered', 'InquiryHandedOn', 'InquiryClosed') AND \"case\" IS NULL"
    " AND place > (SELECT place FROM inquiries WHERE number = :number)"
    " AND json_extract(body, '$.data.number') = :number ORDER BY epoch, seq"
)
_UNCLOSED = (
    "SELECT day, max(first, closed + 1), last FROM days"
    " WHERE last > closed AND (day = :day OR (day < :day AND closed > 0)) ORDER BY first"
)
_OF_DAY = f"{_ENTRIES} WHERE place BETWEEN ? AND ? AND substr(json_extract(body, '$.at'), 1, 10) = ? ORDER BY place"


class StoredJournal:
    """Implements the port ``Journal`` inside one transaction; without a projection it only reads."""

    def __init__(self, connection: Connection, projection: Projection | None = None) -> None:
        self._connection = connection
        self._projection = projection
        self._head: Head | None = None

    def head(self) -> Head | None:
        """Return where the journal ends, None when it is empty."""
        if self._head is None:
            row = self._connection.execute(_HEAD).fetchone()
            self._head = Head(*row) if row else None
        return self._head

    def append(self, entry: Entry) -> None:
        """Add the entry that follows the head and bring every view up to it; BrokenJournal when it does not follow."""
        head = self.head()
        follows = (head.epoch, head.seq + 1) if head else None
        opens = entry.seq == 1 and entry.epoch > (head.epoch if head else 0)
        if not opens and (entry.epoch, entry.seq) != follows:
            raise BrokenJournal(entry.epoch, entry.seq, "sequence")
        body = entry.read()
        row = (
            entry.epoch * PLACE + entry.seq,
            entry.epoch,
            entry.seq,
            entry.station,
            entry.prev,
            entry.hash,
            entry.signature,
            entry.body,
            body["case"],
            body["kind"],
        )
        self._connection.execute(_INSERT, row)
        assert self._projection is not None  # noqa: S101  who appends brings the views up
        self._projection.apply(self._connection, body)
        self._head = Head(entry.epoch, entry.seq, entry.hash, body["at"])

    def latest(self, kind: str) -> Entry | None:
        """Return the newest entry of a ``kind`` that belongs to no case, None when there is none."""
        row = self._connection.execute(_LATEST, (kind,)).fetchone()
        return Entry(*row) if row else None

    def kinds(self) -> dict[str, KindCount]:
        """Return how many entries of each kind there are."""
        return {kind: KindCount(count, last_at) for kind, count, _, last_at in self._connection.execute(_KINDS)}

    def newest(self, kind: str, limit: int) -> list[Entry]:
        """Return the newest entries of a ``kind`` that belong to no case, the latest first."""
        return [Entry(*row) for row in self._connection.execute(_NEWEST, (kind, limit))]

    def opening(self, epoch: int) -> Entry:
        """Return the first entry of an epoch; NotFound when there is no such epoch."""
        return self.at(epoch, 1)

    def at(self, epoch: int, seq: int) -> Entry:
        """Return one entry by its place; NotFound when there is none."""
        row = self._connection.execute(_AT_PLACE, (epoch * PLACE + seq,)).fetchone()
        if row is None:
            raise NotFound("entry")
        return Entry(*row)

    def of_case(self, number: str) -> list[Entry]:
        """Return the entries of one case in the order in which they came to be known here."""
        return entries_of_case(self._connection, number)

    def of_inquiry(self, number: str) -> list[Entry]:
        """Return the entries of one inquiry, oldest first; an empty list when there is none."""
        return [Entry(*row) for row in self._connection.execute(_OF_INQUIRY, {"number": number})]

    def unclosed(self, day: date) -> list[Entry]:
        """Return what happened on ``day``, and on closed days before it, since they were closed; oldest first."""
        spans = self._connection.execute(_UNCLOSED, {"day": day.isoformat()}).fetchall()
        return [
            Entry(*row)
            for day_text, first, last in spans
            for row in self._connection.execute(_OF_DAY, (first, last, day_text))
        ]

    def cut(self, epoch: int, seq: int) -> list[Entry]:
        """Take everything behind a place off and return it, for another epoch to keep word for word."""
        place = (epoch * PLACE + seq,)
        apart = [Entry(*row) for row in self._connection.execute(_BEHIND, place)]
        for statement in _CUT:
            self._connection.execute(statement, place)
        self._head = None
        return apart

    def length(self) -> int:
        """Return how many entries there are: the sum of the epochs' last ones."""
        count, end = 0, sys.maxsize
        while row := self._connection.execute(_LAST_BEFORE, (end,)).fetchone():
            count += row[1]
            end = row[0] * PLACE
        return count

    def entries(self) -> Iterator[Entry]:
        """Yield every entry, oldest first, as the file is read."""
        return (Entry(*row) for row in self._connection.execute(_ALL))
