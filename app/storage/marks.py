"""Where what happened to a case here is known: on this machine only, at the centre, or confirmed by it."""

from dataclasses import replace

from sqlalchemy import Connection, func, select

from app.services.ports import Aside
from app.services.snapshots import CaseMark, CaseRow
from app.storage.schema import PLACE, journal
from app.storage.sync_schema import set_aside, sync_state

_REACHED = select(
    func.coalesce(sync_state.c.epoch * PLACE + sync_state.c.seq, 0),
    func.coalesce(sync_state.c.verified_epoch * PLACE + sync_state.c.verified_seq, 0),
)


def marked(connection: Connection, rows: list[CaseRow]) -> list[CaseRow]:
    """Return the rows with their marks; without one where nothing happened here, or no centre was ever met."""
    reached = connection.execute(_REACHED).one_or_none() if rows else None
    if reached is None:
        return rows
    numbers = [row.number for row in rows]
    last = select(journal.c.case, func.max(journal.c.place)).where(journal.c.case.in_(numbers)).group_by(journal.c.case)
    places: dict[str, int] = {case: place for case, place in connection.execute(last)}  # noqa: C416
    aside = select(set_aside.c.case).where(set_aside.c.case.in_(numbers), set_aside.c.kind != Aside.PARTED)
    kept_here = set(connection.execute(aside).scalars())
    return [replace(row, mark=_mark(row.number in kept_here, places.get(row.number), *reached)) for row in rows]


def _mark(is_kept_here: bool, last: int | None, pushed: int, verified: int) -> CaseMark | None:
    if is_kept_here:
        return CaseMark.HERE
    if last is None:
        return None
    if last > pushed:
        return CaseMark.HERE
    return CaseMark.CONFIRMED if last <= verified else CaseMark.AT_CENTRE
