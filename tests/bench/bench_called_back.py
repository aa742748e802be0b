"""How long the centre takes for its list of what was called back, and how much memory: every journal is read for it.

python -m tests.bench.bench_called_back [--entries 1000000] [--stations 20]

The journals are sound, with real hashes, and lie in the database past ``push``; signed are the entries that the list rests on, which are
all that is asked for. Of a hundred certificates one was revoked; a body has 1.3 kB. The reader is a process of its own.
"""

import argparse
import hashlib
import json
import resource
import subprocess
import sys
import time

from app.central.connection import Address
from app.central.paper_ends import PaperEnds
from app.domain.facts import CertificateIssued, EpochOpened, NumberedPaper, PaperRevoked
from app.domain.journal import FIRST_PREV, canonical
from app.domain.paper_ends import RevocationGround
from app.security.keys import Ed25519StationKey, verify
from tests.bench.centres import running
from tests.central.test_paper_ends import DAY, header
from tests.fakes.chains import AT_TEXT

A_CASE = 12
"""Entries of a case."""
REVOKED = 100
"""One certificate of so many."""
ISSUED, ENDED = 6, 11
FILLING = {"note": "云溪镇柳湾村" * 70}
COPY = (
    "copy core.journal (station, epoch, seq, year, received_at, prev, digest, hash, signature, body, withheld,"
    " case_number, case_n) from stdin (format binary)"
)
TYPES = (
    *(
        "int4",
        "int4",
        "int8",
        "int2",
        "timestamptz",
        "bytea",
        "bytea",
        "bytea",
        "bytea",
        "bytea",
        "bool",
        "text",
        "int8",
    ),
)


class Journal:
    """Makes the journal of one station."""

    def __init__(self, station):
        self.station, self.code = station, f"{station:06d}"
        self.key = Ed25519StationKey(hashlib.sha256(self.code.encode()).digest())
        self.prev = FIRST_PREV

    def rows(self, count, year, now):
        for seq in range(1, count + 1):
            kind, data, case, n = self._told(seq)
            said = {"v": 1, "station": self.code, "epoch": 1, "seq": seq, "at": AT_TEXT, "uptime_ms": 1, "anchor": None}
            more = {"operator": "x", "case": case, "kind": kind, "data": data}
            body = canonical({**said, **more, "header": header(case, self.code) if case else None}).encode()
            digest = hashlib.sha256(body).digest()
            hashed = hashlib.sha256(self.prev + digest).digest()
            counts = kind in {"CertificateIssued", "PaperRevoked"}
            signature = self.key.sign(hashed) if counts else bytes(64)
            yield (self.station, 1, seq, year, now, self.prev, digest, hashed, signature, body, False, case, n)
            self.prev = hashed

    def _told(self, seq):
        if seq == 1:
            return "EpochOpened", EpochOpened(self.key.public_key.hex(), None).data(), None, None
        serial, n = divmod(seq - 2, A_CASE)
        case = f"20260518{self.code}{serial % 1_000_000:06d}"
        number = f"居{self.code}-{serial}"
        if n == ISSUED:
            paper = NumberedPaper("certificate", serial + 1, number)
            return "CertificateIssued", CertificateIssued(paper, "x", "居住证明", FILLING, DAY).data(), case, n + 1
        if n == ENDED and serial % REVOKED == 0:
            return "PaperRevoked", PaperRevoked(number, RevocationGround.FRAUD, "x", "x", "b").data(), case, n + 1
        return "CaseMoved", FILLING, case, n + 1


def generate(address, entries, stations):
    """Put the journals into an empty centre."""
    each = entries // stations
    with address.connect() as connection:
        year, now = connection.execute("select core.year_of(now()), now()").fetchone()
        for station in range(1, stations + 1):
            journal = Journal(station)
            connection.execute(
                "insert into core.station (id, role_name, name, service_point, enrolled_at) values (%s, %s, 'x', 'x', now())",
                (station, f"station_{journal.code}"),
            )
            connection.execute(
                "insert into core.epoch (station, epoch, public_key, opened_at) values (%s, 1, %s, now())",
                (station, journal.key.public_key),
            )
            with connection.cursor() as cursor, cursor.copy(COPY) as copy:
                copy.set_types(TYPES)
                for row in journal.rows(each, year, now):
                    copy.write_row(row)
            connection.execute(
                "insert into core.chain_head (station, epoch, seq, hash) values (%s, 1, %s, %s)",
                (station, each, journal.prev),
            )
            connection.execute("insert into core.believed_key (station, epoch, how) values (%s, 1, 'x')", (station,))
            for place in ("verified_head", "inbox_head"):
                connection.execute(f"insert into core.{place} (station) values ({station})".encode())
        connection.execute("vacuum analyze core.journal")


def read(options):
    """Read everything in this process and tell what it took."""
    ends = PaperEnds(Address(options), verify)
    before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    ended = ends.run()
    took, cpu = time.perf_counter() - begun, time.process_time()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"{ended.entries:,} entries in {took:.1f} s, {ended.entries / took:,.0f}/s, {cpu:.1f} s of this process;"
        f" {len(ended.papers):,} papers, {len(ended.remarks)} remarks;"
        f" memory {before / 1024:.0f} MB before, {memory / 1024:.0f} MB at most"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--stations", type=int, default=20)
    parser.add_argument("--read", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.read:
        read(json.loads(asked.read))
        return
    with running("socket") as make:
        address = make().admin
        begun = time.perf_counter()
        generate(address, asked.entries, asked.stations)
        print(f"generated in {time.perf_counter() - begun:.0f} s", flush=True)
        words = ["--read", json.dumps(dict(address.options))]
        subprocess.run([sys.executable, "-m", "tests.bench.bench_called_back", *words], check=True)


if __name__ == "__main__":
    main()
