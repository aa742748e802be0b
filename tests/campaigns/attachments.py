"""50,000 hostile attachments: none may crash the program, hang it for more than 5 s or take more than 500 MB.

    nice .venv/bin/python -m tests.campaigns.attachments --count 50000
    nice .venv/bin/python -m tests.campaigns.attachments --only 31337     one file of it

Files are made by number (``hostile_files``): good PDFs, JPEGs, PNGs and TIFFs of every form that were damaged, and files
made to harm. Each goes through the product's decoder in a process of its own (``decode_pool``). A file that a decoder
did not end well with is kept in ``--keep``. The exit code is 1 when the program itself would have failed.
"""

import argparse
import json
import multiprocessing
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

from tests.campaigns.decode_pool import Outcome, decoded
from tests.campaigns.hostile_files import hostile_file

MOST_MEBIBYTES = 500_000_000 / 2**20
HANG_S = 5
REPORT_EVERY = 1000


def main() -> int:
    """Run the campaign that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=50_000)
    parser.add_argument("--first", type=int, default=0, help="number of the first file")
    parser.add_argument("--only", type=int, nargs="+", help="numbers of the only files")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "hostile-attachments")
    called = parser.parse_args()
    called.keep.mkdir(parents=True, exist_ok=True)
    numbers = range(called.first, called.first + called.count) if called.only is None else called.only
    began = time.monotonic()
    shares = [numbers[start :: called.workers] for start in range(called.workers)]
    results = called.keep / "outcomes.jsonl"
    results.write_text("", encoding="utf-8")
    workers = [multiprocessing.Process(target=_work, args=(share, called.keep, results)) for share in shares if share]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    outcomes = [json.loads(line) for line in results.read_text(encoding="utf-8").splitlines()]
    _report(outcomes, time.monotonic() - began)
    sound = len(outcomes) == len(numbers) and not any(worker.exitcode for worker in workers)
    print("program: no crash" if sound else f"PROGRAM FAILED after {len(outcomes)} of {len(numbers)}")
    return 0 if sound else 1


def _work(numbers: "range | list[int]", keep: Path, results: Path) -> None:
    """Decode the files of these numbers; they are made in another process so that this one stays as it is."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    maker = multiprocessing.Process(target=_make, args=(numbers, theirs), daemon=True)
    maker.start()
    theirs.close()
    with results.open("a", encoding="utf-8") as file:
        for number, kind, data in _received(ours, len(numbers)):
            outcome = decoded(data)
            line = {"number": number, "kind": kind, "bytes": len(data), **_plain(outcome)}
            os.write(file.fileno(), (json.dumps(line) + "\n").encode())
            if outcome.word.startswith("decoder") or outcome.mebibytes > MOST_MEBIBYTES:
                (keep / f"{number}.bin").write_bytes(data)
    maker.join()


def _make(numbers: "range | list[int]", pipe: Connection) -> None:
    for number in numbers:
        kind, data = hostile_file(number)
        pipe.send((number, kind))
        pipe.send_bytes(data)


def _received(pipe: Connection, count: int) -> Iterator[tuple[int, str, bytes]]:
    for done in range(count):
        number, kind = pipe.recv()
        yield number, kind, pipe.recv_bytes()
        if (done + 1) % REPORT_EVERY == 0:
            print(f"{done + 1} of {count}", file=sys.stderr, flush=True)


def _plain(outcome: Outcome) -> dict[str, object]:
    return {
        "word": outcome.word,
        "seconds": round(outcome.seconds, 3),
        "mebibytes": round(outcome.mebibytes),
        "computed_s": round(outcome.computed_s, 3),
        "shown_s": round(outcome.shown_s, 3),
        "unforeseen": outcome.unforeseen[-2000:],
    }


def _report(outcomes: list[dict], took_s: float) -> None:
    print(f"{len(outcomes)} files in {took_s:.0f} s")
    for word, count in Counter(outcome["word"] for outcome in outcomes).most_common():
        print(f"{count:7}  {word}")
    made = [outcome for outcome in outcomes if outcome["kind"] != "damaged"]
    print(f"made to harm: {len(made)}, of {len({outcome['kind'].partition(',')[0] for outcome in made})} kinds")
    long = [outcome for outcome in outcomes if outcome["computed_s"] > HANG_S]
    print(
        f"more than {HANG_S} s of computing in all: {Counter((outcome['kind'], outcome['word']) for outcome in long) or 0}"
    )
    for what, unit in (
        ("seconds", "s by the clock"),
        ("computed_s", "s of computing"),
        ("mebibytes", "MiB"),
        ("shown_s", "s to show its pages"),
    ):
        values = sorted(outcome[what] for outcome in outcomes)
        worst = max(outcomes, key=lambda outcome: outcome[what])
        middle, high = values[len(values) // 2], values[int(len(values) * 0.999)]
        print(f"{what}: p50 {middle} p99.9 {high} worst {worst[what]} {unit} (file {worst['number']}, {worst['kind']})")


if __name__ == "__main__":
    sys.exit(main())
