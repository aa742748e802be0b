"""The one order of a case that went from hand to hand: custody is a baton, and only who has it moves the case.

Needed where own entries were lost and read back: they stand at their own places, while those of others come again by the
inbox. The own chain says the order of the own ones, the inbox that of the others; the baton says how the two interlock.
"""

from collections import deque
from collections.abc import Iterable

from app.domain.facts import CaseReceived
from app.domain.journal import Entry, is_note
from app.services.ports import ReceivedEntry, UnitOfWork, Waits
from app.services.sync_views import mark_stale


def interlocked(own: Iterable[Entry], others: Iterable[Entry]) -> list[Entry]:
    """Return all entries of a case in their order.

    An entry with a header goes when its station holds the case; one without leaves the case alone and goes with its own
    chain, once the case has come to its station. What fits nowhere (something between is missing) comes at the end, the
    others' first.
    """
    mine, theirs = deque(own), deque(others)
    merged: list[Entry] = []
    holder = ""
    parties: set[str] = set()
    while mine or theirs:
        is_mine = bool(mine) and (_may_follow(mine[0], holder, parties) or not theirs)
        entry = mine.popleft() if is_mine else theirs.popleft()
        header = entry.read()["header"]
        if header:
            holder = header["holder"]
            parties |= {entry.station, holder, header.get("collect_at") or holder}
        merged.append(entry)
    return merged


def by_hands(entries: Iterable[Entry]) -> list[Entry] | None:
    """Return entries of a case in the one order in which each station's go by its chain and only its holder moves it.

    None where there is no such order of them all.
    """
    chains: dict[str, deque[Entry]] = {}
    for entry in sorted(entries, key=lambda one: (one.station, one.epoch, one.seq)):
        chains.setdefault(entry.station, deque()).append(entry)
    order: list[Entry] = []
    holder = ""
    parties: set[str] = set()
    while left := [chain for chain in chains.values() if chain]:
        following = next((chain for chain in left if _may_follow(chain[0], holder, parties)), None)
        if following is None:
            return None
        entry = following.popleft()
        header = entry.read()["header"]
        if header:
            holder = header["holder"]
            parties |= {entry.station, holder, header.get("collect_at") or holder}
        order.append(entry)
    return order


def follow_the_centre(uow: UnitOfWork, case: str, waiting: Iterable[ReceivedEntry]) -> None:
    """Put what the centre has of a case into its order, in place of what came on a stick alone, where that goes.

    A stick of a counter that did not know how the case went on leads the case astray; the centre's word is the one that all
    follow. Own entries that the centre may still let in rest on the stick: while there are such, nothing changes.
    """
    if uow.received.waits_for(case):
        return  # something between cannot be read yet
    strays, own = uow.received.only_in_files(case), uow.outbox.of_case(case)
    here = [one for one in uow.received.of_case(case) if one not in strays]
    told = [one.entry for one in waiting if one.received_at and one.waits is Waits.CUSTODY]
    if order := by_hands([*own, *here, *told]):
        uow.received.pass_by(strays)
        uow.received.put_in_order(one for one in order if one not in own)
        settle(uow, case)
        mark_stale(uow)


def settle(uow: UnitOfWork, case: str) -> None:
    """Put the entries of a case whose own ones were read back into their one order; the views are to be built again."""
    own = uow.outbox.of_case(case)
    if not own:
        return  # all of them were set aside, and are in no view
    order = interlocked(own, uow.received.of_case(case))
    first = min((one.epoch, one.seq) for one in own)
    behind = (first[0], first[1] - 1)
    for entry in order:
        if entry.station == own[0].station:
            behind = max(behind, (entry.epoch, entry.seq))
        else:
            uow.received.put_behind(entry, *behind)
    mark_stale(uow)


def settle_read_back(uow: UnitOfWork, cases: Iterable[str]) -> None:
    """Settle those of these cases whose own entries came back while those of others had stayed: after parting from a twin."""
    for case in sorted(set(cases) - {""}):
        if uow.received.has_own(case) and uow.received.of_case(case):
            settle(uow, case)


def is_in_hand(entry: Entry, order: Iterable[Entry]) -> bool:
    """Tell whether the station of ``entry``, which stands in ``order``, holds the case by what stands before it."""
    holder = ""
    for one in order:
        if one == entry:
            return holder == entry.station
        header = one.read()["header"]
        holder = header["holder"] if header else holder
    return False


def is_sound(order: Iterable[Entry]) -> bool:
    """Tell whether only its holder changed the case in this order, and no station went back in its own chain."""
    holder = ""
    last: dict[str, tuple[int, int]] = {}
    for entry in moves(order):
        place = (entry.epoch, entry.seq)
        if holder not in {"", entry.station} or place < last.get(entry.station, place):
            return False
        holder = entry.read()["header"]["holder"]
        last[entry.station] = place
    return True


def moves(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries that change a case, in their order."""
    return [entry for entry in entries if not is_note(entry)]


def _may_follow(entry: Entry, holder: str, parties: set[str]) -> bool:
    body = entry.read()
    if not holder:
        return bool(body["kind"] == CaseReceived.__name__)
    return entry.station == holder if body["header"] else entry.station in parties
