"""The draft that lies open in the window: where to go on after the program ended without being closed. Qt-free."""

from app.services.counter import Counter
from app.services.errors import NotFound
from ui.intake.presenter import IntakePresenter
from ui.navigation import Session


class LeftOpen:
    """Noted by the intake while it is typed in; forgotten once it was left."""

    def __init__(self, counter: Counter, session: Session) -> None:
        self._counter = counter
        self._session = session

    def use(self, counter: Counter) -> None:
        """Look at another counter from the next time on."""
        self._counter = counter

    def resume(self, intake: IntakePresenter) -> bool:
        """Open it again in the ``intake``; tell whether there was one that still is a draft."""
        draft_id, place = self._counter.preferences.left_open(self._session.clerk.login)
        if not draft_id:
            return False
        try:
            intake.resume(draft_id, place)
        except NotFound:
            return False
        return True

    def forget(self) -> None:
        """Take note that it was left: the window need not lead back to it."""
        if self._session.operator is not None:
            self._counter.preferences.note_open(self._session.operator.login, "", "")
