"""The sheet that lies open at the intake: its state, shown after every change. Qt-free.

The parts of the presenter share it; none of them keeps a state of its own.
"""

from dataclasses import replace

from app.domain.application import Application
from app.domain.representation import needs_guardian
from app.services.counter import Counter
from app.services.kept_pages import identities_of
from ui.intake.places import numbers_in
from ui.intake.state import IntakeState, IntakeView


class Sheet:
    """One draft at a time; ``unsaved`` tells that something was typed since it was saved."""

    def __init__(self, counter: Counter, view: IntakeView) -> None:
        self._counter = counter
        self._view = view
        self._state: IntakeState | None = None
        self.unsaved = False
        self.seen: set[str] = set()
        """Every page that was ever shown of this draft: others that the store has came in beside it."""

    @property
    def is_open(self) -> bool:
        """Tell whether a draft lies open."""
        return self._state is not None

    def is_of(self, draft_id: str) -> bool:
        """Tell whether the draft that lies open is the one with this id."""
        return self._state is not None and self._state.draft.draft_id == draft_id

    def now(self) -> IntakeState:
        """Return what is shown; nothing may be asked of a sheet that is not open."""
        if self._state is None:
            raise RuntimeError("no intake is open")
        return self._state

    def lay(self, state: IntakeState) -> None:
        """Show another draft, with what follows from it."""
        if not self.is_of(state.draft.draft_id):
            self.seen = set()
        self.seen |= identities_of(state.application.materials)
        self._state = self._followed(state)
        self._view.render(self._state)

    def put_away(self) -> None:
        """Let no draft lie open."""
        self._state = None
        self.unsaved = False

    def change(self, application: Application, **changes: object) -> None:
        """Take note of what was typed, and have it checked, saved and drawn soon."""
        state = self.now()
        self.unsaved = True
        self.lay(replace(state, draft=replace(state.draft, application=application), **changes))  # type: ignore[arg-type]
        self._view.save_soon()

    def show(self, **changes: object) -> None:
        """Show what is not part of the draft."""
        if self._state is not None:
            self._state = replace(self._state, **changes)  # type: ignore[arg-type]
            self._view.render(self._state)

    def _followed(self, state: IntakeState) -> IntakeState:
        """Return the state with everything that the application alone decides."""
        application = state.application.tidied()
        person = application.applicant
        born = person.birth_date
        guardian = application.organisation is None and application.agent is None
        here = numbers_in(application)
        return replace(
            state,
            photos={number: photo for number, photo in state.photos.items() if number in here},
            problems=self._counter.intake.check(state.draft, state.item),
            birth=born.isoformat() if born else "",
            sex_of=person,
            offers_guardian=guardian and needs_guardian(person, self._counter.desk.now().date()),
        )
