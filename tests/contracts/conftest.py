"""An empty store of each kind, and the server of the central database for the contract of a centre."""

import pytest

from app.storage import engine
from app.storage.store import create_store
from tests.central import conftest
from tests.contracts.entries import PINYIN
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
