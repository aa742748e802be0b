"""Scans without end into a draft, for a test that kills it: PROFILE CACHE DRAFT KEY; tells its helper and each page."""

import sys
from itertools import count
from pathlib import Path

from app.capture.scanners.scanners import Scanners
from app.services.kept_pages import PagePlace
from app.services.ports.scanning import Colours, Feeding, ScanWish, SheetSize
from app.services.scanning import ScanningService
from tests.fakes.scanners import FakeCleaner
from tests.support import place_in


def main() -> None:
    profile, cache, draft, key = sys.argv[1:]
    wish = ScanWish(key, Feeding.FEEDER, Colours.GREY, 75, SheetSize.A5)
    with place_in(Path(profile), Path(cache)).opened() as counter:
        scanners = Scanners()
        service = ScanningService(counter.intake._store, counter.desk.now, scanners, FakeCleaner())
        for _feeder in count():
            service.scan(
                PagePlace("id_card", draft=draft),
                wish,
                lambda page: print(page.digest, scanners.helper_pid, flush=True),
            )


if __name__ == "__main__":
    main()
