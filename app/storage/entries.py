"""The journal's table: entries in, entries out."""

from collections.abc import Iterator

from sqlcipher3.dbapi2 import Connection

from app.domain.journal import Entry, Head
from app.services.errors import BrokenJournal, NotFound
from app.storage.projection import Projection

PLACE = 2**40
"""An entry's ``place`` is ``epoch * PLACE + seq``: one number, so that the journal is in order by itself."""

_HEAD = "SELECT epoch, seq, hash FROM journal ORDER BY place DESC LIMIT 1"
_INSERT = (
    'INSERT INTO journal (place, epoch, seq, station, prev, hash, signature, body, "case", kind)'
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_ENTRIES = "SELECT station, epoch, seq, prev, hash, signature, body FROM journal"
_AT_PLACE = f"{_ENTRIES} WHERE place = ?"
_OF_CASE = f'{_ENTRIES} WHERE "case" = ? ORDER BY place'
_LATEST = f'{_ENTRIES} WHERE kind = ? AND "case" IS NULL ORDER BY place DESC LIMIT 1'
_ALL = f"{_ENTRIES} ORDER BY place"


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
        follows = (head.epoch, head.seq + 1) if head else (1, 1)
        opens = (head.epoch + 1, 1) if head else (1, 1)
        if (entry.epoch, entry.seq) not in {follows, opens}:
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
        self._head = Head(entry.epoch, entry.seq, entry.hash)

    def latest(self, kind: str) -> Entry | None:
        """Return the newest entry of a ``kind`` that belongs to no case, None when there is none."""
        row = self._connection.execute(_LATEST, (kind,)).fetchone()
        return Entry(*row) if row else None

    def opening(self, epoch: int) -> Entry:
        """Return the first entry of an epoch; NotFound when there is no such epoch."""
        row = self._connection.execute(_AT_PLACE, (epoch * PLACE + 1,)).fetchone()
        if row is None:
            raise NotFound("epoch")
        return Entry(*row)

    def of_case(self, number: str) -> list[Entry]:
        """Return the entries of one case, oldest first."""
        return [Entry(*row) for row in self._connection.execute(_OF_CASE, (number,))]

    def entries(self) -> Iterator[Entry]:
        """Yield every entry, oldest first, as the file is read."""
        return (Entry(*row) for row in self._connection.execute(_ALL))
