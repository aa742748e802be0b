"""What the services need of time."""

from datetime import datetime
from typing import Protocol

from app.domain.clock import BothClocks


class Clock(Protocol):
    """Time that the PC's clock cannot move: the wall clock at start, carried by one that counts steadily."""

    def now(self) -> datetime:
        """Return the time in China with whole milliseconds."""
        ...

    def uptime_ms(self) -> int:
        """Return milliseconds of the clock that carries the time; time that the PC sleeps counts."""
        ...

    def reading(self) -> BothClocks:
        """Return the time with what the PC's clock says at the same moment."""
        ...

    def carry_on(self, at: datetime) -> None:
        """Go on from ``at`` as if it were now: when the PC's clock is behind the journal, or was set right."""
        ...
