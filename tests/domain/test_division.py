import pytest

from app.domain.division import Divisions

COUNTY = Divisions(
    [
        ("519901102200", "石桥村"),
        ("519901101201", "石桥村"),
        ("519901101203", "小石桥村"),
        ("519901101000", "云溪镇"),
        ("519901102000", "椑林镇"),
        ("519901000000", "示范县"),
    ]
)


def found(typed, **limit):
    return [division.full_name for division in COUNTY.suggest(typed, **limit)]


def test_a_full_name_runs_from_the_county_down():
    assert found("云溪镇")[0] == "示范县云溪镇"


def test_names_that_repeat_are_told_apart_by_their_township():
    assert found("石桥")[:2] == ["示范县云溪镇石桥村", "示范县椑林镇石桥村"]


def test_names_that_begin_so_come_before_those_that_hold_it():
    assert found("石桥")[2] == "示范县云溪镇小石桥村"


@pytest.mark.parametrize("typed", ["溪镇石", "云溪镇石桥村", " 云溪镇石桥 ", "示范县云溪镇石"])
def test_any_part_of_the_full_name_finds_it(typed):
    assert found(typed) == ["示范县云溪镇石桥村"]


def test_the_list_is_no_longer_than_asked_for():
    assert len(found("村", limit=2)) == 2


@pytest.mark.parametrize("typed", ["", "  ", "不存在"])
def test_nothing_is_suggested_for_nothing(typed):
    assert found(typed) == []


def test_a_division_without_its_parents_is_its_own_full_name():
    (village,) = Divisions([("519901101201", "石桥村")]).suggest("石")
    assert (village.code, village.full_name) == ("519901101201", "石桥村")


def test_a_division_is_named_by_its_code_and_one_that_is_not_known_is_not():
    village = COUNTY.suggest("石桥村")[0]
    assert COUNTY.full_name(village.code) == village.full_name
    assert COUNTY.full_name("") == COUNTY.full_name("999999999999") == ""
