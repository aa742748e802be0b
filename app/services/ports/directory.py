"""What the centre tells all stations: who they are, and the bulletins that were taken in or left aside."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.domain.station import KnownStation
from app.services.ports.central import Bulletin


@dataclass(frozen=True, slots=True)
class LeftBulletin:
    """One bulletin that could not be used: its number at the centre, why, and the version of the program that tried."""

    topic: str
    n: int
    why: str
    program: str


class Directory(Protocol):
    """The stations that the centre names, with the keys of their epochs, and which bulletins were taken in."""

    def everyone(self) -> list[KnownStation]:
        """Return all stations by code."""
        ...

    def count(self) -> int:
        """Return how many stations the centre names."""
        ...

    def get(self, code: str) -> KnownStation | None:
        """Return one station, None when the centre named none of that code."""
        ...

    def replace(self, stations: Iterable[KnownStation]) -> None:
        """Keep the whole list in place of the one before."""
        ...

    def taken_in(self, topic: str) -> tuple[int, datetime] | None:
        """Return version and time of publication of what was taken in last of a topic, None when nothing was."""
        ...

    def payload(self, topic: str) -> bytes | None:
        """Return what was taken in last of a topic, None when nothing was."""
        ...

    def keep_bulletin(self, bulletin: Bulletin) -> None:
        """Keep a bulletin as the newest of its topic; nothing of the topic counts as left aside any more."""
        ...

    def left_aside(self) -> list[LeftBulletin]:
        """Return the last bulletin of each topic that could not be used, by topic."""
        ...

    def leave_aside(self, one: LeftBulletin) -> None:
        """Note a bulletin that could not be used in place of the one before of its topic."""
        ...

    def forget_left(self, topic: str) -> None:
        """Forget what was left aside of a topic."""
        ...
