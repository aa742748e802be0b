"""Reads out of the journals of all stations which papers count no more: only of those that others check, which stations sign.

What a station said counts where it had the case and signed the entry with a key that the centre believes, whatever is wrong
with its journal elsewhere. What the centre set aside for good takes the papers along that rest on it.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from app.central.connection import Address, Link
from app.central.journals import Journals, Progress
from app.central.remarks import ChainCheck, Kept, Turn, names_its_place
from app.domain.clock import CHINA, parse_stamp
from app.domain.facts import Fact, PaperReplaced, PaperRevoked, PaperVoided, numbered_papers
from app.domain.foreign import UNREADABLE, read_foreign
from app.domain.journal import Verify
from app.domain.paper import SEALED
from app.domain.verdict import Reason
from app.services.ports import Remark
from app.services.progress import Tell, silent

ENDS: Mapping[type[Fact], Reason] = {
    PaperVoided: Reason.VOID,
    PaperRevoked: Reason.WITHDRAWN,
    PaperReplaced: Reason.REPLACED,
}
ENDING = re.compile(rb'"kind":"Paper(?:Voided|Revoked|Replaced)"')
ISSUING = re.compile(rb'"kind":"(?:CertificateIssued|CaseDecided|CaseNotAccepted)"')
"""Bodies are canonical: without looking so, each of a million would have to be parsed."""
LAST_N = 2**62


@dataclass
class Ended:
    """What was read."""

    entries: int = 0
    papers: dict[bytes, tuple[Reason, date]] = field(default_factory=dict)
    """Hashes of the entries that issued them, why they count no more and since which day"""
    undone: set[bytes] = field(default_factory=set)
    """Likewise, of papers that only something ended which was refused"""
    remarks: list[Remark] = field(default_factory=list)
    """The first thing that is wrong with each station's journal; what of it is sound was read all the same"""


