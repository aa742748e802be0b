"""Follows print jobs beside the window and says what keeps them, whatever room is shown. Qt-free.

Somebody ticks it as long as it ``is_busy``; between two prints it rests.
"""

from collections.abc import Callable, Sequence

from app.services.counter import Counter
from app.services.errors import PrinterFault, PrinterTrouble
from app.services.ports import ENDED, JobState, Runner
from app.services.printing import Followed
from ui.sentences import sentence
from ui.sentences.printers import printer_trouble

LOOK_MS = 1500
LOST = frozenset({JobState.FAILED, JobState.CANCELLED})


class PrintWatch:
    """One for the window; ``show`` gets the jobs that have not ended, ``tell`` a trouble when it comes."""

    def __init__(
        self,
        counter: Counter,
        runner: Runner,
        wake: Callable[[], None],
        show: Callable[[Sequence[Followed]], None],
        tell: Callable[[str], None],
        report: Callable[[Exception], None],
    ) -> None:
        self._counter = counter
        self._runner = runner
        self._wake = wake
        self._show = show
        self._tell = tell
        self._report = report
        self._followers: list[Callable[[], None]] = []
        self._told: dict[str, PrinterTrouble | None] = {}
        """By the number of a paper, which trouble the clerk has been told of."""
        self._is_looking = False
        self.is_busy = False
        """Whether some job has not ended, as far as is known."""

    def use(self, counter: Counter) -> None:
        """Follow the jobs of another counter from the next look on."""
        self._counter = counter

    def start(self) -> None:
        """Take up what the end of the program interrupted."""
        self._runner.run(self._counter.printing.tidy, lambda _nothing: self.follow(), self._report)

    def follow(self, changed: Callable[[], None] | None = None) -> None:
        """Follow what was just sent; ``changed`` is called when a paper has to be printed again."""
        if changed is not None and changed not in self._followers:
            self._followers.append(changed)
        self.is_busy = True
        self._wake()
        self.tick()

    def forget_followers(self) -> None:
        """Call nobody any more: the rooms that asked are gone."""
        self._followers.clear()

    def tick(self) -> bool:
        """Look at the jobs unless that is being done; tell whether somebody has to tick again."""
        if self.is_busy and not self._is_looking:
            self._is_looking = True
            self._runner.run(self._counter.printing.look, self._looked, self._failed)
        return self.is_busy

    def _looked(self, followed: Sequence[Followed]) -> None:
        self._is_looking = False
        waiting = [one for one in followed if one.job.state not in ENDED]
        lost = [one for one in followed if one.job.state in LOST]
        self.is_busy = bool(waiting)
        self._show(waiting)
        self._tell_of(waiting)
        if lost:
            # A panel that comes by itself would swallow what the clerk is typing.
            self._tell(sentence(PrinterFault(lost[0].job.trouble or PrinterTrouble.FAILED)).text)
            for changed in self._followers:
                changed()
        if not self.is_busy:
            self._followers.clear()

    def _tell_of(self, waiting: Sequence[Followed]) -> None:
        """Say each trouble once, and again when it came back after it was gone."""
        news = {one.job.trouble for one in waiting if one.job.trouble != self._told.get(one.number)} - {None}
        self._told = {one.number: one.job.trouble for one in waiting}
        for trouble in news:
            if trouble is not None:
                self._tell(" ".join(printer_trouble(trouble)))

    def _failed(self, error: Exception) -> None:
        self._is_looking, self.is_busy = False, False
        self._report(error)
