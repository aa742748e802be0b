"""The reading side of the store, for screens."""

from datetime import date, datetime
from typing import Protocol

from app.domain.inquiry import Inquiry
from app.services.listed_papers import Behind, ListedPaper, PaperFilter, PaperTotal
from app.services.snapshots import (
    CaseCounts,
    CaseFilter,
    CaseRow,
    DayRow,
    DraftRow,
    InquiryFilter,
    ItemUse,
    KnownOrganisation,
    KnownPerson,
    PaperCounts,
    PaperRow,
    Today,
)


class Views(Protocol):
    """Reads for screens, one query each; every one sees the last commit."""

    def case(self, number: str) -> CaseRow | None:
        """Return one case's row, None when there is none."""
        ...

    def cases(self, wanted: CaseFilter, offset: int, limit: int) -> list[CaseRow]:
        """Return rows of the list, the latest change first, or the earliest due first as the filter says."""
        ...

    def count_cases(self, wanted: CaseFilter) -> int:
        """Return how many rows the list has."""
        ...

    def find_cases(self, text: str, limit: int) -> list[CaseRow]:
        """Return cases by number, name, initials, identity number from either end, or telephone; latest first."""
        ...

    def find_people(self, text: str, limit: int) -> list[KnownPerson]:
        """Return earlier applicants by name or identity number (from its start), the latest seen first."""
        ...

    def find_organisations(self, text: str, limit: int) -> list[KnownOrganisation]:
        """Return earlier organisations by a part of their name or the beginning of their code, the latest seen first."""
        ...

    def cases_of(self, number: str, item: str, since: date) -> list[CaseRow]:
        """Return an applicant's cases of an item (of all for "") that are open or were received since, latest first.

        ``number`` is that of the applicant's document, or the organisation's code.
        """
        ...

    def papers(self, number: str) -> list[PaperRow]:
        """Return the papers of a case, oldest first."""
        ...

    def paper(self, number: str) -> PaperRow | None:
        """Return the paper of that number, None when there is none."""
        ...

    def papers_to_print(self, since: date, limit: int) -> list[PaperRow]:
        """Return papers made since a day that have not come out of a printer yet and are not void, oldest first."""
        ...

    def papers_to_recall(self, limit: int) -> list[PaperRow]:
        """Return own papers that must be called back, the latest first."""
        ...

    def paper_counts(self) -> PaperCounts:
        """Return how many own papers the centre has not confirmed, and how many must be called back."""
        ...

    def listed_papers(self, wanted: PaperFilter, behind: Behind, limit: int) -> list[ListedPaper]:
        """Return rows of the list of papers, the latest made first or, as the filter says, the oldest.

        Those that run out soon come the earliest end first, those that ran out the latest end first.
        """
        ...

    def count_papers(self, wanted: PaperFilter) -> int:
        """Return how many rows the list of papers has."""
        ...

    def paper_totals(self, wanted: PaperFilter) -> list[PaperTotal]:
        """Return how many papers there are of each sort, whatever part of the list is wanted; sorts have no order."""
        ...

    def drafts(self, limit: int) -> list[DraftRow]:
        """Return drafts, the last saved first."""
        ...

    def inquiries(self, wanted: InquiryFilter, offset: int, limit: int) -> list[Inquiry]:
        """Return rows of the list of inquiries, the latest first."""
        ...

    def count_inquiries(self, wanted: InquiryFilter) -> int:
        """Return how many rows the list of inquiries has."""
        ...

    def days(self, since: date) -> list[DayRow]:
        """Return the days of the journal from ``since`` on, oldest first."""
        ...

    def today(self, day: date) -> Today:
        """Return the figures of one day at this counter."""
        ...

    def chosen_places(self, limit: int) -> list[str]:
        """Return the codes of stations where applicants chose to collect, the latest first, by cases taken in here."""
        ...

    def item_uses(self, since: date) -> list[ItemUse]:
        """Return how often each item was accepted since a day, the most used first."""
        ...

    def silent_cases(self, now: datetime) -> list[str]:
        """Return the numbers of received cases whose time to say what is missing ended before ``now``, oldest first."""
        ...

    def reminders(self, day: date, limit: int) -> list[CaseRow]:
        """Return cases that wait for somebody on ``day``, the first received first.

        Accepted by silence and not taken up; received, with what is missing to be told by the end of the day at the
        latest; a supplement not handed in by its day; promised materials that were due by ``day``.
        """
        ...

    def due_cases(self, limit: int) -> list[CaseRow]:
        """Return cases whose clock runs, the earliest due first; of equal ones the first received."""
        ...

    def counts(self, now: datetime) -> CaseCounts:
        """Return how many cases each part of the list has ``now``: a case is near due from its ``near_due_from``."""
        ...
