"""The counter itself: its station code, service point, window and how its papers are numbered."""

from dataclasses import dataclass, field

from app.domain.catalogue import UseLevel
from app.domain.deadline import WindowHours
from app.domain.numbering import PaperSeries, paper_number
from app.domain.paper import PageSize, PaperKind

USUAL_PATTERN = "{prefix}{word}〔{year}〕{serial:06}号"


@dataclass(frozen=True, slots=True)
class Station:
    """One window (窗口) of a service point; its code is given by the centre and never changes.

    ``paper_prefix`` is this window's own (云溪3): several windows of one body work without a network, so each counts
    its papers in a series of its own and the series stays gapless.
    """

    code: str
    service_point: str
    body: str
    """The body in whose name the window takes in cases, such as 云溪镇人民政府."""
    window: str
    phone: str
    division: str
    """12-digit code of the service point's division."""
    level: UseLevel
    paper_prefix: str
    paper_pattern: str = USUAL_PATTERN
    page_size: PageSize = PageSize.A4
    hours: WindowHours = field(default_factory=WindowHours)

    def paper_number(self, kind: PaperKind, year: int, serial: int) -> str:
        """Return the number of the ``serial``-th paper of ``kind`` of the ``year`` at this window."""
        return paper_number(self.series(kind, year), serial, self.paper_pattern)

    def series(self, kind: PaperKind, year: int) -> PaperSeries:
        """Return the series in which this window counts papers of ``kind`` in ``year``."""
        return PaperSeries(self.paper_prefix, kind, year)