class PaperEnds:
    """Reads at a centre through its administrators' functions; it changes nothing."""

    def __init__(self, address: Address, verify: Verify) -> None:
        self._link = Link(address)
        self._journals = Journals(self._link)
        self._verify = verify
        self._keys: dict[str, dict[int, bytes]] = {}

    def run(self, tell: Tell = silent) -> Ended:
        """Read everything; ``tell`` hears after every page how far it is, and what it raises ends it."""
        ended = Ended()
        known = self._journals.stations()
        read = Progress(tell, sum(known.values()))
        doubted = set(self._link.rows("SELECT station, epoch FROM admin.waiting_keys()"))
        for station in known:
            keys = self._journals.keys(station)
            self._keys[station] = {epoch: key for epoch, key in keys.items() if (station, epoch) not in doubted}
        for station in known:
            ended.remarks += self._first_wrong(station, self._read(station, ended, read))
        return ended

    def close(self) -> None:
        """End the connection."""
        self._link.close()

    def _first_wrong(self, station: str, remarks: Iterable[Remark]) -> list[Remark]:
        """Go through all remarks on a journal and return the first that no administrator has settled."""
        settled = set(
            self._link.rows("SELECT epoch, seq, what FROM admin.settled_remarks() WHERE station = %s", station)
        )
        signatures = self._link.rows("SELECT epoch, seq FROM admin.settled_findings(%s::text)", station)
        settled |= {(epoch, seq, "signature") for epoch, seq in signatures}
        first: list[Remark] = []
        for one in remarks:
            if not first and (one.epoch, one.seq, one.what) not in settled:
                first.append(one)
        return first

    def _read(self, station: str, ended: Ended, read: Progress) -> Iterator[Remark]:
        """Take what a journal says of papers, and yield what is wrong with it; signatures are asked for where they count."""
        keys, refused = self._journals.keys(station), self._journals.refused(station)
        named = frozenset(self._journals.named(station, keys))
        chain = ChainCheck(station, _not_asked, keys, self._journals.bases(station), named)
        head, last = self._journals.head(station), None
        for kept in self._journals.entries(station, read):
            ended.entries += 1
            is_refused = kept.seq >= refused.get(kept.epoch, kept.seq + 1)
            if not is_refused:
                last = kept if (kept.epoch, kept.seq) <= head[:2] else last
                yield from chain.look(kept, _opening(kept))
            if kept.body is None:
                continue
            try:
                if ENDING.search(kept.body):
                    yield from self._take_end(station, kept, ended, is_refused=is_refused)
                elif kept.case_n is None and ISSUING.search(kept.body):
                    self._take_aside(station, kept, ended)
            except UNREADABLE:
                yield Remark(station, kept.epoch, kept.seq, "body", "unreadable")
        yield from self._journals.check_head(station, head, last)

    # --- what a station ended ----------------------------------------------------------------------------------

    def _take_end(self, station: str, kept: Kept, ended: Ended, *, is_refused: bool) -> Iterator[Remark]:
        """Note which papers an entry ended; one that was set aside ends none, and who has no right to it neither."""
        if kept.case_n is None and not is_refused:
            return
        body = kept.read() or {}
        fact = read_foreign(body)
        if not isinstance(fact, PaperVoided | PaperRevoked | PaperReplaced):
            return
        if not self._is_said(station, kept, body):
            if not is_refused:
                yield Remark(station, kept.epoch, kept.seq, "signature")
            return
        papers = self._issued(str(body["case"]), fact.paper_number, kept.case_n or LAST_N)
        if is_refused:
            ended.undone.update(papers)
        else:
            end = (ENDS[type(fact)], _day(body["at"], kept.received_at))
            ended.papers |= {entry: end for entry in papers if entry not in ended.papers}

    def _issued(self, case_number: str, paper_number: str, before: int) -> list[bytes]:
        """Return the hashes of the entries of a case that issued a paper, in front of a place of its history."""
        found = []
        for turn in self._journals.history(case_number):
            if turn.case_n >= before:
                break
            if _issues(turn, paper_number):
                kept = self._journals.entry(turn.station, turn.epoch, turn.seq)
                if kept is not None and self._is_said(turn.station, kept, kept.read()):
                    found.append(bytes(kept.hash))
        return found

    def _is_said(self, station: str, kept: Kept, body: Mapping[str, Any] | None) -> bool:
        """Tell whether a station really wrote an entry: with a key that is believed, whatever columns say."""
        key = self._keys.get(station, {}).get(kept.epoch)
        if key is None or body is None or not names_its_place(station, kept, body):
            return False
        digest = hashlib.sha256(kept.body or b"").digest()
        is_whole = kept.digest == digest and kept.hash == hashlib.sha256(kept.prev + digest).digest()
        return is_whole and self._verify(key, kept.hash, kept.signature)

    # --- what the centre set aside -----------------------------------------------------------------------------

    def _take_aside(self, station: str, kept: Kept, ended: Ended) -> None:
        """Note a paper whose entry was set aside or refused for good; what may still be let in stays as it is."""
        if not any(kind in SEALED for kind, _paper, _name in numbered_papers(read_foreign(kept.read() or {}))):
            return
        statement = "SELECT admin.set_aside_for_good(%s::text, %s::int, %s::bigint)"
        (since,) = self._link.row(statement, station, kept.epoch, kept.seq)
        if since is not None:
            ended.papers[bytes(kept.hash)] = (Reason.RECALLED, since.astimezone(CHINA).date())


def _not_asked(_key: bytes, _digest: bytes, _signature: bytes) -> bool:
    """Take a signature as it is: the watch checks them all, and those that count here are checked where they do."""
    return True


def _opening(kept: Kept) -> Mapping[str, Any] | None:
    """Return the body of an entry that opens an epoch; no other is needed for the chain."""
    try:
        return kept.read() if kept.seq == 1 else None
    except UNREADABLE:
        return None


def _issues(turn: Turn, paper_number: str) -> bool:
    """Tell whether an entry issued the paper of that number, of a kind that others check."""
    if turn.body is None or not ISSUING.search(turn.body):
        return False
    try:
        papers = numbered_papers(read_foreign(json.loads(turn.body)))
    except UNREADABLE:
        return False
    return any(kind in SEALED and paper.text == paper_number for kind, paper, _name in papers)


def _day(at: str, received_at: datetime) -> date:
    """Return on which day something was, by the station's clock unless that was ahead of the centre's."""
    return min(parse_stamp(at), received_at).astimezone(CHINA).date()
