"""What the store in memory keeps of what came from others."""

from dataclasses import replace

from app.domain.facts import CaseReceived
from app.domain.foreign import UNREADABLE, read_foreign
from app.domain.journal import case_of, is_note
from app.services.ports import Waits
from app.services.ports.received import NO_DIGESTS
from tests.fakes.folding import Kept, holders_of, place_of


class MemoryReceived:
    """Implements the port ``Received``."""

    def __init__(self, state):
        self._state = state

    def add(self, entry, received_at):
        if known := self._find(entry.station, *place_of(entry)):
            if known.entry.hash == entry.hash:
                self._change(entry, lambda kept: replace(kept, received_at=kept.received_at or received_at))
            return False
        self._state.received.append(Kept(self._next(), entry, received_at, Waits.ORDER if entry.body else Waits.BODY))
        return True

    def take_back(self, entries, digests=NO_DIGESTS):
        for entry in entries:
            if not self._find(entry.station, *place_of(entry)):
                waits = None if entry.body else Waits.BODY
                digest = digests.get(place_of(entry))
                self._state.received.append(Kept(self._next(), entry, None, waits, place_of(entry), 0, digest))

    def get(self, station, epoch, seq):
        kept = self._find(station, epoch, seq)
        return kept.seen() if kept else None

    def fold(self, entry):
        held = holders_of(self._state)
        try:
            body = entry.read()
            fact = read_foreign(body)
            holder = held.get(body["case"])
        except UNREADABLE:
            return Waits.KIND
        if body["case"] and bool(holder) == isinstance(fact, CaseReceived):
            return Waits.ORDER
        if holder and body["header"] and holder != body["station"]:
            return Waits.CUSTODY
        head = self._state.entries[-1] if self._state.entries else None
        number = self._next()
        after = place_of(head) if head else (0, 0)
        self._change(entry, lambda kept: replace(kept, waits=None, number=number, after=after))
        return None

    def put_in_order(self, entries):
        head = self._state.entries[-1] if self._state.entries else None
        after = place_of(head) if head else (0, 0)
        for entry in entries:
            number = self._next()
            self._change(
                entry,
                lambda kept, number=number: (
                    replace(kept, waits=None, number=number, after=after)
                    if kept.rank == 1 and kept.waits in {None, Waits.ORDER, Waits.CUSTODY}
                    else kept
                ),
            )

    def keep_waiting(self, entry, why):
        self._change(entry, lambda kept: replace(kept, waits=why) if kept.waits else kept)

    def pass_by(self, entries):
        for entry in entries:
            self._change(
                entry,
                lambda kept: replace(kept, waits=Waits.CUSTODY) if kept.rank == 1 and kept.waits is None else kept,
            )

    def _change(self, entry, change):
        """Replace rather than change: a transaction that is rolled back shares its rows with the state before."""
        rows = self._state.received
        rows[:] = [change(kept) if same(kept.entry, entry) else kept for kept in rows]

    def has_own(self, case_number):
        return any(kept.rank == 0 for kept in self._of_case(case_number))

    def of_case(self, case_number):
        rows = [kept for kept in self._of_case(case_number) if kept.rank == 1 and kept.waits is None]
        return [kept.entry for kept in sorted(rows, key=lambda kept: kept.number)]

    def only_in_files(self, case_number):
        at_centre = {kept.entry.hash for kept in self._of_case(case_number) if kept.received_at}
        return [one for one in self.of_case(case_number) if one.hash not in at_centre and not is_note(one)]

    def put_behind(self, entry, epoch, seq):
        self._change(entry, lambda kept: replace(kept, after=(epoch, seq)))

    def _of_case(self, case_number):
        rows = self._state.received
        return [kept for kept in rows if case_of(kept.entry) == case_number]

    def waits_for(self, case_number):
        idle = {None, Waits.SIGNATURE, Waits.UNREADABLE, Waits.CUSTODY}
        others = [kept for kept in self._of_case(case_number) if kept.rank == 1]
        return any(kept.waits not in idle and not is_note(kept.entry) for kept in others)

    def waiting(self, after, limit):
        rows = [kept for kept in self._state.received if kept.rank == 1]
        found = [kept.seen() for kept in rows if kept.waits and kept.number > after]
        return sorted(found, key=lambda one: one.place)[:limit]

    def count_waiting(self):
        counted = {}
        for kept in self._state.received:
            if kept.waits:
                counted[kept.waits] = counted.get(kept.waits, 0) + 1
        return counted

    def _find(self, station, epoch, seq):
        found = (
            kept
            for kept in self._state.received
            if (kept.entry.station, *place_of(kept.entry)) == (station, epoch, seq)
        )
        return next(found, None)

    def _next(self):
        return max((kept.number for kept in self._state.received), default=0) + 1


def same(one, other):
    return (one.station, one.epoch, one.seq) == (other.station, other.epoch, other.seq)
