"""The own journal on its way to the centre: agreeing where it goes on, batches, and finding what the centre cannot take.

The centre's head decides. A centre that knows less gets it again; own entries that only the centre has are read back
(``sync_reading_back``); another entry at the same place is a fork, which is told and left alone.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from app.domain.journal import Entry, Verify, case_of
from app.services.errors import BatchRefused, CentralUnavailable, ChainForked, ChainRefused, ServiceError
from app.services.ports import MOST_ENTRIES, Aside, CentralHead, Pushed, SetAside, Store
from app.services.sync_ahead import Ahead, when_asked
from app.services.sync_pace import Pace
from app.services.sync_packing import Packed, one_batch, packed_up
from app.services.sync_quarantine import look_at_quarantine
from app.services.sync_reading_back import ReadingBack
from app.services.sync_report import SyncProgress, SyncStep
from app.services.sync_round import NOWHERE, Round

PATIENCE = 3
"""Rounds in which a fault of the centre's own may pass before it is looked for in what was sent."""
TOO_LARGE, UNREADABLE = "too_large", "unreadable"


class Pushing:
    """Brings the centre's copy of the own journal up to it."""

    def __init__(self, store: Store, verify: Verify, ahead: Ahead = when_asked) -> None:
        self._store = store
        self._ahead = ahead
        self._pace = Pace()
        self._reading_back = ReadingBack(store, verify, self._pace)
        self._failures = 0
        """How often the centre failed at a batch since the last one that went."""

    def agree(self, round_: Round) -> tuple[int, int]:
        """Return the place up to which the centre has this journal; ChainForked when it has another one.

        Own entries that this journal lost are read back first, and the views are built again with them.
        """
        head = round_.greeting.head
        if head is not None and self._reading_back.is_behind(head):
            self._reading_back.read_back(round_, (head.epoch, head.seq + 1))
            head = self._reading_back.before_what_nobody_believes(round_, head)
        reached = (head.epoch, head.seq) if head else NOWHERE
        with self._store.read() as uow:
            mine = uow.outbox.at(*reached)
            known = uow.outbox.state().head
        if head is not None and (mine is None or mine.hash != head.hash):
            raise ChainForked(head.epoch, head.seq)
        if reached != ((known.epoch, known.seq) if known else NOWHERE):
            look_at_quarantine(self._store, round_)  # the answer to a push was lost, or the centre was restored
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

    def look_behind(self, round_: Round) -> None:
        """Read back own entries that came to the centre behind the place where a later epoch saw the one before end."""
        self._reading_back.look_behind(round_)

    def _next(self, reached: tuple[int, int]) -> Packed | None:
        """Read what follows a place and make it ready to be sent; None when there is nothing."""
        with self._store.read() as uow:
            entries = one_batch(uow.outbox.after(*reached, MOST_ENTRIES), self._pace.most_bytes)
            bare = {one: uow.outbox.digest(one.epoch, one.seq) for one in entries if not one.body}
        return packed_up(entries, bare) if entries else None

    def _push(self, round_: Round, packed: Packed, reason: str = TOO_LARGE) -> None:
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
            aside = [SetAside(*_aside_of(one), Aside.WITHHELD, reason) for one in withheld]
            self._record(round_, entries, pushed, aside)

    def _is_poison(self, error: ServiceError) -> bool:
        """Tell whether something in the batch is to blame: the centre says so, or fails at it round after round.

        Should the centre fail at everything, the smallest batch fails too, and the round ends there.
        """
        if isinstance(error, CentralUnavailable):
            self._failures += error.reason == "failed"
            return error.reason == "failed" and self._failures > PATIENCE
        return True

    def _halve(self, round_: Round, packed: Packed) -> None:
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
            SetAside(*_aside_of(by_seq[seq]), Aside.QUARANTINED, reason)
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


def _aside_of(entry: Entry) -> tuple[int, int, str]:
    """Return place and case of an entry."""
    return entry.epoch, entry.seq, case_of(entry)
