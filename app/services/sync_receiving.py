"""What comes from other stations: checked against the directory's keys, and folded into the views in its order."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache, partial

from app.domain.foreign import lacks_header, takes_number_of_another
from app.domain.journal import Entry, Verify, case_of, chain_hash, is_note, sound_body
from app.domain.station import KnownStation
from app.services.ports import MOST_ENTRIES, Greeting, InboxPlace, ReceivedEntry, Store, UnitOfWork, Waits
from app.services.sync_ahead import Ahead, when_asked
from app.services.sync_order import follow_the_centre, interlocked, is_in_hand, is_sound, moves, settle
from app.services.sync_pace import Pace
from app.services.sync_report import CONTRADICTS, SyncProgress, SyncStep
from app.services.sync_round import Round
from app.services.sync_views import mark_stale

Received = tuple[Entry, datetime | None]
CHECKED_TOGETHER = 50
"""Entries whose signatures are checked while those before them are folded."""
FOR_GOOD = frozenset({Waits.BODY, Waits.SIGNATURE, Waits.UNREADABLE})
"""What waits for these reasons never becomes part of a view by itself."""
HOLDS_NOTHING_UP = frozenset({Waits.SIGNATURE, Waits.UNREADABLE, Waits.CUSTODY})
"""What is no word of its station's, or not its to say: nothing true follows from it, so what stands behind it goes on."""


