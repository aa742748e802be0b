"""The program's log: rotating files in the profile, for support; no personal data and no secret goes in.

Unexpected faults are logged whole, with their traceback; messages of expected errors carry codes and counts only.
"""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

LARGEST_BYTES = 1_000_000
KEPT_FILES = 5
LAYOUT = "%(asctime)s %(levelname)s %(name)s %(message)s"


def log_to(folder: Path) -> None:
    """Write the log of this process to ``folder``; a folder that cannot be written leaves the program without one."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / "lideng.log", maxBytes=LARGEST_BYTES, backupCount=KEPT_FILES, encoding="utf-8"
        )
    except OSError:
        logging.getLogger(__name__).warning("no log can be written")
        return
    handler.setFormatter(logging.Formatter(LAYOUT))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
