"""``main.py verify`` over many files in one call, by the clock: signed PDFs, and photographs of them.

python -m tests.bench.bench_verify [--files 50]
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from app.clock import SystemClock
from app.config import ROOT
from app.demonstration import CLERK
from app.domain.paper import PaperKind
from app.security.authority import Authority
from tests.papers.samples import picture_of
from tests.support import accepted, certify, new_place
from tests.verification.photographs import as_jpeg, photographed

DPI = 250


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=50)
    count = parser.parse_args().files
    authority = Authority.make("示例市政务服务中心", SystemClock().now() - timedelta(days=10))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        root = folder / "root.pem"
        root.write_text(authority.root)
        pdfs, photos = _papers(folder, authority, count)
        _tell("nothing but the start", root, [folder / "nothing"])
        _tell("signed PDFs", root, pdfs)
        _tell("photographs", root, photos)


def _papers(folder: Path, authority: Authority, count: int) -> tuple[list[Path], list[Path]]:
    place = new_place(folder / "profile", folder / "cache", SystemClock().now())
    certify(place, authority)
    pdfs, photos = [], []
    with place.opened() as counter:
        for index in range(count):
            case = accepted(counter)
            counter.issuance.issue(case.number, CLERK)
            paper = next(one for one in counter.papers.of_case(case.number) if one.kind is PaperKind.CERTIFICATE)
            pdfs.append(folder / f"{index}.pdf")
            counter.papers.save(paper, pdfs[-1], CLERK)
            photos.append(folder / f"{index}.jpg")
            photo = photographed(picture_of(pdfs[-1].read_bytes(), DPI), 4, slant=0.03, crease=0.5)
            photos[-1].write_bytes(as_jpeg(photo))
    return pdfs, photos


def _tell(name: str, root: Path, files: Sequence[Path]) -> None:
    command = [sys.executable, "main.py", "verify", "--json", "--root", str(root), *map(str, files)]
    begun = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - begun
    valid = done.stdout.count('"ruling": "valid"')
    each = f"{seconds / len(files) * 1000:.0f} ms each, {len(files) / seconds:.1f}/s"
    print(f"{name}: {len(files)} in {seconds:.2f} s, {each}; valid {valid}, exit code {done.returncode}")


if __name__ == "__main__":
    main()
