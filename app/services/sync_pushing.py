"""The own journal on its way to the centre: agreeing where it goes on, batches, and finding what the centre cannot take.

The centre's head decides. A centre that knows less gets it again; own entries that only the centre has are read back;
another entry at the same place is a fork, which is told and left alone.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from types import MappingProxyType

from app.domain.facts import CaseReceived
from app.domain.journal import Entry, Verify, case_of, chain_hash
from app.services.errors import BatchRefused, CentralUnavailable, ChainForked, ChainRefused, ServiceError
from app.services.ports import (
    LARGEST_BODY,
    MOST_ENTRIES,
    Aside,
    Batch,
    CentralHead,
    Outgoing,
    Pushed,
    SetAside,
    Store,
)
from app.services.ports.syncing import as_aside
from app.services.sync_ahead import Ahead, when_asked
from app.services.sync_numbers import given_again
from app.services.sync_order import settle_read_back
from app.services.sync_pace import Pace
from app.services.sync_report import SyncProgress, SyncStep
from app.services.sync_round import Round
from app.services.sync_views import mark_stale, rebuild_if_stale

PATIENCE = 3
"""Rounds in which a fault of the centre's own may pass before it is looked for in what was sent."""
TOO_LARGE, UNREADABLE = "too_large", "unreadable"
NOWHERE = (0, 0)
Digests = Mapping[Entry, bytes | None]
MOST_BYTES_A_CHARACTER = 4
LARGEST_SEQ = 2**39
"""Greater than any entry's in its epoch."""


