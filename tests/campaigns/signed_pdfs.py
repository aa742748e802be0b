"""Changed signed PDFs: whatever a file or a signature can be made to say without the key of a station.

python -m tests.campaigns.signed_pdfs [--count 20000] [--first 0] [--minutes 8]

A PDF that was changed is never believed, and whatever is not believed is told by one of three faults, in time. One that
runs out of minutes says how far it came. ``pdf_attacks`` tells what is done, ``pdf_papers`` to which papers.
"""

import argparse
import hashlib
import logging
import random
import time
from collections import Counter, defaultdict

from app.security.pades_checking import NotSigned, SignatureBroken, SignedByStranger, checked
from tests.campaigns.pdf_attacks import ATTACKS
from tests.campaigns.pdf_papers import material

LONGEST_S = 5
Told = dict[str, Counter[str]]
"""How often each fault was told of each attack."""


class Believed(Exception):
    """A PDF that no station signed was believed."""


def changed(number: int) -> tuple[str, bytes]:
    """Return the changed PDF of that number, and by which attack: the same in one run, but for keys and the time of signing."""
    attack, chance = ATTACKS[number % len(ATTACKS)], random.Random(number)
    return attack.__name__, attack(material(), chance)


def run(numbers: range, seconds: float = float("inf")) -> tuple[Told, int]:
    """Ask for every changed PDF of ``numbers``, each once, as long as there is time; return what was told, and how far it came.

    Believed.
    """
    papers, root = material().papers, material().root
    told: Told = defaultdict(Counter)
    met = {hashlib.sha256(pdf).digest() for pdf in papers}
    end = time.monotonic() + seconds
    asked = 0
    for number in numbers:
        if time.monotonic() > end:
            break
        asked += 1
        attack, pdf = changed(number)
        digest = hashlib.sha256(pdf).digest()
        if digest not in met:
            met.add(digest)
            told[attack][_judged(pdf, root, number)] += 1
    return told, asked


def _judged(pdf: bytes, root: str, number: int) -> str:
    begun = time.perf_counter()
    try:
        checked(pdf, root)
    except (NotSigned, SignatureBroken, SignedByStranger) as fault:
        if time.perf_counter() - begun > LONGEST_S:
            raise TimeoutError(number) from fault
        return type(fault).__name__
    raise Believed(number)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--minutes", type=float, default=float("inf"))
    called = parser.parse_args()
    logging.disable(logging.CRITICAL)
    begun = time.perf_counter()
    told, asked = run(range(called.first, called.first + called.count), called.minutes * 60)
    changes = sum(counts.total() for counts in told.values())
    print(f"{changes} changed PDFs in {time.perf_counter() - begun:.0f} s, none believed")
    print(f"numbers {called.first} to {called.first + asked - 1}")
    for attack, counts in sorted(told.items()):
        print(f"  {attack}: {', '.join(f'{fault} {count}' for fault, count in counts.most_common())}")


if __name__ == "__main__":
    main()
