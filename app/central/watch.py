"""Looks after a centre from beside its database: signatures, partitions, backends that hang, health.

``Watch`` does one thing a method, so that a test or an administrator may ask for it; ``round`` does all of them once.
The functions are those of schema ``watch``; how figures are written for Prometheus is told in ``metrics``.
"""

import json
import logging
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.central.connection import Address, Link
from app.domain.journal import Verify
from app.domain.vouching import is_vouched
from app.services.errors import CentralUnavailable

log = logging.getLogger(__name__)

AT_ONCE = 5000
"""Signatures of one round: at 115 µs each a round takes about half a second."""
CASES_AT_ONCE = 100
MOST_HELD = 3
"""After so many cases that are held a round lets nothing more in: each takes a second."""
YEARS_AHEAD = 2
LONGEST_S = 60
"""A station's transaction may last so long; its longest call takes a few seconds."""
LONGEST_IDLE_S = 15
"""A station may sit in an open transaction so long: it holds locks that others wait for."""


@dataclass(frozen=True, slots=True)
class Round:
    """What one round of the watch did and saw."""

    verified: int
    """Signatures that were checked and good."""
    broken: int
    """Entries whose signature did not fit, found in this round."""
    ended: int
    """Backends that were ended."""
    years: tuple[int, ...]
    """Years that partitions were made for."""
    health: dict[str, Any]
    server: dict[str, Any]
    disk_free: int | None
    """Bytes free where the database lies; None when nobody said where that is."""
    is_whole: bool = True
    """Whether everything could be done; not where the disk of the database is full."""

    @property
    def alarms(self) -> tuple[str, ...]:
        """Return what somebody must look at now, as words that do not change: for a script and for the metrics."""
        found = {
            "findings": self.health["findings"] > 0,
            "keys": self.health["keys"] > 0,
            "years": self.health["years_ahead"] < 1,
            "replicas": self.server["replicas_wanted"] and not self.server["replicas"],
            "archive": self.server["archive_failures"] > 0,
            "transactions": self.server["transaction_age"] > 1_000_000_000,
            "connections": self.server["connections"] > 0.9 * self.server["connections_allowed"],
            "work": not self.is_whole,
            "disk": self.disk_free is not None and self.disk_free < self.server["database_bytes"] // 10 + 2**30,
        }
        return tuple(name for name, is_so in found.items() if is_so)


class Watch:
    """One look after another; all of them may be repeated and may be cut at any place."""

    def __init__(self, address: Address) -> None:
        self._link = Link(address)

    def round(self, verify: Verify, disk: Path | None = None) -> Round:
        """Do everything once. ``disk`` is any path on the disk of the database.

        What a database cannot take any more stops no look at it: CentralUnavailable only when it tells nothing either.
        """
        done: dict[str, Any] = {"verified": 0, "broken": 0, "ended": 0, "years": ()}

        def work() -> None:
            for step in self._work(verify):
                done.update(step)

        is_done = _is_taken(work)
        seen = Round(
            **done,
            health=self._link.row("SELECT watch.health()")[0],
            server=self._link.row("SELECT watch.server()")[0],
            disk_free=shutil.disk_usage(disk).free if disk else None,
        )
        is_whole = is_done and _is_taken(lambda: self.note(seen))
        return replace(seen, is_whole=is_whole)

    def _work(self, verify: Verify) -> Iterator[dict[str, Any]]:
        """Do one thing after the other; yield after each what the round says of it, which stands if the next fails."""
        yield {"ended": self.end_stale()}
        yield {"years": tuple(self.make_partitions())}
        self.believe_vouched(verify)
        verified, broken = self.verify_signatures(verify)
        yield {"verified": verified, "broken": broken}
        self.admit()

    def note(self, done: Round) -> None:
        """Let administrators see what a round saw."""
        seen = {"alarms": done.alarms, "server": done.server, "health": done.health, "disk_free": done.disk_free}
        self._link.rows("SELECT watch.note(%s::jsonb)", json.dumps(seen))

    def make_partitions(self, ahead: int = YEARS_AHEAD) -> list[int]:
        """See to it that the journal can take this year and ``ahead`` more; return the years that were made."""
        return list(self._link.row("SELECT watch.make_partitions(%s::int)", ahead)[0])

    def admit(self) -> int:
        """Let in entries that were set aside and whose case has come to their station; return how many.

        A case whose inboxes somebody holds waits for another round; the round goes on.
        """
        admitted = held = 0
        for (case,) in self._link.rows("SELECT watch.waiting_cases(%s::int)", CASES_AT_ONCE):
            try:
                admitted += int(self._link.row("SELECT watch.admit(%s::text)", case)[0])
            except CentralUnavailable as error:
                if error.reason != "busy":
                    raise
                held += 1
                if held == MOST_HELD:
                    break
        return admitted

    def end_stale(self, longest_s: int = LONGEST_S, longest_idle_s: int = LONGEST_IDLE_S) -> int:
        """End stations' backends that will not end by themselves; return how many."""
        return int(self._link.row("SELECT watch.end_stale(%s::int, %s::int)", longest_s, longest_idle_s)[0])

    def believe_vouched(self, verify: Verify) -> int:
        """Believe keys of new epochs that a key which is believed has signed; return how many."""
        believed = 0
        for station, code, epoch, key, by, voucher in self._link.rows("SELECT * FROM watch.vouched()"):
            if is_vouched(verify, code, key, by, voucher):
                self._link.rows("SELECT watch.believe(%s::int, %s::int)", station, epoch)
                believed += 1
        return believed

    def verify_signatures(self, verify: Verify, at_once: int = AT_ONCE) -> tuple[int, int]:
        """Check signatures that nobody has checked, move verified heads, and return how many were good and bad.

        An entry whose signature does not fit becomes a finding; its station's verified head stays in front of it until
        somebody has settled it.
        """
        heads: dict[int, tuple[int, int]] = {}
        broken: set[int] = set()
        good = 0
        unverified = self._link.rows("SELECT * FROM watch.unverified(%s::int)", at_once)
        for station, epoch, seq, digest, signature, key, is_settled in unverified:
            if station in broken:
                continue
            if is_settled or verify(key, digest, signature):
                heads[station] = (epoch, seq)
                good += 1
            else:
                broken.add(station)
                self._link.rows("SELECT watch.report(%s::int, %s::int, %s::bigint, 'signature')", station, epoch, seq)
        if heads:
            epochs, seqs = zip(*heads.values(), strict=True)
            self._link.rows(
                "SELECT watch.verified(%s::int[], %s::int[], %s::bigint[])", list(heads), list(epochs), list(seqs)
            )
        return good, len(broken)

    def close(self) -> None:
        """End the connection."""
        self._link.close()


def _is_taken(act: Callable[[], None]) -> bool:
    """Do what writes; False, and logged, where the database does not take it."""
    try:
        act()
    except CentralUnavailable:
        log.warning("the centre could not be looked after", exc_info=True)
        return False
    return True
