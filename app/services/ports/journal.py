"""What the store offers of its journal, and of the numbers that stand in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from app.domain.facts import SeriesEnd
from app.domain.journal import Entry, Head
from app.domain.skipping import USUAL_ROOM


class Journal(Protocol):
    """The append-only journal of this station, oldest first, by epoch and seq."""

    def head(self) -> Head | None:
        """Return where the journal ends, None when it is empty."""
        ...

    def append(self, entry: Entry) -> None:
        """Add the entry that follows the head and bring every view up to it."""
        ...

    def latest(self, kind: str) -> Entry | None:
        """Return the newest entry of a ``kind`` that belongs to no case, such as StationSetUp; None when there is none."""
        ...

    def kinds(self) -> Mapping[str, "KindCount"]:
        """Return how many entries of each kind there are."""
        ...

    def newest(self, kind: str, limit: int) -> list[Entry]:
        """Return the newest entries of a ``kind`` that belong to no case, the latest first."""
        ...

    def opening(self, epoch: int) -> Entry:
        """Return the first entry of an epoch; NotFound when there is no such epoch."""
        ...

    def at(self, epoch: int, seq: int) -> Entry:
        """Return one entry by its place; NotFound when there is none."""
        ...

    def of_case(self, number: str) -> list[Entry]:
        """Return the entries of one case as they came to be known here, those of other stations too.

        An own one that the centre set aside for breaking custody is left out, one that still waits too.
        """
        ...

    def of_inquiry(self, number: str) -> list[Entry]:
        """Return the entries of one inquiry; an empty list when there is none."""
        ...

    def unclosed(self, day: date) -> list[Entry]:
        """Return what happened on ``day``, and on closed days before it, since they were closed; oldest first.

        These are the entries that a closing of ``day`` made now would be the first to cover.
        """
        ...

    def cut(self, epoch: int, seq: int) -> list[Entry]:
        """Take everything behind a place off and return it, for another epoch to keep word for word.

        The one case in which a journal loses an entry: the centre has another one at its place. The views are to be
        built again in the same transaction.
        """
        ...

    def length(self) -> int:
        """Return how many entries there are, without reading them."""
        ...

    def entries(self) -> Iterator[Entry]:
        """Yield every entry without holding them all in memory."""
        ...


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many entries of one kind there are, and the time stamp of the newest, empty when its body is gone."""

    count: int
    last_at: str


class Numbers(Protocol):
    """Which numbers of a series are used; asked and used in one transaction, so none is given out twice."""

    def next(self, series: str, room: int = USUAL_ROOM) -> int:
        """Return the number after the last one that stands in the journal or is skipped, 1 for a new series.

        ``room`` is how many numbers the series has in its day or year; how far is skipped depends on it.
        """
        ...

    def is_taken(self, paper_number: str) -> bool:
        """Tell whether some paper has this number, in whichever series."""
        ...

    def missing(self, series: str) -> int:
        """Return how many numbers up to the last one that was used stand in no fact: 0 in a series without a gap."""
        ...

    def ends(self) -> tuple[SeriesEnd, ...]:
        """Return the last number of every series that is known to have been given out."""
        ...
