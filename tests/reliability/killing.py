"""Kills the program at random moments of mixed jobs, and looks afterwards whether anything is lost. Linux only.

A process that has loaded the program forks for every run: starting Python anew would take most of the time. The child
opens the counter, tells when it is open, and plays jobs without end, telling each act when it is done; the parent kills
it (SIGKILL) after a random while. Some are killed while they still open. Whatever opens the database is a child.
"""

import json
import os
import random
import signal
import sys
import time
import traceback
from collections import Counter as Count
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from itertools import cycle
from pathlib import Path

from app.config import RESOURCES
from app.definitions.papers import read_paper_templates
from app.papers.maker import PdfPaperMaker
from tests.reliability.checker import Told, check
from tests.reliability.jobs import JOBS, Job
from tests.reliability.outcome_jobs import OUTCOMES
from tests.reliability.readers import read_now, read_once
from tests.support import MONDAY, place_in

KINDS: tuple[Job, ...] = JOBS + OUTCOMES
JOB = "job"
WHILE_OPENING = 0.1
"""So many runs are killed while the counter still opens."""
MOST_LINES = 12
LONGEST_S = 0.06
"""A run is killed so long at most after a random line of what it tells: a time alone would depend on the machine."""
CHECK_EVERY = 50
AN_HOUR = timedelta(hours=1)


@dataclass
class Killed:
    """What happened in all runs."""

    kills: int = 0
    in_job: Count[str] = field(default_factory=Count)
    """In which kind of job the program was killed."""
    done: int = 0
    """Jobs that were done to their end."""
    told: list[Told] = field(default_factory=list)
    found: dict[str, int] = field(default_factory=dict)


def kill_jobs(profile: Path, cache: Path, kills: int, seed: int) -> Killed:
    """Kill so many runs on the counter in ``profile``; AssertionError when anything is lost."""
    read_now()
    PdfPaperMaker(read_paper_templates(RESOURCES / "papers")).warm_up()
    chance = random.Random(seed)
    killed = Killed()
    for number in range(kills):
        _one(profile, cache, number, chance, killed)
        if number % CHECK_EVERY == CHECK_EVERY - 1 or number == kills - 1:
            killed.found = _checked(profile, cache, number, killed.told)
    return killed


def _one(profile: Path, cache: Path, number: int, chance: random.Random, killed: Killed) -> None:
    child, lines = _forked(lambda tell: _work(profile, cache, number, tell))
    heard = [] if chance.random() < WHILE_OPENING else [lines.readline() for _ in range(chance.randint(1, MOST_LINES))]
    time.sleep(chance.uniform(0, LONGEST_S))
    os.kill(child, signal.SIGKILL)
    heard += lines
    told = [line.rstrip("\n").split(" ", 1) for line in heard if line.endswith("\n")]
    lines.close()
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "the program ended by itself"
    begun = [line[1] for line in told if line[0] == JOB]
    killed.kills += 1
    killed.done += max(0, len(begun) - 1)
    killed.in_job[begun[-1] if begun else "opening"] += 1
    killed.told += [(line[0], line[1]) for line in told if len(line) == 2 and line[0] != JOB]


def _work(profile: Path, cache: Path, number: int, tell: Callable[[str], None]) -> None:
    place = place_in(profile, cache, MONDAY + number * AN_HOUR)
    chance = random.Random(number)
    with read_once(), place.opened() as counter:
        tell("open")
        for job in _from(number):
            tell(f"{JOB} {job.__name__}")
            job(counter, chance, lambda kind, name: tell(f"{kind} {name}"))


def _from(number: int) -> Iterator[Job]:
    first = number % len(KINDS)
    return cycle(KINDS[first:] + KINDS[:first])


def _checked(profile: Path, cache: Path, number: int, told: list[Told]) -> dict[str, int]:
    """Look in a process of its own; AssertionError with what it found wrong."""

    def look(tell: Callable[[str], None]) -> None:
        with place_in(profile, cache, MONDAY + (number + 1) * AN_HOUR).opened() as counter:
            tell(json.dumps(asdict(check(counter, told, drawn=40))))

    child, lines = _forked(look)
    answer = lines.read()
    lines.close()
    os.waitpid(child, 0)
    assert answer, "something is lost: see above"
    found: dict[str, int] = json.loads(answer)
    return found


def _forked(work: Callable[[Callable[[str], None]], None]):
    """Fork a child that does ``work``; return its id and what it tells, a line at a time."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child:
        os.close(theirs)
        return child, os.fdopen(ours, encoding="utf-8")
    try:
        os.close(ours)
        work(lambda line: os.write(theirs, f"{line}\n".encode()))
    except BaseException:  # noqa: BLE001  as the interpreter does at the end of a process
        traceback.print_exc()
    finally:
        os._exit(1)


def main() -> int:
    """Kill jobs on the counter that the command line names: PROFILE CACHE KILLS SEED; print what happened."""
    profile, cache, kills, seed = sys.argv[1:]
    killed = kill_jobs(Path(profile), Path(cache), int(kills), int(seed))
    print(f"{killed.kills} kills: {dict(killed.in_job.most_common())}")
    print(f"{killed.done} jobs done, {len(killed.told)} acts told")
    print(json.dumps(killed.found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
