"""From the start of the process to a log-in that takes a password, beside an empty PySide6 window.

    python -m tests.bench.bench_start [--runs 7] [--cold]

``--cold`` drops the system's file cache before each run and needs root.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.support import new_place

EMPTY = """
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
window = QWidget()
window.show()
app.processEvents()
"""
LOG_IN = """
import sys
from pathlib import Path
from ui.start import Start
def starter():
    from app.bootstrap import ProfileStarter
    from app.config import Settings
    from app.security.custody import ThrowAwayCustody
    class Starter(ProfileStarter):
        def _custody(self, passphrase):
            return ThrowAwayCustody(self._settings.profile)
    return Starter(Settings(Path(sys.argv[1]), Path(sys.argv[2])))
start = Start(starter, Path(sys.argv[2]))
start.open()
start.app.processEvents()
"""
OPENED = """
while start.rooms is None:
    start.app.processEvents()
"""
TOLD = """
import os, time
print(time.clock_gettime(time.CLOCK_MONOTONIC), flush=True)
os._exit(0)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--cold", action="store_true")
    called = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = new_place(Path(folder) / "profile", Path(folder))
        arguments = [str(place.settings.profile), folder]
        for code in (EMPTY, LOG_IN):
            _run(code, arguments, cold=False)
        empty = statistics.median(_run(EMPTY, arguments, cold=called.cold) for _ in range(called.runs))
        log_in = statistics.median(_run(LOG_IN, arguments, cold=called.cold) for _ in range(called.runs))
        opened = statistics.median(_run(LOG_IN + OPENED, arguments, cold=called.cold) for _ in range(called.runs))
    state = "cold" if called.cold else "warm"
    print(
        f"{state}: empty window {empty * 1000:.0f} ms, log-in takes keys {log_in * 1000:.0f} ms, {log_in / empty:.2f} times"
    )
    print(f"{state}: counter open behind it {opened * 1000:.0f} ms, {opened / empty:.2f} times")


def _run(code: str, arguments: list[str], *, cold: bool) -> float:
    if cold:
        os.sync()
        Path("/proc/sys/vm/drop_caches").write_text("3")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    begun = time.clock_gettime(time.CLOCK_MONOTONIC)
    done = subprocess.run(
        [sys.executable, "-c", code + TOLD, *arguments], env=environment, capture_output=True, text=True, check=True
    )
    return float(done.stdout.split()[-1]) - begun


if __name__ == "__main__":
    main()
