"""Ten years of a township window: opening, the board, every list with its count, search, one case, the end of the day.

    python -m tests.bench.bench_years [--cases 1000000] [--keep DIR] [--computing]

``tests.bench.years`` tells what the cases are; today's go through the services. ``--keep`` uses the store in DIR, or
builds it there: a million cases take 6 minutes of computing and 2 GB. ``--computing`` counts the time that the work
itself takes, without waiting: on a machine that is busy with other things that is nearest to what a counter sees.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from app.demonstration import CLERK
from app.services.counter import Counter
from app.services.snapshots import CaseFilter, CaseScope
from tests.bench.bench_memory import _resident_mb
from tests.bench.bench_search import _queries
from tests.bench.figures import tell
from tests.bench.years import build
from tests.support import accepted, new_place, place_in

TODAYS = 60
TIMES = 20
PAGE = 100
measured: list[Callable[[], float]] = []
"""The clock that the command line asks for."""
DUE_FIRST = {CaseScope.OPEN, CaseScope.NEAR_DUE, CaseScope.OVERDUE}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--computing", action="store_true")
    called = parser.parse_args()
    measured.append(time.thread_time if called.computing else time.perf_counter)
    with tempfile.TemporaryDirectory() as temporary:
        folder = called.keep or Path(temporary)
        there = (folder / "profile" / "station.db").exists()
        place = (place_in if there else new_place)(folder / "profile", folder)
        if not there:
            with place.opened() as counter:
                build(counter, called.cases)
                for _ in range(TODAYS):
                    case = accepted(counter)
                    counter.issuance.issue(case.number, CLERK)
        size = place.settings.store.stat().st_size
        print(f"{called.cases:,} cases in ten years, {size / 1e6:.0f} MB")
        begun = time.perf_counter()
        with place.opened() as counter:
            print(f"opened in {(time.perf_counter() - begun) * 1000:.0f} ms, {_resident_mb():.0f} MB")
            _lists(counter)
            _work(counter)
            print(f"afterwards: {_resident_mb():.0f} MB")


def _work(counter: Counter) -> None:
    queries = [query for _kind, query in _queries(counter)]
    number = counter.desk.page(CaseFilter(), 0, 1)[0].row.number
    today = counter.desk.now().date()
    ways: dict[str, Callable[[], object]] = {
        "board": counter.desk.board,
        "counts of all lists": counter.desk.counts,
        "list, done, page 1000": lambda: counter.desk.page(CaseFilter(CaseScope.DONE), 50_000, 50),
        "one case": lambda: counter.desk.file(number),
        "search for silence": counter.acceptance.sweep,
        "summary of the day": lambda: counter.days.summary(today),
        "intake and acceptance": lambda: accepted(counter),
    }
    for name, way in ways.items():
        tell(name, [_seconds(way) for _ in range(TIMES)])
    tell("search", [_seconds(lambda query=query: counter.desk.find(query, 20)) for query in queries[:400]])


def _lists(counter: Counter) -> None:
    """Take the first page and the count of every part of the list, by itself and narrowed; say the slowest."""
    pages: dict[str, list[float]] = {}
    counts: dict[str, list[float]] = {}
    for name, wanted in _filters(counter):
        pages[name] = [_seconds(lambda wanted=wanted: counter.desk.page(wanted, 0, PAGE)) for _ in range(TIMES)]
        counts[name] = [_seconds(lambda wanted=wanted: counter.desk.count(wanted)) for _ in range(TIMES)]
        tell(f"page: {name}", pages[name])
        tell(f"count: {name}", counts[name])
    tell("first pages, all", [one for taken in pages.values() for one in taken])
    tell("counts, all", [one for taken in counts.values() for one in taken])


def _filters(counter: Counter) -> list[tuple[str, CaseFilter]]:
    now = counter.desk.now()
    sample = counter.desk.page(CaseFilter(CaseScope.DONE), 1000, 1)[0].row
    ways: dict[str, dict[str, str | date]] = {
        "": {},
        ", an item": {"item": sample.item},
        ", a department": {"department": sample.department},
        ", a clerk": {"clerk": sample.clerk},
        ", an item of a clerk": {"item": sample.item, "clerk": sample.clerk},
        ", this year": {"received_from": date(now.year, 1, 1), "received_to": now.date()},
        ", a year long ago": {"received_from": date(now.year - 5, 1, 1), "received_to": date(now.year - 5, 12, 31)},
        ", a month of an item": {"item": sample.item, "received_from": now.date() - timedelta(days=30)},
        ", a name": {"text": sample.applicant},
        ", one character": {"text": "王"},
        ", one character of an item": {"text": "王", "item": sample.item},
    }
    return [
        (f"{scope}{name}", CaseFilter(scope, now=now, by_due=scope in DUE_FIRST, **way))
        for scope in CaseScope
        for name, way in ways.items()
    ]


def _seconds(act: Callable[[], object]) -> float:
    begun = measured[0]()
    act()
    return measured[0]() - begun


if __name__ == "__main__":
    main()