class Receiving:
    """Takes entries in that are not this journal's own; receiving twice is receiving once."""

    def __init__(self, store: Store, verify: Verify, ahead: Ahead = when_asked) -> None:
        self._store = store
        self._verify = verify
        self._ahead = ahead
        self._pace = Pace()

    def pull(self, round_: Round) -> None:
        """Read the inbox to its end."""
        with self._store.read() as uow:
            place = uow.outbox.state().inbox
        last, done = max(round_.greeting.inbox_last, place.n), place.n
        while not is_end_of_inbox(round_.greeting, place):
            round_.go_on(SyncProgress(SyncStep.INBOX, min(done, last), last))
            with self._pace.call():
                delivered = round_.central.pull(place, self._pace.most_entries).entries
            if not delivered:
                break
            place = delivered[-1].place
            done = place.n
            with self._store.write() as uow:
                fresh = self.take(uow, ((one.entry, one.received_at) for one in delivered))
                uow.outbox.save(replace(uow.outbox.state(), inbox=place, inbox_last=max(last, place.n)))
                uow.commit()
            round_.add("received", fresh)
            if fresh < len(delivered):
                self._tell_what_contradicts(round_, [one.entry for one in delivered])
        self.fold_waiting(round_)

    def take(self, uow: UnitOfWork, entries: Iterable[tuple[Entry, datetime | None]]) -> int:
        """Keep entries inside ``uow``, fold those that can be, and return how many are new here."""
        fresh = 0
        moved: set[str] = set()
        held_up: dict[str, bool] = {"": False}
        has_own = cache(uow.received.has_own)
        for entry, received_at, fault in self._checked(uow, list(entries)):
            case = case_of(entry)
            if case not in held_up:
                held_up[case] = uow.received.waits_for(case)
            is_new = uow.received.add(entry, received_at)
            fresh += is_new
            if is_new and received_at and not is_note(entry):
                moved.add(case)
            if held_up[case] or not (is_new or _was_passed_by(uow, entry)):
                continue
            if (not entry.body or self._fold(uow, entry, case, fault, has_own)) and case:
                del held_up[case]  # it waits, and may hold up what follows
        for case in sorted(moved):
            # Whoever wrote a stick knew all that came before: what the centre has beside it comes behind, or instead.
            if uow.received.only_in_files(case):
                waiting = uow.received.waiting(0, MOST_ENTRIES)
                follow_the_centre(uow, case, [one for one in waiting if case_of(one.entry) == case])
        return fresh

    def _checked(
        self, uow: UnitOfWork, entries: Sequence[Received]
    ) -> Iterator[tuple[Entry, datetime | None, Waits | None]]:
        """Yield entries, each with what is wrong with it by itself; signatures of the next are checked meanwhile."""
        known = {station: uow.directory.get(station) for station in {entry.station for entry, _at in entries}}
        pieces = [entries[begin : begin + CHECKED_TOGETHER] for begin in range(0, len(entries), CHECKED_TOGETHER)]
        checks = [self._ahead(partial(self._seals, piece, known)) for piece in pieces]
        for piece, seals in zip(pieces, checks, strict=True):
            for (entry, received_at), fault in zip(piece, seals(), strict=True):
                yield entry, received_at, fault or fault_of_body(entry)

    def _seals(self, entries: Sequence[Received], known: Mapping[str, KnownStation | None]) -> list[Waits | None]:
        return [self._fault_of_seal(entry, known[entry.station]) for entry, _at in entries]

    def take_whole(self, uow: UnitOfWork, case: str, whole: Sequence[Entry], station: str) -> int:
        """Take a case in from a file, with all that its writer knew in order, this ``station``'s entries too; as ``take``.

        What changes the case counts only where the file goes on from what is here: a writer who does not know how the
        case went on may have held it once. What the centre could not take is in nobody's inbox. Where such stands
        between entries that are here already, all are put into their one order, and the views are to be built again.
        """
        foreign = [entry for entry in whole if entry.station != station]
        known = [uow.received.get(entry.station, entry.epoch, entry.seq) is not None for entry in foreign]
        faults = {entry: fault for entry, _at, fault in self._checked(uow, [(entry, None) for entry in foreign])}
        fresh = self._follow(uow, case, whole, faults)
        if False in known and True in known[known.index(False) :] and not any(faults.values()):
            self._put_between(uow, case, foreign)
        return fresh

    def _follow(self, uow: UnitOfWork, case: str, whole: Iterable[Entry], faults: Mapping[Entry, Waits | None]) -> int:
        here = moves(uow.journal.of_case(case))
        reached, before = here[-1].hash if here else None, None
        has_own = cache(uow.received.has_own)
        fresh = 0
        for entry in whole:
            is_move = not is_note(entry)
            if entry in faults:  # of another station
                is_held_up = uow.received.waits_for(case)
                is_new = uow.received.add(entry, None)
                fresh += is_new
                if entry.body and not is_held_up and (is_new or _was_passed_by(uow, entry)):
                    passed = Waits.CUSTODY if is_move and before != reached else None
                    why = self._fold(uow, entry, case, faults[entry] or passed, has_own)
                    reached = entry.hash if is_move and why is None else reached
            if is_move and faults.get(entry) not in HOLDS_NOTHING_UP:
                before = entry.hash
        return fresh

    def _put_between(self, uow: UnitOfWork, case: str, foreign: Sequence[Entry]) -> None:
        told = set(foreign)
        order = [*foreign, *(one for one in uow.received.of_case(case) if one not in told)]
        if is_sound(interlocked(uow.outbox.of_case(case), order)):
            uow.received.put_in_order(order)
            settle(uow, case)
            mark_stale(uow)

    def fold_waiting(self, round_: Round | None = None) -> int:
        """Try again what waits: for a key that came since, for what stands before it, for a newer program."""
        with self._store.read() as uow:
            if not set(uow.received.count_waiting()) - FOR_GOOD:
                return 0
        folded = place = 0
        held_up: set[str] = set()
        while True:
            with self._store.write() as uow:
                waiting = uow.received.waiting(place, MOST_ENTRIES)
                folded += self._fold_again(uow, waiting, held_up)
                uow.commit()
            if len(waiting) < MOST_ENTRIES:
                break
            place = waiting[-1].place
        self._follow_where_it_waits()
        if round_:
            self._tell_what_waits(round_)
        return folded

    def _follow_where_it_waits(self) -> None:
        with self._store.write() as uow:
            waiting = uow.received.waiting(0, MOST_ENTRIES)
            for case in sorted(
                {case_of(one.entry) for one in waiting if one.waits is Waits.CUSTODY and one.received_at}
            ):
                follow_the_centre(uow, case, [one for one in waiting if case_of(one.entry) == case])
            uow.commit()

    def _fold_again(self, uow: UnitOfWork, waiting: Iterable[ReceivedEntry], held_up: set[str]) -> int:
        station_of, has_own = cache(uow.directory.get), cache(uow.received.has_own)
        folded = 0
        for one in waiting:
            case, why = case_of(one.entry), one.waits
            if not _waits_for_good(one) and case not in held_up:
                fault = self._fault(one.entry, station_of(one.entry.station))
                why = self._fold(uow, one.entry, case, fault, has_own)
            if why is None:
                folded += 1
            elif why not in HOLDS_NOTHING_UP and not is_note(one.entry):
                held_up |= {case} - {""}
        return folded

    def _fold(
        self, uow: UnitOfWork, entry: Entry, case: str, fault: Waits | None, has_own: Callable[[str], bool]
    ) -> Waits | None:
        why = fault or uow.received.fold(entry)
        if why is Waits.CUSTODY and not fault and has_own(case) and _is_in_hand_by_what_came_back(uow, case, entry):
            uow.received.keep_waiting(entry, why)  # for its key no more, if it did
            uow.received.put_in_order([entry])
            why = None
        if why:
            uow.received.keep_waiting(entry, why)
        elif case and has_own(case):
            settle(uow, case)
        return why

    def _fault(self, entry: Entry, station: KnownStation | None) -> Waits | None:
        return self._fault_of_seal(entry, station) or fault_of_body(entry)

    def _fault_of_seal(self, entry: Entry, station: KnownStation | None) -> Waits | None:
        if station and not station.wrote(entry.epoch, entry.seq):
            return Waits.SIGNATURE
        public_key = station.key_of(entry.epoch) if station else None
        if public_key is None:
            return Waits.KEY
        is_sound = entry.hash == chain_hash(entry.prev, entry.body)
        if not is_sound or not self._verify(public_key, entry.hash, entry.signature):
            return Waits.SIGNATURE
        return None

    def _tell_what_contradicts(self, round_: Round, entries: Iterable[Entry]) -> None:
        """Tell of entries that are here with another hash: what came first is kept, and nobody can say which is right."""
        with self._store.read() as uow:
            for entry in entries:
                known = uow.received.get(entry.station, entry.epoch, entry.seq)
                if known and known.entry.hash != entry.hash:
                    round_.fail(SyncStep.INBOX, case_of(entry), CONTRADICTS)

    def _tell_what_waits(self, round_: Round) -> None:
        with self._store.read() as uow:
            for why in uow.received.count_waiting():
                round_.fail(SyncStep.INBOX, "", why)


