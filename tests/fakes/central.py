"""A centre in memory that keeps the rules of the real one, slow and obvious, and links to it that are cut on purpose.

``MemoryCentre`` is what all stations share, with the acts of its administrator; ``MemoryCentral`` is one station's
connection and implements the port ``Central``.
"""

import copy
import hashlib
import itertools
import json
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from app.domain.clock import CHINA, stamp
from app.domain.journal import FIRST_PREV, Entry
from app.services.errors import (
    BatchRefused,
    CentralUnavailable,
    CentralVersion,
    ChainForked,
    ChainRefused,
    NotAParty,
    NotFound,
    StationRevoked,
    StationUnknown,
)
from app.services.ports import (
    CENTRAL_SCHEMA,
    CHUNK,
    LARGEST_BODY,
    MOST_BYTES,
    MOST_DIGESTS,
    MOST_ENTRIES,
    MOST_SHARED,
    Anchor,
    Bulletin,
    BulletinHead,
    CentralHead,
    Deliveries,
    Delivery,
    Greeting,
    InboxPlace,
    Pushed,
    Quarantined,
)

OPENED_AT = datetime(2026, 5, 18, 8, 0, tzinfo=CHINA)
A_MOMENT = timedelta(milliseconds=1)
KEY_LENGTH = 32
EARLY = {"not_the_taker", "not_a_party", "not_the_holder"}
"""Reasons for which an entry may only have come too early."""
MOST_CHUNKS = 256
CASE_STATION = slice(8, 14)
"""Where a case number names the station that took the case in."""


@dataclass
class Stored:
    """One entry as the centre keeps it."""

    station: str
    epoch: int
    seq: int
    prev: bytes
    hash: bytes
    signature: bytes
    body: str | None
    received_at: datetime
    case: str = ""
    quarantined: str = ""
    digest: bytes = b""

    def entry(self):
        return Entry(self.station, self.epoch, self.seq, self.prev, self.hash, self.signature, self.body or "")


@dataclass
class CaseFolder:
    """What the centre knows of a case: who holds it, who is a party, and its entries in the order they came."""

    holder: str
    parties: list = field(default_factory=list)
    entries: list = field(default_factory=list)


@dataclass
class CentreState:
    """Everything that a backup of the centre holds."""

    stations: dict = field(default_factory=dict)
    journal: dict = field(default_factory=dict)
    heads: dict = field(default_factory=dict)
    verified: dict = field(default_factory=dict)
    epochs: dict = field(default_factory=dict)
    """(station, epoch) → its public key, and how many entries the centre has that the new epoch did not know."""
    cases: dict = field(default_factory=dict)
    inboxes: dict = field(default_factory=dict)
    marks: dict = field(default_factory=dict)
    """Beside each place of an inbox a number that is never given again, not even by a centre that was restored."""
    bulletins: list = field(default_factory=list)
    chunks: dict = field(default_factory=dict)
    blobs: dict = field(default_factory=dict)


class MemoryCentre:
    """The centre itself, with what its administrator and its clock do."""

    def __init__(self, at=OPENED_AT):
        self.state = CentreState()
        self.schema = CENTRAL_SCHEMA
        self.at = at
        self.marks = itertools.count(1)

    def now(self):
        self.at += A_MOMENT
        return self.at

    def enrol(self, station):
        """Let a station in."""
        self.state.stations[station] = True

    def revoke(self, station):
        """Shut a station out."""
        self.state.stations[station] = False

    def connect(self, station):
        """Return the connection of a station."""
        return MemoryCentral(self, station)

    def publish(self, topic, version, payload, signature=bytes(64)):
        """Publish a bulletin to all stations."""
        at = self.now()
        last = self.state.bulletins[-1].n if self.state.bulletins else 0
        number = max(last + 1, int(at.timestamp()))  # a restored centre must not use a number again
        self.state.bulletins.append(Bulletin(number, topic, version, at, payload, signature))

    def verify(self, station):
        """Check a station's signatures up to its head, as the watch beside the database does."""
        head = self.state.heads.get(station)
        if head:
            self.state.verified[station] = (head.epoch, head.seq)

    def backup(self):
        return copy.deepcopy(self.state)

    def restore(self, backup):
        self.state = copy.deepcopy(backup)

    # --- what tests look at ------------------------------------------------------------------------------------

    def journal_of(self, station):
        """Return everything that the centre has of one station, oldest first."""
        return [stored for (name, *_), stored in sorted(self.state.journal.items()) if name == station]

    def parties(self, case):
        return set(self.state.cases[case].parties)

    def holder(self, case):
        return self.state.cases[case].holder


