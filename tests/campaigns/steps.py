"""Kills the program at every step of acts on papers: issue with its signature, revoke, replace, onto a blank, templates.

    nice .venv/bin/python -m tests.campaigns.steps [ACT…]

What is killed where and looked at afterwards is told in ``tests.reliability.steps``.
"""

import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from app.security.authority import Authority
from tests.reliability import steps
from tests.support import MONDAY, certify, new_place


def main() -> None:
    """Make a counter that a centre has certified, and play the acts that are named, every one where none is."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="lideng-steps-") as folder:
        place = new_place(Path(folder) / "profile", Path(folder) / "cache")
        authority = Authority.make("示例市政务服务中心", MONDAY - timedelta(days=10))
        certify(place, authority)
        steps.main(place.settings.profile, place.settings.cache, authority.root, sys.argv[1:])
    print(f"{time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
