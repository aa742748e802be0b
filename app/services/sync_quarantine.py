"""What the centre set aside of the own journal: noted here too, and forgotten once it is let in."""

from collections.abc import Iterable

from app.services.ports import MOST_ENTRIES, Aside, Quarantined, SetAside, Store
from app.services.sync_order import settle_read_back
from app.services.sync_round import NOWHERE, Round
from app.services.sync_views import mark_stale


def look_at_quarantine(store: Store, round_: Round) -> None:
    """Note everything that the centre set aside, for a journal that lost what was said of it."""
    aside = _as_aside(round_.central.quarantine(MOST_ENTRIES))
    with store.write() as uow:
        if uow.outbox.set_aside(aside):
            mark_stale(uow)
        settle_read_back(uow, {one.case_number for one in aside})
        uow.commit()
    round_.add("set_aside", len(aside))


def look_whether_let_in(store: Store, round_: Round) -> None:
    """Forget what the centre set aside once and applies now, and note what it never will.

    A centre that was restored may have set an entry aside again for another reason.
    """
    with store.read() as uow:
        mine = {
            (one.epoch, one.seq): _said_of(one)
            for one in uow.outbox.aside(MOST_ENTRIES)
            if one.kind is Aside.QUARANTINED
        }
    if not mine:
        return
    theirs = {(one.epoch, one.seq): one for one in _as_aside(round_.central.quarantine(MOST_ENTRIES))}
    told_from = min(theirs) if len(theirs) == MOST_ENTRIES else NOWHERE  # there may be more than it tells
    let_in = {place for place in mine.keys() - theirs.keys() if place > told_from}
    settled = [one for place, one in theirs.items() if mine.get(place, _said_of(one)) != _said_of(one)]
    if not let_in and not settled:
        return
    with store.write() as uow:
        if any([uow.outbox.settle(settled), uow.outbox.let_in(let_in)]):
            mark_stale(uow)
        uow.commit()


def _as_aside(quarantined: Iterable[Quarantined]) -> list[SetAside]:
    """Return what the centre's quarantine means here."""
    return [
        SetAside(one.epoch, one.seq, one.case_number, Aside.QUARANTINED, one.reason, one.is_final)
        for one in quarantined
    ]


def _said_of(aside: SetAside) -> tuple[str, bool]:
    return aside.reason, aside.is_final
