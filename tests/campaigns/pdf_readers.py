"""Signed PDFs, changed and not, as others judge them: pyHanko's own validator and poppler's pdfsig.

python -m tests.campaigns.pdf_readers [--count 1000] [--first 0]

What we believe they have to believe too. What they believe beyond it is told: it is what reading exactly adds.
"""

import argparse
import logging
import subprocess
import tempfile
from collections import Counter
from io import BytesIO
from pathlib import Path

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from app.security.pades_checking import FAULTS, HOSTILE, NotSigned, SignatureBroken, SignedByStranger, checked
from tests.campaigns.pdf_papers import AT, Material, material, root_of
from tests.campaigns.signed_pdfs import changed

LONGEST_S = 20


def ours(pdf: bytes, material: Material) -> bool:
    """Tell whether our check believes ``pdf``."""
    try:
        checked(pdf, material.root)
    except (NotSigned, SignatureBroken, SignedByStranger):
        return False
    return True


def pyhankos(pdf: bytes, material: Material) -> bool:
    """Tell whether pyHanko's own validator believes the last signature of ``pdf`` and what was added after it."""
    context = ValidationContext(trust_roots=[root_of(material)], allow_fetching=False, moment=AT)
    try:
        signatures = PdfFileReader(BytesIO(pdf)).embedded_signatures
        return bool(signatures) and validate_pdf_signature(signatures[-1], context).bottom_line
    except (*HOSTILE, *FAULTS):
        return False


def popplers(pdf: bytes) -> bool:
    """Tell whether pdfsig calls a signature of ``pdf`` valid and the whole of it signed; it does not know our root."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "paper.pdf"
        file.write_bytes(pdf)
        command = ["pdfsig", "-nocert", str(file)]
        told = subprocess.run(command, capture_output=True, check=False, timeout=LONGEST_S).stdout
    return b"Signature is Valid" in told and b"Total document signed" in told


def compared(numbers: range, material: Material) -> Counter[tuple[bool, bool, bool]]:
    """Return how often each combination was met: ours, pyHanko's, poppler's verdict."""
    pdfs = [*material.papers, *(changed(number)[1] for number in numbers)]
    return Counter((ours(pdf, material), pyhankos(pdf, material), popplers(pdf)) for pdf in pdfs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0)
    called = parser.parse_args()
    logging.disable(logging.CRITICAL)
    found = compared(range(called.first, called.first + called.count), material())
    print("believed by us, by pyHanko, by poppler")
    for verdicts, count in found.most_common():
        print(f"  {', '.join('yes' if one else 'no' for one in verdicts)}: {count}")
    alone = sum(count for (we, pyhanko, poppler), count in found.items() if we and not (pyhanko and poppler))
    print(f"{alone} believed by us alone")


if __name__ == "__main__":
    main()
