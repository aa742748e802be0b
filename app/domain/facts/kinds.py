"""Every kind of fact by its name, and how a fact is read from an entry. A new family of facts is added here."""

from collections.abc import Mapping
from typing import Any

from app.domain.facts import (
    acceptance,
    blanks,
    clock,
    closing,
    custody,
    day,
    disclosure,
    inquiry,
    operators,
    papers,
    review,
    station,
)
from app.domain.facts.base import Fact
from app.domain.plain import from_plain

_FAMILIES = (acceptance, blanks, clock, closing, custody, day, disclosure, inquiry, operators, papers, review, station)

FACTS: dict[str, type[Fact]] = {
    kind.__name__: kind
    for family in _FAMILIES
    for kind in vars(family).values()
    if isinstance(kind, type) and issubclass(kind, Fact) and kind is not Fact
}


NOTES: frozenset[type[Fact]] = frozenset(
    {
        disclosure.PersonalDataShown,
        papers.FormPrepared,
        papers.PaperMade,
        papers.PaperPrinted,
        papers.PaperRecalled,
        papers.PaperSigned,
        papers.PrintConfirmed,
        papers.PrintSpoiled,
    }
)
"""What may be said of a case without its header, by every station with a part in it: nothing of these changes the case."""


def read_fact(body: Mapping[str, Any]) -> Fact:
    """Return the fact in an entry's body; KeyError when this program does not know its kind."""
    return from_plain(FACTS[body["kind"]], body["data"])
