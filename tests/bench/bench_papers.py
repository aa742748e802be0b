"""Lists of papers in an encrypted store with years of them: pages, searches, what runs out, and the totals.

    python -m tests.bench.bench_papers [--papers 200000] [--keep DIR]

Every case has a receipt and a certificate that is good for a year or for three months; they lie over ten years. One in
a hundred is void, one in five hundred revoked or replaced. As in ``bench_search`` entries are unsigned and share
transactions. ``--keep`` uses the store in DIR, or builds it there.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from app.domain.clock import stamp
from app.domain.facts import CertificateIssued, NumberedPaper, read_fact
from app.domain.numbering import case_number
from app.domain.paper import PaperKind
from app.services.counter import Counter
from app.services.listed_papers import Behind, PaperFilter, PaperScope
from tests.bench.bench_search import BATCH, _body, _place
from tests.bench.figures import tell
from tests.support import MONDAY

YEARS = 10
BEGIN = MONDAY.replace(year=MONDAY.year - YEARS)
TEMPLATES = ("residence_certificate", "village_residence_certificate", "homestead_approval")
TIMES = 40
PAGE = 100
DEEP = 50_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, default=200_000)
    parser.add_argument("--keep", type=Path)
    called = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = called.keep or Path(temporary)
        with _place(folder).opened() as counter:
            _build(counter, called.papers // 2)
            views = counter.intake._store.views
            wanted = PaperFilter(MONDAY.date())
            size = (folder / "profile" / "station.db").stat().st_size
            print(f"{views.count_papers(wanted):,} papers, {size / 1e6:.0f} MB")
            _pages(views, wanted)
            _searches(views, wanted)
            _totals(views, wanted)


def _build(counter: Counter, cases: int) -> None:
    store = counter.intake._store
    if store.views.count_papers(PaperFilter(MONDAY.date())):
        return
    begun = time.perf_counter()
    bodies = _bodies(cases)
    while batch := list(islice(bodies, BATCH)):
        with store.write() as uow:
            for body in batch:
                uow._projection.apply(uow._connection, body)
            uow.commit()
    with store.write() as uow:
        connection = uow._connection
        connection.execute(
            "UPDATE papers SET state = 'printed', sent = 1, printed = 1 WHERE made_at < ?", (stamp(MONDAY),)
        )
        connection.execute("UPDATE papers SET state = 'voided' WHERE id % 100 = 0")
        for place, ended in ((2, ("revoked", "fraud")), (4, ("replaced", "lost"))):
            connection.execute("UPDATE papers SET state = ?, ground = ? WHERE id % 500 = ?", (*ended, place))
        uow.commit()
    print(f"built in {time.perf_counter() - begun:.0f} s")


def _bodies(cases: int) -> Iterator[dict[str, object]]:
    """Yield two entries a case: what was received, and the certificate that was issued an hour later."""
    for index in range(cases):
        at = BEGIN + (MONDAY - BEGIN) * index / cases
        taken = _body(index)
        receipt = NumberedPaper("bench", index + 1, f"云溪3收〔{at:%Y}〕{index + 1:06}号")
        fact = replace(read_fact(taken), receipt=receipt, started_at=at)
        number = case_number(at.date(), "000731", index % 9999 + 1)
        head = {**taken, "case": number, "header": None, "at": stamp(at)}
        yield {**head, "data": fact.data()}
        until = at.date() + timedelta(days=365 if index % 3 else 92)
        paper = NumberedPaper("bench-c", index + 1, f"云溪3证〔{at:%Y}〕{index + 1:06}号")
        issued = CertificateIssued(paper, TEMPLATES[index % 3], "某证", {}, at.date(), until)
        yield {**head, "kind": issued.kind, "data": issued.data(), "at": stamp(at + timedelta(hours=1))}


def _pages(views, wanted: PaperFilter) -> None:
    for scope in PaperScope:
        one = replace(wanted, scope=scope)
        tell(f"first page: {scope}", _timed(lambda one=one: views.listed_papers(one, Behind(), PAGE)))
    last = views.listed_papers(wanted, Behind(skipped=DEEP - 1), 1)[0].paper.number
    tell(
        f"a page from row {DEEP:,}, jumped to", _timed(lambda: views.listed_papers(wanted, Behind(skipped=DEEP), PAGE))
    )
    tell(
        f"a page from row {DEEP:,}, behind the one before",
        _timed(lambda: views.listed_papers(wanted, Behind(last), PAGE)),
    )
    count = views.count_papers(wanted)
    tell("the last page, jumped to", _timed(lambda: views.listed_papers(wanted, Behind(skipped=count - PAGE), PAGE)))
    narrowed = {
        "one template": {"template": TEMPLATES[1]},
        "one clerk": {"clerk": "clerk3"},
        "a month long ago": {"made_from": date(BEGIN.year + 3, 5, 1), "made_to": date(BEGIN.year + 3, 5, 31)},
        "receipts of a clerk this year": {
            "kind": PaperKind.MATERIALS_RECEIPT,
            "clerk": "clerk1",
            "made_from": date(MONDAY.year, 1, 1),
        },
    }
    for name, way in narrowed.items():
        one = replace(wanted, **way)
        tell(f"first page: {name}", _timed(lambda one=one: views.listed_papers(one, Behind(), PAGE)))


def _searches(views, wanted: PaperFilter) -> None:
    chance = random.Random(3)
    serials = [f"{chance.randrange(1, 90_000):06}" for _ in range(TIMES)]
    people = [_body(chance.randrange(50_000))["data"]["applicant"] for _ in range(TIMES)]
    typed = {
        "serial": serials,
        "prefix and serial": [f"云溪3证 {int(one)}" for one in serials],
        "whole number": [row.paper.number for row in views.listed_papers(wanted, Behind(), TIMES)],
        "whole name": [person["name"] for person in people],
        "two characters": [person["name"][:2] for person in people],
        "surname": [person["name"][0] for person in people],
        "initials": [chance.choice(["zs", "ly", "wjg", "l"]) for _ in people],
        "identity number": [person["id_number"] for person in people],
    }
    for name, texts in typed.items():
        asked = [replace(wanted, text=text) for text in texts]
        tell(f"search, {name}", [_seconds(lambda one=one: views.listed_papers(one, Behind(), PAGE)) for one in asked])
        tell(f"totals of a search, {name}", [_seconds(lambda one=one: views.paper_totals(one)) for one in asked])


def _totals(views, wanted: PaperFilter) -> None:
    this_month = replace(wanted, made_from=MONDAY.date().replace(day=1))
    tell("totals of everything", _timed(lambda: views.paper_totals(wanted)))
    tell("totals of this month", _timed(lambda: views.paper_totals(this_month)))
    for scope in (PaperScope.ALL, PaperScope.VALID, PaperScope.EXPIRED, PaperScope.PROVISIONAL, PaperScope.TO_RECALL):
        one = replace(wanted, scope=scope)
        tell(f"count: {scope}", _timed(lambda one=one: views.count_papers(one)))


def _timed(work: Callable[[], object]) -> list[float]:
    return [_seconds(work) for _turn in range(TIMES)]


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
