"""The storm: all stations of a city come back at once after days without a line, each with its cases.

python -m tests.bench.bench_storm [--stations 2076] [--cases 50] [--at-once 48] [--keep DIR] [--prepare]

A city of 2,076 has 6 centres, 121 townships and 1,949 villages. Every case of a village was handed over to its township,
every one of a township to its centre, so that each entry is pushed once and pulled once.

Real: the server with TLS and passwords behind PgBouncer (a role a station), every log-in, and the calls of a round in
their order: greeting with its anchor, push, inbox to its end where the greeting says that something waits; it says that no
bulletin does. Who reached the end of an inbox before all of it had
come does another round. Prepared: the entries (real facts, hashes and signatures), because the stores of 2,076 counters are
on 2,076 other machines; so is what a counter does with what it receives. ``--at-once`` connections are open at any time; the
clients' part of each call, TLS included, runs on the same cores.
"""

import argparse
import multiprocessing
import pickle
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from random import Random

from app.central.client import PostgresCentral
from app.services.errors import CentralUnavailable
from app.services.ports import MOST_ENTRIES, InboxPlace
from app.services.sync_packing import as_batch
from app.services.sync_receiving import is_end_of_inbox
from tests.bench.centres import missing, running
from tests.bench.stations import BenchStation, code_of

CENTRES_SHARE, TOWNS_SHARE = 6 / 2076, 127 / 2076
PROCESSES = 2
fork = multiprocessing.get_context("fork")


def parent_of(index, stations):
    """Return the index of the station to which one hands its cases over, None for a centre."""
    centres = max(1, round(stations * CENTRES_SHARE))
    towns = max(centres + 1, round(stations * TOWNS_SHARE))
    if index < centres:
        return None
    return index % centres if index < towns else centres + index % (towns - centres)


def prepared(folder, index, stations, cases):
    """Make the batch of a station, unless an earlier run kept it, and return its file."""
    path = folder / f"{stations}-{cases}-{index}.batch"
    if not path.exists():
        parent = parent_of(index, stations)
        entries = BenchStation(folder, code_of(index)).only_chain(cases, "" if parent is None else code_of(parent))
        path.write_bytes(pickle.dumps(as_batch(entries, set())))
    return path


class Returning:
    """A station that comes back: its batch, and how far it has read its inbox."""

    def __init__(self, code, batch, expected):
        self.code, self.batch, self.expected = code, batch, expected
        self.place, self.received = InboxPlace(), 0

    def round(self, address):
        """Do the calls of one round of sync; True when everything is here."""
        central = PostgresCentral(address)
        try:
            greeting = central.hello()
            if greeting.head is None:
                assert not central.push(self.batch).quarantined
            while not is_end_of_inbox(greeting, self.place) and (got := central.pull(self.place, MOST_ENTRIES).entries):
                self.place = got[-1].place
                self.received += len(got)
        finally:
            central.close()
        return self.received >= self.expected


def comes_back(stations, address, at_once, counts):
    """Let stations do rounds until each has everything, ``at_once`` of them at any time."""
    waiting, lock = list(reversed(stations)), threading.Lock()

    def work():
        while True:
            with lock:
                if not waiting:
                    return
                station = waiting.pop()
            try:
                done = station.round(address(station.code))
                counts["rounds"] += 1
            except CentralUnavailable as error:
                done = False
                counts[error.reason] += 1
            if not done:
                with lock:
                    waiting.insert(0, station)

    threads = [threading.Thread(target=work) for _ in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def process(files, expected, address, at_once, ready, results):
    stations = [Returning(code, pickle.loads(path.read_bytes()), expected[code]) for code, path in files]  # noqa: S301
    counts = Counter()
    ready.wait()
    begun = time.time()
    comes_back(stations, address, at_once, counts)
    results.put((begun, time.time(), counts, sum(one.received for one in stations)))


def storm(make, folder, asked, stations):
    codes = [code_of(index) for index in range(stations)]
    expected = Counter()
    for index in range(stations):
        parent = parent_of(index, stations)
        if parent is not None:
            expected[code_of(parent)] += 3 * asked.cases
    files = [(code, prepared(folder, index, stations, asked.cases)) for index, code in enumerate(codes)]
    Random(7).shuffle(files)
    centre = make()
    centre.enrol(codes)
    ready, results = fork.Barrier(PROCESSES), fork.Queue()
    workers = [
        fork.Process(
            target=process,
            args=(files[part::PROCESSES], expected, centre.address, asked.at_once // PROCESSES, ready, results),
        )
        for part in range(PROCESSES)
    ]
    for worker in workers:
        worker.start()
    begun, ended, counts, received = zip(*(results.get() for _ in workers), strict=True)
    for worker in workers:
        worker.join()
    assert sum(received) == expected.total()
    seconds = max(ended) - min(begun)
    pushed = stations * (1 + 3 * asked.cases)
    told = ", ".join(f"{name} {number:,}" for name, number in sum(counts, Counter()).items())
    print(
        f"{stations:,} stations with {asked.cases} cases: converged in {seconds:.1f} s, {seconds / stations * 1000:.1f} ms a"
        f" station; {pushed:,} entries pushed, {sum(received):,} pulled; {told}",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stations", type=int, nargs="+", default=[1038, 2076, 4152])
    parser.add_argument("--cases", type=int, default=50)
    parser.add_argument("--at-once", type=int, default=48)
    parser.add_argument("--keep", type=Path, help="where batches are kept for the next run")
    parser.add_argument("--prepare", action="store_true", help="only make the batches")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = asked.keep or Path(name)
        folder.mkdir(exist_ok=True, parents=True)
        with fork.Pool(PROCESSES) as pool:
            for stations in asked.stations:
                pool.starmap(prepared, [(folder, index, stations, asked.cases) for index in range(stations)])
        kind = next((kind for kind in ("bouncer", "tls", "socket") if not missing(kind)), "socket")
        if kind != "bouncer":
            print(f"not through PgBouncer: {missing('bouncer')}")
        if not asked.prepare:
            with running(kind) as make:
                for stations in asked.stations:
                    storm(make, folder, asked, stations)


if __name__ == "__main__":
    main()
