"""Writes some fictitious cards and licences of every quality to a folder: python -m tests.cards DIR."""

import sys
from pathlib import Path
from random import Random

from tests.cards.drawing import back, front
from tests.cards.licence_drawing import licence
from tests.cards.people import make_licence, resident
from tests.cards.qualities import HARD, NORMAL, clean


def main(folder: Path) -> None:
    """Write the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    for seed, (name, quality) in enumerate({**NORMAL, **HARD}.items()):
        rng = Random(seed)
        person = resident(rng)
        for number, picture in enumerate(quality([front(person), back(person)], rng)):
            Path(folder, f"card {name} {number}.jpg").write_bytes(picture)
    for landscape in (True, False):
        drawn = licence(make_licence(Random(1)), landscape=landscape)
        Path(folder, f"licence {landscape}.jpg").write_bytes(clean([drawn], Random(1))[0])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
