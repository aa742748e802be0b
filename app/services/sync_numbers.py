"""Papers of a restored counter whose numbers had been given out before, which nobody could know until they were read back."""

from collections.abc import Iterable, Iterator

from app.domain.journal import Entry
from app.domain.used_numbers import numbers_used
from app.services.ports import Aside, SetAside, Views

NUMBER_TWICE = "number_twice"
"""Why an entry is told: its paper has a number that an earlier paper has, so people void it and make it anew."""


def given_again(views: Views, entries: Iterable[Entry]) -> Iterator[SetAside]:
    """Yield the own entries here that gave a paper a number which one of ``entries``, read back now, had given out."""
    for entry in entries:
        for number in numbers_used(entry):
            paper = views.paper(number.text)
            if paper and paper.station == entry.station and (paper.epoch, paper.seq) != (entry.epoch, entry.seq):
                yield SetAside(paper.epoch, paper.seq, paper.case_number, Aside.PARTED, NUMBER_TWICE)
