"""An empty store of each kind, and a centre of each kind with stations that talk to it."""

import pytest

from app.storage import engine
from app.storage.store import create_store
from tests.central import conftest
from tests.central.server import PostgresCentre
from tests.contracts.centres import CITY, TOWN, VILLAGE
from tests.contracts.entries import PINYIN
from tests.fakes.central import MemoryCentre
from tests.fakes.store import MemoryStore

server = conftest.server


@pytest.fixture(params=["memory", "encrypted"])
def store(request, tmp_path, monkeypatch):
    if request.param == "memory":
        yield MemoryStore(PINYIN)
        return
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_MS", 50)
    made = create_store(tmp_path / "station.db", bytes(32), PINYIN)
    yield made
    made.close()


@pytest.fixture(scope="module")
def postgres(server):
    made = PostgresCentre(server)
    yield made
    made.close()


@pytest.fixture(params=["memory", "postgres"])
def centre(request):
    if request.param == "memory":
        made = MemoryCentre()
    else:
        made = request.getfixturevalue("postgres")
        made.empty()
    for station in (TOWN, VILLAGE, CITY):
        made.enrol(station)
    return made


@pytest.fixture
def town(centre):
    return centre.connect(TOWN)


@pytest.fixture
def village(centre):
    return centre.connect(VILLAGE)
