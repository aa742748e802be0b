"""Decides what leaves the list as a file or as a paper, and with whose names whole. Qt-free."""

from dataclasses import replace
from typing import Protocol

from app.domain.operators import Act
from app.services.progress import Tell
from app.services.registers import Wish
from ui.desk.state import DeskState, Export, Panel
from ui.navigation import PaperOutlet
from ui.progress import Progress, Stopped
from ui.surroundings import Surroundings
from ui.text import _, ngettext
from ui.words import why_not

KINDS = "Excel (*.xlsx);;CSV (*.csv)"


class Listing(Protocol):
    """The list that is exported, as it is narrowed down."""

    @property
    def state(self) -> DeskState:
        """Return what the list shows."""
        ...

    def show(self, **changes: object) -> None:
        """Show the list with ``changes`` of its state."""
        ...


class Exporting:
    """Makes one file or paper at a time, beside the window."""

    def __init__(self, around: Surroundings, outlet: PaperOutlet, listing: Listing) -> None:
        self._counter, self._session = around.counter, around.session
        self._runner, self._navigator = around.runner, around.navigator
        self._outlet = outlet
        self._listing = listing
        self._progress = Progress()

    def open(self) -> None:
        """Show what can be written to a file or printed, beside the list."""
        refusal = why_not(self._session.clerk, Act.EXPORT_PERSONAL_DATA)
        self._listing.show(panel=Panel.EXPORT, export=Export(refusal=refusal))

    def edit(self, *, is_whole: bool, purpose: str) -> None:
        """Take note of how names and numbers are to stand in the file, and why."""
        self._listing.show(export=replace(self._listing.state.export, is_whole=is_whole, purpose=purpose, problem=""))

    def save(self) -> None:
        """Write the list to a file that the clerk names."""
        wish = self._wish()
        if wish is None:
            return
        now = self._listing.state.now
        path = self._outlet.choose_target(f"{_('台账')} {now:%Y-%m-%d %H%M}.xlsx", KINDS)
        if path is not None:
            clerk, tell = self._session.clerk, self._busy()
            self._runner.run(
                lambda: self._counter.registers.save(wish, path, clerk, tell), self._exported, self._not_exported
            )

    def make_paper(self) -> None:
        """Show the list as a paper in the system's own program, where it is printed."""
        wish = self._wish()
        if wish is None:
            return
        clerk, tell = self._session.clerk, self._busy()
        self._runner.run(lambda: self._counter.registers.paper(wish, clerk, tell), self._open_paper, self._not_exported)

    def stop(self) -> None:
        """Stop writing the list; no file is left."""
        self._progress.is_stopped = True

    def poll(self) -> None:
        """Show how far the file is."""
        export = self._listing.state.export
        if export.is_busy and self._progress.percent != export.percent:
            self._listing.show(export=replace(export, percent=self._progress.percent))

    def _wish(self) -> Wish | None:
        state, export = self._listing.state, self._listing.state.export
        if export.is_busy:
            return None
        if export.is_whole and not export.purpose.strip():
            self._listing.show(export=replace(export, problem=_("姓名和号码不遮盖时，请写明用途")))
            return None
        return Wish(state.wanted, export.is_whole, export.purpose)

    def _busy(self) -> Tell:
        """Show that a file is being made; return what it tells how far it is."""
        self._progress = Progress()
        self._listing.show(export=replace(self._listing.state.export, is_busy=True, percent=0, problem=""))
        return self._progress.tell

    def _exported(self, count: int) -> None:
        self._listing.show(panel=Panel.CASE, export=Export())
        words = ngettext("已导出 %(count)d 件，台账记下了这次导出", "已导出 %(count)d 件，台账记下了这次导出", count)
        self._navigator.notify(words % {"count": count})

    def _open_paper(self, pdf: bytes) -> None:
        self._listing.show(panel=Panel.CASE, export=Export())
        self._outlet.open_paper(_("一事一记台账"), pdf)

    def _not_exported(self, error: Exception) -> None:
        self._listing.show(export=replace(self._listing.state.export, is_busy=False))
        if isinstance(error, Stopped):
            self._navigator.notify(_("已停止，没有留下文件。"))
        else:
            self._navigator.report(error)