class MemoryCentral:
    """Implements the port ``Central`` for one station."""

    def __init__(self, centre, station):
        self.centre = centre
        self.station = station

    @property
    def _state(self):
        return self.centre.state

    def _enter(self):
        if self.station not in self._state.stations:
            raise StationUnknown
        if not self._state.stations[self.station]:
            raise StationRevoked
        if self.centre.schema != CENTRAL_SCHEMA:
            raise CentralVersion(self.centre.schema, CENTRAL_SCHEMA)

    def hello(self):
        self._enter()
        now = self.centre.now()
        at = stamp(now)
        return Greeting(
            now=now,
            anchor=Anchor(hashlib.sha256(f"secret {self.station} {at}".encode()).hexdigest(), at),
            schema=self.centre.schema,
            head=self._state.heads.get(self.station),
            verified=self._state.verified.get(self.station),
            inbox_last=len(self._inbox()),
            bulletin_last=self._state.bulletins[-1].n if self._state.bulletins else 0,
        )

    # --- the own journal ---------------------------------------------------------------------------------------

    def push(self, batch):
        self._enter()
        ensure_bounds(batch)
        fresh, now = self._check_chain(batch), self.centre.now()
        for stored in fresh:
            self._store(stored, now)
        return self._pushed(batch)

    def _pushed(self, batch):
        places = range(batch.first_seq, batch.first_seq + len(batch.entries))
        stored = [self._state.journal[self.station, batch.epoch, seq] for seq in places]
        quarantined = tuple((one.seq, one.quarantined) for one in stored if one.quarantined)
        return Pushed(self._state.heads[self.station], stored[-1].received_at, quarantined)

    def _check_chain(self, batch):
        """Return the entries that are new; they follow what is there."""
        head = self._state.heads.get(self.station)
        self._check_place(batch, head)
        prev, fresh = batch.prev, []
        for seq, one in enumerate(batch.entries, start=batch.first_seq):
            known = self._state.journal.get((self.station, batch.epoch, seq))
            if known and known.hash != one.hash:
                raise ChainForked(batch.epoch, seq)
            if one.body is not None and hashlib.sha256(one.body.encode()).digest() != one.digest:
                raise ChainRefused(seq)
            if hashlib.sha256(prev + one.digest).digest() != one.hash:
                raise ChainRefused(seq)
            if not known:
                if head and (batch.epoch, seq) <= (head.epoch, head.seq):
                    raise ChainForked(batch.epoch, seq)  # an older epoch that went on elsewhere
                fresh.append(self._read(batch.epoch, seq, prev, one))
            prev = one.hash
        return fresh

    def _check_place(self, batch, head):
        before = self._state.journal.get((self.station, batch.epoch, batch.first_seq - 1))
        if batch.first_seq == 1:
            if batch.prev != FIRST_PREV:
                raise ChainRefused(1)
            self._check_opening(batch)
        elif before is None:
            raise ChainRefused(batch.first_seq)
        elif before.hash != batch.prev:
            raise ChainForked(batch.epoch, batch.first_seq - 1)

    def _check_opening(self, batch):
        """An epoch begins with a fact that can be read and names the end of the chain that it knew."""
        body = parsed(batch.entries[0].body)
        if body.get("kind") != "EpochOpened" or len(bytes.fromhex(body["data"]["public_key"])) != KEY_LENGTH:
            raise ChainRefused(1)
        known = body["data"].get("previous_hash")
        if (known is None) != (batch.epoch == 1):
            raise ChainRefused(1)
        if known and not self._by_hash(self.station, bytes.fromhex(known)):
            raise ChainRefused(1)

    def _by_hash(self, station, digest):
        return next((one for one in self.centre.journal_of(station) if one.hash == digest), None)

    def _read(self, epoch, seq, prev, one):
        case = ""
        if one.body is not None:
            body = parsed(one.body)
            if (body["station"], body["epoch"], body["seq"]) != (self.station, epoch, seq):
                raise ChainRefused(seq)
            if not isinstance(body["kind"], str) or not isinstance(body["case"], str | None):
                raise BatchRefused
            case = body["case"] or ""
        return Stored(
            self.station, epoch, seq, prev, one.hash, one.signature, one.body, self.centre.at, case, digest=one.digest
        )

    def _store(self, stored, now):
        stored = replace(stored, received_at=now)
        place = (stored.station, stored.epoch, stored.seq)
        self._state.journal[place] = stored
        self._state.heads[stored.station] = CentralHead(stored.epoch, stored.seq, stored.hash)
        if stored.body is None:
            return
        body = json.loads(stored.body)
        if stored.seq == 1:
            self._open_epoch(stored, body["data"])
        if stored.case:
            stored.quarantined = self._custody(stored.station, stored.case, body["header"])
            if not stored.quarantined:
                self._apply(stored, body["header"])
                self._let_in(stored.case)

    def _let_in(self, case):
        """Look again at what was set aside only because it came first, in the order in which it came."""
        while first := self._first_to_let_in(case):
            first.quarantined = ""
            self._apply(first, json.loads(first.body)["header"])

    def _first_to_let_in(self, case):
        stopped = set()
        for one in self._state.journal.values():
            if one.case == case and one.quarantined in EARLY and self._may_be_let_in(one):
                if one.station not in stopped and not self._custody_of(one):
                    return one
                stopped.add(one.station)  # what it did later never goes before that
        return None

    def _may_be_let_in(self, stored):
        """Tell whether it only came early: the station had not given the case away and forgotten that."""
        if stored.quarantined != "not_the_holder":
            return True
        own = [self._state.journal[place] for place in self._state.cases[stored.case].entries]
        return not any(
            one.station == stored.station
            and place_of(one) < place_of(stored)
            and (json.loads(one.body)["header"] or {}).get("holder", one.station) != one.station
            and not self._went_on_from(stored.station, stored.epoch, place_of(one))
            for one in own
        )

    def _went_on_from(self, station, epoch, earlier):
        """Tell whether an epoch was begun, and those before it were, in knowledge of an earlier entry."""
        while epoch > earlier[0]:
            opening = json.loads(self._state.journal[station, epoch, 1].body)
            known = self._by_hash(station, bytes.fromhex(opening["data"]["previous_hash"]))
            if place_of(known) < earlier:
                return False
            epoch = known.epoch
        return True

    def _custody_of(self, stored):
        return self._custody(stored.station, stored.case, json.loads(stored.body)["header"])

    def _open_epoch(self, stored, data):
        known = (
            self._by_hash(stored.station, bytes.fromhex(data["previous_hash"])) if data.get("previous_hash") else None
        )
        newer = [
            one
            for one in self.centre.journal_of(stored.station)
            if known and (known.epoch, known.seq) < (one.epoch, one.seq) < (stored.epoch, 0)
        ]
        self._state.epochs[stored.station, stored.epoch] = (bytes.fromhex(data["public_key"]), len(newer))

    def _custody(self, station, number, header):
        """Return why the entry may not touch the case, empty when it may."""
        case = self._state.cases.get(number)
        if header is None:
            return "" if case and station in case.parties else "not_a_party"
        if header.get("number") != number or not header.get("holder"):
            return "header"
        if case is None and number[CASE_STATION] != station:
            return "not_the_taker"
        if case and case.holder != station:
            return "not_the_holder"
        return "" if header["holder"] in self._state.stations else "unknown_holder"

    def _apply(self, stored, header):
        case = self._state.cases.setdefault(stored.case, CaseFolder(stored.station))
        place = (stored.station, stored.epoch, stored.seq)
        named = [stored.station]
        if header:
            case.holder = header["holder"]
            named += [one for one in (header["holder"], header.get("collect_at")) if one in self._state.stations]
        for party in named:
            if party not in case.parties:
                case.parties.append(party)
                if party != stored.station:
                    self._deliver(party, case.entries)
        case.entries.append(place)
        for party in sorted(case.parties):
            if party != stored.station:
                self._deliver(party, [place])

    def _deliver(self, party, places):
        self._state.inboxes.setdefault(party, []).extend(places)
        self._state.marks.setdefault(party, []).extend(next(self.centre.marks) for _ in places)

    def own(self, epoch, seq, limit):
        self._enter()
        ensure_limit(limit)
        after = [one for one in self.centre.journal_of(self.station) if (one.epoch, one.seq) > (epoch, seq)]
        return tuple(one.entry() for one in after[:limit])

    def digests(self, places):
        self._enter()
        places = list(places)
        if len(places) > MOST_ENTRIES:
            raise BatchRefused
        found = {place: self._state.journal.get((self.station, *place)) for place in places}
        return {place: one.digest for place, one in found.items() if one and one.body is None}

    def quarantine(self, limit):
        self._enter()
        aside = [one for one in reversed(self.centre.journal_of(self.station)) if one.quarantined]
        return tuple(Quarantined(one.epoch, one.seq, one.case, one.quarantined) for one in aside[:limit])

    # --- what comes from others --------------------------------------------------------------------------------

    def pull(self, after, limit):
        self._enter()
        ensure_limit(limit)
        inbox, marks = self._inbox(), self._state.marks.get(self.station, [])
        known = 0 < after.n <= len(inbox) and marks[after.n - 1] == after.mark
        restarted = after.n > 0 and not known
        begin = 0 if restarted else after.n
        places = enumerate(inbox[begin : begin + limit], start=begin + 1)
        stored = [(InboxPlace(n, marks[n - 1]), self._state.journal[place]) for n, place in places]
        return Deliveries(tuple(Delivery(at, one.entry(), one.received_at) for at, one in stored), restarted)

    def _inbox(self):
        return self._state.inboxes.get(self.station, [])

    def bulletin_heads(self, after, limit):
        return tuple(
            BulletinHead(one.n, one.topic, one.version, one.published_at) for one in self.bulletins(after, limit)
        )

    def bulletins(self, after, limit):
        self._enter()
        return tuple(one for one in self._state.bulletins if one.n > after)[:limit]

    # --- images ------------------------------------------------------------------------------------------------

    def missing_chunks(self, digests):
        self._enter()
        return frozenset(bounded(digests)) - self._own_chunks().keys()

    def _own_chunks(self):
        """Chunks belong to the station that sent them: who knows a digest does not thereby own the bytes."""
        return self._state.chunks.setdefault(self.station, {})

    def put_chunk(self, data):
        self._enter()
        if not 0 < len(data) <= CHUNK:
            raise BatchRefused
        self._own_chunks()[hashlib.sha256(data).digest()] = data

    def put_blob(self, digest, size, chunks, case_number):
        self._enter()
        if not 0 < len(chunks) <= MOST_CHUNKS:
            raise BatchRefused
        self._ensure_party(case_number)
        own = self._own_chunks()
        if not set(chunks) <= own.keys():
            return False
        data = b"".join(own[one] for one in chunks)
        if (hashlib.sha256(data).digest(), len(data)) != (digest, size):
            raise BatchRefused
        _data, cases = self._state.blobs.setdefault((self.station, digest), (data, set()))
        cases.add(case_number)
        return True

    def share_blobs(self, images):
        self._enter()
        if len(images) > MOST_SHARED:
            raise BatchRefused
        shared = {(digest, case) for digest, case in images if self._is_party(case) and self._has(digest)}
        for digest, case in shared:
            _data, cases = self._state.blobs.setdefault((self.station, digest), (self._has(digest), set()))
            cases.add(case)
        return frozenset(shared)

    def _has(self, digest):
        """Return an image of this station or of a case that it takes part in, None when there is none."""
        found = (
            data
            for (station, one), (data, cases) in self._state.blobs.items()
            if one == digest and (station == self.station or self._takes_part(cases))
        )
        return next(found, None)

    def confirmed_blobs(self, digests):
        self._enter()
        return frozenset(digest for digest in bounded(digests) if self._has(digest))

    def get_chunk(self, blob, index):
        self._enter()
        images = [one for (_station, digest), one in self._state.blobs.items() if digest == blob]
        if not images:
            raise NotFound("page")
        data = next((data for data, cases in images if self._takes_part(cases)), None)
        if data is None:
            raise NotAParty
        return data[index * CHUNK : (index + 1) * CHUNK] if index >= 0 else b""

    def _takes_part(self, cases):
        return any(self.station in self._state.cases[case].parties for case in cases)

    def _ensure_party(self, case_number):
        if not self._is_party(case_number):
            raise NotAParty

    def _is_party(self, case_number):
        case = self._state.cases.get(case_number)
        return case is not None and self.station in case.parties

    def give_up_when(self, is_given_up):
        """Never wait."""

    def close(self):
        """Hold nothing open."""


