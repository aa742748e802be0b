"""The order in which the store in memory folded everything it knows, and what of it is part of no view."""

from dataclasses import dataclass, replace
from datetime import datetime

from app.domain.facts import CaseReceived, MaterialsFollowed, PaperMade, PaperSigned, SupplementReceived, read_fact
from app.domain.journal import Entry
from app.services.ports import Aside, ReceivedEntry, Waits
from app.services.ports.outbox import leaves_views
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
    if state.sync is None or row.station != own_station(state) or row.state.is_over:
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


def images_of(fact):
    if isinstance(fact, CaseReceived | SupplementReceived | MaterialsFollowed):
        return [page.digest for handed_in in fact.materials.values() for page in handed_in.pages]
    if isinstance(fact, PaperSigned):
        return [fact.picture]
    return [fact.digest] if isinstance(fact, PaperMade) else []
