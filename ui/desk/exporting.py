"""Decides what leaves the list of cases: the register, as a file or as a paper. Qt-free."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from app.domain.operators import Operator
from app.services.progress import Tell
from app.services.registers import Wish
from ui.desk.state import DeskState
from ui.exporting import Exporting, Listing
from ui.navigation import PaperOutlet
from ui.surroundings import Surroundings
from ui.text import _, ngettext


class CaseListing(Listing, Protocol):
    """The list of cases."""

    @property
    def state(self) -> DeskState:
        """Return what the list shows."""
        ...


class RegisterExporting(Exporting):
    """Makes one register at a time, beside the window."""

    def __init__(self, around: Surroundings, outlet: PaperOutlet, listing: CaseListing) -> None:
        super().__init__(around, outlet, listing)
        self._cases = listing

    def make_paper(self) -> None:
        """Show the list as a paper in the system's own program, where it is printed."""
        if self._is_ready():
            wish = self._wish()
            self._run(
                lambda clerk, tell: self._counter.registers.paper(wish, clerk, tell),
                lambda pdf: self._outlet.open_paper(_("一事一记台账"), pdf),
            )

    def _wish(self) -> Wish:
        export = self._listing.export
        return Wish(self._cases.state.wanted, export.is_whole, export.purpose)

    def _name(self) -> str:
        return _("台账")

    def _writing(self, path: Path) -> Callable[[Operator, Tell], int]:
        wish = self._wish()
        return lambda clerk, tell: self._counter.registers.save(wish, path, clerk, tell)

    def _written(self, count: int) -> str:
        words = ngettext("已导出 %(count)d 件，台账记下了这次导出", "已导出 %(count)d 件，台账记下了这次导出", count)
        return words % {"count": count}
