"""``central audit``: reads every station's chain and every case's history from the centre and rebuilds them.

What is looked for is told in ``remarks``. Memory stays small however long the journals are: chains are read in pages,
and only what the next entry is compared with is kept.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

from app.central.connection import Address, Link
from app.central.remarks import (
    ChainCheck,
    CustodyCheck,
    Kept,
    NumberCheck,
    TimeCheck,
    Turn,
    follow_cases,
    named_before,
    to_hash,
)
from app.domain.clock import parse_stamp
from app.domain.journal import Verify
from app.services.ports import Audited, Remark
from app.services.progress import Tell, silent

PAGE = 1000
CASES_AT_ONCE = 500


class Audit:
    """Checks a centre through its administrators' functions; it changes nothing."""

    def __init__(self, address: Address, verify: Verify) -> None:
        self._link = Link(address)
        self._verify = verify

    def run(self, only: Iterable[str] = (), tell: Tell = silent) -> Audited:
        """Check the stations ``only``, or all of them and every case; return what was looked at and what is wrong.

        ``tell`` hears after every page how many entries were read of about how many; what it raises ends the audit.
        """
        audited = Audited()
        users: dict[str, str] = {}  # whose a series of paper numbers is
        wanted = list(only)
        known = self._stations()
        read = _Read(tell, sum(known.get(station, 0) for station in wanted or known) * (1 if wanted else 2))
        for station in wanted or known:
            self._check_station(station, users, audited, read)
            audited.stations += 1
        if not wanted:
            self._check_custody(audited, read)
        audited.settle(set(self._link.rows("SELECT station, epoch, seq, what FROM admin.settled_remarks()")))
        return audited

    def close(self) -> None:
        """End the connection."""
        self._link.close()

    def _stations(self) -> dict[str, int]:
        """Return all stations with the length of the last epoch of their chains."""
        return dict(self._link.rows("SELECT code, seq FROM admin.stations()"))

    # --- chains ------------------------------------------------------------------------------------------------

    def _check_station(self, station: str, users: dict[str, str], audited: Audited, read: "_Read") -> None:
        keys = {epoch: key for epoch, key, *_ in self._link.rows("SELECT * FROM admin.epochs(%s::text)", station)}
        bases = self._link.rows("SELECT * FROM admin.chain_bases(%s::text)", station)
        settled = set(self._link.rows("SELECT * FROM admin.settled_findings(%s::text)", station))
        refused = dict(self._link.rows("SELECT * FROM admin.refused(%s::text)", station))
        ends = {(epoch, seq): digest for epoch, seq, digest in bases}
        chain = ChainCheck(station, self._verify, keys, ends, frozenset(self._named(station, keys)))
        numbers, times = NumberCheck(station, users), TimeCheck(station)
        last: Kept | None = None
        for kept in self._entries(station, read):
            audited.entries += 1
            audited.quarantined += kept.aside is not None
            if kept.seq >= refused.get(kept.epoch, kept.seq + 1):
                continue
            last = kept
            remarks = self._look(station, kept, chain, numbers, times)
            audited.remarks += (
                one for one in remarks if one.what != "signature" or (one.epoch, one.seq) not in settled
            )
        audited.remarks += self._check_head(station, last)
        audited.remarks += self._check_anchors(station, times)

    def _named(self, station: str, epochs: Iterable[int]) -> Iterator[bytes]:
        """Yield the entries that epochs name as the last before them, so that no others have to be remembered."""
        statement = "SELECT * FROM admin.entries(%s::text, %s::int, 0, 1)"
        for epoch in epochs:
            for row in self._link.rows(statement, station, epoch):
                yield named_before(Kept(*row))

    @staticmethod
    def _look(station: str, kept: Kept, chain: ChainCheck, numbers: NumberCheck, times: TimeCheck) -> Iterator[Remark]:
        try:
            body = kept.read()
        except (ValueError, RecursionError):
            yield Remark(station, kept.epoch, kept.seq, "body", "not canonical")
            body = None
        yield from chain.look(kept, body)
        yield from numbers.look(kept, body)
        if body is not None:
            yield from times.look(kept, body)

    def _entries(self, station: str, read: "_Read") -> Iterator[Kept]:
        place = (0, 0)
        statement = "SELECT * FROM admin.entries(%s::text, %s::int, %s::bigint, %s::int)"
        while rows := self._link.rows(statement, station, *place, PAGE):
            read.more(len(rows))
            yield from (Kept(*row) for row in rows)
            place = rows[-1][:2]

    def _check_head(self, station: str, last: Kept | None) -> Iterator[Remark]:
        """Compare the head that the centre goes on from with the last entry: entries may have been taken off the end."""
        epoch, seq, digest = self._link.row("SELECT * FROM admin.head(%s::text)", station)
        if last is not None and (epoch, seq, digest) != (last.epoch, last.seq, last.hash):
            yield Remark(station, epoch, seq, "head")
        if last is None and seq and not self._link.rows("SELECT * FROM admin.chain_bases(%s::text)", station):
            yield Remark(station, epoch, seq, "head")

    def _check_anchors(self, station: str, times: TimeCheck) -> Iterator[Remark]:
        """Ask the centre, which alone has the secret, whether it gave out the anchors that were shown."""
        shown = iter(times.anchors.items())
        while some := list(islice(shown, PAGE)):
            moments = [parse_stamp(at) for (at, _nonce), _place in some]
            nonces = [to_hash(nonce) for (_at, nonce), _place in some]
            (ours,) = self._link.row(
                "SELECT admin.anchors_are_ours(%s::text, %s::timestamptz[], %b::bytea[])", station, moments, nonces
            )
            for is_ours, (_anchor, (epoch, seq)) in zip(ours, some, strict=True):
                if not is_ours:
                    yield Remark(station, epoch, seq, "anchor", "not given by this centre")

    # --- cases -------------------------------------------------------------------------------------------------

    def _check_custody(self, audited: Audited, read: "_Read") -> None:
        cases = follow_cases(self._turns(read), audited.remarks)
        while some := list(islice(cases, CASES_AT_ONCE)):
            audited.cases += len(some)
            audited.remarks += self._check_holders(some)

    def _turns(self, read: "_Read") -> Iterator[Turn]:
        place = ("", 0)
        statement = "SELECT * FROM admin.case_entries(%s::text, %s::bigint, %s::int)"
        while rows := self._link.rows(statement, *place, PAGE):
            read.more(len(rows))
            yield from (Turn(*row) for row in rows)
            place = rows[-1][:2]

    def _check_holders(self, cases: list[CustodyCheck]) -> Iterator[Remark]:
        """Compare who holds a case by its history with whom the centre lets write on."""
        numbers = [case.number for case in cases]
        holders = dict(self._link.rows("SELECT * FROM admin.holders(%s::text[])", numbers))
        for case in cases:
            if case.holder is not None and holders.get(case.number) != case.holder:
                yield Remark(case.holder, 0, 0, "holder", f"{case.number}: the centre says {holders.get(case.number)}")


class _Read:
    """Counts what was read, and tells it."""

    def __init__(self, tell: Tell, total: int) -> None:
        self._tell = tell
        self._total = max(total, 1)
        self._done = 0

    def more(self, count: int) -> None:
        """Take note of a page; older epochs are not in the total, so it may be reached early."""
        self._done += count
        self._tell(min(self._done, self._total), self._total)
