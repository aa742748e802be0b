"""The draft that is open in the intake: its state on the screen, its changes, and that they are kept. Qt-free."""

from dataclasses import replace

from app.domain.application import Application
from app.domain.catalogue import ServiceItem
from app.domain.problem import Problem
from app.services.intake import IntakeService
from app.services.ports import Draft
from ui.intake.state import IntakeState, IntakeView
from ui.text import _, clock_time, sentence


class OpenDraft:
    """One draft at a time; every change goes through here, so that none is forgotten when saving."""

    def __init__(self, intake: IntakeService, view: IntakeView) -> None:
        self._intake = intake
        self._view = view
        self._state: IntakeState | None = None
        self._unsaved = False

    def open(self, item: ServiceItem, draft: Draft) -> None:
        """Show ``draft`` instead of the one before, which is kept first; ServiceError when that cannot be done."""
        self._keep()
        self._state = IntakeState(item, draft, self._intake.check(draft, item))
        self._view.render(self._state)

    def close(self) -> None:
        """Forget the draft; what was kept of it stays where it is kept."""
        self._state = None
        self._unsaved = False

    @property
    def is_open(self) -> bool:
        """Tell whether a draft is open."""
        return self._state is not None

    @property
    def state(self) -> IntakeState:
        """Return what is shown; only while a draft is open."""
        if self._state is None:
            raise RuntimeError("no intake is open")
        return self._state

    def is_still(self, draft_id: str) -> bool:
        """Tell whether the draft that some slow work began with is still the open one."""
        return self._state is not None and self._state.draft.draft_id == draft_id

    def show(self, **changes: object) -> None:
        """Change what is shown beside the application."""
        if self._state is not None:
            self._state = replace(self._state, **changes)  # type: ignore[arg-type]
            self._view.render(self._state)

    def change(self, application: Application) -> None:
        """Take over a changed application, except while the case is being accepted: then nothing changes any more."""
        state = self.state
        if state.is_busy:
            self._view.render(state)
            return
        self._unsaved = True
        draft = replace(state.draft, application=application)
        unprintable = tuple(p for p in state.problems if p.code == "no_glyph" and _applies(p, application))
        self.show(draft=draft, problems=unprintable + self._intake.check(draft, state.item))
        self._view.save_soon()

    def show_unprintable(self, found: tuple[Problem, ...]) -> None:
        """Take over what a look at the fonts has found, as far as it still stands there."""
        others = tuple(problem for problem in self.state.problems if problem.code != "no_glyph")
        still = tuple(problem for problem in found if _applies(problem, self.state.application))
        self.show(problems=still + others)

    def save(self, *, always: bool = False) -> bool:
        """Keep what was typed since the last time, and tell whether all is kept; a failure is shown.

        ``always`` keeps a draft, too, that nobody has typed in yet.
        """
        self._unsaved = self._unsaved or (always and self.is_open)
        try:
            self._keep()
        except Exception as error:  # noqa: BLE001  every failure is told; the text stays
            self.show(saved="", save_error=sentence(error).text)
        return not self._unsaved

    def _keep(self) -> None:
        if self._state is None or not self._unsaved:
            return
        saved = self._intake.save(self._state.draft)
        self._unsaved = False
        self.show(draft=saved, saved=_("草稿已存 %(time)s") % {"time": clock_time(saved.saved_at)}, save_error="")


def value_at(application: Application, place: str) -> str:
    """Return what stands at a place such as ``applicant.name`` or ``form.purpose``."""
    kind, _dot, name = place.partition(".")
    return getattr(application.applicant, name) if kind == "applicant" else application.form.get(name, "")


def _applies(problem: Problem, application: Application) -> bool:
    """Tell whether the characters without a glyph still stand there."""
    return any(character in value_at(application, problem.place) for character in str(problem.details["characters"]))
