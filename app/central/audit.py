"""``central audit``: reads every station's chain and every case's history from the centre and rebuilds them.

What is looked for is told in ``remarks``, how it is read in ``journals``. Memory stays small however long the journals are:
only what the next entry is compared with is kept.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

from app.central.connection import Address, Link
from app.central.journals import PAGE, Journals, Progress
from app.central.remarks import ChainCheck, CustodyCheck, Kept, NumberCheck, TimeCheck, follow_cases, to_hash
from app.domain.clock import parse_stamp
from app.domain.journal import Verify
from app.services.ports import Audited, Remark
from app.services.progress import Tell, silent

CASES_AT_ONCE = 500


class Audit:
    """Checks a centre through its administrators' functions; it changes nothing."""

    def __init__(self, address: Address, verify: Verify) -> None:
        self._link = Link(address)
        self._journals = Journals(self._link)
        self._verify = verify

    def run(self, only: Iterable[str] = (), tell: Tell = silent) -> Audited:
        """Check the stations ``only``, or all of them and every case; return what was looked at and what is wrong.

        ``tell`` hears after every page how many entries were read of about how many; what it raises ends the audit.
        """
        audited = Audited()
        users: dict[str, str] = {}  # whose a series of paper numbers is
        wanted = list(only)
        known = self._journals.stations()
        read = Progress(tell, sum(known.get(station, 0) for station in wanted or known) * (1 if wanted else 2))
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

    # --- chains ------------------------------------------------------------------------------------------------

    def _check_station(self, station: str, users: dict[str, str], audited: Audited, read: Progress) -> None:
        keys = self._journals.keys(station)
        settled = set(self._link.rows("SELECT * FROM admin.settled_findings(%s::text)", station))
        refused = self._journals.refused(station)
        named = frozenset(self._journals.named(station, keys))
        chain = ChainCheck(station, self._verify, keys, self._journals.bases(station), named)
        numbers, times = NumberCheck(station, users), TimeCheck(station)
        head, last = self._journals.head(station), None
        for kept in self._journals.entries(station, read):
            audited.entries += 1
            audited.quarantined += kept.aside is not None
            if kept.seq >= refused.get(kept.epoch, kept.seq + 1):
                continue
            last = kept if (kept.epoch, kept.seq) <= head[:2] else last
            remarks = self._look(station, kept, chain, numbers, times)
            audited.remarks += (
                one for one in remarks if one.what != "signature" or (one.epoch, one.seq) not in settled
            )
        audited.remarks += self._journals.check_head(station, head, last)
        audited.remarks += self._check_anchors(station, times)

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

    def _check_custody(self, audited: Audited, read: Progress) -> None:
        cases = follow_cases(self._journals.turns(read), audited.remarks)
        while some := list(islice(cases, CASES_AT_ONCE)):
            audited.cases += len(some)
            audited.remarks += self._check_holders(some)

    def _check_holders(self, cases: list[CustodyCheck]) -> Iterator[Remark]:
        """Compare who holds a case by its history with whom the centre lets write on."""
        numbers = [case.number for case in cases]
        holders = dict(self._link.rows("SELECT * FROM admin.holders(%s::text[])", numbers))
        for case in cases:
            if case.holder is not None and holders.get(case.number) != case.holder:
                yield Remark(case.holder, 0, 0, "holder", f"{case.number}: the centre says {holders.get(case.number)}")
