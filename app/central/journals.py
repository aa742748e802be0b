"""Reads the journals of all stations, and the histories of all cases, page by page from the centre: memory stays small."""

from collections.abc import Iterable, Iterator
from typing import Any

from app.central.connection import Link
from app.central.remarks import Kept, Turn, named_before
from app.services.ports import Remark
from app.services.progress import Tell

PAGE = 1000
A_CASE = 50
"""Entries that are asked for at a time where one case is wanted; few have more."""

Head = tuple[int, int, bytes]
"""Epoch, seq and hash of where a chain ends."""


class Progress:
    """Counts what was read, and tells it."""

    def __init__(self, tell: Tell, total: int) -> None:
        self._tell = tell
        self._total = max(total, 1)
        self._done = 0

    def more(self, count: int) -> None:
        """Take note of a page; older epochs are not in the total, so it may be reached early."""
        self._done += count
        self._tell(min(self._done, self._total), self._total)


class Journals:
    """The journals at one centre, by the functions of its administrators."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def stations(self) -> dict[str, int]:
        """Return all stations with the length of the last epoch of their chains."""
        return dict(self._link.rows("SELECT code, seq FROM admin.stations()"))

    def keys(self, station: str) -> dict[int, bytes]:
        """Return the public keys of a station's epochs, as the centre noted them."""
        return {
            epoch: bytes(key) for epoch, key, *_ in self._link.rows("SELECT * FROM admin.epochs(%s::text)", station)
        }

    def bases(self, station: str) -> dict[tuple[int, int], bytes]:
        """Return the hashes by place where detached years end."""
        rows = self._link.rows("SELECT * FROM admin.chain_bases(%s::text)", station)
        return {(epoch, seq): bytes(digest) for epoch, seq, digest in rows}

    def refused(self, station: str) -> dict[int, int]:
        """Return from which entry on an administrator refused an epoch."""
        return dict(self._link.rows("SELECT * FROM admin.refused(%s::text)", station))

    def entries(self, station: str, read: Progress) -> Iterator[Kept]:
        """Yield the entries of a station, in order."""
        place = (0, 0)
        while rows := self._page(station, *place, PAGE):
            read.more(len(rows))
            yield from (Kept(*row) for row in rows)
            place = rows[-1][:2]

    def entry(self, station: str, epoch: int, seq: int) -> Kept | None:
        """Return one entry, None where the centre has none."""
        kept = [Kept(*row) for row in self._page(station, epoch, seq - 1, 1)]
        return kept[0] if kept and (kept[0].epoch, kept[0].seq) == (epoch, seq) else None

    def named(self, station: str, epochs: Iterable[int]) -> Iterator[bytes]:
        """Yield the entries that epochs name as the last before them, so that no others have to be remembered."""
        for epoch in epochs:
            for row in self._page(station, epoch, 0, 1):
                yield named_before(Kept(*row))

    def head(self, station: str) -> Head:
        """Return the place and the hash that a chain goes on from; to be asked for before its entries, for it goes on."""
        epoch, seq, digest = self._link.row("SELECT * FROM admin.head(%s::text)", station)
        return epoch, seq, bytes(digest)

    def check_head(self, station: str, head: Head, last: Kept | None) -> Iterator[Remark]:
        """Compare a head with the last entry up to it: entries may have been taken off the end."""
        epoch, seq, _digest = head
        if last is not None and head != (last.epoch, last.seq, last.hash):
            yield Remark(station, epoch, seq, "head")
        if last is None and seq and not self.bases(station):
            yield Remark(station, epoch, seq, "head")

    def turns(self, read: Progress) -> Iterator[Turn]:
        """Yield the histories of all cases, case by case."""
        place = ("", 0)
        while rows := self._turns(*place, PAGE):
            read.more(len(rows))
            yield from (Turn(*row) for row in rows)
            place = rows[-1][:2]

    def history(self, case_number: str) -> Iterator[Turn]:
        """Yield the history of one case."""
        place = (case_number, 0)
        while rows := self._turns(*place, A_CASE):
            yield from (Turn(*row) for row in rows if row[0] == case_number)
            place = rows[-1][:2]
            if place[0] != case_number:
                return

    def _page(self, station: str, epoch: int, seq: int, limit: int) -> list[tuple[Any, ...]]:
        statement = "SELECT * FROM admin.entries(%s::text, %s::int, %s::bigint, %s::int)"
        return self._link.rows(statement, station, epoch, seq, limit)

    def _turns(self, case_number: str, n: int, limit: int) -> list[tuple[Any, ...]]:
        statement = "SELECT * FROM admin.case_entries(%s::text, %s::bigint, %s::int)"
        return self._link.rows(statement, case_number, n, limit)
