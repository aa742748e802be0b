"""A full, a read-only and a broken disk at every write of a working session, and a disk with so much room left.

    nice .venv/bin/python -m tests.campaigns.disk
    nice .venv/bin/python -m tests.campaigns.disk --every 5 --kinds read-only small

First SQLite is told at one write after the other, and at every later one, that the disk is full (SQLITE_FULL),
read-only (SQLITE_READONLY) or broken (SQLITE_IOERR_WRITE). Then, as root, a real small disk has room for 0, 1, 2, …
pages of 4 KiB when the window is opened. A session is every job of ``tests.reliability.jobs``. After each failure the
journal, numbers, views and everything that was told to be done are checked; the exit code is 1 when something is lost.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from app.services.errors import ServiceError
from tests.reliability.checker import Told, check
from tests.reliability.disk import FULL, IOERR_WRITE, READONLY
from tests.reliability.disk_faults import Point, fail_at, session, summary, writes_of_a_session
from tests.support import Place, copy_of, new_place

CODES = {"full": FULL, "read-only": READONLY, "broken": IOERR_WRITE}
SMALL = "small"
PAGE = 4096
DISK = 8 * 1024 * 1024


def main() -> int:
    """Run the campaign that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--every", type=int, default=1, help="try each so-manieth write only")
    parser.add_argument("--kinds", nargs="+", choices=[*CODES, SMALL], default=[*CODES, SMALL])
    called = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        place = new_place(folder / "first", folder / "cache")
        writes = writes_of_a_session(place, folder / "whole")
        for word in CODES.keys() & called.kinds:
            began = time.monotonic()
            points = list(fail_at(place, folder, CODES[word], range(0, writes, called.every)))
            _report(f"{word} at {len(points)} of {writes} writes", points, began)
        if SMALL in called.kinds and os.geteuid() == 0:
            began = time.monotonic()
            points = _with_little_room(place, folder / "disk", writes, called.every)
            _report(f"small disk with room for 0 to {len(points) * called.every} pages", points, began)
    return 0


def _report(what: str, points: list[Point], began: float) -> None:
    told = sum(point.told for point in points)
    print(f"{what}: {summary(points)}; {told} acts told, 0 lost; {time.monotonic() - began:.0f} s", flush=True)


def _with_little_room(place: Place, disk: Path, most: int, every: int) -> list[Point]:
    """Open the window and work on a disk with room for so many pages, until a session fits."""
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(disk)], check=True)
    points: list[Point] = []
    try:
        for pages in range(0, 2 * most, every):
            points.append(_one(place, disk, pages))
            if not points[-1].error:
                break
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=False)
    return points


def _one(place: Place, disk: Path, pages: int) -> Point:
    copy = copy_of(place, disk / "profile")
    filler = disk / "filler"
    free = os.statvfs(disk)
    filler.write_bytes(bytes(max(0, free.f_bavail * free.f_frsize - pages * PAGE)))
    told: list[Told] = []
    error = ""
    try:
        with copy.opened() as counter:
            session(counter, told)
    except ServiceError as raised:
        error = type(raised).__name__
    filler.unlink()
    with copy.opened() as counter:
        check(counter, told, drawn=1)
    shutil.rmtree(copy.settings.profile)
    return Point(pages, error, len(told))


if __name__ == "__main__":
    sys.exit(main())
