"""The list of cases under its filters, the end of a day and the register, in an encrypted store with many cases.

    python -m tests.bench.bench_list [--cases 1000000] [--keep DIR]

``--keep`` uses the store that ``bench_search`` keeps in DIR, or builds it there.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from app.demonstration import CLERK
from app.services.counter import Counter
from app.services.registers import Wish
from app.services.snapshots import CaseFilter, CaseScope
from tests.bench.bench_search import _build, _place
from tests.bench.figures import tell
from tests.support import accepted

TURNS = 20
CASES_TODAY = 200


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path)
    called = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = called.keep or Path(temporary)
        with _place(folder).opened() as counter:
            _build(counter, called.cases)
            print(f"{called.cases:,} cases")
            _filters(counter)
            _day(counter, folder)


def _filters(counter: Counter) -> None:
    newest = counter.desk.page(CaseFilter(), 0, 1)[0].row
    day = newest.received_at.date()
    month = CaseFilter(received_from=day - timedelta(days=30), received_to=day)
    wanted = {
        "all": CaseFilter(),
        "open, due first": CaseFilter(CaseScope.OPEN, by_due=True),
        "one item": CaseFilter(item=newest.item),
        "one department": CaseFilter(department=newest.department),
        "one clerk": CaseFilter(clerk=newest.clerk),
        "30 days": month,
        "30 days of one clerk": CaseFilter(clerk=newest.clerk, received_from=month.received_from),
        "late entries": CaseFilter(CaseScope.LATE),
        "owed": CaseFilter(CaseScope.OWED),
        "text": CaseFilter(text="王"),
    }
    for name, one in wanted.items():
        tell(f"page of 100: {name}", _timed(lambda one=one: counter.desk.page(one, 0, 100)))
        tell(f"count: {name}", _timed(lambda one=one: counter.desk.count(one), 5))


def _day(counter: Counter, folder: Path) -> None:
    for _case in range(CASES_TODAY):
        accepted(counter)
    day = counter.desk.now().date()
    lines = len(counter.days.summary(day).lines)
    tell(f"summary of a day of {lines:,} cases", _timed(lambda: counter.days.summary(day), 3))
    tell("board of the counter", _timed(counter.desk.board, 5))
    wish = Wish(CaseFilter(received_from=day, received_to=day))
    count = counter.desk.count(wish.wanted)
    tell(
        f"register of {count:,} cases as xlsx",
        _timed(lambda: counter.registers.save(wish, folder / "a.xlsx", CLERK), 3),
    )


def _timed(work: Callable[[], object], turns: int = TURNS) -> list[float]:
    taken = []
    for _turn in range(turns):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return taken


if __name__ == "__main__":
    main()
