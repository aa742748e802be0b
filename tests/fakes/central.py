"""A centre in memory that keeps the rules of the real one, slow and obvious.

``MemoryCentre`` is what all stations share, with the acts of its administrator; ``MemoryCentral`` is one station's
connection and implements the port ``Central``. What the centre holds stands in ``centre_state``, custody and images
beside it.
"""

import copy
import hashlib
import itertools
import json
from dataclasses import replace
from datetime import datetime, timedelta

from app.domain.clock import CHINA, stamp
from app.domain.journal import FIRST_PREV
from app.services.errors import (
    BatchRefused,
    CentralVersion,
    ChainForked,
    ChainRefused,
    StationRevoked,
    StationUnknown,
)
from app.services.ports import (
    CENTRAL_SCHEMA,
    LARGEST_BODY,
    MOST_BYTES,
    MOST_ENTRIES,
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
from tests.fakes.centre_custody import Custody
from tests.fakes.centre_images import CentreImages
from tests.fakes.centre_refusals import Refusals
from tests.fakes.centre_state import CentreState, Stored

OPENED_AT = datetime(2026, 5, 18, 8, 0, tzinfo=CHINA)
A_MOMENT = timedelta(milliseconds=1)
KEY_LENGTH = 32


class MemoryCentre:
    """The centre itself, with what its administrator and its clock do."""

    def __init__(self, at=OPENED_AT):
        self.state = CentreState()
        self.schema = CENTRAL_SCHEMA
        self.at = at
        self.marks = itertools.count(1)
        self.custody = Custody(self)
        self.refusals = Refusals(self)

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
        doubted = [epoch for name, epoch in self.state.doubted if name == station]
        sure = [one for one in self.state.journal_of(station) if not doubted or one.epoch < min(doubted)]
        sure = [one.place for one in sure if not self.state.is_refused(one)]
        if sure:
            self.state.verified[station] = sure[-1]

    def settle(self, station, epoch, seq):
        """Say what was decided of an entry that was set aside: it stays so."""
        self.state.journal[station, epoch, seq].is_settled = True

    def believe(self, station, epoch):
        """Believe the key of an epoch."""
        self.refusals.believe(station, epoch)

    def refuse(self, station, epoch, seq):
        """Undo an epoch of a station from an entry on."""
        self.refusals.refuse(station, epoch, seq)

    def backup(self):
        return copy.deepcopy(self.state)

    def restore(self, backup):
        self.state = copy.deepcopy(backup)

    # --- what tests look at ------------------------------------------------------------------------------------

    def journal_of(self, station):
        """Return everything that the centre has of one station, oldest first."""
        return self.state.journal_of(station)

    def parties(self, case):
        return set(self.state.cases[case].parties)

    def holder(self, case):
        return self.state.cases[case].holder


class MemoryCentral(CentreImages):
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
            inbox_mark=self._state.marks[self.station][-1] if self._inbox() else None,
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
            if known and (known.hash != one.hash or self._state.is_refused(known)):
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
        if known and not self._state.by_hash(self.station, bytes.fromhex(known)):
            raise ChainRefused(1)

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
            custody = self.centre.custody
            stored.quarantined = custody.fault(stored.station, stored.case, body["header"])
            if not stored.quarantined:
                custody.apply(stored, body["header"])
                custody.let_in(stored.case)

    def _open_epoch(self, stored, data):
        previous = data.get("previous_hash")
        known = self._state.by_hash(stored.station, bytes.fromhex(previous)) if previous else None
        newer = [
            one
            for one in self._state.journal_of(stored.station)
            if known and known.place < one.place < (stored.epoch, 0) and not self._state.is_refused(one)
        ]
        self.centre.refusals.judge(stored.station, stored.epoch, data)
        self._state.epochs[stored.station, stored.epoch] = (bytes.fromhex(data["public_key"]), len(newer))

    def own(self, epoch, seq, limit):
        self._enter()
        ensure_limit(limit)
        after = [
            one
            for one in self._state.journal_of(self.station)
            if one.place > (epoch, seq)
            and not self._state.is_refused(one)
            and (self.station, one.epoch) not in self._state.doubted
        ]
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
        may_be_let_in = self.centre.custody.may_be_let_in
        mine = [one for one in reversed(self._state.journal_of(self.station)) if not self._state.is_refused(one)]
        aside = [one for one in mine if one.quarantined]
        return tuple(
            Quarantined(one.epoch, one.seq, one.case, one.quarantined, not may_be_let_in(one)) for one in aside[:limit]
        )

    # --- what comes from others --------------------------------------------------------------------------------

    def pull(self, after, limit):
        self._enter()
        ensure_limit(limit)
        inbox, marks = self._inbox(), self._state.marks.get(self.station, [])
        known = 0 < after.n <= len(inbox) and marks[after.n - 1] == after.mark
        restarted = after.n > 0 and not known
        begin = 0 if restarted else after.n
        places = list(enumerate(inbox[begin:], start=begin + 1))
        places = [(n, place) for n, place in places if self.centre.custody.is_for(self.station, place)][:limit]
        stored = [(InboxPlace(n, marks[n - 1]), self._state.journal[place]) for n, place in places]
        return Deliveries(tuple(Delivery(at, one.entry(), one.received_at) for at, one in stored), restarted)

    def _inbox(self):
        return self._state.inboxes.get(self.station, [])

    def bulletin_heads(self, after, limit):
        self._enter()
        return tuple(head_of(one) for one in self._state.bulletins if one.n > after)[:limit]

    def bulletin(self, head):
        self._enter()
        return next((one for one in self._state.bulletins if one.n == head.n), None)

    def give_up_when(self, is_given_up):
        """Never wait."""

    def close(self):
        """Hold nothing open."""


def head_of(one):
    return BulletinHead(one.n, one.topic, one.version, one.published_at, len(one.payload), one.signature)


def ensure_limit(limit):
    if not 1 <= limit <= MOST_ENTRIES:
        raise BatchRefused


def ensure_bounds(batch):
    bodies = [one.body.encode() for one in batch.entries if one.body is not None]
    if not 0 < len(batch.entries) <= MOST_ENTRIES or sum(map(len, bodies)) > MOST_BYTES:
        raise BatchRefused
    if any(len(body) > LARGEST_BODY for body in bodies):
        raise BatchRefused
    if any(len(one.hash) != 32 or len(one.digest) != 32 or len(one.signature) != 64 for one in batch.entries):
        raise BatchRefused


def parsed(body):
    """Return a body as the centre reads it; PostgreSQL's jsonb takes no zero character."""
    if body is None or "\\u0000" in body:
        raise BatchRefused
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise BatchRefused from None
