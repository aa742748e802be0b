"""Lists of papers for the store in memory: the rules of the real ones, said plainly."""

import re
from collections import Counter
from datetime import timedelta

from app.domain.clock import CHINA
from app.domain.paper import PaperState
from app.domain.paper_numbering import number_pieces
from app.domain.people import tidy_id_number
from app.services.listed_papers import Expiry, ListedPaper, PaperScope, PaperTotal
from app.services.snapshots import PaperMark

BY_END = {PaperScope.EXPIRING, PaperScope.EXPIRED}


class MemoryPaperLists:
    """What ``MemoryViews`` says of lists of papers; it has the papers, and finds the cases."""

    def listed_papers(self, wanted, behind, limit):
        rows = ordered([row for row in self._papers() if self._is_listed(row, wanted)], wanted)
        numbers = [row.number for row in rows]
        start = (numbers.index(behind.number) + 1 if behind.number else 0) + behind.skipped
        return [ListedPaper(row, self.case(row.case_number)) for row in rows[start : start + limit]]

    def count_papers(self, wanted):
        return len([row for row in self._papers() if self._is_listed(row, wanted)])

    def paper_totals(self, wanted):
        sorts = Counter(
            (row.kind, row.template, row.state, expiry(row, wanted), self._is_own(row))
            for row in self._papers()
            if self._is_narrowed_to(row, wanted)
        )
        return [PaperTotal(*sort, count) for sort, count in sorts.items()]

    def _is_listed(self, row, wanted):
        is_there = self._is_own(row) and is_in_scope(row, wanted)
        if wanted.scope is PaperScope.ELSEWHERE:
            is_there = not self._is_own(row)
        return is_there and self._is_narrowed_to(row, wanted)

    def _is_narrowed_to(self, row, wanted):
        made_on = row.made_at.astimezone(CHINA).date()
        return (
            wanted.kind in {None, row.kind}
            and wanted.template in {"", row.template}
            and wanted.clerk in {"", row.clerk}
            and (wanted.made_from is None or made_on >= wanted.made_from)
            and (wanted.made_to is None or made_on <= wanted.made_to)
            and self._fits(row, wanted.text)
        )

    def _fits(self, row, text):
        if not text.strip():
            return True
        pieces = number_pieces(text)
        if pieces and re.search(".*".join(pieces), row.number, re.IGNORECASE | re.ASCII):
            return True
        case, is_long = self.case(row.case_number), re.fullmatch("[0-9A-Z]{8,}", tidy_id_number(text))
        return case is not None and bool(not pieces or is_long) and self._matches(case, text)


def ordered(rows, wanted):
    """Return rows, which come the earlier used number first, as a list shows them."""
    if wanted.scope in BY_END:
        by_end = sorted(rows, key=lambda row: row.valid_until)
        return by_end if wanted.scope is PaperScope.EXPIRING else by_end[::-1]
    by_day = sorted(rows, key=lambda row: row.made_at)
    return by_day if wanted.oldest_first else by_day[::-1]


def is_in_scope(row, wanted):
    is_valid, end = not row.state.is_over, expiry(row, wanted)
    return {
        PaperScope.ALL: True,
        PaperScope.VALID: is_valid and end is not Expiry.OVER,
        PaperScope.TO_PRINT: row.state in {PaperState.TO_PRINT, PaperState.SENT},
        PaperScope.PROVISIONAL: row.mark is PaperMark.PROVISIONAL,
        PaperScope.TO_RECALL: row.mark is PaperMark.TO_RECALL,
        PaperScope.EXPIRING: is_valid and end is Expiry.SOON,
        PaperScope.EXPIRED: is_valid and end is Expiry.OVER,
        PaperScope.VOIDED: row.state is PaperState.VOIDED,
        PaperScope.REVOKED: row.state is PaperState.REVOKED,
        PaperScope.REPLACED: row.state is PaperState.REPLACED,
        PaperScope.ELSEWHERE: False,
    }[wanted.scope]


def expiry(row, wanted):
    if row.valid_until is None:
        return Expiry.NEVER
    if row.valid_until < wanted.today:
        return Expiry.OVER
    return Expiry.SOON if row.valid_until <= wanted.today + timedelta(days=wanted.soon_days) else Expiry.LATER
