"""Which numbers entries use up, of cases and of papers, and how far each series has come."""

from collections.abc import Iterable

from app.domain.facts import CaseReceived, NumberedPaper, SeriesEnd, numbered_papers, read_fact
from app.domain.foreign import UNREADABLE
from app.domain.journal import Entry
from app.domain.numbering import daily_sequence, daily_series

MOST_ENDS = 500
"""How many series one fact tells of: those of the latest days and years, which are the ones that go on."""


def numbers_used(entry: Entry) -> tuple[NumberedPaper, ...]:
    """Return the numbers that an entry uses up, that of a case which it begins among them; none where it cannot be read."""
    try:
        body = entry.read()
        fact = read_fact(body)
        papers = tuple(paper for _kind, paper, _name in numbered_papers(fact))
        if isinstance(fact, CaseReceived):
            number = body["case"]
            return (*papers, NumberedPaper(daily_series(number), daily_sequence(number), number))
    except UNREADABLE:
        return ()
    return papers


def ends_of(entries: Iterable[Entry]) -> tuple[SeriesEnd, ...]:
    """Return how far entries have brought each series that they use."""
    last: dict[str, int] = {}
    for entry in entries:
        for number in numbers_used(entry):
            last[number.series] = max(number.serial, last.get(number.series, 0))
    return tuple(SeriesEnd(series, serial) for series, serial in last.items())


def beyond(given: Iterable[SeriesEnd], known: Iterable[SeriesEnd]) -> tuple[SeriesEnd, ...]:
    """Return where more was ``given`` than is ``known``, the latest days and years first."""
    last = {end.series: end.last for end in known}
    ahead = [end for end in given if end.last > last.get(end.series, 0)]
    return tuple(sorted(ahead, key=lambda end: end.series.rpartition("/")[2], reverse=True)[:MOST_ENDS])
