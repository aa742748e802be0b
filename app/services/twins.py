"""Two machines that used one station by mistake: how the second one goes on, with nothing lost.

The centre keeps the entries of whichever came first, and refuses the other machine as a fork. The other one parts: it
goes back to the last entry that both have, opens an epoch of its own there, as a restored backup does, and keeps every
entry since, word for word, as a fact of the new epoch, so that the centre gets them too. What they said holds no more,
because both machines gave out the same numbers: a case that was begun since is a draft again, filled in and marked as a
late entry, and what was done since to older cases is listed for people to look at.

In the same way goes on who was set up anew after a PC was lost without a backup: nothing is in common then, the new epoch
stands behind the first entry that the centre has, and the next round reads all of them back.
"""

import uuid
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime

from app.domain.application import Application, LateEntry
from app.domain.clock import parse_stamp
from app.domain.facts import CaseAccepted, CaseReceived, EntrySetApart, StationSetUp, read_fact
from app.domain.journal import REPLACED, Entry
from app.domain.operators import Act, Operator
from app.domain.used_numbers import ends_of
from app.domain.vouching import Voucher
from app.services.epochs import PARTED, SigningKeys, announce, arrived, open_epoch
from app.services.errors import ChainForked, ChainRefused, NotForked
from app.services.permits import ensure_may
from app.services.ports import MOST_ENTRIES, Aside, Central, CentralHead, Draft, SetAside, Store, UnitOfWork
from app.services.recording import Recorder
from app.services.sync_packing import packed_up
from app.services.sync_round import NOWHERE

BEHIND_ALL = (8_000_000, 0)
"""A place behind every epoch that a centre takes."""
TWIN = "twin"
"""Why entries were set aside whose case both machines knew."""


@dataclass(frozen=True, slots=True)
class Parted:
    """How this machine goes on: the new epoch, the entries that it keeps word for word, and what people finish."""

    epoch: int
    entries: int
    drafts: int
    """Cases begun since, which wait as drafts to be entered late."""
    older: tuple[str, ...]
    """Numbers of older cases to which something was done since."""


