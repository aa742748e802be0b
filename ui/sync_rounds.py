"""Rounds of sync beside the window: by themselves when the service says that one is due, or because somebody asks.

One for the window. Rooms and strip look at it; they are built again when the language changes, it is not. Qt-free.
"""

import logging
from collections.abc import Callable

from app.services.counter import Counter
from app.services.ports import Runner
from app.services.sync_report import Contact, SyncProgress, SyncResult, SyncStatus

log = logging.getLogger(__name__)

LOOK_MS = 5_000
"""How often ``tick`` is to be called: the service has the rhythm and the back-off, this only asks for it."""


class SyncRounds:
    """Runs one round at a time; ``told`` hears of every new status, with the result when a round has ended."""

    def __init__(self, counter: Counter, runner: Runner, told: Callable[[SyncResult | None], None]) -> None:
        self._counter = counter
        self._runner = runner
        self._told = told
        self._wish = _Wish()
        self._is_looking = False
        self.status: SyncStatus | None = None
        """How things stood at the last look, None before the first."""

    def use(self, counter: Counter) -> None:
        """Sync for another counter from the next time on."""
        self.stop()
        self._counter = counter

    @property
    def is_running(self) -> bool:
        """Tell whether a round runs."""
        return self._wish.is_running

    @property
    def progress(self) -> SyncProgress | None:
        """Return how far the running round is, None as long as it has said nothing."""
        return self._wish.progress if self._wish.is_running else None

    def tick(self) -> None:
        """Begin a round when one is due, else look how things stand."""
        if self.is_running or self._is_looking:
            return
        has_centre = self.status is not None and self.status.contact is not Contact.ALONE
        if has_centre and self._counter.sync.wait_s() == 0:
            self.start()
        else:
            self.look()

    def start(self) -> None:
        """Begin a round now, unless one runs."""
        if self.is_running:
            return
        wish = self._wish = _Wish(is_running=True)
        sync = self._counter.sync
        self._runner.run(
            lambda: (sync.run(wish.tell, lambda: wish.is_stopped), sync.status()),
            lambda answer: self._ended(wish, *answer),
            lambda error: self._broke(wish, error),
        )
        self._told(None)

    def stop(self) -> None:
        """Let the running round end at its next step; what it did stays done."""
        self._wish.is_stopped = True

    def look(self) -> None:
        """Look how things stand, without asking the centre."""
        self._is_looking = True
        self._runner.run(self._counter.sync.status, self._seen, self._blind)

    def _seen(self, status: SyncStatus) -> None:
        self._is_looking = False
        if status != self.status:
            self.status = status
            self._told(None)

    def _blind(self, error: Exception) -> None:
        self._is_looking = False
        log.warning("sync cannot be looked at", exc_info=error)

    def _ended(self, wish: "_Wish", result: SyncResult, status: SyncStatus) -> None:
        wish.is_running = False
        self.status = status
        self._told(result)

    def _broke(self, wish: "_Wish", error: Exception) -> None:
        """Log what is no matter of the centre's: a full disk says so wherever something is written."""
        wish.is_running = False
        log.warning("a round of sync broke", exc_info=error)
        self._told(None)


class _Wish:
    """One round: whether it is still wanted, and how far it is."""

    def __init__(self, *, is_running: bool = False) -> None:
        self.is_running = is_running
        self.is_stopped = False
        self.progress: SyncProgress | None = None

    def tell(self, progress: SyncProgress) -> None:
        """Take note of how far it is, on the thread that works."""
        self.progress = progress