def is_end_of_inbox(greeting: Greeting, place: InboxPlace) -> bool:
    """Tell whether nothing stood behind a place of the inbox when the centre greeted; what came since comes next time.

    A centre that was restored may have as many rows and others: the last one must be the very row that was read.
    """
    return place.n == greeting.inbox_last and place.mark == (greeting.inbox_mark if place.n else 0)


def fault_of_body(entry: Entry) -> Waits | None:
    """Return why a body that its station signed can be part of no view, None when nothing is wrong with it by itself."""
    body = sound_body(entry)
    if body is None or lacks_header(body) or takes_number_of_another(body):
        return Waits.UNREADABLE
    return None


def _waits_for_good(one: ReceivedEntry) -> bool:
    """Tell whether an entry goes on waiting by itself: what a case went past on a stick would fit again when it comes back."""
    return one.waits in FOR_GOOD or (one.waits is Waits.CUSTODY and one.received_at is None)


def _was_passed_by(uow: UnitOfWork, entry: Entry) -> bool:
    """Tell whether an entry that comes again waits because its station did not hold the case when it came."""
    kept = uow.received.get(entry.station, entry.epoch, entry.seq)
    return kept is not None and kept.waits is Waits.CUSTODY and kept.entry.hash == entry.hash


def _is_in_hand_by_what_came_back(uow: UnitOfWork, case: str, entry: Entry) -> bool:
    """Tell whether its station holds the case by own entries that were read back and are not in the views yet."""
    order = interlocked(uow.outbox.of_case(case), [*uow.received.of_case(case), entry])
    return is_in_hand(entry, order)
