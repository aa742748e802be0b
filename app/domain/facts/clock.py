"""Facts of the two clocks: the PC's, and the counter's, which nobody can set."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.facts.base import Fact


@dataclass(frozen=True, slots=True)
class ClockJumped(Fact):
    """The PC's clock was set while the program ran; the counter's time did not follow.

    ``noticed_at`` is the counter's time and ``wall`` the PC's clock at that moment; ``difference_ms`` is how far it was
    set, negative for back.
    """

    noticed_at: datetime
    wall: datetime
    difference_ms: int


@dataclass(frozen=True, slots=True)
class ClockDrifted(Fact):
    """The PC's clock and the counter's time have parted slowly, without a jump, by ``difference_ms`` since the last word."""

    noticed_at: datetime
    wall: datetime
    difference_ms: int


@dataclass(frozen=True, slots=True)
class ClockFoundBehind(Fact):
    """The PC's clock was earlier than the last entry at a start; time went on from ``started_at``.

    Or while the program ran, when another process had written an entry by a clock that was ahead.
    """

    last_at: datetime
    wall: datetime
    started_at: datetime
    difference_ms: int
    """``wall`` less ``last_at``: always negative."""


@dataclass(frozen=True, slots=True)
class ClockCorrected(Fact):
    """An administrator let the counter's time follow the PC's clock, from ``before`` to ``after``, for ``reason``.

    It is the only entry whose time may be earlier than that of the entry before it.
    """

    before: datetime
    after: datetime
    reason: str
