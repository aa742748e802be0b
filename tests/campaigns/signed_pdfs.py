"""Changed signed PDFs: bytes anywhere, words and numbers of the PDF, pieces twice or gone, the signature itself, updates.

python -m tests.campaigns.signed_pdfs [--count 20000]

A PDF that was changed is never believed, and whatever is not believed is told by one of three faults, in time.
"""

import argparse
import logging
import random
import time
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache

from app.domain.clock import CHINA
from app.security.authority import Authority
from app.security.documents import DocumentKey
from app.security.pades import signed
from app.security.pades_checking import NotSigned, SignatureBroken, SignedByStranger, checked
from app.services.document_signing import Signature
from tests.campaigns.mutations import mutated
from tests.papers.samples import certificate, maker, notice

AT = datetime(2026, 5, 18, 9, 2, 11, tzinfo=CHINA)
LONGEST_S = 5
CONTENTS = b"/Contents <"
HEX = b"0123456789ABCDEF"


class Believed(Exception):
    """A PDF that no station signed was believed."""


@cache
def good() -> tuple[tuple[bytes, ...], str]:
    """Return signed PDFs and the root under which they are believed."""
    authority, key = Authority.make("示例市政务服务中心", AT - timedelta(days=1)), DocumentKey(b"\7" * 32)
    of_station = authority.sign_request(key.request("000731"), "000731", AT)
    signature = Signature(authority.root, of_station, key.sign, AT, "云溪镇人民政府")
    drawn = maker().make(certificate()), maker().make(notice())
    pdfs = tuple(signed(pdf, replace(signature, told=claims)) for pdf in drawn for claims in (b"", b'{"a": "b"}'))
    for pdf in pdfs:
        checked(pdf, authority.root)
    return pdfs, authority.root


def changed(number: int) -> bytes:
    """Return the changed PDF of that number, always the same."""
    chance = random.Random(number)
    pdfs, _root = good()
    pdf = chance.choice(pdfs)
    return _signature(pdf, chance) if number % 4 == 0 else mutated(pdf, list(pdfs), chance)


def _signature(pdf: bytes, chance: random.Random) -> bytes:
    """Change digits of the signature, which no signature covers."""
    data = bytearray(pdf)
    begin = pdf.rindex(CONTENTS) + len(CONTENTS)
    end = pdf.index(b">", begin)
    for _ in range(chance.randint(1, 3)):
        data[chance.randrange(begin, end)] = chance.choice(HEX)
    return bytes(data)


def run(numbers: range) -> Counter[str]:
    """Ask for every changed PDF of ``numbers``; return how often each fault was told. Believed."""
    pdfs, root = good()
    told: Counter[str] = Counter()
    for number in numbers:
        pdf = changed(number)
        if pdf in pdfs:
            told["unchanged"] += 1
            continue
        begun = time.perf_counter()
        try:
            checked(pdf, root)
        except (NotSigned, SignatureBroken, SignedByStranger) as fault:
            told[type(fault).__name__] += 1
        else:
            raise Believed(number)
        if time.perf_counter() - begun > LONGEST_S:
            raise TimeoutError(number)
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--first", type=int, default=0)
    asked = parser.parse_args()
    logging.disable(logging.CRITICAL)
    begun = time.perf_counter()
    told = run(range(asked.first, asked.first + asked.count))
    count = asked.count - told.pop("unchanged", 0)
    print(f"{count} changed PDFs in {time.perf_counter() - begun:.0f} s, none believed")
    for what, count in told.most_common():
        print(f"  {what}: {count}")


if __name__ == "__main__":
    main()
