"""The power goes at many moments of working sessions; unsynced writes are dropped, kept, mixed and torn.

    nice .venv/bin/python -m tests.campaigns.power --sessions 3 --every 3

The disk's model is told in ``tests.reliability.power``. Three sessions are long enough for SQLite to move its log into
the file and to begin the log anew in the middle of work; closing does so again. After each loss the counter is opened:
its journal has to be the beginning of the real one, with everything that the clerk had been told, and views, numbers
and signatures have to check.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.reliability.power import TOLD, record
from tests.reliability.power_faults import open_after
from tests.support import new_place


def main() -> int:
    """Run the campaign that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sessions", type=int, default=3)
    parser.add_argument("--every", type=int, default=3, help="lose the power after each so-manieth act of the disk")
    parser.add_argument("--seed", type=int, default=1)
    called = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        place = new_place(folder / "first", folder / "cache")
        recorded = record(place, folder / "recorded", called.sessions)
        kinds = Counter(f"{act.kind} {act.name}" for act in recorded.acts if act.kind != TOLD)
        told = sum(act.kind == TOLD for act in recorded.acts)
        print(f"{len(recorded.acts)} acts: {dict(kinds)}; {told} told, {len(recorded.journal)} entries", flush=True)
        moments = range(0, len(recorded.acts) + 1, called.every)
        opened = open_after(recorded, place, folder / "opened", moments, called.seed)
    print(f"{opened} losses of power at {len(moments)} moments, nothing confirmed was lost")
    print(f"{time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
