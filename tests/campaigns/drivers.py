"""A driver that crashes, hangs, refuses or is stopped at any moment: every page that was given is kept, the next scan works.

    nice .venv/bin/python -m tests.campaigns.drivers --scans 300

SANE's device for tests scans in the product's helper process. Each scan has a fate by its number: the process is killed,
crashes or is frozen after a random while, the window stops it, keeping a page fails, or the driver answers with a status.
After each of them the device has to give its ten sheets again.
"""

import argparse
import logging
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from threading import Timer

from app.capture.scanners.scanners import Patience, Scanners
from app.services.errors import ScannerFault, ScannerTrouble
from app.services.ports.scanning import Colours, Feeding, ScanWish, SheetSize

DEVICE = "sane:test:0"
SHEETS = 10
WISH = ScanWish(DEVICE, Feeding.FEEDER, Colours.GREY, 100, SheetSize.A5)
USUAL = "number_of_devices 1\nread-delay true\nread-delay-duration 20000\n"
STATUSES = {
    "SANE_STATUS_JAMMED": ScannerTrouble.JAM,
    "SANE_STATUS_COVER_OPEN": ScannerTrouble.COVER_OPEN,
    "SANE_STATUS_DEVICE_BUSY": ScannerTrouble.BUSY,
    "SANE_STATUS_IO_ERROR": ScannerTrouble.DRIVER,
    "SANE_STATUS_NO_MEM": ScannerTrouble.MEMORY,
    "SANE_STATUS_ACCESS_DENIED": ScannerTrouble.DENIED,
    "SANE_STATUS_NO_DOCS": ScannerTrouble.NO_PAPER,
}
SIGNALS = {"killed": signal.SIGKILL, "crashed": signal.SIGSEGV, "frozen": signal.SIGSTOP}
FATES = (*SIGNALS, "stopped", "not kept", "status")
LONGEST_S = 1.5
REPORT_EVERY = 25


class Unwanted(Exception):
    """The window wants no more, or cannot keep a page."""


class Fated:
    """One scan with what happens to it."""

    def __init__(self, number: int, scanners: Scanners) -> None:
        self.chance = random.Random(f"scan {number}")
        self.fate = self.chance.choice(FATES)
        self.scanners = scanners
        self.kept = 0
        self.left = self.chance.randrange(1, SHEETS) if self.fate == "not kept" else SHEETS + 1
        self.tells = self.chance.randrange(1, 12) if self.fate == "stopped" else sys.maxsize

    def keep(self, _page: object) -> None:
        self.left -= 1
        if not self.left:
            raise Unwanted
        self.kept += 1

    def tell(self, _page: int, _percent: int) -> None:
        self.tells -= 1
        if not self.tells:
            raise Unwanted

    def strike(self) -> None:
        if pid := self.scanners.helper_pid:
            os.kill(pid, SIGNALS[self.fate])

    def run(self, configuration: Path) -> str:
        """Scan and return what came of it; AssertionError when it is not what has to come of it."""
        status = self.chance.choice(list(STATUSES)) if self.fate == "status" else ""
        configuration.write_text(USUAL + (f'read-status-code "{status}"\n' if status else ""), encoding="ascii")
        blow = Timer(self.chance.uniform(0.2, LONGEST_S), self.strike)
        if self.fate in SIGNALS:
            blow.start()
        try:
            count = self.scanners.scan(WISH, self.keep, self.tell)
        except ScannerFault as fault:
            return self._looked_at(fault, STATUSES.get(status, ScannerTrouble.DRIVER))
        except Unwanted:
            return f"{self.fate}: in time"
        finally:
            blow.cancel()
        assert count == self.kept == SHEETS
        return f"{self.fate}: after the last page"

    def _looked_at(self, fault: ScannerFault, expected: ScannerTrouble) -> str:
        assert fault.pages == self.kept
        assert fault.trouble is expected
        return f"{self.fate}: {fault.trouble}"


def main() -> int:
    """Run the campaign that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--scans", type=int, default=300)
    parser.add_argument("--first", type=int, default=0)
    called = parser.parse_args()
    logging.disable(logging.WARNING)
    outcomes, slowest_s, begun = Counter[str](), 0.0, time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        configuration = Path(name, "test.conf")
        Path(name, "dll.conf").write_text("test\n", encoding="ascii")
        os.environ["SANE_CONFIG_DIR"] = name
        scanners = Scanners(patience=Patience(silent_s=3, end_s=2))
        for number in range(called.first, called.first + called.scans):
            at = time.monotonic()
            outcomes[Fated(number, scanners).run(configuration)] += 1
            slowest_s = max(slowest_s, time.monotonic() - at)
            configuration.write_text("number_of_devices 1\n", encoding="ascii")
            pages: list[object] = []
            assert scanners.scan(WISH, pages.append) == len(pages) == SHEETS, f"not well after scan {number}"
            if number % REPORT_EVERY == REPORT_EVERY - 1:
                print(f"{number + 1} in {time.monotonic() - begun:.0f} s", flush=True)
        scanners.close()
    print(f"{called.scans} scans, the slowest {slowest_s:.1f} s; each was followed by a whole one")
    for what, count in sorted(outcomes.items()):
        print(f"{count:5} {what}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
