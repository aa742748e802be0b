"""One bit turned over in every page of the store and of its log, and both cut at every page: what is told, and when.

    nice .venv/bin/python -m tests.campaigns.damage
    nice .venv/bin/python -m tests.campaigns.damage --every 10

The store is looked at as a window does (opening, reading the list, each case and a search), then by ``journal verify``,
then by the examination of every page that ``doctor`` makes. The exit code is 1 when a change is told by none of them.
The log is damaged as a crash leaves it. SQLite ends a log at the first frame whose checksum does not fit, so that a
bit that turns over there drops what came after it: those are counted by how many entries went.
"""

import argparse
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tests.reliability.damage import PAGE, SILENT, UNTOUCHED, Finding, Whole, cuts, flipped, holds, look, page_flips
from tests.reliability.disk_faults import session
from tests.support import Place, copy_of, new_place

FRAME = PAGE + 24
HEADER = 32


def main() -> int:
    """Run the campaign that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--every", type=int, default=1, help="damage each so-manieth page only")
    called = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        place = new_place(folder / "first", folder / "cache")
        with place.opened() as counter:
            session(counter, [])
            session(counter, [])
            whole = holds(counter)
            crashed = _as_after_a_crash(place, folder / "crashed")
        file = place.settings.store
        data = file.read_bytes()
        silent = _report(f"bits in {len(data) // PAGE} pages", place, file, page_flips(data, called.every), whole)
        silent += _report("cuts of the store", place, file, cuts(data, called.every), whole)
        _log(crashed, whole, called.every)
    return 1 if silent else 0


def _as_after_a_crash(place: Place, folder: Path) -> Place:
    """Return a copy of an open counter: its log is not moved into the store yet."""
    copy = copy_of(place, folder)
    (folder / "station.db-shm").unlink()
    return copy


def _report(title: str, place: Place, file: Path, damaged: Iterable[tuple[str, bytes]], whole: Whole) -> int:
    began = time.monotonic()
    findings = [look(place, file, what, data, whole) for what, data in damaged]
    _print(title, findings, began)
    return sum(finding.error in {SILENT, UNTOUCHED} for finding in findings)


def _print(title: str, findings: list[Finding], began: float) -> None:
    print(f"{title}: {len(findings)} damages, {time.monotonic() - began:.0f} s")
    for (moment, error), count in Counter((f.moment, f.error) for f in findings).most_common():
        print(f"{count:7}  {moment}: {error}", flush=True)


def _log(crashed: Place, whole: Whole, every: int) -> None:
    """Damage each frame of the log; what opens must be a beginning of the real journal."""
    began = time.monotonic()
    folder = crashed.settings.profile
    store, log = (folder / "station.db").read_bytes(), (folder / "station.db-wal").read_bytes()
    frames = (len(log) - HEADER) // FRAME
    lost: Counter[str] = Counter()
    for frame in range(0, frames, every):
        for place_in_frame in (0, 20, 1000):
            (folder / "station.db").write_bytes(store)
            (folder / "station.db-wal").write_bytes(flipped(log, HEADER + frame * FRAME + place_in_frame))
            (folder / "station.db-shm").unlink(missing_ok=True)
            with crashed.opened() as counter:
                counter.ledger.verify()
                journal = holds(counter).journal
            assert journal == whole.journal[: len(journal)]
            lost["nothing" if journal == whole.journal else "entries at the end"] += 1
    shutil.rmtree(folder)
    print(f"bits in {frames} frames of the log: {dict(lost)} lost, {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    sys.exit(main())
