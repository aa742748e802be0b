"""The ways out of an intake beside acceptance: only taking in, asking for what is missing, refusing, late entry. Qt-free."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol

from app.domain.acceptance import LATER_PLACES
from app.domain.application import LateEntry
from app.domain.errors import ApplicationIncomplete
from app.services.intake import Accepted
from ui.forms.base import Form
from ui.forms.presenter import FormPresenter, FormView
from ui.intake.outcome_forms import IntakeForm, LateForm, RefusalForm, SupplementForm
from ui.intake.practice import holds_back, waits_for_scan
from ui.intake.sheet import Sheet
from ui.page_acts import PageFiles
from ui.scanning import Scans
from ui.surroundings import Surroundings
from ui.text import _


class WaysOutView(Protocol):
    """The place where forms lie in the intake."""

    @property
    def form_view(self) -> FormView:
        """Return the screen of the forms."""
        ...

    def show_form(self, *, shown: bool) -> None:
        """Show a form in place of the draft, or the draft again."""
        ...

    def focus_place(self, place: str) -> None:
        """Put the cursor where ``place`` is."""
        ...


class WaysOut:
    """Ends the draft that lies open, or marks it."""

    def __init__(
        self,
        sheet: Sheet,
        around: Surroundings,
        view: WaysOutView,
        pages: PageFiles,
        scans: Scans,
        save: Callable[[], None],
        when_clean: Callable[[Callable[[], None]], None],
        taken_in: Callable[[Accepted], None],
    ) -> None:
        self._sheet = sheet
        self._counter, self._session = around.counter, around.session
        self._runner, self._navigator = around.runner, around.navigator
        self._view = view
        self._save = save
        self._when_clean = when_clean
        self._taken_in = taken_in
        self.forms = FormPresenter(around, view.form_view, pages, scans, self._done)

    def follow(self) -> None:
        """Close the form of a draft that lay open before."""
        self.close_form()

    def close_form(self) -> bool:
        """Close the form that lies open, which keeps what was typed; tell whether there was one."""
        was_open = self.forms.is_open
        self.forms.leave()
        self._view.show_form(shown=False)
        if was_open:
            self._focus_draft()
        return was_open

    def only_receive(self) -> None:
        """Take in what is there; whether it is accepted is said later."""
        if holds_back(self._sheet, self._navigator) or waits_for_scan(self._sheet, self._navigator):
            return
        if not self._sheet.now().is_busy:
            self._when_clean(self._receive)

    def ask_supplement(self) -> None:
        """Tell everything that is missing in one notice."""
        if not holds_back(self._sheet, self._navigator) and self._is_somebody():
            self._open(SupplementForm)

    def refuse(self) -> None:
        """Refuse at once and name the competent body."""
        if not holds_back(self._sheet, self._navigator) and self._is_somebody():
            self._open(RefusalForm)

    def enter_late(self) -> None:
        """Mark the draft as one that was handled earlier on paper, or take the mark away."""
        if holds_back(self._sheet, self._navigator):
            return
        if self._sheet.now().late is None:
            self._open(LateForm)
        else:
            self._mark(None)
            self._navigator.notify(_("不再是补录"))

    def _receive(self) -> None:
        if not self._is_saved():
            return
        state, clerk = self._sheet.now(), self._session.clerk
        self._sheet.show(is_busy=True)
        self._runner.run(
            lambda: self._counter.intake.receive(state.draft, state.item, clerk), self._taken_in, self._fail
        )

    def _open(self, kind: type[IntakeForm]) -> None:
        if not self._sheet.now().is_busy and not waits_for_scan(self._sheet, self._navigator):
            self._when_clean(lambda: self._show_form(kind))

    def _show_form(self, kind: type[IntakeForm]) -> None:
        if not self._is_saved():
            return
        state = self._sheet.now()
        self._view.show_form(shown=True)
        self.forms.open(kind(state.draft, state.item, self._counter))

    def _is_somebody(self) -> bool:
        """Tell whether it is known who applies, as a notice has to say; else lead to what is missing of that."""
        wrong = [p.place for p in self._sheet.now().problems if not p.place.startswith(LATER_PLACES)]
        if wrong:
            self._sheet.show(has_tried=True)
            self._view.focus_place(wrong[0])
        return not wrong

    def _focus_draft(self) -> None:
        problems = self._sheet.now().problems
        self._view.focus_place(problems[0].place if problems else "")

    def _is_saved(self) -> bool:
        """Save what was typed; tell whether it is kept."""
        self._sheet.unsaved = True
        self._save()
        return not self._sheet.unsaved

    def _done(self, _form: Form, result: Any) -> None:  # noqa: ANN401  what the form made
        self._view.show_form(shown=False)
        if isinstance(result, LateEntry):
            self._mark(result)
            self._focus_draft()
        else:
            self._taken_in(result)

    def _mark(self, late: LateEntry | None) -> None:
        self._sheet.change(replace(self._sheet.now().application, late=late))

    def _fail(self, error: Exception) -> None:
        self._sheet.show(is_busy=False)
        if isinstance(error, ApplicationIncomplete):
            self._sheet.show(has_tried=True)
            self._view.focus_place(error.problems[0].place)
        else:
            self._navigator.report(error)
