"""Durable journal entries a second, each signed, chained, projected and committed, beside bare SQLCipher inserts.

python -m tests.bench.bench_journal [--entries 2000]
"""

import argparse
import tempfile
import time
from pathlib import Path

from sqlcipher3 import dbapi2

from app.demonstration import CLERK
from app.domain.facts import PersonalDataShown
from app.services.recording import load_case
from tests.support import accepted, new_place


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=2000)
    count = parser.parse_args().entries
    with tempfile.TemporaryDirectory() as folder:
        place = new_place(Path(folder) / "profile", Path(folder))
        with place.opened() as counter:
            case = accepted(counter)
            store, recorder = counter.intake._store, counter.intake._recorder
            with store.read() as uow:
                entry = uow.journal.of_case(case.number)[-1]
                folded = load_case(uow, case.number)
            fact = PersonalDataShown(purpose="x" * max(0, 1000 - len(entry.body) // 2))
            sizes = []
            begun = time.perf_counter()
            for _ in range(count):
                with store.write() as uow:
                    sealed = recorder.record(uow, CLERK.login, fact, recorder.now(), case=folded)
                    uow.commit()
                sizes.append(len(sealed.body.encode()))
            entries_s = count / (time.perf_counter() - begun)
            begun = time.perf_counter()
            cases = count // 4
            for _ in range(cases):
                accepted(counter)
            cases_s = cases / (time.perf_counter() - begun)
        bare_s = _bare(Path(folder) / "bare.db", sizes)
    print(f"durable entries: {entries_s:.0f}/s of {sum(sizes) // len(sizes)} bytes")
    print(f"bare SQLCipher inserts of the same size: {bare_s:.0f}/s; share {entries_s / bare_s:.0%}")
    print(f"whole intakes (draft saved, then case received and accepted): {cases_s:.0f}/s")


def _bare(path: Path, sizes: list[int]) -> float:
    connection = dbapi2.connect(str(path), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{'7' * 64}'\"")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE bare (id INTEGER PRIMARY KEY, body TEXT)")
    begun = time.perf_counter()
    for size in sizes:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO bare (body) VALUES (?)", ("x" * size,))
        connection.execute("COMMIT")
    rate = len(sizes) / (time.perf_counter() - begun)
    connection.close()
    return rate


if __name__ == "__main__":
    main()
