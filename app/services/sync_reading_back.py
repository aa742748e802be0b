"""Own entries that the centre has and that this journal lost, as one does that was restored from a backup: they are read back."""

from collections.abc import Sequence
from dataclasses import replace

from app.domain.facts import CaseReceived
from app.domain.journal import Entry, Verify, case_of, chain_hash
from app.services.errors import ChainForked, ChainRefused
from app.services.ports import CentralHead, Store
from app.services.sync_numbers import given_again
from app.services.sync_order import settle_read_back
from app.services.sync_pace import Pace
from app.services.sync_quarantine import look_at_quarantine
from app.services.sync_report import SyncProgress, SyncStep
from app.services.sync_round import NOWHERE, Round
from app.services.sync_views import mark_stale, rebuild_if_stale

LARGEST_SEQ = 2**39
"""Greater than any entry's in its epoch."""


class ReadingBack:
    """Brings the own journal up to the centre's copy of it."""

    def __init__(self, store: Store, verify: Verify, pace: Pace) -> None:
        self._store = store
        self._verify = verify
        self._pace = pace

    def look_behind(self, round_: Round) -> None:
        """Read back own entries that came to the centre behind the place where a later epoch saw the one before end.

        A call that was late brings such, and a copy or a restored counter may know the centre's head without them. Once
        the centre has the beginning of an epoch, nothing comes to earlier ones any more. An epoch whose key was believed
        late is looked for again once the directory names it.
        """
        self._look_again_for_what_is_believed_now()
        while epoch := self._epoch_to_look_at():
            self.read_back(round_, (epoch, 1))
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

    def is_behind(self, head: CentralHead) -> bool:
        """Tell whether the centre has own entries that this journal lost: it went on in a later epoch without them."""
        with self._store.read() as uow:
            mine = uow.journal.head()
            return mine is not None and mine.epoch > head.epoch and uow.outbox.at(head.epoch, head.seq) is None

    def before_what_nobody_believes(self, round_: Round, head: CentralHead) -> CentralHead | None:
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

    def read_back(self, round_: Round, before: tuple[int, int]) -> None:
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
            look_at_quarantine(self._store, round_)
            rebuild_if_stale(self._store, round_)

    def _ensure_begun_once(self, entries: Sequence[Entry]) -> None:
        """Raise ChainForked when this journal began a case under a number that was given out before: by another machine."""
        with self._store.read() as uow:
            for one in entries:
                if _begins_case(one) and any(
                    _begins_case(mine) and mine.hash != one.hash for mine in uow.outbox.of_case(one.read()["case"])
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


def _begins_case(entry: Entry) -> bool:
    """Tell whether a case was taken in with an entry."""
    return bool(entry.body) and entry.read()["kind"] == CaseReceived.__name__
