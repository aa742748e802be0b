"""Inboxes under load: whatever writers do at once, a reader skips nothing and sees each case in its order."""

import json
import threading
from collections import defaultdict

import pytest

from app.domain.journal import checked
from app.security.keys import verify
from app.services.ports import InboxPlace
from tests.fakes.chains import Chain

READER = "000900"
WRITERS = [f"{800 + number:06d}" for number in range(12)]
CASES = 4


@pytest.fixture(autouse=True)
def stations(centre):
    centre.empty()
    for station in (READER, *WRITERS):
        centre.enrol(station)


def writes(centre, station, failed):
    """Take cases in and hand them to the reader, one to three entries a push, with notes in between."""
    try:
        central, chain = centre.connect(station), Chain(station)
        for serial in range(1, CASES + 1):
            case = chain.case(serial)
            chain.notes(case)
            chain.moves(case, READER)
            chain.notes(case)
        for first in range(1, len(chain.entries) + 1, 3):
            central.push(chain.batch(first, first + 2))
    except Exception as error:  # noqa: BLE001  told by the test's own thread
        failed.append(error)


def reads(centre, done, received):
    """Read on from the last place for as long as anybody writes, and once more."""
    central, place = centre.connect(READER), InboxPlace()
    while True:
        last_look = done.is_set()
        while entries := central.pull(place, 7).entries:
            received.extend(entries)
            place = entries[-1].place
        if last_look:
            return


def test_a_reader_beside_twelve_writers_skips_nothing_and_reads_each_case_in_order(centre):
    received, failed, done = [], [], threading.Event()
    reader = threading.Thread(target=reads, args=(centre, done, received))
    writers = [threading.Thread(target=writes, args=(centre, station, failed)) for station in WRITERS]
    for thread in (reader, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    reader.join()
    assert failed == []
    assert [one.place.n for one in received] == list(range(1, len(WRITERS) * CASES * 4 + 1))
    by_case = defaultdict(list)
    for one in received:
        body = json.loads(one.entry.body)
        by_case[body["case"]].append(body["seq"])
    assert len(by_case) == len(WRITERS) * CASES
    assert all(seqs == sorted(seqs) and len(seqs) == 4 for seqs in by_case.values())


def test_writers_that_hand_cases_to_each_other_never_wait_for_each_other_for_good(centre):
    """Every push locks inboxes of several others: in one order, or they would stand in each other's way."""
    failed = []

    def hands_round(number):
        try:
            station = WRITERS[number]
            central, chain = centre.connect(station), Chain(station)
            for serial in range(1, 6):
                case = chain.case(serial)
                others = [WRITERS[(number + step) % len(WRITERS)] for step in (1, 5, 7)]
                chain.moves(case, station, collect_at=others[0])
                chain.moves(chain.case(serial + 5), station, collect_at=others[1])
                chain.moves(case, others[2])
                central.push(chain.batch(len(chain.entries) - 4))
        except Exception as error:  # noqa: BLE001  told by the test's own thread
            failed.append(error)

    for station in WRITERS:
        centre.connect(station).push(Chain(station).batch())
    threads = [threading.Thread(target=hands_round, args=(number,)) for number in range(len(WRITERS))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    for station in WRITERS:
        central = centre.connect(station)
        entries = central.pull(InboxPlace(), 500).entries
        assert [one.place.n for one in entries] == list(range(1, central.hello().inbox_last + 1))
        assert len(entries) == 5 * (3 + 2 + 3)


def test_what_is_delivered_is_what_was_signed(centre):
    central, chain = centre.connect(WRITERS[0]), Chain(WRITERS[0])
    case = chain.case()
    chain.moves(case, READER)
    central.push(chain.batch())
    delivered = [one.entry for one in centre.connect(READER).pull(InboxPlace(), 10).entries]
    assert list(checked([chain.entries[0], *delivered], verify)) == chain.entries


def test_deliveries_are_cut_by_size(centre):
    central, chain = centre.connect(WRITERS[0]), Chain(WRITERS[0])
    case = chain.case()
    chain.moves(case, READER)
    for _ in range(160):
        chain.says("FormPrepared", case, data={"text": "x" * 60_000})
    for first in range(1, len(chain.entries) + 1, 100):
        central.push(chain.batch(first, first + 99))
    reader, place, sizes = centre.connect(READER), InboxPlace(), []
    while entries := reader.pull(place, 500).entries:
        sizes.append(len(entries))
        place = entries[-1].place
    assert sum(sizes) == 162
    assert len(sizes) == 2
