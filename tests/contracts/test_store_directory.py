"""What every store keeps of the stations that a centre names, and of its bulletins."""

import pytest

from app.domain.clock import CHINA
from app.domain.station import EpochKey, KnownStation, StationKind
from app.services.ports import (
    Bulletin,
    LeftBulletin,
)
from tests.contracts.stations import LATER, THERE, begun
from tests.domain.samples import AT


@pytest.fixture
def store(store):
    return begun(store)


def test_the_directory_is_replaced_as_a_whole(store):
    town = KnownStation(
        THERE,
        "二号窗口",
        service_point="柳湾村",
        kind=StationKind.COLLECTION,
        keys=(EpochKey(1, "ab" * 32), EpochKey(2, "cd" * 32)),
        revoked_at=AT.astimezone(CHINA),
    )
    with store.write() as uow:
        uow.directory.replace([KnownStation("000799", "旧"), KnownStation("000700", "先")])
        uow.directory.replace([town, KnownStation("000700", "先")])
        uow.commit()
    with store.read() as uow:
        assert [one.code for one in uow.directory.everyone()] == ["000700", THERE]
        assert uow.directory.get(THERE) == town
        assert uow.directory.get("000799") is None
    assert (town.key_of(2), town.key_of(3)) == (bytes([0xCD] * 32), None)


def test_the_newest_bulletin_of_each_topic_is_kept_with_what_it_says(store):
    with store.write() as uow:
        assert uow.directory.payload("operators") is None
        uow.directory.keep_bulletin(Bulletin(1, "operators", 1, AT, b"old", b""))
        uow.directory.keep_bulletin(Bulletin(2, "operators", 2, LATER, b"new", b""))
        uow.commit()
    with store.read() as uow:
        assert uow.directory.payload("operators") == b"new"
        assert uow.directory.taken_in("operators") == (2, LATER)
        assert uow.directory.payload("calendar") is None
        assert uow.directory.taken_in("calendar") is None


def test_the_last_bulletin_that_was_left_aside_is_kept_until_a_later_one_is_taken_in(store):
    calendar, catalogue = LeftBulletin("calendar", 3, "broken", "0.2"), LeftBulletin("catalogue", 4, "strange", "0.2")
    with store.write() as uow:
        uow.directory.leave_aside(LeftBulletin("calendar", 1, "forged", "0.1"))
        uow.directory.leave_aside(catalogue)
        uow.directory.leave_aside(calendar)
        uow.commit()
    with store.write() as uow:
        assert uow.directory.left_aside() == [calendar, catalogue]
        uow.directory.keep_bulletin(Bulletin(5, "calendar", 2, AT, b"new", b""))
        assert uow.directory.left_aside() == [catalogue]
        uow.directory.forget_left("catalogue")
        assert uow.directory.left_aside() == []
