"""Search in an encrypted store with a million cases: in the store, and from a keystroke to painted results.

    python -m tests.bench.bench_search [--cases 1000000] [--keep DIR]

Entries are unsigned and share transactions, so that the store can be built in minutes; views are built by the
projection that every entry goes through. ``--keep`` uses the store in DIR, or builds it there.
"""

import argparse
import os
import random
import tempfile
import time
from datetime import timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from stdnum.iso7064 import mod_11_2

from app.demonstration import PASSWORD, STATION
from app.domain.application import Collection
from app.domain.catalogue import ProjectType
from app.domain.clock import stamp
from app.domain.facts import CaseReceived, NumberedPaper
from app.domain.numbering import case_number
from app.domain.people import Person
from app.services.counter import Counter
from app.services.starting import ProfileState
from tests.bench.figures import tell
from tests.support import COMMITTED, MONDAY, Place, new_place, place_in
from ui.start import Start

SURNAMES = "王李张刘陈杨黄吴赵周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国文斌宇浩凯琳雪梅晨欣怡子涵梓轩诗雨泽博思远𬱖䶮㛃"
BATCH = 5000
QUERIES = 400
CASES_A_DAY = 1000
CLERKS = 5
FIRST_SEQ = 1000
"""After the entries that set the counter up."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path)
    called = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = called.keep or Path(temporary)
        place = _place(folder)
        with place.opened() as counter:
            _build(counter, called.cases)
            size = (folder / "profile" / "station.db").stat().st_size
            print(f"{called.cases:,} cases, {size / 1e6:.0f} MB")
            _in_the_store(counter)
            _on_the_screen(counter, folder)


def _place(folder: Path) -> Place:
    if (folder / "profile" / "station.db").exists():
        return place_in(folder / "profile", folder)
    return new_place(folder / "profile", folder)


def _build(counter: Counter, count: int) -> None:
    counts = counter.desk.counts()
    done = counts.open + counts.done
    begun = time.perf_counter()
    for start in range(done, count, BATCH):
        with counter.intake._store.write() as uow:
            projection, connection = uow._projection, uow._connection
            for index in range(start, min(start + BATCH, count)):
                projection.apply(connection, _body(index))
            uow.commit()
    if done < count:
        print(f"built in {time.perf_counter() - begun:.0f} s")


def _body(index: int) -> dict[str, object]:
    chance = random.Random(index)
    born = MONDAY.date() - timedelta(days=chance.randrange(6000, 30_000))
    stem = f"5199{chance.randrange(100):02d}{born:%Y%m%d}{chance.randrange(1000):03d}"
    name = chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2, 2))))
    person = Person(name, stem + mod_11_2.calc_check_digit(stem), f"138{chance.randrange(10**8):08d}", "云溪镇")
    at = MONDAY - timedelta(days=2000) + timedelta(days=index // CASES_A_DAY, minutes=index % CASES_A_DAY % 400)
    fact = CaseReceived(
        item=COMMITTED,
        item_version=1,
        title="低收入家庭认定",
        department="示范县民政局",
        project_type=ProjectType.COMMITTED,
        applicant=person,
        form={},
        materials={},
        collection=Collection.ON_THE_SPOT,
        receipt=NumberedPaper("bench", index + 1, f"演示{index + 1:07d}号"),
        holder=STATION.code,
        started_at=at,
    )
    number = case_number(at.date(), STATION.code, index % CASES_A_DAY + 1)
    entry = {
        "station": STATION.code,
        "epoch": 1,
        "seq": FIRST_SEQ + index,
        "operator": f"clerk{index % CLERKS}",
        "at": stamp(at),
    }
    return {**entry, "case": number, "kind": "CaseReceived", "data": fact.data(), "header": None}


def _queries(counter: Counter) -> list[tuple[str, str]]:
    chance = random.Random(1)
    rows = [_body(chance.randrange(200_000))["data"]["applicant"] for _ in range(QUERIES)]
    kinds = [
        ("one character", lambda row: row["name"][-1]),
        ("two characters", lambda row: row["name"][:2]),
        ("whole name", lambda row: row["name"]),
        ("initials", lambda row: chance.choice(["zs", "ly", "wjg", "l", "cxm"])),
        ("number from its start", lambda row: row["id_number"][:10]),
        ("number from its end", lambda row: row["id_number"][-4:]),
        ("telephone", lambda row: row["phone"]),
    ]
    return [(name, make(row)) for row in rows for name, make in kinds]


def _in_the_store(counter: Counter) -> None:
    queries = _queries(counter)
    for _kind, query in queries[:50]:
        counter.desk.find(query, 20)
    taken: dict[str, list[float]] = {}
    for kind, query in queries:
        begun = time.perf_counter()
        counter.desk.find(query, 20)
        taken.setdefault(kind, []).append(time.perf_counter() - begun)
    for kind, seconds in taken.items():
        tell(f"store, {kind}", seconds)
    tell("store, all", [value for seconds in taken.values() for value in seconds])


class _Opened:
    def __init__(self, counter: Counter) -> None:
        self._counter = counter

    def state(self) -> ProfileState:
        return ProfileState.READY

    def open(self, passphrase: str = "") -> Counter:
        return self._counter


def _on_the_screen(counter: Counter, cache: Path) -> None:
    start = Start(lambda: _Opened(counter), cache)
    start.open()
    _wait(lambda: start.rooms is not None)
    start.window.activateWindow()
    _wait(lambda: QApplication.focusWidget() is not None)
    QTest.keyClicks(QApplication.focusWidget(), PASSWORD)
    start.rooms._presence._login.log_in(PASSWORD)
    _wait(lambda: start.rooms.current_name == "CounterRoom" and start.runner.is_idle)
    seconds = []
    for text in ("jzzm", "dibao", "510117", "juzhu", "1380", "zs", "5199", "yanglao") * 12:
        start.rooms.home()
        field = QApplication.focusWidget()
        for character in text:
            begun = time.perf_counter()
            QTest.keyClick(field, character)
            _wait(lambda: start.rooms.built.counter._state.is_searched)
            QCoreApplication.processEvents()
            seconds.append(time.perf_counter() - begun)
    tell("screen, keystroke to painted results", seconds)
    start.runner.shut_down()


def _wait(condition) -> None:
    while not condition():
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # as a running event loop does


if __name__ == "__main__":
    main()
