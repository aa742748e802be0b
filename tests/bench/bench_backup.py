"""How long backing up, the drill and restoring take, how large a backup is, and what a writer beside it notices.

``uv run python -m tests.bench.bench_backup --cases 20000`` builds the store first; ``--keep DIR`` keeps it.
"""

import argparse
import os
import tempfile
import threading
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from app.bootstrap import set_up
from app.clock import SystemClock
from app.config import Settings
from app.demonstration import CLERK, PASSWORD, STATION
from app.domain.application import HandedIn, Page
from app.restoring import restore
from app.security.recovery import RecoverySeals, new_code
from app.services.counter import Counter
from app.services.starting import FirstStart
from tests.bench.figures import tell
from tests.support import MONDAY, Place, accepted, backups_of, filled, place_in

MB = 1_000_000


class Answers:
    """What a restore asks."""

    def __init__(self, code: str) -> None:
        self._code = code

    def passphrase(self) -> str:
        return "passphrase"

    def new_passphrase(self) -> str:
        return "passphrase"

    def recovery_code(self, _sheet: str) -> str:
        return self._code


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--cases", type=int, default=20_000)
    words.add_argument("--page-kb", type=int, default=60)
    words.add_argument("--keep", type=Path)
    called = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        base = called.keep or Path(folder)
        place = place_in(base / "profile", base / "cache")
        if not place.settings.store.exists():
            build(place, called.cases, called.page_kb)
        measure(place, Path(folder))


def build(place: Place, cases: int, page_kb: int) -> None:
    """Take ``cases`` in, one page each."""
    set_up(place.settings, place.custody, FirstStart(STATION, CLERK, PASSWORD), place.clock)
    begun = time.perf_counter()
    with place.opened() as counter:
        for count in range(cases):
            if count % 5000 == 0:
                place.clock.set(
                    MONDAY.replace(hour=9) if count == 0 else place.clock.now().replace(hour=9) + timedelta(days=1)
                )
            take_in(counter, os.urandom(page_kb * 1000))
    print(f"built in {time.perf_counter() - begun:.0f} s")


def take_in(counter: Counter, page: bytes) -> None:
    draft = filled(counter)
    with counter.intake._store.write() as uow:
        kept = Page(uow.blobs.put(page), "image/png")
        uow.commit()
    materials = {**draft.application.materials, "id_card": HandedIn(originals=1, pages=(kept,))}
    paged = counter.intake.save(replace(draft, application=replace(draft.application, materials=materials)))
    counter.intake.accept(paged, counter.catalogue.item(paged.item), CLERK)


def measure(place: Place, folder: Path) -> None:
    backups, path = backups_of(place), folder / "b.lideng"
    code = new_code()
    RecoverySeals(place.settings.profile, place.custody.load().database_key).seal(code, "sheet")
    store_mb = place.settings.store.stat().st_size / MB
    seconds = timed(lambda: backups.write(path, MONDAY))
    size_mb = path.stat().st_size / MB
    print(f"store {store_mb:.0f} MB, backup {size_mb:.0f} MB in {seconds:.1f} s ({size_mb / seconds:.0f} MB/s)")
    with place.opened() as counter:
        alone = intakes(counter, seconds)
        beside, stop = [], threading.Event()
        writer = threading.Thread(target=lambda: beside.extend(intakes(counter, 3600, stop)))
        writer.start()
        backups.write(path, MONDAY)
        stop.set()
        writer.join()
    tell("whole intake, alone", alone)
    tell("whole intake, beside a backup", beside)
    print(f"drill {timed(lambda: print(backups.drill(path).entries, 'entries')):.1f} s")
    target = Settings(folder / "restored", place.settings.cache)
    print(f"restore {timed(lambda: restore(target, path, Answers(code), SystemClock())):.1f} s")


def intakes(counter: Counter, seconds: float, stop: threading.Event | None = None) -> list[float]:
    """Take cases in for so long, as fast as no window does; return the seconds of each."""
    taken, end = [], time.perf_counter() + seconds
    while time.perf_counter() < end and not (stop and stop.is_set()):
        begun = time.perf_counter()
        accepted(counter)
        taken.append(time.perf_counter() - begun)
        time.sleep(0.02)
    return taken


def timed(act) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
