"""Opens what a disk holds after the power went, and looks whether anything that was confirmed is gone."""

import random
import shutil
from collections.abc import Iterable
from pathlib import Path

from tests.reliability.checker import check
from tests.reliability.power import Recorded, lose_power, told_before
from tests.support import Place, copy_of

KEEPS = (0.0, 1.0, 0.5, 0.9)
"""How much of what was not synced is there: nothing, all, and two mixtures with torn writes."""


def open_after(recorded: Recorded, place: Place, folder: Path, moments: Iterable[int], seed: int) -> int:
    """Lose the power after each of ``moments`` acts, in each way; return how often the counter was opened again.

    Each time the journal is the beginning of the real one, and long enough for everything that was told.
    """
    chance = random.Random(seed)
    count = 0
    copy = copy_of(place, folder)
    for moment in moments:
        told = told_before(recorded, moment)
        for keeps in KEEPS:
            lose_power(recorded, moment, copy.settings.profile, chance, keeps)
            with copy.opened() as counter:
                with counter.intake._store.read() as uow:
                    journal = [entry.hash for entry in uow.journal.entries()]
                assert journal == recorded.journal[: len(journal)], "the journal is no beginning of the real one"
                check(counter, told, drawn=0)
            count += 1
    shutil.rmtree(copy.settings.profile)
    return count
