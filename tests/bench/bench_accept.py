"""From F9 to the receipt on disk: acceptance, drawing, and the PDF in a file, on a real encrypted counter.

python -m tests.bench.bench_accept [--cases 300]
"""

import argparse
import os
import tempfile
import time
from pathlib import Path

from app.demonstration import CLERK
from tests.bench.figures import tell
from tests.support import CERTIFICATE, filled, new_place


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=300)
    count = parser.parse_args().cases
    with tempfile.TemporaryDirectory() as folder:
        place = new_place(Path(folder) / "profile", Path(folder))
        with place.opened() as counter:
            counter.papers.warm_up()
            item = counter.catalogue.item(CERTIFICATE)
            accepts, wholes = [], []
            for number in range(count):
                draft = filled(counter, residence_address=f"云溪镇青杠路{number}号")
                begun = time.perf_counter()
                case = counter.intake.accept(draft, item, CLERK).case
                accepts.append(time.perf_counter() - begun)
                paper = counter.papers.of_case(case.number)[0]
                _durable(Path(folder) / "receipt.pdf", counter.papers.pdf(paper, CLERK))
                wholes.append(time.perf_counter() - begun)
    tell("acceptance, durable", accepts)
    tell("acceptance to receipt PDF on disk", wholes)


def _durable(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


if __name__ == "__main__":
    main()
