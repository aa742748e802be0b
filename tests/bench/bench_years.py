"""Ten years of a township window: opening, the board, lists, search, one case, the end of the day; times and memory.

    python -m tests.bench.bench_years [--cases 200000] [--keep DIR]

Cases of ten years, 100 on a working day at most, each received, accepted, reviewed, decided and delivered, except one in
twenty that was withdrawn and the newest, which are open. As in ``bench_search``, entries of the past go through the
projection without being signed, so that the views are those of ten years and the journal that of today; today's cases
go through the services.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from app.demonstration import CLERK
from app.domain.case import Case
from app.domain.clock import stamp
from app.domain.facts import (
    CaseAccepted,
    CaseDecided,
    CaseDelivered,
    CaseWithdrawn,
    Fact,
    NumberedPaper,
    ReviewStarted,
    read_fact,
)
from app.domain.numbering import case_number
from app.domain.outcomes import Result
from app.services.counter import Counter
from app.services.snapshots import CaseFilter, CaseScope
from tests.bench.bench_memory import _resident_mb
from tests.bench.bench_search import BATCH, _body, _queries
from tests.bench.figures import tell
from tests.support import MONDAY, accepted, new_place, place_in

YEARS = timedelta(days=3650)
A_DAY = 100
OPEN_SHARE = 500
"""One in so many cases is still open."""
TODAYS = 60
TIMES = 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=200_000)
    parser.add_argument("--keep", type=Path)
    called = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = called.keep or Path(temporary)
        there = (folder / "profile" / "station.db").exists()
        place = (place_in if there else new_place)(folder / "profile", folder)
        if not there:
            with place.opened() as counter:
                _build(counter, called.cases)
                for _ in range(TODAYS):
                    case = accepted(counter)
                    counter.issuance.issue(case.number, CLERK)
        size = place.settings.store.stat().st_size
        print(f"{called.cases:,} cases in ten years, {size / 1e6:.0f} MB")
        begun = time.perf_counter()
        with place.opened() as counter:
            print(f"opened in {(time.perf_counter() - begun) * 1000:.0f} ms, {_resident_mb():.0f} MB")
            _work(counter)
            print(f"afterwards: {_resident_mb():.0f} MB")


def _build(counter: Counter, count: int) -> None:
    begun = time.perf_counter()
    for start in range(0, count, BATCH):
        with counter.intake._store.write() as uow:
            for index in range(start, min(start + BATCH, count)):
                for body in _case(index, count):
                    uow._projection.apply(uow._connection, body)
            uow.commit()
    print(f"built in {time.perf_counter() - begun:.0f} s")


def _case(index: int, count: int) -> Iterator[dict[str, object]]:
    """Yield the bodies of one case, with the header that each has in the journal."""
    body = _body(index)
    at = MONDAY - YEARS + YEARS * index / count
    number = case_number(at.date(), "000731", index % 9999 + 1)
    received = read_fact(body)
    case = Case.opened(number, received, at)
    yield _told(case, received, at)
    for hours, fact in _facts(index, count, at):
        case = case.after(fact, at + timedelta(hours=hours))
        yield _told(case, fact, at + timedelta(hours=hours))


def _facts(index: int, count: int, at) -> Iterator[tuple[int, Fact]]:
    due = at + timedelta(days=16)
    paper = NumberedPaper("bench-notice", index + 1, f"演示受{index + 1:07d}号")
    yield 1, CaseAccepted(at, paper, due=due, near_due_from=due - timedelta(days=3))
    if index % OPEN_SHARE == 0 or index > count - A_DAY:
        return
    yield 2, ReviewStarted("shenqing")
    if index % 20 == 0:
        yield 30, CaseWithdrawn("不再需要", NumberedPaper("bench-form", index + 1, f"演示撤{index + 1:07d}号"))
        return
    decision = NumberedPaper("bench-decision", index + 1, f"演示准{index + 1:07d}号")
    yield 40, CaseDecided(Result.GRANTED, decided_by="沈青", decision=decision)
    yield 60, CaseDelivered("本人")


def _told(case: Case, fact: Fact, at) -> dict[str, object]:
    return {
        "case": case.number,
        "at": stamp(at),
        "kind": fact.kind,
        "data": fact.data(),
        "header": case.header(),
        "operator": CLERK.login,
        "epoch": 1,
        "seq": 1,
    }


def _work(counter: Counter) -> None:
    queries = [query for _kind, query in _queries(counter)]
    number = counter.desk.page(CaseFilter(), 0, 1)[0].row.number
    now = counter.desk.now()
    deep = CaseFilter(CaseScope.DONE)
    ways: dict[str, Callable[[], object]] = {
        "board": counter.desk.board,
        "list, first page": lambda: counter.desk.page(CaseFilter(), 0, 50),
        "list, overdue": lambda: counter.desk.page(CaseFilter(CaseScope.OVERDUE, now=now), 0, 50),
        "list, done, page 1000": lambda: counter.desk.page(deep, 50_000, 50),
        "count of the done": lambda: counter.desk.count(deep),
        "one case": lambda: counter.desk.file(number),
        "search for silence": counter.acceptance.sweep,
        "summary of the day": lambda: counter.days.summary(now.date()),
    }
    for name, way in ways.items():
        tell(name, [_seconds(way) for _ in range(TIMES)])
    tell("search", [_seconds(lambda query=query: counter.desk.find(query, 20)) for query in queries[:400]])


def _seconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
