"""One certificate from the click to its signed PDF on disk, and signed PDFs checked a second on one core.

python -m tests.bench.bench_signing [--certificates 60]
"""

import argparse
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from app.demonstration import CLERK
from app.domain.paper import PaperKind
from app.security.authority import Authority
from app.security.pades_checking import checked
from tests.bench.figures import tell
from tests.support import MONDAY, accepted, certify, new_place

WARM = 3
RUNS = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--certificates", type=int, default=60)
    count = parser.parse_args().certificates
    authority = Authority.make("示例市政务服务中心", MONDAY - timedelta(days=10))
    with tempfile.TemporaryDirectory() as folder:
        place = new_place(Path(folder, "profile"), Path(folder, "cache"))
        certify(place, authority)
        with place.opened() as counter:
            counter.papers.warm_up()
            issued = [_issue(counter, Path(folder)) for _ in range(count + WARM)][WARM:]
    tell("certificate, click to signed PDF on disk", [seconds for seconds, _pdf in issued])
    pdfs = [pdf for _seconds, pdf in issued]
    print(f"size: {sum(map(len, pdfs)) // len(pdfs)} bytes")
    rates = [_checked(pdfs, authority.root) for _ in range(RUNS)]
    print(f"signed PDFs checked: {' · '.join(f'{rate:.0f}' for rate in rates)}/s")


def _issue(counter, folder: Path) -> tuple[float, bytes]:
    case = accepted(counter)
    begun = time.perf_counter()
    counter.issuance.issue(case.number, CLERK)
    paper = next(one for one in counter.papers.of_case(case.number) if one.kind is PaperKind.CERTIFICATE)
    counter.papers.save(paper, folder / "certificate.pdf", CLERK)
    return time.perf_counter() - begun, (folder / "certificate.pdf").read_bytes()


def _checked(pdfs: list[bytes], root: str) -> float:
    begun = time.perf_counter()
    for pdf in pdfs:
        checked(pdf, root)
    return len(pdfs) / (time.perf_counter() - begun)


if __name__ == "__main__":
    main()
