"""What the store in memory keeps for talking with a centre, and the order in which everything it knows was folded."""

from dataclasses import dataclass, replace
from datetime import datetime

from app.domain.case import OPEN
from app.domain.facts import CaseReceived, MaterialsFollowed, PaperMade, PaperSigned, SupplementReceived, read_fact
from app.domain.foreign import UNREADABLE, read_foreign
from app.domain.journal import Entry, case_of, is_note
from app.domain.paper import PaperState
from app.services.ports import Aside, ReceivedEntry, SyncState, WaitingImage, Waits
from app.services.ports.outbox import leaves_views
from app.services.ports.received import NO_DIGESTS
from app.services.snapshots import CaseMark, PaperMark


@dataclass
class Kept:
    """A received entry as the store in memory keeps it."""

    number: int
    entry: Entry
    received_at: datetime | None
    waits: Waits | None
    after: tuple = (0, 0)
    rank: int = 1
    digest: bytes | None = None

    def seen(self):
        return ReceivedEntry(self.number, self.entry, self.received_at, self.waits)


def own_station(state):
    return state.entries[0].station if state.entries else ""


def place_of(entry):
    return (entry.epoch, entry.seq)


def history(state):
    """Return all entries that are part of the views of cases, in the order in which they came to be known here."""
    return [entry for entry, _kept, why in followed(state) if why is None]


def followed(state):
    """Return everything that may be part of the views of cases, in order: entry, how it is kept, and why it is none."""
    own = [((place_of(one), 0, 0), one, None) for one in state.entries if not leaves(state, one)]
    others = [
        ((kept.after, kept.rank, kept.number), kept.entry, kept)
        for kept in state.received
        if (kept.waits is None or (kept.rank == 0 and kept.waits is Waits.ORDER))
        and not (kept.rank == 0 and leaves(state, kept.entry))
    ]
    return list(
        followed_by_hands((entry, kept) for _order, entry, kept in sorted(own + others, key=lambda one: one[0]))
    )


def followed_by_hands(entries):
    """Find what stands before the beginning of its case, which was lost here, and what is not in its station's hands."""
    holders = {}
    for entry, kept in entries:
        body = entry.read()
        case, header = body["case"], body["header"]
        begins = body["kind"] == CaseReceived.__name__
        why = Waits.ORDER if case is not None and (case in holders) == begins and (kept or not begins) else None
        if kept and why is None and header and holders.get(case, entry.station) != entry.station:
            why = Waits.CUSTODY
        if why is None and case is not None and (begins or header):
            holders[case] = body["data"]["holder"] if begins else header["holder"]
        yield entry, kept, why


def holders_of(state):
    """Return who holds each case by everything that is part of its views."""
    holders = {}
    for entry in history(state):
        body = entry.read()
        if body["kind"] == CaseReceived.__name__:
            holders[body["case"]] = body["data"]["holder"]
        elif body["case"] is not None and body["header"]:
            holders[body["case"]] = body["header"]["holder"]
    return holders


def fold_anew(state):
    """Let what does not follow any more wait, and what was read back go on, as building the views again does."""
    found = {id(kept): why for _entry, kept, why in followed(state) if kept}
    rows = state.received
    rows[:] = [replace(kept, waits=waits_now(kept, found[id(kept)])) if id(kept) in found else kept for kept in rows]


def waits_now(kept, why):
    return Waits.ORDER if why and kept.rank == 0 else why


def leaves(state, entry):
    aside = state.aside.get(place_of(entry))
    return aside is not None and leaves_views(aside)


def case_facts(state):
    """Yield body and fact of everything that is part of the views of cases."""
    for entry in history(state):
        body = entry.read()
        yield body, read_fact(body)


def everything(state):
    """Yield body and fact of all entries whose papers and pages are known here, in their order."""
    own = [((place_of(one), 0, 0), one) for one in state.entries]
    others = [((kept.after, kept.rank, kept.number), kept.entry) for kept in state.received if kept.waits is None]
    for _order, entry in sorted(own + others, key=lambda one: one[0]):
        body = entry.read()
        yield body, read_fact(body)


def mark_of(state, case):
    """Return the mark of a case, None where nothing happened here, and at a counter that never met a centre."""
    if state.sync is None:
        return None
    last = max([place_of(one) for one in state.entries if one.read()["case"] == case], default=None)
    head = state.sync.head
    if case in {one.case_number for one in state.aside.values() if one.kind is not Aside.PARTED}:
        return CaseMark.HERE
    if last is None:
        return None
    if last > ((head.epoch, head.seq) if head else (0, 0)):
        return CaseMark.HERE
    return CaseMark.CONFIRMED if last <= (state.sync.verified or (0, 0)) else CaseMark.AT_CENTRE