class Pushing:
    """Brings the centre's copy of the own journal up to it."""

    def __init__(self, store: Store, verify: Verify, ahead: Ahead = when_asked) -> None:
        self._store = store
        self._verify = verify
        self._ahead = ahead
        self._pace = Pace()
        self._failures = 0
        """How often the centre failed at a batch since the last one that went."""

    def agree(self, round_: Round) -> tuple[int, int]:
        """Return the place up to which the centre has this journal; ChainForked when it has another one.

        Own entries that this journal lost are read back first, and the views are built again with them.
        """
        head = round_.greeting.head
        if head is not None and self._is_behind(head):
            self._read_back(round_, (head.epoch, head.seq + 1))
            head = self._before_what_nobody_believes(round_, head)
        reached = (head.epoch, head.seq) if head else NOWHERE
        with self._store.read() as uow:
            mine = uow.outbox.at(*reached)
            known = uow.outbox.state().head
        if head is not None and (mine is None or mine.hash != head.hash):
            raise ChainForked(head.epoch, head.seq)
        if reached != ((known.epoch, known.seq) if known else NOWHERE):
            self.look_at_quarantine(round_)  # the answer to a push was lost, or the centre was restored
        with self._store.write() as uow:
            state = uow.outbox.state()
            if state.head and (state.head.epoch, state.head.seq) > reached:
                beyond = uow.outbox.count_after(state.head.epoch, state.head.seq)
                round_.add("sent_again", uow.outbox.count_after(*reached) - beyond)
                uow.outbox.forget_after(*reached)
                state = replace(state, images_until=NOWHERE, whole_until=min(state.whole_until, max(1, reached[0])))
            if head is not None:
                uow.outbox.confirm(*reached, round_.greeting.now)
            uow.outbox.save(replace(state, head=head, verified=round_.greeting.verified))
            uow.commit()
        return reached

    def push(self, round_: Round, reached: tuple[int, int]) -> None:
        """Push everything behind ``reached``, batch by batch."""
        with self._store.read() as uow:
            total = uow.outbox.count_after(*reached)
        done = 0
        packed = self._next(reached)
        while True:
            round_.go_on(SyncProgress(SyncStep.ENTRIES, done, total))
            if packed is None:
                break
            following = self._ahead(partial(self._next, packed.end))
            self._push(round_, packed)
            done += len(packed.entries)
            packed = following()

    def _next(self, reached: tuple[int, int]) -> "Packed | None":
        """Read what follows a place and make it ready to be sent; None when there is nothing."""
        with self._store.read() as uow:
            entries = one_batch(uow.outbox.after(*reached, MOST_ENTRIES), self._pace.most_bytes)
            bare = {one: uow.outbox.digest(one.epoch, one.seq) for one in entries if not one.body}
        return packed_up(entries, bare) if entries else None

    def look_behind(self, round_: Round) -> None:
        """Read back own entries that came to the centre behind the place where a later epoch saw the one before end.

        A call that was late brings such, and a copy or a restored counter may know the centre's head without them. Once
        the centre has the beginning of an epoch, nothing comes to earlier ones any more. An epoch whose key was believed
        late is looked for again once the directory names it.
        """
        self._look_again_for_what_is_believed_now()
        while epoch := self._epoch_to_look_at():
            self._read_back(round_, (epoch, 1))
            with self._store.write() as uow:
                uow.outbox.save(replace(uow.outbox.state(), whole_until=epoch))
                uow.commit()

    def _look_again_for_what_is_believed_now(self) -> None:
        with self._store.read() as uow:
            state, end = uow.outbox.state(), uow.journal.head()
            mine = uow.outbox.at(end.epoch, end.seq) if end else None
            named = uow.directory.get(mine.station) if mine else None
            epochs = {key.epoch for key in named.keys} if named else set()
            missing = [one for one in epochs if one < state.whole_until and uow.outbox.at(one, 1) is None]
        if missing:
            with self._store.write() as uow:
                uow.outbox.save(replace(state, whole_until=min(missing)))
                uow.commit()

    def _epoch_to_look_at(self) -> int | None:
        with self._store.read() as uow:
            state = uow.outbox.state()
            following = uow.outbox.after(state.whole_until, LARGEST_SEQ, 1)
        at_centre = state.head.epoch if state.head else 0
        return following[0].epoch if following and following[0].epoch <= at_centre else None

    def look_at_quarantine(self, round_: Round) -> None:
        """Note everything that the centre set aside, for a journal that lost what was said of it."""
        aside = as_aside(round_.central.quarantine(MOST_ENTRIES))
        with self._store.write() as uow:
            if uow.outbox.set_aside(aside):
                mark_stale(uow)
            settle_read_back(uow, {one.case_number for one in aside})
            uow.commit()
        round_.add("set_aside", len(aside))

    def look_whether_let_in(self, round_: Round) -> None:
        """Forget what the centre set aside once and applies now, and note what it never will.

        A centre that was restored may have set an entry aside again for another reason.
        """
        with self._store.read() as uow:
            mine = {
                (one.epoch, one.seq): _said_of(one)
                for one in uow.outbox.aside(MOST_ENTRIES)
                if one.kind is Aside.QUARANTINED
            }
        if not mine:
            return
        theirs = {(one.epoch, one.seq): one for one in as_aside(round_.central.quarantine(MOST_ENTRIES))}
        told_from = min(theirs) if len(theirs) == MOST_ENTRIES else NOWHERE  # there may be more than it tells
        let_in = {place for place in mine.keys() - theirs.keys() if place > told_from}
        settled = [one for place, one in theirs.items() if mine.get(place, _said_of(one)) != _said_of(one)]
        if not let_in and not settled:
            return
        with self._store.write() as uow:
            if any([uow.outbox.settle(settled), uow.outbox.let_in(let_in)]):
                mark_stale(uow)
            uow.commit()

    # --- batches -----------------------------------------------------------------------------------------------

    def _push(self, round_: Round, packed: "Packed", reason: str = TOO_LARGE) -> None:
        entries, withheld = packed.entries, packed.withheld
        try:
            with self._pace.call():
                pushed = round_.central.push(packed.batch)
        except (BatchRefused, CentralUnavailable) as error:
            if len(withheld) == len(entries) or not self._is_poison(error):
                raise
            self._halve(round_, packed)
        except ChainRefused as error:
            if (error.seq, entries[0].seq) == (1, 1):
                # It goes on from what the centre never takes: another epoch has ended the one before.
                raise ChainForked(entries[0].epoch, 1) from None
            raise
        else:
            self._failures = 0
            aside = [SetAside(*aside_of(one), Aside.WITHHELD, reason) for one in withheld]
            self._record(round_, entries, pushed, aside)

    def _is_poison(self, error: ServiceError) -> bool:
        """Tell whether something in the batch is to blame: the centre says so, or fails at it round after round.

        Should the centre fail at everything, the smallest batch fails too, and the round ends there.
        """
        if isinstance(error, CentralUnavailable):
            self._failures += error.reason == "failed"
            return error.reason == "failed" and self._failures > PATIENCE
        return True

    def _halve(self, round_: Round, packed: "Packed") -> None:
        """Find the entry that the centre cannot take; it goes without its body, and what stands behind it follows."""
        entries, digests = packed.entries, packed.digests
        if len(entries) == 1:
            self._push(round_, Packed(entries, entries, digests), UNREADABLE)
            return
        middle = len(entries) // 2
        for half in (entries[:middle], entries[middle:]):
            self._push(round_, packed_up(half, digests))

    def _record(self, round_: Round, entries: Sequence[Entry], pushed: Pushed, withheld: list[SetAside]) -> None:
        by_seq = {one.seq: one for one in entries}
        aside = [
            SetAside(*aside_of(by_seq[seq]), Aside.QUARANTINED, reason)
            for seq, reason in pushed.quarantined
            if seq in by_seq
        ]
        last = entries[-1]
        with self._store.write() as uow:
            is_stale = uow.outbox.set_aside([*withheld, *aside])
            state = uow.outbox.state()
            head = CentralHead(last.epoch, last.seq, last.hash)
            uow.outbox.save(replace(state, head=head, is_stale=state.is_stale or is_stale))
            uow.outbox.confirm(last.epoch, last.seq, pushed.received_at)
            uow.commit()
        round_.add("pushed", len(entries))
        round_.add("set_aside", len(withheld) + len(aside))
        for one in (*withheld, *aside):
            round_.fail(SyncStep.ENTRIES, one.case_number, one.reason)

    # --- reading back ------------------------------------------------------------------------------------------

    def _is_behind(self, head: CentralHead) -> bool:
        """Tell whether the centre has own entries that this journal lost: it went on in a later epoch without them."""
        with self._store.read() as uow:
            mine = uow.journal.head()
            return mine is not None and mine.epoch > head.epoch and uow.outbox.at(head.epoch, head.seq) is None

    def _before_what_nobody_believes(self, round_: Round, head: CentralHead) -> CentralHead | None:
        """Return where the centre's copy ends without an epoch that it does not give back, as nobody believes its key.

        A later epoch of this journal can go on from there. Where the end is here it is the end.
        """
        with self._store.read() as uow:
            mine = uow.outbox.at(head.epoch, head.seq)
            last = uow.outbox.last_before(head.epoch, head.seq)
        if mine is not None or (last is not None and last.epoch == head.epoch):
            return head
        if last is None:
            return None
        theirs = round_.central.own(last.epoch, last.seq - 1, 1)
        is_there = bool(theirs) and theirs[0].hash == last.hash
        return CentralHead(last.epoch, last.seq, last.hash) if is_there else head

    def _read_back(self, round_: Round, before: tuple[int, int]) -> None:
        """Read own entries back that the centre has in front of a place and that this journal lost."""
        with self._store.read() as uow:
            last = uow.outbox.last_before(before[0], before[1] - 1)
            opening = uow.outbox.at(last.epoch, 1) if last else None
        public_key = bytes.fromhex(opening.read()["data"]["public_key"]) if opening else b""
        found = False
        while True:
            round_.go_on(SyncProgress(SyncStep.READING_BACK, round_.counts.get("read_back", 0)))
            reached = (last.epoch, last.seq) if last else NOWHERE
            with self._pace.call():
                theirs = round_.central.own(*reached, self._pace.most_entries)
            entries = [one for one in theirs if (one.epoch, one.seq) < before]
            if not entries:
                break
            bare = [(one.epoch, one.seq) for one in entries if not one.body]
            digests = round_.central.digests(bare) if bare else {}
            for one in entries:
                public_key = self._checked(one, last, public_key, entries)
                last = one
            self._ensure_begun_once(entries)
            twice = list(given_again(self._store.views, entries))
            with self._store.write() as uow:
                uow.received.take_back(entries, digests)
                uow.outbox.set_aside(twice)
                mark_stale(uow)
                settle_read_back(uow, {case_of(one) for one in entries})
                uow.commit()
            round_.add("read_back", len(entries))
            found = True
        if found:
            self.look_at_quarantine(round_)
            rebuild_if_stale(self._store, round_)

    def _ensure_begun_once(self, entries: Sequence[Entry]) -> None:
        """Raise ChainForked when this journal began a case under a number that was given out before: by another machine."""
        with self._store.read() as uow:
            for one in entries:
                if begins_case(one) and any(
                    begins_case(mine) and mine.hash != one.hash for mine in uow.outbox.of_case(one.read()["case"])
                ):
                    raise ChainForked(one.epoch, one.seq)

    def _checked(self, entry: Entry, last: Entry | None, public_key: bytes, together: Sequence[Entry]) -> bytes:
        """Return the key of the entry's epoch; ChainForked or ChainRefused when it does not follow what is here.

        An epoch names an entry that was known when it began, not always the last: a backup may be restored again.
        """
        if entry.seq == 1:
            if not entry.body:
                raise ChainRefused(entry.seq)
            data = entry.read()["data"]
            if not self._knows(data.get("previous_hash"), together):
                raise ChainForked(entry.epoch, entry.seq)
            public_key = bytes.fromhex(data["public_key"])
        elif last is None or entry.prev != last.hash:
            raise ChainForked(entry.epoch, entry.seq)
        if entry.body and entry.hash != chain_hash(entry.prev, entry.body):
            raise ChainRefused(entry.seq)
        if not self._verify(public_key, entry.hash, entry.signature):
            raise ChainRefused(entry.seq)
        return public_key

    def _knows(self, previous_hash: str | None, together: Sequence[Entry]) -> bool:
        """Tell whether an epoch names an own entry, here or among those that are read back with it; the first names none."""
        if previous_hash is None:
            with self._store.read() as uow:
                return uow.outbox.at(1, 1) is None
        digest = bytes.fromhex(previous_hash)
        if any(one.hash == digest for one in together):
            return True
        with self._store.read() as uow:
            return uow.outbox.knows(digest)


