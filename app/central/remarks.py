"""What an audit looks for in one station's chain, entry by entry, and in the hands that cases went through.

Pure checks on what was read; reading is the job of ``audit``. Nothing here believes a column that can be worked out anew
from the bodies and the signatures.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from app.domain.clock import parse_stamp
from app.domain.facts import NumbersSkipped, numbered_papers, read_fact
from app.domain.foreign import UNREADABLE, lacks_header
from app.domain.journal import FIRST_PREV, Verify, canonical
from app.domain.numbering import DAILY_CASES, daily_sequence, daily_series, is_case_number, taken_by
from app.domain.skipping import USUAL_ROOM, given_series, skipped, skipped_series
from app.services.ports import Remark

APART = timedelta(seconds=2)
"""By so much a counter's clock may differ from the centre's before the counter follows it."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One entry as the centre keeps it."""

    epoch: int
    seq: int
    received_at: datetime
    prev: bytes
    digest: bytes
    hash: bytes
    signature: bytes
    body: bytes | None
    withheld: bool
    case_number: str | None
    case_n: int | None
    aside: str | None

    def read(self) -> dict[str, Any] | None:
        """Return the body, None when it was erased or withheld; ValueError when it is not canonical JSON."""
        if self.body is None:
            return None
        text = self.body.decode()
        parsed: dict[str, Any] = json.loads(text)
        if not isinstance(parsed, dict) or canonical(parsed) != text:
            raise ValueError("not canonical")
        return parsed


def to_hash(digits: object) -> bytes:
    """Return bytes that somebody wrote in hex; nothing for what is none."""
    try:
        return bytes.fromhex(str(digits))
    except ValueError:
        return b""


def named_before(kept: Kept) -> bytes:
    """Return the hash of the entry that an epoch's first one names as the last before it; nothing where it names none."""
    try:
        body = kept.read()
        return to_hash(body["data"]["previous_hash"]) if body else b""
    except UNREADABLE:
        return b""


def names_its_place(station: str, kept: Kept, body: Mapping[str, Any]) -> bool:
    """Tell whether a body says the same of where it stands as the centre does."""
    return (body.get("station"), body.get("epoch"), body.get("seq")) == (station, kept.epoch, kept.seq)


@dataclass
class ChainCheck:
    """Rebuilds one station's chain; remarks come in the order of the entries."""

    station: str
    verify: Verify
    keys: Mapping[int, bytes]
    """The keys by epoch as the centre noted them: they count only where the body that opened the epoch was erased."""
    bases: Mapping[tuple[int, int], bytes]
    """Hashes by place where detached years end."""
    named: frozenset[bytes] = frozenset()
    """The last entries that epochs say they went on from: any earlier one, where a backup was restored again."""
    _last_place: tuple[int, int] = (0, 0)
    _last_hash: bytes = FIRST_PREV
    _known: set[bytes] = field(default_factory=set)
    _key: bytes = b""

    def look(self, kept: Kept, body: Mapping[str, Any] | None) -> Iterator[Remark]:
        """Check one entry against the one before it."""
        expected = hashlib.sha256(kept.prev + kept.digest).digest()
        if kept.hash != expected:
            yield self._remark(kept, "hash")
        if kept.body is not None and hashlib.sha256(kept.body).digest() != kept.digest:
            yield self._remark(kept, "digest")
        if body is not None and not names_its_place(self.station, kept, body):
            yield self._remark(kept, "body")
        yield from self._check_place(kept, body)
        if not self.verify(self._key, kept.hash, kept.signature):
            yield self._remark(kept, "signature")
        self._last_place, self._last_hash = (kept.epoch, kept.seq), kept.hash
        if kept.hash in self.named:
            self._known.add(kept.hash)

    def _check_place(self, kept: Kept, body: Mapping[str, Any] | None) -> Iterator[Remark]:
        epoch, seq = self._last_place
        if kept.epoch > epoch and kept.seq == 1:
            yield from self._check_opening(kept, body)
            return
        before = self._last_hash
        if (kept.epoch, kept.seq) != (epoch, seq + 1):
            base = self.bases.get((kept.epoch, kept.seq - 1))
            if base is None:
                yield self._remark(kept, "sequence")
                base = kept.prev
            before = base
            self._key = self.keys.get(kept.epoch, b"")
        if kept.prev != before:
            yield self._remark(kept, "sequence")

    def _check_opening(self, kept: Kept, body: Mapping[str, Any] | None) -> Iterator[Remark]:
        """Check what an epoch begins with: its key, and the last entry that the station knew of the epoch before."""
        self._key = self.keys.get(kept.epoch, b"")
        data = (body or {}).get("data")
        opened = data if isinstance(data, dict) else {}
        previous = opened.get("previous_hash")
        is_sound = (
            body is not None and body.get("kind") == "EpochOpened" and opened.get("public_key") == self._key.hex()
        )
        if not is_sound or kept.prev != FIRST_PREV:
            yield self._remark(kept, "epoch")
        elif (previous is None) != (kept.epoch == 1) or (previous and not self._was_there(previous, kept.epoch)):
            yield self._remark(kept, "epoch", "previous_hash")

    def _was_there(self, previous: object, epoch: int) -> bool:
        """Tell whether an epoch went on from an entry before it; of what was detached that cannot be told any more."""
        is_detached = any(before < epoch for before, _seq in self.bases)
        return is_detached or to_hash(previous) in self._known

    def _remark(self, kept: Kept, what: str, detail: str = "") -> Remark:
        return Remark(self.station, kept.epoch, kept.seq, what, detail)