class TwinService:
    """Lets a machine part from another one that used the same station."""

    def __init__(
        self, store: Store, recorder: Recorder, keys: SigningKeys, program: str, connect: Callable[[], Central]
    ) -> None:
        self._store = store
        self._recorder = recorder
        self._keys = keys
        self._program = program
        self._connect = connect

    def part(self, by: Operator, reason: str) -> Parted:
        """Go on in an epoch of its own behind the last entry that the centre has too; ``reason`` is for late entries.

        NotPermitted; NotForked when the centre has this machine's journal; CentralUnavailable and refusals of the
        centre; KeyringUnavailable, DiskFull. Nothing is changed then. A crash on the way leaves it to be done again.
        """
        ensure_may(by, Act.CHANGE_STATION)
        place, theirs = self._last_in_common()
        fresh = self._keys.draw()
        with self._store.write() as uow:
            voucher = announce(uow, self._recorder, fresh)
            uow.commit()
        self._keys.keep()
        with self._store.write() as uow, self._recorder.signing_with(fresh):
            parted = self._part(uow, place, theirs, by, reason, voucher)
            arrived(uow)
            uow.commit()
        return parted

    def _last_in_common(self) -> tuple[tuple[int, int], Entry | None]:
        """Return the last place at which centre and journal have the same entry, and what the centre has next; NotForked.

        What was refused at the centre, or is of an epoch whose key nobody believes, is not shown and stands in the way all
        the same: then the centre's end is not known here, or it does not take what follows here.
        """
        with self._store.read() as uow:
            known = uow.outbox.state().head
        place = (known.epoch, known.seq) if known else NOWHERE
        with closing(self._connect()) as central:
            while theirs := central.own(*place, MOST_ENTRIES):
                for entry in theirs:
                    with self._store.read() as uow:
                        mine = uow.outbox.at(entry.epoch, entry.seq)
                    if mine is None or mine.hash != entry.hash:
                        return place, entry
                    place = (entry.epoch, entry.seq)
            head = central.hello().head
            with self._store.read() as uow:
                end = uow.outbox.at(head.epoch, head.seq) if head else None
                place = (end.epoch, end.seq) if end and head and end.hash == head.hash else place
                following = uow.outbox.after(*place, 1)
            if place > NOWHERE and head and place != (head.epoch, head.seq):
                return place, None
            try:
                if place > NOWHERE and following:
                    central.push(packed_up(following, {}).batch)
            except ChainForked:
                return place, None
            except ChainRefused:
                return self._end_of_what_it_knows(central, following[0])
        raise NotForked

    def _end_of_what_it_knows(self, central: Central, opening: Entry) -> tuple[tuple[int, int], Entry | None]:
        """Return the last place in common where an epoch went on from entries that the centre lacks and takes no more.

        So it is when an older backup was restored and synced, and then a newer one with entries that had never gone there:
        they stand at the end of an epoch that has ended at the centre. Raises ChainRefused when that is not why.
        """
        before = self._went_on_from(opening)
        theirs, lacks_whole = self._of_epoch(central, before.epoch), False
        while not theirs:
            before = self._went_on_from(self._opening_of(before))
            theirs, lacks_whole = self._of_epoch(central, before.epoch), True
        place = min((theirs[-1].epoch, theirs[-1].seq), (before.epoch, before.seq))
        if not lacks_whole and place == (before.epoch, before.seq):
            raise ChainRefused(opening.seq)
        return place, next(iter(central.own(*place, 1)), None)

    def _of_epoch(self, central: Central, epoch: int) -> list[Entry]:
        """Return the last entries of an epoch that the centre has, at most as many as it tells at once."""
        last: list[Entry] = []
        place = (epoch, 0)
        while theirs := [one for one in central.own(*place, MOST_ENTRIES) if one.epoch == epoch]:
            last, place = theirs, (epoch, theirs[-1].seq)
        return last

    def _opening_of(self, entry: Entry) -> Entry:
        with self._store.read() as uow:
            opening = uow.outbox.at(entry.epoch, 1)
        if opening is None or entry.epoch == 1:
            raise ChainRefused(entry.seq)
        return opening

    def _went_on_from(self, opening: Entry) -> Entry:
        """Return the entry that an epoch names as the last one before it: it is the last one here of its own epoch."""
        named = opening.read()["data"].get("previous_hash")
        with self._store.read() as uow:
            last = uow.outbox.last_before(opening.epoch, 0)
            while last and last.hash.hex() != named:
                last = uow.outbox.last_before(last.epoch, 0)
        if last is None:
            raise ChainRefused(opening.seq)
        return last

    def _part(
        self, uow: UnitOfWork, place: tuple[int, int], theirs: Entry | None, by: Operator, reason: str, voucher: Voucher
    ) -> Parted:
        epoch, seq = place
        last = uow.outbox.at(epoch, seq)
        end = uow.outbox.last_before(*BEHIND_ALL)
        apart = uow.journal.cut(epoch, seq)
        uow.outbox.save(
            replace(
                uow.outbox.state(),
                head=CentralHead(epoch, seq, last.hash) if last else None,
                images_until=(0, 0),
                whole_until=max(1, epoch),
            )
        )
        given = ends_of(apart)
        why, latest = PARTED if last else REPLACED, end.epoch if end else 0
        open_epoch(uow, self._recorder, self._program, why, latest=latest, behind=theirs, given=given, voucher=voucher)
        now = self._recorder.now()
        for station in set_up_in(apart)[-1:]:
            self._recorder.append(uow, by.login, station, now)
        kept = [(entry, self._recorder.append(uow, by.login, _kept(entry), now)) for entry in apart]
        begun = {one.read()["case"] for one in apart if one.read()["kind"] == CaseReceived.__name__}
        for draft in drafts_of(apart, reason, now):
            uow.drafts.save(draft)
        older = [(case, copy) for one, copy in kept if (case := one.read()["case"]) and case not in begun]
        uow.outbox.set_aside(SetAside(copy.epoch, copy.seq, case, Aside.PARTED, TWIN) for case, copy in older)
        uow.rebuild_views()
        head = uow.journal.head()
        cases = tuple(dict.fromkeys(case for case, _copy in older))
        return Parted(head.epoch if head else 0, len(apart), len(begun), cases)


def set_up_in(entries: Sequence[Entry]) -> list[StationSetUp]:
    """Return what ``entries`` say of who and where this counter is, which holds for this machine whatever it parts from."""
    facts = [read_fact(body) for body in (entry.read() for entry in entries) if body["kind"] == StationSetUp.__name__]
    return [fact for fact in facts if isinstance(fact, StationSetUp)]


def drafts_of(entries: Sequence[Entry], reason: str, now: datetime) -> list[Draft]:
    """Return each case that begins among ``entries`` as a draft that is marked as a late entry, with its real times."""
    accepted = {
        body["case"]: parse_stamp(body["at"])
        for body in (entry.read() for entry in entries)
        if body["kind"] == CaseAccepted.__name__
    }
    drafts = []
    for entry in entries:
        body = entry.read()
        if body["kind"] != CaseReceived.__name__:
            continue
        fact, received_at = read_fact(body), parse_stamp(body["at"])
        assert isinstance(fact, CaseReceived)  # noqa: S101  it is of that kind
        late = LateEntry(reason, fact.receipt.text, received_at, accepted.get(body["case"], received_at))
        application = Application(
            applicant=fact.applicant,
            form=fact.form,
            materials=fact.materials,
            collection=fact.collection,
            collect_at=fact.collect_at,
            collect_at_name=fact.collect_at_name,
            reasons=fact.passed_warnings,
            organisation=fact.organisation,
            co_applicants=fact.co_applicants,
            agent=fact.agent,
            late=late,
        )
        drafts.append(
            Draft(uuid.uuid4().hex, fact.item, fact.item_version, body["operator"], application, received_at, now)
        )
    return drafts


def _kept(entry: Entry) -> EntrySetApart:
    return EntrySetApart(entry.epoch, entry.seq, entry.prev.hex(), entry.hash.hex(), entry.signature.hex(), entry.body)
