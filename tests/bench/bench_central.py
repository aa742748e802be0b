"""Entries a second from the encrypted store of a counter to the durable answer of the centre, and back out of its inbox.

python -m tests.bench.bench_central [--connections 1 8 64] [--batch 100 500] [--entries 20000] [--keep DIR]
    [--kinds socket tls bouncer]

Each connection is a process with a store of its own, filled beforehand, and does one whole round of the product's sync
against a centre that has nothing yet: greeting, journal read, batches pushed and noted, inbox, bulletins. What is measured
is from the first round's beginning to the last one's end. Only the log-in and the plans of a fresh connection come before.
"""

import argparse
import multiprocessing
import tempfile
import time
from pathlib import Path

from app.central.client import PostgresCentral
from app.services import sync_pushing
from app.services.ports import MOST_ENTRIES, InboxPlace
from app.services.sync_packing import as_batch
from app.storage.store import remove_store
from tests.bench.centres import KINDS, missing, running
from tests.bench.stations import PER_CASE, BenchStation, code_of

fork = multiprocessing.get_context("fork")


RECEIVER, SENDER = 0, 1
PULLED = 6000
"""Entries of the inbox that is read: every case of the sender was handed over to the receiver."""


def fill(folder, index, entries, to=""):
    """Make the store of a station, unless an earlier run kept it."""
    station = BenchStation(folder, code_of(index))
    if not station.path.exists():
        store = station.create()
        station.takes(store, entries // PER_CASE, to)
        store.close()


def prepare(folder, connections, entries):
    """Fill the stores for each number of connections: ``entries`` in all, whatever their number."""
    plan = {count: [count * 100 + index for index in range(count)] for count in connections}
    with fork.Pool(2) as pool:
        wanted = [(folder, index, entries // count) for count, those in plan.items() for index in those]
        pool.starmap(fill, [(folder, SENDER, PULLED, code_of(RECEIVER)), *wanted], chunksize=1)
    return {count: [BenchStation(folder, code_of(index)) for index in those] for count, those in plan.items()}


def pushes(station, address, size, ready, results):
    sync_pushing.MOST_ENTRIES = size
    store = station.open()
    central = PostgresCentral(address)
    with store.read() as uow:
        first = uow.outbox.after(0, 0, 1)
    central.push(as_batch(first, set()))
    sync = station.sync(store, lambda: central)
    ready.wait()
    begun = time.time()
    result = sync.run()
    results.put((begun, time.time(), result.pushed))
    sync.close()
    store.close()


def push_rate(centre, stations, size):
    """Return how many entries a second came from all stations together."""
    ready, results = fork.Barrier(len(stations)), fork.Queue()
    workers = [
        fork.Process(target=pushes, args=(station, centre.address(station.code), size, ready, results))
        for station in stations
    ]
    for worker in workers:
        worker.start()
    begun, ended, counts = zip(*(results.get() for _ in workers), strict=True)
    for worker in workers:
        worker.join()
    return sum(counts) / (max(ended) - min(begun))


def pull_rates(centre, folder):
    """Return how many entries a second the station gets to which all cases went: read alone, and with everything done.

    Everything: signatures checked, kept in the encrypted store, folded into lists, search and case files, durable.
    """
    sender, receiver = BenchStation(folder, code_of(SENDER)), BenchStation(folder, code_of(RECEIVER))
    centre.enrol([sender.code, receiver.code])
    push_rate(centre, [sender], MOST_ENTRIES)
    remove_store(receiver.path)
    store = receiver.create()
    receiver.knows(store, [sender])
    central = PostgresCentral(centre.address(receiver.code))
    central.hello()
    begun, place, read = time.perf_counter(), InboxPlace(), 0
    while got := central.pull(place, MOST_ENTRIES).entries:
        place = got[-1].place
        read += len(got)
    read_s = time.perf_counter() - begun
    sync = receiver.sync(store, lambda: central)
    begun = time.perf_counter()
    received = sync.run().received
    whole_s = time.perf_counter() - begun
    sync.close()
    store.close()
    return read / read_s, received / whole_s


def measure(kind, stations, folder, asked):
    with running(kind) as make:
        for count, those in stations.items():
            for size in asked.batch:
                centre = make()
                centre.enrol(one.code for one in those)
                rate = push_rate(centre, those, size)
                print(f"{centre.name}: {count} connections, batches of {size}: {rate:,.0f} entries/s", flush=True)
        centre = make()
        read, whole = pull_rates(centre, folder)
        print(f"{centre.name}: pulled {read:,.0f} entries/s read, {whole:,.0f}/s into views", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--connections", type=int, nargs="+", default=[1, 8, 64])
    parser.add_argument("--batch", type=int, nargs="+", default=[100, 500])
    parser.add_argument("--entries", type=int, default=20000)
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS)
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = asked.keep or Path(name)
        folder.mkdir(exist_ok=True, parents=True)
        stations = prepare(folder, asked.connections, asked.entries)
        for kind in asked.kinds:
            if why := missing(kind):
                print(f"{kind}: skipped, {why}")
            else:
                measure(kind, stations, folder, asked)


if __name__ == "__main__":
    main()