@dataclass
class NumberCheck:
    """Looks for numbers that are missing or were given out twice in the series of one station.

    The prefix of a series is typed at each counter, and among thousands of villages names repeat: ``users`` says whose a
    series is, of those that were looked at before.
    """

    station: str
    users: dict[str, str] = field(default_factory=dict)
    _last: dict[str, int] = field(default_factory=dict)
    _skipped: dict[str, int] = field(default_factory=dict)
    _cases: set[str] = field(default_factory=set)
    _blanks: int = 0
    _blanks_before: dict[str, int] = field(default_factory=dict)

    def look(self, kept: Kept, body: Mapping[str, Any] | None) -> Iterator[Remark]:
        """Take the numbers of one entry; one without its body may have used one of any series."""
        if body is None:
            self._blanks += 1
            return
        used = [*self._papers(body), *self._case(body)]
        for series, serial in used:
            if not self._follows(series, serial):
                yield Remark(self.station, kept.epoch, kept.seq, "numbers", f"{series} {serial}")
            if self._is_others(series):
                yield Remark(
                    self.station, kept.epoch, kept.seq, "numbers", f"{series}: {self.users[series]} uses it too"
                )
            self._last[series] = max(serial, self._last.get(series, 0))
            self._blanks_before[series] = self._blanks

    def _is_others(self, series: str) -> bool:
        """Tell, once, whether another station gives out numbers of a series of papers; cases bear the station's own."""
        is_new_here = series not in self._last and not series.startswith("case/")
        return is_new_here and self.users.setdefault(series, self.station) != self.station

    def _papers(self, body: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
        try:
            fact = read_fact(body)
        except (AttributeError, KeyError, TypeError, ValueError):
            return  # a later program's kind: its papers are not known here
        if isinstance(fact, NumbersSkipped):
            self._skipped[f"*/{fact.day:%Y%m%d}"] = fact.day_share
            self._skipped[f"*/{fact.year}"] = fact.year_share
            self._skipped |= {given_series(end.series): end.last for end in fact.given}
        for _kind, paper, _name in numbered_papers(fact):
            yield paper.series, paper.serial

    def _case(self, body: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
        case = str(body.get("case") or "")
        is_taken_here = body.get("header") and taken_by(case) == self.station and is_case_number(case)
        if is_taken_here and case not in self._cases:
            self._cases.add(case)
            yield daily_series(case), daily_sequence(case)

    def _follows(self, series: str, serial: int) -> bool:
        last = self._last.get(series, 0)
        share, given = (self._skipped.get(key, 0) for key in (skipped_series(series), given_series(series)))
        room = DAILY_CASES if series.startswith("case/") else USUAL_ROOM
        unseen = self._blanks - self._blanks_before.get(series, 0)
        return last < serial <= max(last + 1 + unseen, skipped(share, room) + 1, given + 1)


@dataclass
class TimeCheck:
    """Holds the times that entries claim against what is proven: not before their anchor, not after they came."""

    station: str
    _anchored: str = ""
    anchors: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    """Each anchor (time, nonce) with the place of the first entry that shows it, to be checked by the centre's secret."""

    def look(self, kept: Kept, body: Mapping[str, Any]) -> Iterator[Remark]:
        """Check one entry's time."""
        try:
            at = parse_stamp(body["at"])
            anchor = body["anchor"]
            since = parse_stamp(anchor["at"]) if anchor else None
        except (KeyError, TypeError, ValueError):
            yield self._remark(kept, "time", "unreadable")
            return
        if at > kept.received_at + APART:
            yield self._remark(kept, "time", f"{body['at']} > received")
        if since is None:
            return
        if at < since - APART:
            yield self._remark(kept, "time", f"{body['at']} < anchor")
        if anchor["at"] < self._anchored:
            yield self._remark(kept, "anchor", "older than the one before")
        self._anchored = max(self._anchored, anchor["at"])
        self.anchors.setdefault((anchor["at"], str(anchor.get("nonce"))), (kept.epoch, kept.seq))

    def _remark(self, kept: Kept, what: str, detail: str) -> Remark:
        return Remark(self.station, kept.epoch, kept.seq, what, detail)


@dataclass(frozen=True, slots=True)
class Turn:
    """One entry of a case's history, in the order in which the centre took them."""

    case_number: str
    case_n: int
    station: str
    epoch: int
    seq: int
    body: bytes | None
    vacant: int = 0
    """Places of its history before this one that are empty: what stood there was refused."""


@dataclass
class CustodyCheck:
    """Follows one case from hand to hand."""

    number: str
    holder: str | None = None
    """None before the first entry, and after a body that was erased: then nobody can tell."""
    parties: set[str] = field(default_factory=set)
    _last_n: int = 0
    _is_certain: bool = True

    def look(self, turn: Turn) -> Iterator[Remark]:
        """Check whether the station of one entry had a right to it."""
        if turn.case_n - turn.vacant != self._last_n + 1:
            yield self._remark(turn, "gap in its history")
        self._last_n = turn.case_n - turn.vacant
        if turn.body is None:
            self._is_certain = False
            return
        try:
            body = json.loads(turn.body)
            header = body["header"]
            named = {header["holder"], header.get("collect_at") or turn.station} if header is not None else set()
        except UNREADABLE:
            yield self._remark(turn, "unreadable")
            self.holder, self._is_certain = None, False
            return
        if header is None:
            if lacks_header(body):
                yield self._remark(turn, "changed without a header")
            elif self._is_certain and turn.station not in self.parties:
                yield self._remark(turn, "not a party")
            return
        rightful = taken_by(self.number) if self.holder is None else self.holder
        if self._is_certain and turn.station != rightful:
            yield self._remark(turn, f"held by {rightful}")
        self.holder = header["holder"]
        self.parties |= {turn.station, *named}

    def _remark(self, turn: Turn, detail: str) -> Remark:
        return Remark(turn.station, turn.epoch, turn.seq, "custody", f"{self.number}: {detail}")


def follow_cases(turns: Iterable[Turn], wrong: list[Remark]) -> Iterator[CustodyCheck]:
    """Yield each case when its history has been followed to the end; what is wrong is added to ``wrong``."""
    case: CustodyCheck | None = None
    for turn in turns:
        if case is None or case.number != turn.case_number:
            if case is not None:
                yield case
            case = CustodyCheck(turn.case_number)
        wrong += case.look(turn)
    if case is not None:
        yield case
