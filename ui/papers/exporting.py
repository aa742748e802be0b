"""Decides how the list of papers is written to a file. Qt-free."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from app.domain.operators import Operator
from app.services.mandate_ledger import is_ledger
from app.services.paper_lists import PaperWish
from app.services.progress import Tell
from ui.exporting import Exporting, Listing
from ui.navigation import PaperOutlet
from ui.papers.state import PapersState
from ui.surroundings import Surroundings
from ui.text import _, ngettext


class PaperListing(Listing, Protocol):
    """The list of papers."""

    @property
    def state(self) -> PapersState:
        """Return what the list shows."""
        ...


class PaperExporting(Exporting):
    """Makes one file at a time, beside the window."""

    def __init__(self, around: Surroundings, outlet: PaperOutlet, listing: PaperListing) -> None:
        super().__init__(around, outlet, listing)
        self._papers = listing

    def _name(self) -> str:
        return _("委托书台账") if is_ledger(self._papers.state.wanted) else _("文书")

    def _writing(self, path: Path) -> Callable[[Operator, Tell], int]:
        export = self._listing.export
        wish = PaperWish(self._papers.state.wanted, export.is_whole, export.purpose)
        return lambda clerk, tell: self._counter.paper_lists.save(wish, path, clerk, tell)

    def _written(self, count: int) -> str:
        words = ngettext("已导出 %(count)d 份，台账记下了这次导出", "已导出 %(count)d 份，台账记下了这次导出", count)
        return words % {"count": count}
