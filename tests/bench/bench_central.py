"""Entries a second that a centre takes durably, from several stations at once, and bytes on the wire for a case.

python -m tests.bench.bench_central [--connections 1 8] [--batch 100 500] [--entries 20000]

The server is the wheel's, on a socket without TLS, and waits for its disk. Entries are made beforehand: what is measured
is from the first push to the last durable answer.
"""

import argparse
import multiprocessing
import socket
import tempfile
import threading
import time
from pathlib import Path

from app.central.client import PostgresCentral
from app.domain.journal import Entry
from app.domain.numbering import case_number
from app.services.ports import Batch, InboxPlace
from tests.central.server import PostgresCentre, running_server
from tests.domain.samples import AT
from tests.fakes.chains import AT_TEXT, Chain, outgoing

PER_CASE = 3
FILL = "某某街道某某社区某某号" * 20
"""Makes a body about as long as those of a counter's journal, 1 kB."""


class QuickChain(Chain):
    """Entries without real signatures, which the database does not read."""

    def says(self, kind, case=None, header=None, data=None):
        prev = self.entries[-1].hash if self.entries else bytes(32)
        body = {
            "v": 1,
            "station": self.station,
            "epoch": self.epoch,
            "seq": len(self.entries) + 1,
            "at": AT_TEXT,
            "uptime_ms": 8123456,
            "anchor": {"nonce": "ab" * 32, "at": AT_TEXT},
            "operator": "zhangmin",
            "case": case,
            "kind": kind,
            "data": data or {"words": FILL},
            "header": header,
        }
        self.entries.append(Entry.seal(body, prev, lambda digest: digest * 2))
        return self.entries[-1]


def chain_of(station, entries):
    chain = QuickChain(station)
    serial = 0
    while len(chain.entries) < entries:
        serial += 1
        case = case_number(AT.date(), station, serial)
        for _ in range(PER_CASE):
            chain.moves(case, station)
    return chain


def batches_of(chain, size):
    entries = [outgoing(entry) for entry in chain.entries]
    return [
        Batch(1, begin + 1, chain.entries[begin].prev, tuple(entries[begin : begin + size]))
        for begin in range(0, len(entries), size)
    ]


def pushes(address, station, entries, size, ready, results):
    batches = batches_of(chain_of(station, entries), size)
    central = PostgresCentral(address)
    central.push(batches[0])  # the log-in and the plans of a fresh connection are not what is asked
    ready.wait()
    begun = time.time()
    for batch in batches[1:]:
        central.push(batch)
    results.put((begun, time.time(), sum(len(batch.entries) for batch in batches[1:])))
    central.close()


def entries_a_second(server, connections, size, entries):
    centre = PostgresCentre(server)
    stations = [f"{731 + number:06d}" for number in range(connections)]
    for station in stations:
        centre.enrol(station)
    ready, results = multiprocessing.Barrier(connections), multiprocessing.Queue()
    each = max(entries // connections, 4 * size)
    workers = [
        multiprocessing.Process(
            target=pushes, args=(centre.address(f"station_{station}"), station, each, size, ready, results)
        )
        for station in stations
    ]
    for worker in workers:
        worker.start()
    told = [results.get() for _ in workers]
    for worker in workers:
        worker.join()
    centre.close()
    begun, ended, counts = zip(*told, strict=True)
    return sum(counts) / (max(ended) - min(begun))


def counting(path, folder):
    """Relay one connection to the server's socket and count what goes through it."""
    counted = {"up": 0, "down": 0}
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(Path(folder) / ".s.PGSQL.5432"))
    listener.listen()

    def relay(source, target, way):
        while data := source.recv(65536):
            counted[way] += len(data)
            target.sendall(data)

    def accept():
        while True:
            client, _ = listener.accept()
            server = socket.socket(socket.AF_UNIX)
            server.connect(path)
            for source, target, way in ((client, server, "up"), (server, client, "down")):
                threading.Thread(target=relay, args=(source, target, way), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return counted


def bytes_on_the_wire(server, size):
    centre = PostgresCentre(server)
    for station in ("000731", "000732"):
        centre.enrol(station)
    chain = QuickChain("000731")
    cases = size // PER_CASE
    for serial in range(1, cases + 1):
        case = case_number(AT.date(), "000731", serial)
        for _ in range(PER_CASE - 1):
            chain.moves(case, "000731")
        chain.moves(case, "000732")
    with tempfile.TemporaryDirectory() as folder:
        options = dict(centre.address().options)
        counted = counting(f"{options['host']}/.s.PGSQL.5432", folder)
        for station, call in (
            ("000731", lambda central: central.push(batches_of(chain, len(chain.entries))[0])),
            ("000732", lambda central: central.pull(InboxPlace(), 500)),
        ):
            address = type(centre.address())(options | {"host": folder, "user": f"station_{station}"})
            central = PostgresCentral(address)
            central.hello()
            before = dict(counted)
            call(central)
            what = "pushed" if station == "000731" else "pulled"
            used = counted["up"] + counted["down"] - before["up"] - before["down"]
            print(f"a case of {PER_CASE} entries {what}: {used / cases:.0f} bytes on the wire")
            central.close()
    bodies = sum(len(entry.body.encode()) for entry in chain.entries[1:])
    print(f"its bodies alone: {bodies / cases:.0f} bytes")
    centre.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--connections", type=int, nargs="+", default=[1, 8])
    parser.add_argument("--batch", type=int, nargs="+", default=[100, 500])
    parser.add_argument("--entries", type=int, default=20000)
    asked = parser.parse_args()
    with running_server(settings="") as server:
        for connections in asked.connections:
            for size in asked.batch:
                rate = entries_a_second(server, connections, size, asked.entries)
                print(f"{connections} connections, batches of {size}: {rate:,.0f} entries/s", flush=True)
        bytes_on_the_wire(server, 300)


if __name__ == "__main__":
    main()
