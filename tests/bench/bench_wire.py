"""What sync costs a bad line and an old PC: bytes on the wire for a case, and the memory of one round.

python -m tests.bench.bench_wire [--entries 20000] [--images 40] [--size 2000000]

Bytes are counted by a relay in front of the centre, both ways together, with TLS where Debian's PostgreSQL is installed. The
memory is that of a process of its own, which holds nothing but the store and the sync.
"""

import argparse
import multiprocessing
import tempfile
from contextlib import closing
from pathlib import Path

from app.central.client import PostgresCentral
from tests.bench.centres import missing, running
from tests.bench.relay import relayed
from tests.bench.stations import PER_CASE, BenchStation, code_of, picture

CASES = 150
PAGE = 200_000
MB = 1e6


def round_bytes(station, store, address):
    """Return the bytes of a first round with its log-in, of an idle one on the same connection, and of one with a log-in."""
    with relayed(address) as relay:
        told = []
        sync = station.sync(store, lambda: PostgresCentral(relay.address()))
        for is_hung_up in (False, True, True):
            before = relay.total
            assert not sync.run().failures
            if is_hung_up:
                sync.close()
            told.append(relay.total - before)
    return told


def bytes_on_the_wire(folder, make, pages):
    """Print bytes for a case that is sent and received, whose entries came with one page or without."""
    sender, receiver = BenchStation(folder, code_of(len(pages) + 1)), BenchStation(folder, code_of(len(pages)))
    centre = make()
    centre.enrol([sender.code, receiver.code])
    with closing(sender.create()) as store, closing(receiver.create()) as other:
        sender.takes(store, CASES, to=receiver.code, pages=pages)
        receiver.knows(other, [sender])
        sent, kept, idle = round_bytes(sender, store, centre.address(sender.code))
        received, _, _ = round_bytes(receiver, other, centre.address(receiver.code))
        with store.read() as uow:
            bodies = sum(len(one.body.encode()) for one in uow.outbox.after(1, 1, 500))
    what = f"with a page of {PAGE:,} bytes" if pages else f"of {PER_CASE} entries"
    print(f"a case {what}: sent {(sent - idle) / CASES:,.0f} bytes, received {(received - idle) / CASES:,.0f}")
    if not pages:
        print(f"its bodies alone: {bodies / CASES:,.0f} bytes")
        print(f"a round in which nothing happened: {kept:,} bytes, with a log-in {idle:,}", flush=True)


def memory(path, field):
    """Return a field of /proc/self/status in bytes."""
    lines = dict(line.split(":", 1) for line in Path(path).read_text().splitlines())
    return int(lines[field].split()[0]) * 1024


def grows(folder, code, address, results):
    station = BenchStation(folder, code)
    store = station.open()
    with store.read() as uow:
        uow.outbox.count_images()
    Path("/proc/self/clear_refs").write_text("5")  # the peak is counted from here
    before = memory("/proc/self/status", "VmRSS")
    with closing(station.sync(store, lambda: PostgresCentral(address))) as sync:
        result = sync.run()
    assert not result.failures
    results.put((memory("/proc/self/status", "VmHWM") - before, before, result))
    store.close()


def memory_of_a_round(folder, make, asked):
    station = BenchStation(folder, code_of(500))
    with closing(station.create()) as store:
        pages = [picture(asked.size, number) for number in range(asked.images)]
        station.takes(store, asked.entries // PER_CASE, pages=pages)
    centre = make()
    centre.enrol([station.code])
    spawn = multiprocessing.get_context("spawn")
    results = spawn.Queue()
    worker = spawn.Process(target=grows, args=(folder, station.code, centre.address(station.code), results))
    worker.start()
    grown, before, result = results.get()
    worker.join()
    print(
        f"one round with {result.pushed:,} entries and {result.images} images of {asked.size:,} bytes:"
        f" peak {grown / MB:.0f} MB above {before / MB:.0f} MB"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=20000)
    parser.add_argument("--images", type=int, default=40)
    parser.add_argument("--size", type=int, default=2_000_000)
    asked = parser.parse_args()
    kind = "socket" if missing("tls") else "tls"
    if why := missing("tls"):
        print(f"without TLS: {why}")
    with running(kind) as make, tempfile.TemporaryDirectory() as name:
        bytes_on_the_wire(Path(name), make, ())
        bytes_on_the_wire(Path(name), make, [picture(PAGE, number) for number in range(CASES)])
        memory_of_a_round(Path(name), make, asked)


if __name__ == "__main__":
    main()
