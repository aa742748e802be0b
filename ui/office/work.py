"""What the room does beside the window: one act at a time, which tells how far it is, and reading beside it. Qt-free."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from app.services.counter import Counter
from app.services.errors import ServiceError
from app.services.ports import CentreCases, CentreOffice, Runner
from app.services.progress import Tell
from ui.navigation import Navigator, PaperOutlet, Session
from ui.office_words import office_sentence
from ui.progress import Progress, Stopped
from ui.text import _

log = logging.getLogger(__name__)

T = TypeVar("T")
Act = Callable[[CentreOffice, Tell], T]
Failed = Callable[[Exception], None]


@dataclass(frozen=True, slots=True)
class WorkState:
    """What runs now, and what came of the last act."""

    doing: str = ""
    """Empty for nothing."""
    percent: int | None = None
    """None when nobody knows how far it is."""
    can_stop: bool = False
    message: str = ""
    tone: str = "good"


class Work:
    """The office, reached on a thread of its own in the name of whoever is at the window."""

    def __init__(self, counter: Counter, session: Session, runner: Runner, shown: Callable[[], None]) -> None:
        self._counter = counter
        self._session = session
        self._runner = runner
        self._shown = shown
        self._progress = Progress()
        self._visit = 0
        self.state = WorkState()

    @property
    def is_busy(self) -> bool:
        """Tell whether an act runs."""
        return bool(self.state.doing)

    def act(self, doing: str, work: Act[T], done: Callable[[T], None], *, can_stop: bool = False) -> None:
        """Do ``work`` in the office unless something runs already; ``done`` gets what came of it."""

        def do(progress: Progress) -> T:
            return work(self._counter.administering.office(by), progress.tell)

        by = self._session.clerk
        self.run(doing, do, done, can_stop=can_stop)

    def run(
        self, doing: str, work: Callable[[Progress], T], done: Callable[[T], None], *, can_stop: bool = False
    ) -> None:
        """Do ``work`` that is not done in the office, such as reaching it, unless something runs already."""
        if self.is_busy:
            return
        self._progress = progress = Progress()
        self._show(WorkState(doing, None, can_stop))
        visit = self._visit

        def finish(result: T) -> None:
            if visit == self._visit:
                self._show(WorkState())
                done(result)

        def fail(error: Exception) -> None:
            if visit == self._visit:
                self._failed(error)

        self._runner.run(lambda: work(progress), finish, fail)

    def read(
        self, look: Callable[[CentreOffice], T], done: Callable[[T], None], failed: Failed = lambda _error: None
    ) -> None:
        """Read something in the office, whatever else runs; what fails is told, and ``failed`` called then."""
        by = self._session.clerk
        self.beside(lambda: look(self._counter.administering.office(by)), done, failed)

    def look(self, look: Callable[[CentreCases], T], done: Callable[[T], None]) -> None:
        """Read something of the cases at the centre, as ``read``."""
        by = self._session.clerk
        self.beside(lambda: look(self._counter.administering.cases(by)), done)

    def beside(self, look: Callable[[], T], done: Callable[[T], None], failed: Failed = lambda _error: None) -> None:
        """Do what needs no centre, as ``read``."""
        visit = self._visit

        def finish(result: T) -> None:
            if visit == self._visit:
                done(result)

        def fail(error: Exception) -> None:
            _log_unforeseen(error)
            if visit == self._visit:
                self.say(office_sentence(error), "danger")
                failed(error)

        self._runner.run(look, finish, fail)

    def say(self, words: str, tone: str = "good") -> None:
        """Show a sentence until the next act."""
        self._show(replace(self.state, message=words, tone=tone))

    def stop(self) -> None:
        """Let what runs stop at its next step."""
        self._progress.is_stopped = True

    def poll(self) -> None:
        """Show how far it is."""
        if self.is_busy and self.state.can_stop and self._progress.percent != self.state.percent:
            self._show(replace(self.state, percent=self._progress.percent))

    def forget(self) -> None:
        """Show nothing of before any more, and drop what is still on its way."""
        self._visit += 1
        self.stop()
        self.state = WorkState()

    def _failed(self, error: Exception) -> None:
        _log_unforeseen(error)
        if isinstance(error, Stopped):
            self._show(WorkState(message=_("已停下。已经做完的有效，其余可以再做。")))
        else:
            self._show(WorkState(message=office_sentence(error), tone="danger"))

    def _show(self, state: WorkState) -> None:
        self.state = state
        self._shown()


def _log_unforeseen(error: Exception) -> None:
    if not isinstance(error, ServiceError | Stopped):
        log.error("unforeseen", exc_info=error)


@dataclass(frozen=True, slots=True)
class Around:
    """What a part of the room needs of the world."""

    counter: Counter
    session: Session
    navigator: Navigator
    files: PaperOutlet
    work: Work
    sign: Callable[[Callable[[], None]], None]
    """Calls what it is given once the authority is open, asking for it first where it is not."""
    is_signing: Callable[[], bool]
    """Tells whether the authority is open."""
