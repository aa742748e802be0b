"""Looking for images that nothing names, and removing them, in a store with years of images.

    python -m tests.bench.bench_sweep [--images 300000] [--strays 1000] [--kilobytes 20]

The images are named by the view that entries would have made; their size matters to removing alone.
"""

import argparse
import os
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from app.services.sweeping import GRACE, MOST
from tests.support import MONDAY, filled, new_place

BATCH = 2000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--images", type=int, default=300_000)
    parser.add_argument("--strays", type=int, default=MOST)
    parser.add_argument("--kilobytes", type=int, default=20)
    called = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        place = new_place(Path(temporary) / "profile", Path(temporary))
        with place.opened() as counter:
            store = counter.intake._store
            for _ in range(20):
                filled(counter)
            for begin in range(0, called.images, BATCH):
                with store.write() as uow:
                    for number in range(begin, min(begin + BATCH, called.images)):
                        digest = uow.blobs.put(os.urandom(200))
                        row = (digest, f"{number % 100_000:020}", 0)
                        uow._connection.execute('INSERT INTO images (digest, "case", place) VALUES (?, ?, ?)', row)
                    uow.commit()
            with store.write() as uow:
                for _ in range(called.strays):
                    uow.blobs.put(os.urandom(called.kilobytes * 1024))
                uow.commit()
            _tell("looking for what nothing names, and marking it", _timed(counter.sweeping.sweep))
            _tell("looking again", _timed(counter.sweeping.sweep))
            place.clock.set(MONDAY + GRACE + timedelta(hours=1))
            removed = _timed(counter.sweeping.sweep)
            _tell(f"removing {called.strays} of {called.kilobytes} KB, looking included", removed)


def _tell(name: str, seconds: float) -> None:
    print(f"{name}: {seconds * 1000:.0f} ms")


def _timed(act) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
