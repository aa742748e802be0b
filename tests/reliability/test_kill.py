"""The program is killed at random moments of 50 intakes; the journal is whole and no accepted case is lost."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.demonstration import CLERK
from app.services.snapshots import CaseFilter
from tests.support import Place, place_in

INTAKES = 50
SLOWEST_KILL_S = 0.12


@pytest.mark.slow
def test_kill_9_at_random_moments_of_fifty_intakes_loses_nothing(place: Place, tmp_path: Path):
    chance = random.Random(9)
    told: list[str] = []
    for _ in range(INTAKES):
        told += _one_killed_run(place, chance.uniform(0, SLOWEST_KILL_S))
    with place.opened() as counter:
        verified = counter.ledger.verify()
        rows = [lit.row for lit in counter.desk.page(CaseFilter(), 0, 10_000)]
        numbers = [row.number for row in rows]
        assert set(told) <= set(numbers), "a case whose acceptance was told is gone"
        assert len(numbers) == len(set(numbers))
        papers = [paper.number for number in numbers for paper in counter.papers.of_case(number)]
        assert len(papers) == len(set(papers)) >= 2 * len(numbers)
        assert all(counter.papers.pdf(p, CLERK) for p in counter.papers.of_case(numbers[0]))
        assert counter.ledger.rebuild() == counter.ledger.verify().entries
    print(f"{INTAKES} kills, {len(numbers)} cases, {verified.entries} entries")


def _one_killed_run(place: Place, after_s: float) -> list[str]:
    """Let a process take cases in, kill it ``after_s`` after its first one; return the numbers it told of."""
    command = [
        sys.executable,
        "-m",
        "tests.reliability.take_in",
        str(place.settings.profile),
        str(place.settings.cache),
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    first = process.stdout.readline()
    assert first.strip(), "the process took nothing in"
    time.sleep(after_s)
    process.send_signal(signal.SIGKILL)
    rest = process.stdout.read()
    process.wait()
    process.stdout.close()
    return [line for line in (first + rest).splitlines() if len(line) == 20]


def test_the_lock_goes_with_the_process(place: Place):
    _one_killed_run(place, 0)
    again = place_in(place.settings.profile, place.settings.cache)
    with again.opened() as counter:
        assert counter.ledger.verify().entries > 0