class Packed:
    """Entries with what goes out for them; ``withheld`` are those of them whose bodies stay here.

    ``digests`` are those of bodies that nobody has any more, None where the digest is lost too.
    """

    def __init__(self, entries: Sequence[Entry], withheld: Sequence[Entry], digests: Digests) -> None:
        self.entries = entries
        self.withheld = withheld
        self.digests = digests
        self.batch = as_batch(entries, set(withheld), digests)
        self.end = (entries[-1].epoch, entries[-1].seq)


def packed_up(entries: Sequence[Entry], digests: Digests) -> Packed:
    """Return entries ready to be sent, without the bodies that are too large."""
    return Packed(entries, [one for one in entries if is_too_large(one)], digests)


def one_batch(entries: Sequence[Entry], most_bytes: int) -> list[Entry]:
    """Return the first of ``entries`` that fit one batch: of one epoch, and not too large together."""
    batch: list[Entry] = []
    size = 0
    for entry in entries:
        length = len(entry.body.encode())
        size += length if length <= LARGEST_BODY else 0
        if batch and (entry.epoch != batch[0].epoch or size > most_bytes):
            break
        batch.append(entry)
    return batch


def as_batch(entries: Sequence[Entry], withheld: set[Entry], digests: Digests = MappingProxyType({})) -> Batch:
    """Return entries as they are pushed; ChainRefused for one without body and digest, which nobody could check."""
    outgoing = []
    for entry in entries:
        digest = hashlib.sha256(entry.body.encode()).digest() if entry.body else digests.get(entry)
        if digest is None:
            raise ChainRefused(entry.seq)
        body = None if not entry.body or (withheld and entry in withheld) else entry.body
        outgoing.append(Outgoing(entry.hash, digest, body, entry.signature))
    return Batch(entries[0].epoch, entries[0].seq, entries[0].prev, tuple(outgoing))


def is_too_large(entry: Entry) -> bool:
    """Tell whether the centre takes no body of this size."""
    return len(entry.body) * MOST_BYTES_A_CHARACTER > LARGEST_BODY and len(entry.body.encode()) > LARGEST_BODY


def begins_case(entry: Entry) -> bool:
    """Tell whether a case was taken in with an entry."""
    return bool(entry.body) and entry.read()["kind"] == CaseReceived.__name__


def _said_of(aside: SetAside) -> tuple[str, bool]:
    return aside.reason, aside.is_final


def aside_of(entry: Entry) -> tuple[int, int, str]:
    """Return place and case of an entry."""
    return entry.epoch, entry.seq, case_of(entry)
