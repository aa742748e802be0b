"""What a round of sync asks the store goes through an index, however long the journal is."""

import pytest

from app.storage import outbox, received
from app.storage.store import create_store
from tests.fakes.pinyin import FewReadings

PLACE = {"place": 1, "limit": 5}
SPAN = {"after": 1, "pushed": 2, "limit": 5}
ASKED = {
    "what follows a place": (outbox._AFTER, PLACE),
    "what stands before a place": (outbox._LAST_BEFORE, PLACE),
    "how many follow": (outbox._COUNT_AFTER, PLACE),
    "one entry": (outbox._AT, PLACE),
    "own entries of a case": (outbox._OF_CASE, {"case": "x"}),
    "images that wait": (outbox._IMAGES, SPAN),
    "how many images wait": (outbox._COUNT_IMAGES, SPAN),
    "images that may go": (outbox._PURGEABLE, {"before": "x", "limit": 5}),
    "entries that wait": (received._WAITING, (1, 5)),
    "whether one of a case waits": (received._WAITS_FOR, ("x",)),
}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    made = create_store(tmp_path_factory.mktemp("plans") / "station.db", bytes(32), FewReadings())
    yield made
    made.close()


@pytest.mark.parametrize("asked", ASKED)
def test_nothing_goes_through_all_entries_or_images(store, asked):
    statement, values = ASKED[asked]
    with store.read() as uow:
        plan = [row[3] for row in uow._connection.execute(f"EXPLAIN QUERY PLAN {statement}", values)]
    assert not {"SCAN journal", "SCAN received", "SCAN i", "SCAN b", "SCAN u"} & set(plan), plan


def test_whether_a_case_is_held_up_asks_only_what_can_hold_it_up(store):
    with store.read() as uow:
        plan = [row[3] for row in uow._connection.execute(f"EXPLAIN QUERY PLAN {received._WAITS_FOR}", ("x",))]
    assert any("received_holding_up" in step for step in plan), plan
