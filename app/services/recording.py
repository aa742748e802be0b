"""How a fact becomes an entry: the one place where bodies are composed and sealed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from app.domain.case import Case
from app.domain.catalogue import ServiceItem
from app.domain.clock import JUMP_MS, parse_stamp, stamp
from app.domain.custody import ensure_held
from app.domain.facts import CaseHandedOver, ClockCorrected, EpochOpened, Fact, StationSetUp, read_fact
from app.domain.journal import BODY_VERSION, FIRST_PREV, Entry, Head
from app.domain.operators import SYSTEM
from app.domain.station import Station
from app.domain.vouching import Voucher, vouch
from app.services.clock_notes import ClockNotes
from app.services.errors import NotFound, RetiredKey
from app.services.ports import Anchor, Clock, StationKey, Store, UnitOfWork

HANDED_OVER = CaseHandedOver.__name__


class Recorder:
    """Records facts in the journal of one station, signed with its key."""

    def __init__(self, clock: Clock, key: StationKey, station: str) -> None:
        self._clock = clock
        self._key = key
        self._station = station
        self._epoch = 0
        """The epoch that the key belongs to, 0 while nobody has looked."""
        self.clock_notes = ClockNotes(clock)
        """What the journal has to say about the PC's clock; it goes in front of the next entry."""
        self.anchor: Anchor | None = None
        """What the centre said last: proof that what is recorded from now on was not recorded before."""

    @property
    def public_key(self) -> bytes:
        """Return the key that strangers check this epoch's signatures with."""
        return self._key.public_key

    def vouch_for(self, fresh: bytes) -> Voucher:
        """Return the word of this key for the next one."""
        return vouch(self._key.public_key, self._key.sign, self._station, fresh)

    def stand_in(self, epoch: int) -> None:
        """Take note that the key is the one of ``epoch``: in another one it must not sign any more."""
        self._epoch = epoch

    @contextmanager
    def signing_with(self, key: StationKey) -> Iterator[None]:
        """Sign with ``key`` from now on, unless the block fails; inside a transaction, so that nobody writes meanwhile."""
        before = self._key, self._epoch
        self._key, self._epoch = key, 0
        try:
            yield
        except BaseException:
            self._key, self._epoch = before
            raise

    def now(self) -> datetime:
        """Return the moment that a use case takes for everything it records."""
        return self._clock.now()

    def uptime_ms(self) -> int:
        """Return milliseconds of a clock that nobody sets."""
        return self._clock.uptime_ms()

    def record(
        self, uow: UnitOfWork, operator: str, fact: Fact, at: datetime, *, number: str = "", case: Case | None = None
    ) -> Entry:
        """Append ``fact`` to the journal inside ``uow`` and return its entry.

        ``case`` is the case after the fact, for the header; ``number`` names a case whose state the fact leaves alone.
        The entry's time is ``at``, but never earlier than the entry before it, nor later than the clock.
        """
        if not isinstance(fact, EpochOpened):
            self.record_clock(uow)
        return self.append(uow, operator, fact, at, number=number, case=case)

    def record_clock(self, uow: UnitOfWork) -> bool:
        """Append what has to be said about the PC's clock, if anything has; tell whether there was something.

        Another process with a clock of its own may have written an entry that is later than now: time goes on after it.
        """
        head = uow.journal.head()
        if head and head.at > stamp(self._clock.now() + timedelta(milliseconds=JUMP_MS)):
            self.clock_notes.look()
            self.clock_notes.go_on_after(parse_stamp(head.at))
        facts = self.clock_notes.to_write(uow.journal)
        entries = [self.append(uow, SYSTEM, fact, self._clock.now()) for fact in facts]
        if entries:
            self.clock_notes.wrote(entries[-1], len(entries))
        return bool(entries)

    def append(
        self,
        uow: UnitOfWork,
        operator: str,
        fact: Fact,
        at: datetime,
        *,
        number: str = "",
        case: Case | None = None,
        epoch_from: int = 1,
    ) -> Entry:
        """Append ``fact`` as the very next entry; as ``record``, without a look at the clock.

        An EpochOpened begins the next epoch, or ``epoch_from`` if that is later.

        RetiredKey when another process has opened an epoch with another key meanwhile.
        """
        head = uow.journal.head()
        epoch, seq, prev = _place(head, fact, epoch_from)
        if isinstance(fact, EpochOpened):
            self._epoch = epoch
        elif self._epoch not in {0, epoch}:
            raise RetiredKey
        body: dict[str, Any] = {
            "v": BODY_VERSION,
            "station": self._station,
            "epoch": epoch,
            "seq": seq,
            "at": self._stamp(fact, at, head),
            "uptime_ms": self._clock.uptime_ms(),
            "anchor": {"nonce": self.anchor.nonce, "at": self.anchor.at} if self.anchor else None,
            "operator": operator,
            "case": (case.number if case else number) or None,
            "kind": fact.kind,
            "data": fact.data(),
            "header": case.header() if case else None,
        }
        entry = Entry.seal(body, prev, self._key.sign)
        uow.journal.append(entry)
        return entry

    def _stamp(self, fact: Fact, at: datetime, head: Head | None) -> str:
        """Return the time of an entry: a use case that waited for another writer does not come before it."""
        if isinstance(fact, ClockCorrected):
            return stamp(at)
        moment = stamp(min(at, self._clock.now()))
        return max(moment, head.at) if head else moment


def _place(head: Head | None, fact: Fact, epoch_from: int) -> tuple[int, int, bytes]:
    """Return epoch, seq and previous hash of the entry after ``head``; EpochOpened begins an epoch."""
    if head is None or isinstance(fact, EpochOpened):
        return max(head.epoch + 1 if head else 1, epoch_from), 1, FIRST_PREV
    return head.epoch, head.seq + 1, head.hash


def load_case(uow: UnitOfWork, number: str) -> Case:
    """Return the case as its facts in the journal tell it; NotFound when there is none."""
    entries = uow.journal.of_case(number)
    bodies = [entry.read() for entry in entries]
    if not bodies:
        raise NotFound("case")
    case = Case.of(number, [(read_fact(body), parse_stamp(body["at"])) for body in bodies])
    hands = [entry.hash.hex() for entry, body in zip(entries, bodies, strict=True) if body["kind"] == HANDED_OVER]
    return replace(case, came_by=hands[-1]) if hands else case


def load_case_in_hand(uow: UnitOfWork, number: str, station: str) -> Case:
    """Return the case, to be changed at ``station``; NotFound, NotHeldHere when it is in other hands."""
    case = load_case(uow, number)
    ensure_held(case, station)
    return case


def load_item(uow: UnitOfWork, case: Case) -> ServiceItem:
    """Return the item version of a case.

    A case of another station may have one that was never published here: then it is the newest version that is, or
    what the case itself says of its item.
    """
    try:
        return uow.items.get(case.item, case.item_version)
    except NotFound:
        own = ServiceItem(
            code=case.item,
            name=case.title,
            department=case.department,
            project_type=case.project_type,
            version=case.item_version,
            statutory=case.limit,
        )
        return next((item for item in uow.items.current() if item.code == case.item), own)


def load_station(store: Store) -> Station:
    """Return the counter as it was last set up; NotFound before its first start is finished."""
    with store.read() as uow:
        entry = uow.journal.latest(StationSetUp.__name__)
    if entry is None:
        raise NotFound("station")
    fact = read_fact(entry.read())
    assert isinstance(fact, StationSetUp)  # noqa: S101  latest() was asked for this kind
    return fact.station