def paper_marked(state, row):
    """Return an own paper's row with what the centre makes of it."""
    if state.sync is None or row.station != own_station(state) or row.state is PaperState.VOIDED:
        return row
    place, verified = (row.epoch, row.seq), state.sync.verified or (0, 0)
    aside = state.aside.get(place)
    if aside and aside.kind is Aside.QUARANTINED:
        return replace(row, mark=PaperMark.TO_RECALL if aside.is_final else PaperMark.PROVISIONAL)
    drawn = [
        place_of(one)
        for one in state.entries
        if row.digest
        and one.read()["case"] == (row.case_number or None)
        and row.digest in images_of(read_fact(one.read()))
    ]
    is_final = max([place, *drawn[:1]]) <= verified
    return replace(row, mark=PaperMark.FINAL if is_final else PaperMark.PROVISIONAL)


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


class MemoryOutbox:
    """Implements the port ``Outbox``."""

    def __init__(self, state):
        self._state = state

    def state(self):
        return self._state.sync or SyncState()

    def save(self, state):
        self._state.sync = state

    def _chain(self):
        back = [kept.entry for kept in self._state.received if kept.rank == 0]
        return sorted([*self._state.entries, *back], key=place_of)

    def at(self, epoch, seq):
        return next((one for one in self._chain() if place_of(one) == (epoch, seq)), None)

    def after(self, epoch, seq, limit):
        return [one for one in self._chain() if place_of(one) > (epoch, seq)][:limit]

    def last_before(self, epoch, seq):
        before = [one for one in self._chain() if place_of(one) <= (epoch, seq)]
        return before[-1] if before else None

    def of_case(self, case_number):
        mine = [one for one in self._chain() if one.body and one.read()["case"] == case_number]
        return [one for one in mine if not leaves(self._state, one)]

    def knows(self, digest):
        return any(one.hash == digest for one in self._chain())

    def count_after(self, epoch, seq):
        return len(self.after(epoch, seq, len(self._chain())))

    def digest(self, epoch, seq):
        found = (
            kept.digest for kept in self._state.received if kept.rank == 0 and place_of(kept.entry) == (epoch, seq)
        )
        return next(found, None)

    def confirm(self, epoch, seq, received_at):
        self._state.confirmations.setdefault((epoch, seq), received_at)

    def forget_after(self, epoch, seq):
        confirmations = self._state.confirmations
        for place in [place for place in confirmations if place > (epoch, seq)]:
            del confirmations[place]
        uploads = self._state.uploads
        for key in [key for key, (_at, refusal, is_purged) in uploads.items() if refusal or not is_purged]:
            del uploads[key]

    def received_at(self, epoch, seq):
        places = sorted(place for place in self._state.confirmations if place >= (epoch, seq))
        return self._state.confirmations[places[0]] if places else None

    def set_aside(self, aside):
        fresh = [one for one in aside if self._counts(one)]
        self._state.aside.update({(one.epoch, one.seq): one for one in fresh})
        return any(leaves_views(one) for one in fresh)

    def _counts(self, one):
        known = self._state.aside.get((one.epoch, one.seq))
        return known is None or (known.kind, one.kind) == (Aside.PARTED, Aside.QUARANTINED)

    def settle(self, aside):
        before = [one for one in self._state.aside.values() if leaves_views(one)]
        for one in aside:
            known = self._state.aside.get((one.epoch, one.seq))
            if known:
                self._state.aside[one.epoch, one.seq] = replace(known, reason=one.reason, is_final=one.is_final)
        return before != [one for one in self._state.aside.values() if leaves_views(one)]

    def let_in(self, places):
        found = [self._state.aside.pop(place, None) for place in places]
        gone = [one for one in found if one]
        cases = {one.case_number for one in gone}
        self._let_images_wait(lambda case, _at, refusal: refusal and case in cases)
        return any(leaves_views(one) for one in gone)

    def aside(self, limit):
        return [self._state.aside[place] for place in sorted(self._state.aside, reverse=True)[:limit]]

    def _named(self):
        """Return the images of own entries that are not noted as sent, with the place where each is named first."""
        state = self.state()
        first = {}
        for entry in self._state.entries:
            for digest in images_of(read_fact(entry.read())):
                first.setdefault((digest, entry.read()["case"]), place_of(entry))
        return [
            (place, digest, case)
            for (digest, case), place in first.items()
            if case and state.images_until < place and (digest, case) not in self._state.uploads
        ]

    def _unsent(self):
        blobs = self._state.blobs
        return [
            (place, WaitingImage(digest, case, len(blobs[digest])))
            for place, digest, case in self._named()
            if digest in blobs
        ]

    def images_elsewhere(self, limit):
        head = self.state().head
        pushed = (head.epoch, head.seq) if head else (0, 0)
        named = sorted(self._named())
        return [
            WaitingImage(digest, case, 0)
            for place, digest, case in named
            if place <= pushed and digest not in self._state.blobs
        ][:limit]

    def images(self, limit):
        head = self.state().head
        pushed = (head.epoch, head.seq) if head else (0, 0)
        unsent = [(place, image) for place, image in self._unsent() if place <= pushed]
        whole = {}
        for _place, image in unsent:
            whole[image.case_number] = whole.get(image.case_number, 0) + image.size
        unsent.sort(key=lambda one: (whole[one[1].case_number], one[1].case_number, one[0]))
        return [image for _place, image in unsent][:limit]

    def unsent_images(self):
        return [image for _place, image in sorted(self._unsent(), key=lambda one: (one[0], one[1].digest))]

    def count_images(self):
        unsent = self._unsent()
        return len(unsent), sum(image.size for _place, image in unsent)

    def image_sent(self, image, at, refusal=""):
        self._state.uploads[image.digest, image.case_number] = (at, refusal, bool(refusal))

    def ask_again(self, refusal, before):
        states = {body["case"]: body["header"]["state"] for body, _fact in case_facts(self._state) if body["header"]}
        self._let_images_wait(lambda case, at, why: why == refusal and at < before and states.get(case) in OPEN)

    def _let_images_wait(self, is_wanted):
        for key in [key for key, (at, refusal, _) in self._state.uploads.items() if is_wanted(key[1], at, refusal)]:
            del self._state.uploads[key]
            self._state.sync = replace(self.state(), images_until=(0, 0))

    def image_lost(self, digest):
        for key in [key for key in self._state.uploads if key[0] == digest]:
            del self._state.uploads[key]
        self._state.sync = replace(self.state(), images_until=(0, 0))

    def image_fetched(self, digest, at):
        self._state.uploads[digest, ""] = (at, "", False)

    def sent_since(self, since, limit):
        last = {}
        for (digest, case), (at, refusal, is_purged) in self._state.uploads.items():
            if case and at >= since and not refusal and not is_purged:
                last[digest] = max(at, last.get(digest, at))
        return sorted(last, key=last.get, reverse=True)[:limit]

    def purgeable(self, before, limit):
        drafted = {
            page.digest
            for draft in self._state.drafts.values()
            for handed_in in draft.application.materials.values()
            for page in handed_in.pages
        }
        first = {}
        for (digest, _case), (at, _refusal, is_purged) in self._state.uploads.items():
            if not is_purged and at < before and digest not in drafted:
                first[digest] = min(at, first.get(digest, at))
        return sorted(first, key=first.get)[:limit]

    def purged(self, digest):
        self._state.blobs.pop(digest, None)
        for key in [key for key in self._state.uploads if key[0] == digest]:
            at, refusal, _ = self._state.uploads[key]
            self._state.uploads[key] = (at, refusal, True)


