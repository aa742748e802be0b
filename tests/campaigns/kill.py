"""kill -9 at random moments of mixed jobs: intake, every outcome, papers, delivery, inquiries, rebuilding.

    nice .venv/bin/python -m tests.campaigns.kill --jobs 200

How is told in ``tests.reliability.killing``. Every fiftieth time, and at the end, the counter is opened and checked: the
chain and every signature verify; each series of numbers, and each day's case numbers, has every number from 1 once;
every view is what the journal makes it; every act that was told as done is there, every draft too; PDFs can be drawn.
The exit code is 1 when anything is lost.
"""

import argparse
import sys
import tempfile
import time
from multiprocessing import get_context
from pathlib import Path

from tests.reliability.killing import KINDS, kill_jobs
from tests.support import new_place


def main() -> int:
    """Run the campaign that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--jobs", type=int, default=200, help="how often to kill")
    parser.add_argument("--seed", type=int, default=1)
    called = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        profile, cache = Path(name) / "profile", Path(name) / "cache"
        first = get_context("spawn").Process(target=new_place, args=(profile, cache))
        first.start()
        first.join()
        killed = kill_jobs(profile, cache, called.jobs, called.seed)
    print(f"{killed.kills} kills, in {len(KINDS)} kinds of jobs: {dict(killed.in_job.most_common())}")
    print(f"{killed.done} jobs done to their end, {len(killed.told)} acts told, none lost")
    print(", ".join(f"{count} {what}" for what, count in killed.found.items()))
    print(f"{time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
