"""Ten years of cases in a store: the first year through the projection, the others as copies of it, moved by years.

Every case is received, accepted, reviewed, decided and delivered, but one in twenty that is withdrawn, one in a hundred
that is a late entry, and one in five hundred that is still open. Their entries are not signed and not in the journal:
the views are those of ten years, the journal is that of today.
"""

import time
from collections.abc import Iterator
from datetime import timedelta

from app.demonstration import STATION
from app.domain.case import Case
from app.domain.clock import stamp
from app.domain.facts import (
    CaseAccepted,
    CaseDecided,
    CaseDelivered,
    CaseEnteredLate,
    CaseSuspended,
    CaseWithdrawn,
    Fact,
    NumberedPaper,
    ReviewStarted,
    read_fact,
)
from app.domain.numbering import case_number
from app.domain.outcomes import Result, SpecialProcedure
from app.services.counter import Counter
from app.storage.search import case_tokens
from tests.bench.bench_search import BATCH, _body
from tests.support import MONDAY

YEARS = 10
YEAR = timedelta(days=365)
LAST_DAYS = timedelta(days=4)
"""Before today; what was accepted then is open."""
LAST_OPEN = 100
BEGIN = (MONDAY - LAST_DAYS).replace(year=MONDAY.year - YEARS)
OPEN_SHARE, LATE_SHARE, WITHDRAWN_SHARE = 500, 100, 20
ITEMS, DEPARTMENTS, CLERKS = 40, 8, 6
_TIMES = {
    "cases": "number started_at received_at entered_at accepted_at due near_due_from delivered_at suspended_at closed_at",
    "papers": "made_at case_number",
    "item_days": "day",
    "days": "day",
}
"""Columns that begin with a year."""


def build(counter: Counter, count: int) -> None:
    """Fill an empty store with ``count`` cases and say how long it took."""
    begun = time.perf_counter()
    a_year = (count - LAST_OPEN) // YEARS
    _project(counter, range(a_year))
    for year in range(1, YEARS):
        _copy(counter, year, a_year)
    with counter.intake._store.write() as uow:
        uow._connection.execute(f"UPDATE case_counts SET count = count * {YEARS}")
        uow.commit()
    _project(counter, range(count - LAST_OPEN, count))
    print(f"{count:,} cases built in {time.perf_counter() - begun:.0f} s")


def _project(counter: Counter, indexes: range) -> None:
    for start in range(indexes.start, indexes.stop, BATCH):
        with counter.intake._store.write() as uow:
            for index in range(start, min(start + BATCH, indexes.stop)):
                for body in _case(index, indexes):
                    uow._projection.apply(uow._connection, body)
            uow.commit()


def _case(index: int, indexes: range) -> Iterator[dict[str, object]]:
    """Yield the bodies of one case, with the header that each has in the journal."""
    is_last = indexes.start > 0
    begin, span = (MONDAY - LAST_DAYS, LAST_DAYS - timedelta(days=1)) if is_last else (BEGIN, YEAR)
    at = begin + span * (index - indexes.start) / len(indexes)
    body = _body(index)
    item, clerk = index % 7 * index % ITEMS, f"clerk{index % CLERKS}"
    sort = {"item": f"bench-item-{item}", "department": f"示范县第{item % DEPARTMENTS}局", "title": f"事项{item}"}
    received = read_fact({**body, "data": {**body["data"], **sort}})
    number = case_number(at.date(), "000731", index % 9999 + 1)
    case = Case.opened(number, received, at)
    yield _told(case, received, at, clerk)
    for hours, fact in _facts(index, at, is_last):
        case = case.after(fact, at + timedelta(hours=hours))
        yield _told(case, fact, at + timedelta(hours=hours), clerk)


def _facts(index: int, at, is_last: bool) -> Iterator[tuple[int, Fact]]:
    due = at + timedelta(days=16)
    if index % LATE_SHARE == 0:
        earlier = at - timedelta(days=index // LATE_SHARE % 9)
        yield 0, CaseEnteredLate("停电", f"纸收{index}", earlier, earlier)
    yield 1, CaseAccepted(at, _paper("受", index), due=due, near_due_from=due - timedelta(days=3))
    if is_last:
        return
    yield 2, ReviewStarted("shenqing")
    if index % OPEN_SHARE == 1:
        yield from _left_open(index, at)
    elif index % WITHDRAWN_SHARE == 0:
        yield 30, CaseWithdrawn("不再需要", _paper("撤", index))
    else:
        yield 40, CaseDecided(Result.GRANTED, decided_by="沈青", decision=_paper("准", index))
        yield 60, CaseDelivered("本人")


def _left_open(index: int, at) -> Iterator[tuple[int, Fact]]:
    match index // OPEN_SHARE % 3:
        case 0:
            yield 40, CaseDecided(Result.GRANTED, decided_by="沈青", decision=_paper("准", index))
        case 1:
            yield 40, CaseSuspended(SpecialProcedure.INSPECTION, "现场查验", _paper("停", index))


def _paper(word: str, index: int) -> NumberedPaper:
    return NumberedPaper(f"bench-{word}", index + 1, f"演示{word}{index + 1:07d}号")


def _told(case: Case, fact: Fact, at, clerk: str) -> dict[str, object]:
    return {
        "case": case.number,
        "at": stamp(at),
        "kind": fact.kind,
        "data": fact.data(),
        "header": case.header(),
        "operator": clerk,
        "station": STATION.code,
        "epoch": 1,
        "seq": 1,
    }


def _copy(counter: Counter, year: int, a_year: int) -> None:
    """Copy the first year, whose cases have the first places, so many years later."""
    with counter.intake._store.write() as uow:
        connection = uow._connection
        until = f"{BEGIN.year + 1}-{BEGIN:%m-%d}"
        before = connection.execute("SELECT max(id) FROM cases").fetchone()[0]
        _copy_rows(connection, "cases", year, f"id <= {a_year}", {"id": f"id + {before}"})
        of_the_year = f"made_at < '{until}' AND number LIKE '演示%'"
        _copy_rows(connection, "papers", year, of_the_year, {"id": "NULL", "number": f"number || '-{year}'"})
        _copy_rows(connection, "item_days", year, f"day < '{until}'", {})
        _copy_rows(connection, "days", year, f"day < '{until}'", {})
        connection.executemany(
            "INSERT INTO case_search (rowid, name, ini, num, rev) VALUES (?, ?, ?, ?, ?)",
            _search_rows(counter, connection, before),
        )
        uow.commit()


def _copy_rows(connection, table: str, year: int, where: str, others: dict[str, str]) -> None:
    moved = {name: f"(substr({name}, 1, 4) + {year}) || substr({name}, 5)" for name in _TIMES[table].split()}
    names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    values = ", ".join((moved | others).get(name, name) for name in names)
    connection.execute(f"INSERT OR IGNORE INTO {table} ({', '.join(names)}) SELECT {values} FROM {table} WHERE {where}")


def _search_rows(counter: Counter, connection, before: int) -> Iterator[tuple[object, ...]]:
    pinyin = counter.intake._store._projection._pinyin
    rows = connection.execute("SELECT id, applicant, number, id_number, phone FROM cases WHERE id > ?", (before,))
    for place, name, number, id_number, phone in rows.fetchall():
        yield (place, *case_tokens([name], pinyin.name_initials(name), number, [id_number], phone).values())
