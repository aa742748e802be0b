"""What the centre makes of own papers: provisional, final, or to be called back; read from what it said of their entries.

A paper rests on the entry that used its number. It is final when that one and the one that tells of its PDF are among
those whose signatures the centre has checked, and to be called back when the first was set aside for good.
"""

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Select, and_, func, literal_column, or_, select

from app.domain.paper import PaperState
from app.services.ports import Aside
from app.services.snapshots import PaperMark, PaperRow
from app.storage.schema import PLACE, cases, images, journal, papers
from app.storage.sync_schema import received, set_aside, sync_state

OWN_PAPER = papers.c.station == select(journal.c.station).limit(1).scalar_subquery()
IS_VALID = papers.c.state.not_in([literal_column(f"'{state}'") for state in PaperState if state.is_over])
_PLACE = papers.c.epoch * PLACE + papers.c.seq
_DRAWN = and_(images.c.digest == papers.c.digest, images.c.case == papers.c.case_number)
_VERIFIED = func.coalesce(
    select(sync_state.c.verified_epoch * PLACE + sync_state.c.verified_seq).limit(1).scalar_subquery(), 0
)
_MET_CENTRE = select(sync_state.c.id).exists()
_ASIDE = and_(set_aside.c.place == _PLACE, set_aside.c.kind == Aside.QUARANTINED.value)
_FOR_GOOD = set_aside.c.final == literal_column("1")
RECALLED = and_(_FOR_GOOD, set_aside.c.kind == Aside.QUARANTINED.value, OWN_PAPER, IS_VALID)
"""Of papers beside entries that were set aside: that they must be called back."""

_TO_RECALL = set_aside.join(papers, and_(papers.c.case_number == set_aside.c.case, set_aside.c.place + 0 == _PLACE))
"""From the few that were set aside to their papers, never the other way."""
_recalled = cases.alias("recalled")
RECALLED_CASES = select(_recalled.c.id).where(
    _recalled.c.number.in_(select(set_aside.c.case).select_from(_TO_RECALL).where(RECALLED))
)
"""Places of the cases with papers that must be called back: few, found by the index of what was set aside for good."""


RECALLED_PAPERS = select(papers.c.id).select_from(_TO_RECALL).where(RECALLED)
"""Places of own papers that must be called back."""


def papers_to_recall(limit: int) -> Select[Any]:
    """Return the query of own papers that must be called back, the latest first."""
    return select(papers).select_from(_TO_RECALL).where(RECALLED).order_by(papers.c.id.desc()).limit(limit)


def count_to_recall() -> Select[Any]:
    """Return the query of how many own papers must be called back."""
    return select(func.count()).select_from(_TO_RECALL).where(RECALLED)


def _provisional() -> Select[Any]:
    """Return the query of the places of own papers that are provisional.

    Only cases are looked at to which something happened behind what the centre has checked, or that have something set
    aside: who has years of papers has few of those.
    """
    fresh = select(func.coalesce(journal.c.case, "")).where(journal.c.place > _VERIFIED)
    back = select(func.coalesce(received.c.case, "")).where(received.c.rank == 0, received.c.after_place > _VERIFIED)
    waiting = select(set_aside.c.case).where(set_aside.c.kind == Aside.QUARANTINED.value, set_aside.c.final == 0)
    outer = papers.outerjoin(images, _DRAWN).outerjoin(set_aside, _ASIDE)
    return (
        select(papers.c.id)
        .select_from(outer)
        .where(
            _MET_CENTRE,
            papers.c.case_number.in_(fresh.union(back, waiting)),
            OWN_PAPER,
            IS_VALID,
            or_(
                set_aside.c.final == 0,
                and_(set_aside.c.place.is_(None), or_(_PLACE > _VERIFIED, images.c.place > _VERIFIED)),
            ),
        )
    )


PROVISIONAL_PAPERS = _provisional()
"""Places of own papers that the centre has not confirmed."""


def count_provisional() -> Select[Any]:
    """Return the query of how many own papers are provisional."""
    return _provisional().with_only_columns(func.count(), maintain_column_froms=True)


def marked_papers(connection: Connection, rows: list[PaperRow]) -> list[PaperRow]:
    """Return the rows with their marks."""
    if not rows or connection.execute(select(_MET_CENTRE)).scalar_one() == 0:
        return rows
    verified: int = connection.execute(select(_VERIFIED)).scalar_one()
    outer = papers.outerjoin(images, _DRAWN).outerjoin(set_aside, _ASIDE)
    about = (papers.c.number, func.max(_PLACE, func.coalesce(images.c.place, 0)), set_aside.c.final)
    wanted = select(*about).select_from(outer).where(papers.c.number.in_([row.number for row in rows]), OWN_PAPER)
    known = {number: (place, final) for number, place, final in connection.execute(wanted)}
    return [replace(row, mark=_mark(row, known.get(row.number), verified)) for row in rows]


def _mark(row: PaperRow, known: tuple[int, int | None] | None, verified: int) -> PaperMark | None:
    if known is None or row.state.is_over:
        return None
    place, final = known
    if final is not None:
        return PaperMark.TO_RECALL if final else PaperMark.PROVISIONAL
    return PaperMark.FINAL if place <= verified else PaperMark.PROVISIONAL