class MemoryDirectory:
    """Implements the port ``Directory``."""

    def __init__(self, state):
        self._kept = state.stations
        self._bulletins = state.bulletins
        self._left = state.left_bulletins

    def everyone(self):
        return [self._kept[code] for code in sorted(self._kept)]

    def count(self):
        return len(self._kept)

    def get(self, code):
        return self._kept.get(code)

    def replace(self, stations):
        self._kept.clear()
        self._kept.update({station.code: station for station in stations})

    def taken_in(self, topic):
        found = self._bulletins.get(topic)
        return (found.version, found.published_at) if found else None

    def payload(self, topic):
        return self._bulletins[topic].payload if topic in self._bulletins else None

    def keep_bulletin(self, bulletin):
        self._bulletins[bulletin.topic] = bulletin
        self.forget_left(bulletin.topic)

    def left_aside(self):
        return [self._left[topic] for topic in sorted(self._left)]

    def leave_aside(self, one):
        self._left[one.topic] = one

    def forget_left(self, topic):
        self._left.pop(topic, None)


def same(one, other):
    return (one.station, one.epoch, one.seq) == (other.station, other.epoch, other.seq)


def images_of(fact):
    if isinstance(fact, CaseReceived | SupplementReceived | MaterialsFollowed):
        return [page.digest for handed_in in fact.materials.values() for page in handed_in.pages]
    if isinstance(fact, PaperSigned):
        return [fact.picture]
    return [fact.digest] if isinstance(fact, PaperMade) else []
