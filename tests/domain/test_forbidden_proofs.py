"""The twenty proofs that villages must not issue are told by a title, in whatever way it puts them."""

import pytest

from app.config import RESOURCES
from app.definitions.catalogue import read_catalogue
from app.domain.catalogue import ItemState, UseLevel
from app.domain.forbidden_proofs import FORBIDDEN_PROOFS, forbidden_at, forbidden_proof


def test_the_list_is_that_of_the_catalogue_and_each_tells_itself():
    items = read_catalogue(RESOURCES / "catalogue").items
    assert set(FORBIDDEN_PROOFS) == {item.name for item in items if item.state is ItemState.FORBIDDEN}
    assert {name: forbidden_proof(name) for name in FORBIDDEN_PROOFS} == {name: name for name in FORBIDDEN_PROOFS}


@pytest.mark.parametrize("title", ["关于亲属关系的证明", "亲属 关系 证明书", "未婚证明", "失踪证明"])
def test_other_ways_to_put_it_are_told_too(title):
    assert forbidden_proof(title)


@pytest.mark.parametrize("title", ["居住证明", "村级居住证明", "死亡抚恤金审批表", "农村宅基地批准书"])
def test_what_is_none_of_them_is_left_alone(title):
    assert forbidden_proof(title) == ""


def test_counties_may_issue_what_villages_may_not():
    assert forbidden_at([UseLevel.COUNTY], ["无犯罪记录证明"]) == ""
    assert forbidden_at([UseLevel.COUNTY, UseLevel.VILLAGE], ["无犯罪记录证明"]) == "无犯罪记录证明"
    assert forbidden_at([], ["证明", "健在证明"]) == "健在证明"
