"""The journal's table: entries in, entries out."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select

from app.domain.journal import Entry, Head
from app.services.errors import BrokenJournal, NotFound
from app.storage.projection import Projection
from app.storage.schema import journal

PAGE = 1000

_HEAD = select(journal.c.epoch, journal.c.seq, journal.c.hash).order_by(journal.c.epoch.desc(), journal.c.seq.desc())
_INSERT = insert(journal)
_COLUMNS = select(
    journal.c.station,
    journal.c.epoch,
    journal.c.seq,
    journal.c.prev,
    journal.c.hash,
    journal.c.signature,
    journal.c.body,
)
_OPENING = _COLUMNS.where(journal.c.epoch == bindparam("epoch"), journal.c.seq == 1)
_OF_CASE = _COLUMNS.where(journal.c.case == bindparam("case")).order_by(journal.c.epoch, journal.c.seq)
_LATEST = _COLUMNS.where(journal.c.kind == bindparam("kind")).order_by(journal.c.epoch.desc(), journal.c.seq.desc())


class StoredJournal:
    """Implements the port ``Journal`` inside one transaction."""

    def __init__(self, connection: Connection, projection: Projection) -> None:
        self._connection = connection
        self._projection = projection

    def head(self) -> Head | None:
        """Return where the journal ends, None when it is empty."""
        row = self._connection.execute(_HEAD.limit(1)).first()
        return Head(row.epoch, row.seq, row.hash) if row else None

    def append(self, entry: Entry) -> None:
        """Add the entry that follows the head and bring every view up to it; BrokenJournal when it does not follow."""
        head = self.head()
        follows = (head.epoch, head.seq + 1) if head else (1, 1)
        opens = (head.epoch + 1, 1) if head else (1, 1)
        if (entry.epoch, entry.seq) not in {follows, opens}:
            raise BrokenJournal(entry.epoch, entry.seq, "sequence")
        body = entry.read()
        row = {
            "epoch": entry.epoch,
            "seq": entry.seq,
            "station": entry.station,
            "prev": entry.prev,
            "hash": entry.hash,
            "signature": entry.signature,
            "body": entry.body,
            "case": body["case"],
            "kind": body["kind"],
        }
        self._connection.execute(_INSERT, row)
        self._projection.apply(self._connection, body)

    def latest(self, kind: str) -> Entry | None:
        """Return the newest entry of ``kind``, None when there is none."""
        row = self._connection.execute(_LATEST.limit(1), {"kind": kind}).first()
        return _entry(row) if row else None

    def opening(self, epoch: int) -> Entry:
        """Return the first entry of an epoch; NotFound when there is no such epoch."""
        row = self._connection.execute(_OPENING, {"epoch": epoch}).first()
        if row is None:
            raise NotFound("epoch")
        return _entry(row)

    def of_case(self, number: str) -> list[Entry]:
        """Return the entries of one case, oldest first."""
        return [_entry(row) for row in self._connection.execute(_OF_CASE, {"case": number})]

    def entries(self) -> Iterator[Entry]:
        """Yield every entry, oldest first, a page at a time."""
        ordered = _COLUMNS.order_by(journal.c.epoch, journal.c.seq)
        result = self._connection.execution_options(yield_per=PAGE).execute(ordered)
        return (_entry(row) for row in result)


def _entry(row: Row[*tuple[Any, ...]]) -> Entry:
    return Entry(row.station, row.epoch, row.seq, row.prev, row.hash, row.signature, row.body)
