"""The directory of stations: found by name, initials and code, and never this station itself."""

from datetime import UTC, datetime

import pytest

from app.domain.station import KnownStation
from app.services.known_stations import KnownStationService, called
from tests.fakes.pinyin import FewReadings
from tests.fakes.store import MemoryStore

OWN = KnownStation("000731", "1 号窗口", "云溪镇便民服务中心")
TOWN = KnownStation("000732", "2 号窗口", "云溪镇便民服务中心")
VILLAGE = KnownStation("000801", "张三村便民服务站", "张三村便民服务站")
SHUT = KnownStation("000802", "张三村代办点", revoked_at=datetime(2026, 5, 1, tzinfo=UTC))


@pytest.fixture
def store():
    return MemoryStore(FewReadings())


def directory(store, *stations):
    with store.write() as uow:
        uow.directory.replace(stations)
        uow.commit()
    made = KnownStationService(store, OWN.code, FewReadings())
    made.load()
    return made


def test_nowhere_to_go_without_a_directory_or_with_oneself_alone(store):
    assert not directory(store).has_others()
    assert not directory(store, OWN).has_others()
    assert directory(store, OWN, TOWN).has_others()
    assert directory(store, TOWN).has_others()


def test_stations_are_found_by_code_name_and_initials(store):
    made = directory(store, OWN, TOWN, VILLAGE)
    assert made.find("0007") == [TOWN]
    assert made.find("便民服务站") == [VILLAGE]
    assert made.find("ZS") == [VILLAGE]
    assert made.find("便民") == [TOWN, VILLAGE]
    assert made.find("没有") == []
    assert made.find("", 1) == [TOWN]


def test_what_was_shut_out_gets_nothing_any_more(store):
    made = directory(store, SHUT)
    assert made.find("张三") == []
    assert made.get(SHUT.code) is None


def test_what_fits_the_beginning_comes_first(store):
    middle = KnownStation("000100", "东张村")
    assert directory(store, middle, VILLAGE).find("张") == [VILLAGE, middle]


def test_a_new_directory_counts_once_it_was_loaded(store):
    made = directory(store, OWN)
    with store.write() as uow:
        uow.directory.replace([OWN, TOWN])
        uow.commit()
    assert made.get(TOWN.code) is None
    made.load()
    assert made.get(TOWN.code) == TOWN


def test_a_station_is_called_by_its_place_and_by_its_window():
    assert called(TOWN) == "云溪镇便民服务中心·2 号窗口"
    assert called(VILLAGE) == "张三村便民服务站"
    assert called(KnownStation("000900", "")) == "000900"
