"""Images on their way to the centre and back, and what a cut in the middle costs.

python -m tests.bench.bench_images [--images 300] [--size 200000] [--kinds socket tls bouncer]

A counter with an encrypted store sends in whole rounds of the product's sync; another one fetches, as a screen would.
"""

import argparse
import tempfile
import time
from contextlib import closing
from pathlib import Path

from app.central.client import PostgresCentral
from app.services.sync_images import ImageService
from app.services.sync_report import SyncStep
from tests.bench.centres import KINDS, missing, running
from tests.bench.relay import relayed
from tests.bench.stations import BenchStation, code_of, picture
from tests.fakes.clock import FakeClock

MB = 1e6


class Bench:
    """Two counters; every case of the first was handed over to the second."""

    def __init__(self, folder, make):
        self.folder, self.make = folder, make
        self.serial = 0

    def filled(self, cases, pages):
        """Return a counter of its own with cases, and its store."""
        self.serial += 1
        station = BenchStation(self.folder, code_of(self.serial))
        store = station.create()
        station.takes(store, cases, to=code_of(0), pages=pages)
        return station, store

    def centre(self, *stations):
        centre = self.make()
        centre.enrol([code_of(0), *(one.code for one in stations)])
        return centre


def sent(station, store, address):
    """Do rounds until one gets through; return seconds of the images' part and the failures before it."""
    began = []

    def tell(progress):
        if progress.step is SyncStep.IMAGES and not began:
            began.append(time.perf_counter())

    failures = 0
    with closing(station.sync(store, lambda: PostgresCentral(address))) as sync:
        while sync.run(tell).failures:
            failures += 1
    return time.perf_counter() - began[0], failures


def rates(bench, pages):
    """Return MB a second sent and fetched."""
    station, store = bench.filled(len(pages), pages)
    centre = bench.centre(station)
    size = sum(map(len, pages))
    seconds, failures = sent(station, store, centre.address(station.code))
    assert not failures
    with store.read() as uow:
        digests = [uow.blobs.put(page) for page in pages]
    store.close()
    receiver = BenchStation(bench.folder, code_of(0))
    with closing(receiver.open() if receiver.path.exists() else receiver.create()) as kept:
        service = ImageService(kept, FakeClock().now, lambda: PostgresCentral(centre.address(receiver.code)))
        begun = time.perf_counter()
        for digest in digests:
            service.get(digest)
        fetched_s = time.perf_counter() - begun
    return size / MB / seconds, size / MB / fetched_s


def cut_costs(bench, pages):
    """Return seconds and bytes with the link cut in the middle, and without."""
    told = []
    for is_cut in (False, True):
        station, store = bench.filled(len(pages), pages)
        centre = bench.centre(station)
        middle = sum(map(len, pages)) // 2 if is_cut else 0
        with relayed(centre.address(station.code), middle) as relay:
            seconds, failures = sent(station, store, relay.address())
            assert failures == is_cut
            told.append((seconds, relay.total))
        store.close()
    return told


def measure(kind, asked):
    pages = [picture(asked.size, number) for number in range(asked.images)]
    with running(kind) as make, tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name), make)
        up, down = rates(bench, pages)
        print(f"{kind}: {asked.images} images of {asked.size:,} bytes: sent {up:.1f} MB/s, fetched {down:.1f} MB/s")
        (whole_s, whole), (cut_s, cut) = cut_costs(bench, pages)
        print(
            f"{kind}: a cut in the middle costs {cut_s - whole_s:.2f} s beside {whole_s:.2f} s without one,"
            f" and {cut - whole:,} bytes beside {whole:,}",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--images", type=int, default=300)
    parser.add_argument("--size", type=int, default=200_000)
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS)
    asked = parser.parse_args()
    for kind in asked.kinds:
        if why := missing(kind):
            print(f"{kind}: skipped, {why}")
        else:
            measure(kind, asked)


if __name__ == "__main__":
    main()
