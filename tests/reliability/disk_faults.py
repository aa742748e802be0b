"""Lets the disk fail at one write of a working session after the other, and looks each time what was lost."""

import random
import shutil
from collections import Counter as Count
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from app.services.counter import Counter
from app.services.errors import ServiceError
from tests.reliability.checker import Told, check
from tests.reliability.disk import Disk, watched_disk
from tests.reliability.jobs import JOBS
from tests.support import Place, copy_of

SEED = 7


@dataclass(frozen=True, slots=True)
class Point:
    """One write that failed: its number (from 0), what was raised, how much was told to be done before."""

    number: int
    error: str
    told: int


def session(counter: Counter, told: list[Told]) -> None:
    """Play every kind of job once, always the same."""
    chance = random.Random(SEED)
    for job in JOBS:
        job(counter, chance, lambda kind, name: told.append((kind, name)))


def writes_of_a_session(place: Place, folder: Path) -> int:
    """Return how many writes, truncations and syncs a session makes on a copy of ``place``."""
    copy = copy_of(place, folder)
    with watched_disk() as disk, copy.opened() as counter:
        disk.arm(10**9, 0)
        session(counter, [])
        return disk.writes


def fail_at(place: Place, folder: Path, code: int, numbers: Iterable[int]) -> Iterator[Point]:
    """Yield a point for each of ``numbers``, at which everything that was told is still there.

    From that write on all fail. At even numbers there is room again before the window closes, and work goes on; at odd
    ones the window is closed while the disk still fails.
    """
    with watched_disk() as disk:
        for number in numbers:
            copy = copy_of(place, folder / str(number))
            yield _one(disk, copy, code, number)
            shutil.rmtree(copy.settings.profile)


def _one(disk: Disk, place: Place, code: int, number: int) -> Point:
    told: list[Told] = []
    error = ""
    with place.opened() as counter:
        disk.arm(number, code)
        try:
            session(counter, told)
        except ServiceError as raised:
            error = type(raised).__name__
        assert bool(disk.failures) == bool(error), "a write failed and nobody was told"
        if number % 2 == 0:
            disk.heal()
            session(counter, told)
            assert counter.ledger.verify().entries > 0
    disk.heal()
    with place.opened() as again:
        check(again, told, drawn=1)
    return Point(number, error, len(told))


def summary(points: Iterable[Point]) -> str:
    """Return how often each error was raised."""
    return ", ".join(f"{error or 'nothing'} {count}" for error, count in Count(p.error for p in points).most_common())
