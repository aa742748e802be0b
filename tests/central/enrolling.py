"""Enrols the counter in a profile and is killed at a moment: ``python -m tests.central.enrolling PROFILE MOMENT``.

Ends with 9 where it was killed, and with 0 where the enrolment was done before.
"""

import os
import sys
from contextlib import closing
from pathlib import Path

from app.central.reception import Receptions
from app.clock import SystemClock
from app.config import Settings
from app.open_profile import open_profile
from app.security.central_keys import KeptCentralKeys
from app.security.custody import ThrowAwayCustody
from app.security.trust import RootTrust
from app.services.enrolment import EnrolmentService
from app.services.recording import load_station
from tests.fakes.fuse import Fuse, FusedKeys, FusedStore, fused_desk

KILLED = 9


class Killing(Fuse):
    """Kills the process without a word to anybody."""

    def burn(self):
        self.left -= 1
        if self.left == 0:
            os._exit(KILLED)


def main(profile, moment):
    fuse = Killing(moment)
    custody = ThrowAwayCustody(profile)
    opened = open_profile(Settings(profile, profile / "cache"), custody, SystemClock())
    with closing(opened.store):
        EnrolmentService(
            FusedStore(opened.store, fuse),
            opened.recorder,
            load_station(opened.store),
            FusedKeys(KeptCentralKeys(custody, custody.load().central), fuse),
            RootTrust,
            fused_desk(Receptions(profile), fuse),
        ).enrol()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
