"""Memory of the window after a thousand cases were taken in through it.

python -m tests.bench.bench_memory [--cases 1000]
"""

import argparse
import os
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.bench.bench_search import _Opened, _wait
from tests.support import CERTIFICATE, PERSON, filled, new_place
from ui.start import Start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=1000)
    count = parser.parse_args().cases
    with tempfile.TemporaryDirectory() as folder:
        place = new_place(Path(folder) / "profile", Path(folder))
        with place.opened() as counter:
            start = Start(lambda: _Opened(counter), Path(folder))
            start.open()
            _wait(lambda: start.rooms is not None)
            start.rooms._presence._login.log_in("yunxi-2026")
            _wait(lambda: start.rooms.current_name == "CounterRoom" and start.runner.is_idle)
            print(f"after log-in: {_resident_mb():.0f} MB")
            for number in range(1, count + 1):
                _take_in(start, counter)
                if number in {1, 10, 100} or number == count:
                    print(f"after {number} cases: {_resident_mb():.0f} MB")
            start.close()


def _take_in(start: Start, counter) -> None:
    draft = filled(counter, CERTIFICATE, PERSON)
    start.rooms.open_draft(draft.draft_id)
    start.rooms.built.intake.accept()
    _wait(lambda: start.rooms.current_name == "IssueRoom" and start.runner.is_idle)
    start.rooms.built.issue.go_on()
    _wait(lambda: start.rooms.built.issue.state.step == "deliver" and start.runner.is_idle)
    start.rooms.built.issue.go_on()
    _wait(lambda: start.rooms.built.issue.state.step == "next" and start.runner.is_idle)
    start.rooms.home()


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    main()
