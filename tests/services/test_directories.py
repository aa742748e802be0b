"""The directory as it is published and read."""

import json
import zlib

import pytest

from app.domain.station import EpochKey, KnownStation
from app.services import directories
from app.services.directories import directory_payload, read_directory
from app.services.errors import BadInput

STATIONS = [
    KnownStation("000731", "1号综合窗口", "示范镇便民服务中心", keys=(EpochKey(1, "ab" * 32), EpochKey(7, "cd" * 32))),
    KnownStation("000732", "示范村便民服务站 𠮷"),
]


def test_a_directory_is_read_as_it_was_published_and_is_small():
    payload = directory_payload(STATIONS * 500)
    assert read_directory(payload) == STATIONS * 500
    assert len(payload) < 20_000


def test_the_same_stations_make_the_same_payload():
    assert directory_payload(STATIONS) == directory_payload(list(STATIONS))


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"[]",
        directory_payload(STATIONS)[:-1],
        zlib.compress(b"{no json"),
        zlib.compress(b"7"),
        zlib.compress(json.dumps([{"code": "000731"}]).encode()),
        zlib.compress(b"[" * 100_000),
    ],
    ids=["nothing", "not packed", "cut", "no json", "no list", "a field missing", "too deep"],
)
def test_what_is_no_directory_is_refused(payload):
    with pytest.raises(BadInput):
        read_directory(payload)


def test_what_unpacks_to_more_than_any_directory_is_refused(monkeypatch):
    monkeypatch.setattr(directories, "LARGEST", 100)
    with pytest.raises(BadInput):
        read_directory(directory_payload(STATIONS))
