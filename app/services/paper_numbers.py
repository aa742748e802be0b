"""Numbers of papers: each window counts in series of its own, and a number is used by the fact that names it."""

from app.domain.errors import MayNotIssue
from app.domain.facts import Fact, NumberedPaper, numbered_papers
from app.domain.paper import PaperKind
from app.domain.plain import texts
from app.domain.skipping import room_of
from app.domain.station import Station
from app.services.errors import MissingGlyphs, NumberTaken
from app.services.ports import PaperMaker, UnitOfWork


class PaperNumbers:
    """Gives the numbers, and says beforehand whether the paper can be printed."""

    def __init__(self, station: Station, maker: PaperMaker) -> None:
        self._station = station
        self._maker = maker

    def next(self, uow: UnitOfWork, kind: PaperKind, year: int, template: str = "") -> NumberedPaper:
        """Return the next number of this window's series; it counts as used when a fact in ``uow`` names it.

        ``template`` names that of a certificate, which may have numbers of its own. MayNotIssue when its level of
        service point may not issue it; NumberTaken, SeriesExhausted.
        """
        own, numbering = self._own(template) if template else ("", "")
        series = self._station.series(kind, year, own)
        serial = uow.numbers.next(series.key, room_of(numbering or self._station.pattern(kind)))
        text = self._station.paper_number(kind, year, serial, own, numbering)
        if uow.numbers.is_taken(text):
            raise NumberTaken(text)
        return NumberedPaper(series.key, serial, text)

    def ensure_printable(self, fact: Fact) -> None:
        """Raise MissingGlyphs when ``fact`` makes a paper and no font has some character in it: before it is recorded."""
        if numbered_papers(fact) and (missing := self._maker.missing_glyphs("".join(texts(fact.data())))):
            raise MissingGlyphs(missing)

    def _own(self, name: str) -> tuple[str, str]:
        template = self._maker.template(name)
        if template.levels and self._station.level not in template.levels:
            raise MayNotIssue(template.title, self._station.level)
        return (name if template.numbering else "", template.numbering)
