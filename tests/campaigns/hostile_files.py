"""The hostile file of a given number: the same number always gives the same file."""

import random
from collections.abc import Callable
from functools import cache

from app.capture.limits import LARGEST_FILE
from tests.campaigns.hostile_pdf import PDF_ATTACKS, good_pdfs
from tests.campaigns.hostile_pictures import PICTURE_ATTACKS, good_pictures
from tests.campaigns.mutations import mutated

ATTACKS: tuple[Callable[[random.Random], bytes], ...] = PICTURE_ATTACKS + PDF_ATTACKS
SLOW = ("slow_pages", "tiff_pages", "endless", "jpeg_scans", "bomb")
"""Each of them may take its full time, so they come a quarter as often."""
MADE_SHARE = 0.06
"""So many files are made to harm from the start; the others are good files that were damaged."""
VARIANTS = 32


def attack_name(attack: int) -> str:
    """Return what an attack is called in the figures."""
    return ATTACKS[attack].__name__.strip("_")


WEIGHTS = [1 if attack_name(attack) in SLOW else 4 for attack in range(len(ATTACKS))]


@cache
def good_files() -> list[bytes]:
    """Return the good files that are damaged: every kind that is taken, in every form that the libraries write."""
    return good_pictures() + good_pdfs() * 3


@cache
def made(attack: int, variant: int) -> bytes:
    """Return a file that is made to harm."""
    return ATTACKS[attack](random.Random(f"attack {attack} {variant}"))[:LARGEST_FILE]


def hostile_file(number: int) -> tuple[str, bytes]:
    """Return what kind of file it is and the file."""
    chance = random.Random(f"attachment {number}")
    if chance.random() >= MADE_SHARE:
        return "damaged", mutated(chance.choice(good_files()), good_files(), chance)[:LARGEST_FILE]
    attack = chance.choices(range(len(ATTACKS)), WEIGHTS)[0]
    data = made(attack, chance.randrange(VARIANTS))
    if data and chance.random() < 0.3:
        return f"{attack_name(attack)}, damaged", mutated(data, good_files(), chance)[:LARGEST_FILE]
    return attack_name(attack), data
