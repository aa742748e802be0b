"""Leads from a stack of mixed papers to the cases that wait for them. Qt-free."""

from typing import Any, Protocol

from app.domain.application import HandedIn, Page
from app.services.stacks import COMING, Moved, StackSorted
from ui.forms.base import Form
from ui.forms.presenter import FormPresenter, FormView
from ui.page_acts import PageFiles
from ui.scanning import Scans
from ui.stack.form import StackForm
from ui.surroundings import Surroundings
from ui.text import _, ngettext


class StackView(Protocol):
    """The screen of the stack."""

    @property
    def form_view(self) -> FormView:
        """Return the place where the stack lies."""
        ...

    def render_afresh(self) -> None:
        """Let what lies there be built anew."""
        ...


class StackPresenter:
    """Sorts by itself once all of a stack came and was read; what a clerk decides, ``forms`` leads through."""

    def __init__(self, around: Surroundings, view: StackView, source: PageFiles, scans: Scans) -> None:
        self._counter, self._session = around.counter, around.session
        self._runner, self._navigator = around.runner, around.navigator
        self._view = view
        self._scans = scans
        self._looked_at: tuple[Page, ...] = ()
        """What was left of the pages that come in: separators with nothing behind them yet."""
        self.forms = FormPresenter(around, view.form_view, source, scans, self._placed)
        scans.follow(self.look)

    def open(self) -> None:
        """Show the stack; what waits for its case may have become possible since, so everything is sorted once more."""
        self._show()
        if self._counter.stacks.count() and not self.forms.state.is_busy:
            self._sort()

    def leave(self) -> None:
        """Go back one step; what is left stays and is shown again."""
        if self.forms.is_open and self.forms.pages.close_zoom():
            return
        self.forms.leave()
        self._navigator.back()

    def look(self) -> None:
        """Sort what came, once that is all and was read."""
        if not self.forms.is_open or self.forms.state.is_busy or self._session.operator is None:
            return
        coming = self._coming
        if coming and coming != self._looked_at and self._scans.is_settled(self.forms.state.key):
            self._sort()

    # --- inside ------------------------------------------------------------------------------------------------

    @property
    def _coming(self) -> tuple[Page, ...]:
        return self.forms.state.filled.handed.get(COMING, HandedIn()).pages

    def _show(self) -> None:
        self.forms.leave()
        self._view.render_afresh()
        self.forms.open(StackForm(self._counter.stacks))

    def _sort(self) -> None:
        if not self._scans.is_settled(self.forms.state.key) or not self.forms.keep_now():
            return
        self.forms.show(is_busy=True)
        self._runner.run(self._counter.stacks.sort, self._sorted, self._failed)

    def _sorted(self, done: StackSorted) -> None:
        if self.forms.is_open:
            self._show()
            self._looked_at = self._coming
        if done.moved:
            self._tell(done)

    def _placed(self, _form: Form, done: Any) -> None:  # noqa: ANN401  what the form made
        self._show()
        self._tell(done)

    def _tell(self, done: StackSorted) -> None:
        """Say where papers went, also to forms that lie open elsewhere."""
        for moved in done.moved:
            for page in moved.pages:
                self._scans.arrived(moved.place, page)
        count = len(done.numbers)
        words = ngettext(
            "%(pages)d 页放进了 %(count)d 件办件，到各件去收下",
            "%(pages)d 页放进了 %(count)d 件办件，到各件去收下",
            count,
        ) % {"pages": done.count, "count": count}
        self._navigator.notify(words, _("撤销"), lambda: self._undo(done))

    def _undo(self, done: StackSorted) -> None:
        self._runner.run(lambda: self._counter.stacks.undo(done), self._undone, self._failed)

    def _undone(self, back: tuple[Moved, ...]) -> None:
        for moved in back:
            for page in moved.pages:
                self._scans.went(moved.place, page)
        if self.forms.is_open:
            self._show()

    def _failed(self, error: Exception) -> None:
        if self.forms.is_open:
            self._show()
            self._looked_at = self._coming  # not at once again
        self._navigator.report(error)
