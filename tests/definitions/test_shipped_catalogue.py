"""What the demonstration catalogue promises."""

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
import qtawesome

from app.definitions.calendar import read_calendar
from app.definitions.catalogue import ITEM, TOP, read_catalogue
from app.definitions.item_parts import ALL_OPTIONS, FEE, FIELD, MATERIAL, PLEDGE, RESULT
from app.definitions.papers import read_paper_templates
from app.domain.catalogue import FieldKind, ItemState, LimitUnit, Need, UseLevel

RESOURCES = Path(__file__).parents[2] / "resources"
FORBIDDEN = (
    *("亲属关系", "居民身份信息", "户口登记项目内容变更申请", "居民养犬", "无犯罪记录"),
    *("社区戒毒社区康复人员情况（表现）", "人员失踪", "婚姻状况", "出生", "健在", "死亡", "疾病状况", "残疾状况"),
    *("婚育状况", "居民就业状况", "居民个人档案", "居民财产", "遗产继承权", "市场主体住所", "证件遗失"),
)
"""The twenty proofs of 民发〔2020〕20号."""


@cache
def catalogue():
    return read_catalogue(RESOURCES / "catalogue")


def items(state=ItemState.IN_USE):
    return [item for item in catalogue().items if item.state is state]


def test_it_loads_without_a_warning():
    assert catalogue().warnings == ()


def test_it_has_forty_items_and_more_and_ten_immediate_ones():
    assert len(catalogue().items) - len(items(ItemState.FORBIDDEN)) >= 44
    assert sum(item.is_immediate for item in items()) >= 10


def test_committed_items_have_every_kind_of_limit():
    units = {item.promised.unit for item in items() if not item.is_immediate}
    assert units >= {LimitUnit.WORKING_DAY, LimitUnit.NATURAL_DAY, LimitUnit.HOUR, LimitUnit.MONTH}


def test_every_item_that_can_be_opened_has_a_promise_and_a_result():
    assert all(item.promised and item.result for item in items())


def test_one_is_frozen_one_cancelled_and_some_are_delegated():
    assert len(items(ItemState.FROZEN)) == len(items(ItemState.CANCELLED)) == 1
    assert any(item.delegated_from for item in items())


def test_the_twenty_forbidden_proofs_say_who_is_competent():
    proofs = items(ItemState.FORBIDDEN)
    assert {proof.name for proof in proofs} == {f"{name}证明" for name in FORBIDDEN}
    assert all(proof.competent and "民发〔2020〕20号" in proof.legal_basis for proof in proofs)


def test_a_residence_certificate_is_issued_by_township_and_by_village():
    certificates = {item.use_level: item for item in items() if item.name == "居住证明"}
    assert {level: item.issuers for level, item in certificates.items()} == {
        UseLevel.TOWNSHIP: (UseLevel.TOWNSHIP,),
        UseLevel.VILLAGE: (UseLevel.VILLAGE,),
    }
    township = certificates[UseLevel.TOWNSHIP]
    assert [material.name for material in township.materials] == ["有效身份证件", "户口簿", "住所证明"]
    assert [(field.label, field.kind) for field in township.form] == [
        ("现住址", FieldKind.ADDRESS),
        ("居住起始", FieldKind.DATE),
        ("用途", FieldKind.CHOICE),
    ]


def test_every_certificate_has_a_template_whose_places_its_form_fills():
    templates = read_paper_templates(RESOURCES / "papers")
    for item in catalogue().items:
        if item.makes_certificate:
            assert set(templates[item.result.template].form) <= {field.code for field in item.form}, item.title


def test_every_needed_material_says_how_many_sheets_are_asked_for():
    sheets = [m for item in items() for m in item.materials if m.need is Need.NEEDED]
    assert all(material.originals + material.copies for material in sheets)


def test_titles_are_different_from_each_other():
    assert Counter(item.title for item in catalogue().items).most_common(1)[0][1] == 1


def test_names_of_places_are_fictitious():
    bodies = {item.department for item in catalogue().items}
    assert all(re.match("示范县|云溪镇|村（居）民委员会", body) for body in bodies)


@pytest.fixture(scope="module")
def phosphor():
    (names,) = (Path(qtawesome.__file__).parent / "fonts").glob("phosphor-charmap-*.json")
    return json.loads(names.read_text(encoding="utf-8"))


def test_every_icon_is_there(phosphor):
    assert {item.icon for item in catalogue().items} <= set(phosphor)


# --- the page that tells how files are written ---------------------------------------------------------------

PAGE = (RESOURCES.parent / "docs" / "catalogue.md").read_text(encoding="utf-8")


def test_the_examples_on_the_page_are_read(tmp_path):
    items_example, year_example = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    for folder, text in (("catalogue", items_example), ("calendar", year_example)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "example.yaml").write_text(text, encoding="utf-8")
    assert read_catalogue(tmp_path / "catalogue").warnings == ()
    assert read_calendar(tmp_path / "calendar").years == {2026}


@pytest.mark.parametrize("name", sorted({*TOP, *ITEM, *MATERIAL, *PLEDGE, *FIELD, *ALL_OPTIONS, *FEE, *RESULT}))
def test_the_page_tells_every_key(name):
    assert re.search(rf"`{name}`|^{name}:|{name}: ", PAGE, re.MULTILINE)
