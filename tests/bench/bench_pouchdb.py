"""Sync beside PouchDB on this machine in the same run: the same entries as documents, the same number of bytes attached.

python -m tests.bench.bench_pouchdb [--entries 10000] [--images 300] [--size 200000] [--batch 100 500]

Needs node and the packages of tests/bench/pouchdb: ``npm ci`` there once. PouchDB 9 replicates from its own database
to express-pouchdb 4.2 in another process and back, over plain HTTP, with LevelDB below on both sides, which does not wait for
the disk. Ours goes from the encrypted store over TLS to PostgreSQL and back, and waits for the disk on both sides.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from app.central.client import PostgresCentral
from app.services import sync_pushing, sync_receiving
from app.services.ports import InboxPlace
from app.storage.store import remove_store
from tests.bench.bench_images import sent
from tests.bench.centres import missing, running
from tests.bench.stations import PER_CASE, BenchStation, code_of, picture

SCRIPTS = Path(__file__).parent / "pouchdb"
SENDER, RECEIVER, GIVER, CAMERA = 1, 2, 3, 4
MB = 1e6


class Pouch:
    """PouchDB's server and clients in a folder; figures are seconds that the clients say."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder, self.url = folder, url

    def does(self, act: str, database: str, *arguments: object) -> tuple[int, float]:
        command = ["node", "client.js", act, self.folder / database, *arguments]
        told = subprocess.run(map(str, command), cwd=SCRIPTS, check=True, capture_output=True, text=True)
        done = json.loads(told.stdout)
        return done["documents"], done["seconds"]


@contextmanager
def pouch(folder: Path) -> Iterator[Pouch]:
    """Run PouchDB's server."""
    (folder / "server").mkdir()
    server = subprocess.Popen(
        ["node", "server.js", folder / "server"], cwd=SCRIPTS, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield Pouch(folder, f"http://127.0.0.1:{int(server.stdout.readline())}")
    finally:
        server.stdin.close()
        server.wait(30)


def document(entry):
    """Return an entry as a document of PouchDB: what the centre gets, in one object."""
    place = {"_id": f"{entry.epoch}/{entry.seq:09d}", "prev": entry.prev.hex(), "hash": entry.hash.hex()}
    return json.dumps(entry.read() | place | {"signature": entry.signature.hex()}, ensure_ascii=False)


def filled(folder, index, entries, to=""):
    """Return a counter with cases of its own, or with such that were handed over, and its entries."""
    station = BenchStation(folder, code_of(index))
    with closing(station.create()) as store:
        station.takes(store, entries // PER_CASE, to)
        with store.read() as uow:
            return station, uow.outbox.after(0, 0, entries + 1)


def centre_of(make, *stations):
    centre = make()
    centre.enrol(one.code for one in stations)
    return centre


def pushed_s(make, station, size):
    """Return the seconds of a whole round that pushes everything, log-in and all."""
    sync_pushing.MOST_ENTRIES = size
    centre = centre_of(make, station)
    with closing(station.open()) as store:
        sync = station.sync(store, lambda: PostgresCentral(centre.address(station.code)))
        begun = time.perf_counter()
        result = sync.run()
        seconds = time.perf_counter() - begun
        sync.close()
    assert result.pushed
    assert not result.failures
    return seconds


def pulled_s(make, folder, sender, size):
    """Return the seconds of reading an inbox, and of a whole round that takes it in, log-in and all."""
    receiver = BenchStation(folder, code_of(RECEIVER))
    remove_store(receiver.path)
    centre = centre_of(make, sender, receiver)
    with closing(sender.open()) as store, closing(receiver.create()) as other:
        receiver.knows(other, [sender])
        address = centre.address(receiver.code)
        with closing(sender.sync(store, lambda: PostgresCentral(centre.address(sender.code)))) as sync:
            sync.run()
        with closing(PostgresCentral(address)) as central:
            begun, place = time.perf_counter(), InboxPlace()
            while got := central.pull(place, size).entries:
                place = got[-1].place
            read_s = time.perf_counter() - begun
        sync_receiving.MOST_ENTRIES = size
        with closing(receiver.sync(other, lambda: PostgresCentral(address))) as sync:
            begun = time.perf_counter()
            result = sync.run()
            seconds = time.perf_counter() - begun
    assert result.received
    assert not result.failures
    return read_s, seconds


def images_s(make, folder, pages):
    """Return the seconds of the images' part of a round."""
    camera = BenchStation(folder, code_of(CAMERA))
    centre = centre_of(make, camera)
    with closing(camera.create()) as store:
        camera.takes(store, len(pages), pages=pages)
        seconds, failures = sent(camera, store, centre.address(camera.code))
    assert not failures
    return seconds


def tell(what, ours, theirs, unit, aim):
    print(f"{what}: ours {ours:,.0f} {unit}, PouchDB {theirs:,.0f}: {ours / theirs:.1f} times (aim {aim})", flush=True)


def compare_entries(server, folder, make, asked):
    """Push and pull, ours and theirs in turn."""
    sender, own = filled(folder, SENDER, asked.entries)
    giver, handed = filled(folder, GIVER, asked.entries, code_of(RECEIVER))
    for name, entries in (("own", own), ("handed", handed)):
        (folder / f"{name}.jsonl").write_text("".join(f"{document(one)}\n" for one in entries))
        server.does("fill", name, folder / f"{name}.jsonl")
    for size in asked.batch:
        _, theirs = server.does("push", "own", f"{server.url}/own{size}", size)
        ours = pushed_s(make, sender, size)
        tell(f"pushed, batches of {size}", len(own) / ours, len(own) / theirs, "entries/s", 5)
        server.does("push", "handed", f"{server.url}/handed{size}", size)
        _, theirs = server.does("pull", f"pulled{size}", f"{server.url}/handed{size}", size)
        read, whole = pulled_s(make, folder, giver, size)
        tell(f"pulled, batches of {size}", len(handed) / read, len(handed) / theirs, "entries/s", 2)
        tell("the same, checked and folded into every view", len(handed) / whole, len(handed) / theirs, "entries/s", 2)


def compare_images(server, folder, make, asked):
    """Send images, ours and theirs in turn."""
    pages = [picture(asked.size, number) for number in range(asked.images)]
    (folder / "pages.jsonl").write_text("".join(f'{{"_id": "{number}"}}\n' for number in range(asked.images)))
    server.does("attach", "images", folder / "pages.jsonl", asked.size)
    size = asked.images * asked.size / MB
    best = min(server.does("push", "images", f"{server.url}/images{many}", many)[1] for many in (20, 100))
    tell(f"{asked.images} images of {asked.size:,} bytes", size / images_s(make, folder, pages), size / best, "MB/s", 2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=9999)
    parser.add_argument("--images", type=int, default=300)
    parser.add_argument("--size", type=int, default=200_000)
    parser.add_argument("--batch", type=int, nargs="+", default=[100, 500])
    asked = parser.parse_args()
    if not shutil.which("node") or not (SCRIPTS / "node_modules").exists():
        sys.exit(f"node or its packages are missing: npm ci in {SCRIPTS}")
    kind = "socket" if missing("tls") else "tls"
    with tempfile.TemporaryDirectory() as name, running(kind) as make, pouch(Path(name)) as server:
        print(f"ours over: {make().name}")
        compare_entries(server, Path(name), make, asked)
        compare_images(server, Path(name), make, asked)


if __name__ == "__main__":
    main()
