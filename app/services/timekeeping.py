"""The counter's time against the PC's clock: where it starts, what is noticed, how an administrator sets it right."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.domain.clock import JUMP_MS, LONGEST_SILENCE, BothClocks, parse_stamp
from app.domain.errors import ReasonMissing
from app.domain.facts import ClockCorrected, ClockJumped, NumbersSkipped
from app.domain.operators import SYSTEM, Act, Operator
from app.services.epochs import numbers_skipped
from app.services.permits import ensure_may
from app.services.ports import Clock, Store, UnitOfWork
from app.services.recording import Recorder

CENTRE = "centre"
"""Reason of a correction that the program made because the centre's time is another one."""


class ClockState(StrEnum):
    """How far the counter's time can be trusted, the best first."""

    TRUSTED = "trusted"
    SILENT = "silent"
    """The last entry is so long ago that the PC's clock may be wrong; somebody should look."""
    DRIFTED = "drifted"
    """The PC's clock and the counter's time have parted slowly; a new start brings them together."""
    JUMPED = "jumped"
    """The PC's clock was set since the start; the counter's time did not follow."""
    BEHIND = "behind"
    """The PC's clock was found earlier than the last entry; time went on from there."""


@dataclass(frozen=True, slots=True)
class ClockStatus:
    """What the screen says about the clock: both times, and the time of the last entry before this start."""

    state: ClockState
    clocks: BothClocks
    last_at: datetime | None = None
    noticed_at: datetime | None = None
    """When the PC's clock was last seen to have been set."""
    difference_ms: int = 0
    """By how much it was set then, negative for back."""

    @property
    def is_apart(self) -> bool:
        """Tell whether the two times differ now."""
        return abs(self.clocks.apart_ms) >= JUMP_MS


class ClockService:
    """Use cases of the clock; one for each open counter, which it starts the time of."""

    def __init__(self, store: Store, recorder: Recorder, clock: Clock) -> None:
        self._store = store
        self._recorder = recorder
        self._clock = clock
        self._last_at: datetime | None = None
        self._start = ClockState.TRUSTED

    def begin(self) -> None:
        """Let time begin where the PC's clock is, or just after the last entry where that is later.

        An entry's time is never earlier than that of the entry before it. A clock that is behind is told in the
        journal with the first entry of this start.
        """
        with self._store.read() as uow:
            head = uow.journal.head()
        if head is None or not head.at:
            return
        self._last_at = last_at = parse_stamp(head.at)
        wall = self._clock.reading().wall
        if wall <= last_at:
            self._recorder.clock_notes.go_on_after(last_at)
        elif wall - last_at > LONGEST_SILENCE:
            self._start = ClockState.SILENT

    def check(self) -> ClockStatus:
        """Look at the clock, write down what is new about it, and return how things stand; for once a minute."""
        if self._recorder.clock_notes.look():
            with self._store.write() as uow:
                if self._recorder.record_clock(uow):
                    uow.commit()
        return self.status()

    def status(self) -> ClockStatus:
        """Return how things stand, without writing."""
        noted, behind = self._recorder.clock_notes.last_noted, self._recorder.clock_notes.behind
        state = self._start
        if behind:
            state = ClockState.BEHIND
        elif noted:
            state = ClockState.JUMPED if isinstance(noted, ClockJumped) else ClockState.DRIFTED
        return ClockStatus(
            state,
            self._clock.reading(),
            behind.last_at if behind else self._last_at,
            noted.noticed_at if noted else None,
            noted.difference_ms if noted else 0,
        )

    def follow(self, ahead: timedelta, took: timedelta) -> bool:
        """Let the counter's time follow the centre's, which is ``ahead`` of it, and write that down.

        ``took`` is how long the centre's word was on its way: within ``JUMP_MS`` and half of that nothing is known
        better than here. Tell whether time moved.
        """
        if abs(ahead) <= timedelta(milliseconds=JUMP_MS) + took / 2:
            return False
        with self._store.write() as uow:
            self._recorder.record_clock(uow)
            before = self._clock.reading().now
            self._set(uow, SYSTEM, before, before + ahead, CENTRE)
        self._recorder.clock_notes.restart()
        return True

    def correct(self, by: Operator, reason: str) -> ClockStatus:
        """Let the counter's time follow the PC's clock from now on, backwards too, and write down who did it and why.

        For a clock that was wrong for a while and has been set right. NotPermitted unless ``by`` may, ReasonMissing
        without a reason. Time goes on as it was when it cannot be written down.
        """
        ensure_may(by, Act.CORRECT_CLOCK)
        if not reason.strip():
            raise ReasonMissing("reason")
        with self._store.write() as uow:
            self._recorder.record_clock(uow)
            before = self._clock.reading()
            self._set(uow, by.login, before.now, before.wall, reason.strip())
        self._start = ClockState.TRUSTED
        self._recorder.clock_notes.restart()
        return self.status()

    def _set(self, uow: UnitOfWork, login: str, before: datetime, after: datetime, reason: str) -> None:
        """Go on from ``after`` and commit that; time goes on as it was when it cannot be written down.

        A counter that was restored once does not know which numbers of the other day were used, and skips them too.
        """
        self._clock.carry_on(after)  # before the commit: whoever writes next already has the new time
        try:
            self._recorder.append(uow, login, ClockCorrected(before, after, reason), after)
            if uow.journal.latest(NumbersSkipped.__name__) and before.date() != after.date():
                self._recorder.append(uow, SYSTEM, numbers_skipped(after), after)
            uow.commit()
        except BaseException:
            self._clock.carry_on(self._clock.now() + (before - after))
            raise