def ensure_limit(limit):
    if not 1 <= limit <= MOST_ENTRIES:
        raise BatchRefused


class CutLink:
    """A link to a centre that is cut at chosen calls: ``before`` or ``after`` the effect.

    ``plan`` maps the number of a call (from 1) to where it is cut; ``calls`` holds the names of all that were made.
    """

    def __init__(self, central, plan=None):
        self._central = central
        self.plan = dict(plan or {})
        self.calls = []

    def __getattr__(self, name):
        method = getattr(self._central, name)

        def call(*arguments):
            if name in {"close", "give_up_when"}:
                return method(*arguments)
            self.calls.append(name)
            where = self.plan.pop(len(self.calls), "")
            if where == "before":
                raise CentralUnavailable("network")
            answer = method(*arguments)
            if where == "after":
                raise CentralUnavailable("network")
            return answer

        return call


def place_of(stored):
    return stored.epoch, stored.seq


def ensure_bounds(batch):
    bodies = [one.body.encode() for one in batch.entries if one.body is not None]
    if not 0 < len(batch.entries) <= MOST_ENTRIES or sum(map(len, bodies)) > MOST_BYTES:
        raise BatchRefused
    if any(len(body) > LARGEST_BODY for body in bodies):
        raise BatchRefused
    if any(len(one.hash) != 32 or len(one.digest) != 32 or len(one.signature) != 64 for one in batch.entries):
        raise BatchRefused


def bounded(digests):
    digests = list(digests)
    if len(digests) > MOST_DIGESTS:
        raise BatchRefused
    return digests


def parsed(body):
    """Return a body as the centre reads it; PostgreSQL's jsonb takes no zero character."""
    if body is None or "\\u0000" in body:
        raise BatchRefused
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise BatchRefused from None
