import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.catalogue import (
    Fee,
    FieldKind,
    FormField,
    ItemState,
    Limit,
    LimitUnit,
    Material,
    MaterialSource,
    Need,
    ProjectType,
    ResultPaper,
    ServiceItem,
    UseLevel,
)
from app.domain.plain import from_plain, to_plain

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12)
COUNT = st.integers(0, 99)
NUMBER = st.none() | st.integers(-(10**12), 10**12)


def tuples(of):
    return st.lists(of, max_size=3).map(tuple)


LIMITS = st.none() | st.builds(Limit, st.integers(1, 10_000), st.sampled_from(LimitUnit), TEXT)
MATERIALS = st.builds(
    Material, TEXT, TEXT, st.sampled_from(Need), COUNT, COUNT, st.sampled_from(MaterialSource), TEXT, TEXT
)
FIELDS = st.builds(
    FormField,
    *(TEXT, TEXT, st.sampled_from(FieldKind), st.booleans(), TEXT, TEXT, tuples(TEXT)),
    *(COUNT, NUMBER, NUMBER, TEXT, st.booleans()),
)
ITEMS = st.builds(
    ServiceItem,
    *(TEXT, TEXT, TEXT, st.sampled_from(ProjectType), st.sampled_from(UseLevel), TEXT, st.sampled_from(ItemState)),
    *(st.integers(1, 999), TEXT, LIMITS, LIMITS, tuples(MATERIALS), tuples(FIELDS)),
    tuples(st.builds(Fee, TEXT, TEXT, st.booleans())),
    st.none() | st.builds(ResultPaper, TEXT, TEXT, TEXT, COUNT),
    tuples(st.sampled_from(UseLevel)),
    *(TEXT, TEXT, TEXT, TEXT, tuples(TEXT), TEXT),
)


@given(ITEMS)
def test_an_item_comes_back_from_json_as_it_was(item):
    assert from_plain(ServiceItem, json.loads(json.dumps(to_plain(item)))) == item


def item(**values):
    return ServiceItem("519900000000", "居住证明", "云溪镇人民政府", ProjectType.IMMEDIATE, **values)


def test_the_title_has_the_scene_in_full_width_brackets():
    assert item().title == "居住证明"
    assert item(scene="本镇居民").title == "居住证明（本镇居民）"


@pytest.mark.parametrize("state", [state for state in ItemState if state is not ItemState.IN_USE])
def test_only_an_item_in_use_can_be_opened(state):
    assert item().can_be_opened
    assert not item(state=state).can_be_opened


def test_an_item_makes_a_certificate_when_its_result_names_a_template():
    assert item(result=ResultPaper("居住证明", "residence_certificate")).makes_certificate
    assert not item(result=ResultPaper("登记回执")).makes_certificate
    assert not item().makes_certificate


def test_a_material_is_found_by_its_code():
    card = Material("id_card", "居民身份证")
    assert item(materials=(card,)).material("id_card") is card
    with pytest.raises(KeyError):
        item().material("id_card")
