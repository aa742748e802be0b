"""One round of sync as its steps see it: the connection, who listens, and what was done so far."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from app.services.errors import (
    CentralUnavailable,
    CentralVersion,
    Corrupt,
    Refused,
    StationRevoked,
    StationUnknown,
    Unavailable,
)
from app.services.ports import Central, Greeting
from app.services.sync_report import Contact, SyncFailure, SyncProgress, SyncResult, SyncStep, TellSync

log = logging.getLogger(__name__)

NOWHERE = (0, 0)
"""The place, epoch and seq, in front of a journal's first entry."""
SHUT_OUT = (StationUnknown, StationRevoked, CentralVersion)
"""Refusals that every later call would meet too."""


class SyncCancelled(Exception):
    """Somebody asked to stop; what was done stays done."""


@dataclass
class Round:
    """Counts what one round does. Its steps hold no transaction of the store while they wait for the centre."""

    tell: TellSync
    is_cancelled: Callable[[], bool]
    central: Central = field(init=False)
    greeting: Greeting = field(init=False)
    """Both are there once the round has begun."""
    is_new_link: bool = True
    """Whether the connection is another one than that of the round before."""
    current: SyncStep = SyncStep.GREETING
    counts: dict[str, int] = field(default_factory=dict)
    failures: list[SyncFailure] = field(default_factory=list)

    def add(self, name: str, count: int = 1) -> None:
        """Count something that was done, by its name in ``SyncResult``."""
        self.counts[name] = self.counts.get(name, 0) + count

    def go_on(self, progress: SyncProgress) -> None:
        """Tell how far the round is; SyncCancelled when it shall stop."""
        self.current = progress.step
        if self.is_cancelled():
            raise SyncCancelled
        self.tell(progress)

    def fail(self, step: SyncStep, item: str, reason: str) -> None:
        """Note one item that did not get through; the step goes on behind it."""
        self.failures.append(SyncFailure(step, item, reason))

    @contextmanager
    def step(self, step: SyncStep) -> Iterator[None]:
        """Do a step whose failure does not keep the later ones from being done.

        What they would meet too ends the round: a cut link, a full or damaged disk, a centre that shuts this station out.
        """
        self.go_on(SyncProgress(step))
        try:
            yield
        except (SyncCancelled, Unavailable, Corrupt, *SHUT_OUT):
            raise
        except Exception as error:  # nothing that anybody sent may stop the other steps
            if not isinstance(error, Refused):
                log.exception("a step of sync broke: %s", step)
            self.failures.append(SyncFailure(step, "", type(error).__name__, error))

    def result(self, error: Exception | None = None, *, is_cancelled: bool = False) -> SyncResult:
        """Return what the round did, with the error that ended it, if one did."""
        failures = self.failures
        if error is not None:
            failures = [SyncFailure(self.current, "", type(error).__name__, error), *failures]
        return SyncResult(
            contact=self._contact(error), failures=tuple(failures), is_cancelled=is_cancelled, **self.counts
        )

    def _contact(self, error: Exception | None) -> Contact:
        if isinstance(error, CentralUnavailable) and error.reason == "network":
            return Contact.OFF_LINE
        has_failed = error is not None or any(failure.error for failure in self.failures)
        return Contact.FAILING if has_failed else Contact.ON_LINE
