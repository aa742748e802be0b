"""Keys that the five commonest jobs take, played in the real window off screen.

python -m tests.bench.bench_keystrokes
"""

import os
import tempfile
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.demonstration import PASSWORD
from tests.support import new_place
from tests.ui.keystrokes import JOBS, Keys
from tests.ui.opened import Folder, OneCounter
from ui.start import Start


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for job in JOBS:
        with tempfile.TemporaryDirectory() as folder:
            print(f"{_play(job, Path(folder)):4}  {job.__doc__}")


def _play(job, folder: Path) -> int:
    place = new_place(folder / "profile", folder)
    with place.opened() as counter:
        start = Start(lambda: OneCounter(counter), folder, desktop=Folder)
        start.open()
        start.window.activateWindow()
        while start.rooms is None or QApplication.focusWidget() is None:
            QApplication.processEvents()
        keys = Keys(start)
        keys.type(PASSWORD)
        keys.press("Return")
        keys.shows("CounterRoom")
        job(keys, counter, place.clock)
        start.close()
    return keys.count


if __name__ == "__main__":
    main()
