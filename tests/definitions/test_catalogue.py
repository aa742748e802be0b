from pathlib import Path

import pytest

from app.definitions.catalogue import read_catalogue
from app.domain.catalogue import (
    Fee,
    FieldKind,
    ItemState,
    Limit,
    LimitUnit,
    MaterialSource,
    Need,
    ProjectType,
    ProofPledge,
    ResultPaper,
    UseLevel,
)
from app.domain.plain import to_plain
from app.services.errors import BadDefinitions

ITEM = """\
department: 云溪镇人民政府
items:
  - code: "510117051000"
    name: 居住证明
    type: immediate
    level: township
    issuers: [township]
    result: {name: 居住证明}
"""
WHOLE = """\
department: 云溪镇人民政府
items:
  - code: "510117051000"
    name: 居住证明
    scene: 本镇居民
    type: committed
    level: village
    task_type: "07"
    icon: heart
    statutory: 20 working_day 自受理之日起
    promised: 5 working_day
    issuers: [township, village]
    delegated_from: 示范县民政局
    keywords: [住址证明, 开住址]
    legal_basis: 《示范办法》
    materials:
      - {code: id_card, name: 居民身份证, originals: 1, copies: 2, source: government, standard: 有效期内}
      - {code: lease, name: 租赁合同, need: may_follow, legal_basis: 《示范办法》}
    form:
      - {code: since, label: 居住起始, kind: date, past_only: true, default: today, hint: 例如 2021-03-15}
      - {code: persons, label: 人数, kind: number, minimum: 1, maximum: 20, unit: 人, default: 2}
      - {code: purpose, label: 用途, kind: choice, choices: [入学, 其他], default: 入学, required: false}
      - {code: remark, label: 说明, max_length: 200}
    fees:
      - {name: 工本费, standard: 每份 5 元, reducible: true}
    result: {name: 居住证明, template: residence_certificate, valid_months: 6, collected: 当场领取}
"""


def read(tmp_path, *texts):
    for number, text in enumerate(texts, 1):
        (tmp_path / f"file{number}.yaml").write_text(text, encoding="utf-8")
    return read_catalogue(tmp_path)


def remarks(tmp_path, *texts):
    with pytest.raises(BadDefinitions) as refused:
        read(tmp_path, *texts)
    return [(error.file, error.line, error.field, error.problem) for error in refused.value.errors]


def with_line(line):
    """Return the small item with one more line, which is line 9 of the file."""
    return f"{ITEM}    {line}\n"


def test_everything_that_a_file_says_arrives_in_the_item(tmp_path):
    catalogue = read(tmp_path, WHOLE)
    (item,) = catalogue.items
    assert (item.title, item.department) == ("居住证明（本镇居民）", "云溪镇人民政府")
    assert (item.project_type, item.use_level, item.task_type) == (ProjectType.COMMITTED, UseLevel.VILLAGE, "07")
    assert item.statutory == Limit(20, LimitUnit.WORKING_DAY, "自受理之日起")
    assert item.promised == Limit(5, LimitUnit.WORKING_DAY)
    assert item.issuers == (UseLevel.TOWNSHIP, UseLevel.VILLAGE)
    assert (item.delegated_from, item.legal_basis, item.icon) == ("示范县民政局", "《示范办法》", "heart")
    assert item.keywords == ("住址证明", "开住址")
    assert item.fees == (Fee("工本费", "每份 5 元", reducible=True),)
    assert item.result == ResultPaper("居住证明", "residence_certificate", "当场领取", 6)
    assert not catalogue.warnings


def test_everything_that_a_material_says_arrives_in_it(tmp_path):
    card, lease = read(tmp_path, WHOLE).items[0].materials
    assert (card.code, card.name, card.originals, card.copies) == ("id_card", "居民身份证", 1, 2)
    assert (card.need, card.source, card.standard) == (Need.NEEDED, MaterialSource.GOVERNMENT, "有效期内")
    assert (lease.need, lease.source, lease.legal_basis) == (Need.MAY_FOLLOW, MaterialSource.OWN, "《示范办法》")


def test_a_proof_says_what_may_be_pledged_in_its_place(tmp_path):
    line = "materials: [{code: a, name: 住所证明, pledge: {content: 住在这里, conditions: 借住的, pledged: 属实}}, {code: b, name: 照片}]"
    proof, photo = read(tmp_path, with_line(line)).items[0].materials
    assert (proof.pledge, photo.pledge) == (ProofPledge("住在这里", "借住的", "属实"), None)
    assert "pledge" not in to_plain(photo)  # or every item that says nothing of it would be a new version


def test_everything_that_a_field_says_arrives_in_it(tmp_path):
    since, persons, purpose, remark = read(tmp_path, WHOLE).items[0].form
    assert (since.kind, since.past_only, since.default, since.hint) == (
        FieldKind.DATE,
        True,
        "today",
        "例如 2021-03-15",
    )
    assert (persons.kind, persons.minimum, persons.maximum, persons.unit) == (FieldKind.NUMBER, 1, 20, "人")
    assert (purpose.choices, purpose.default, purpose.required) == (("入学", "其他"), "入学", False)
    assert (remark.kind, remark.max_length, remark.required) == (FieldKind.TEXT, 200, True)


def test_what_a_file_leaves_out_is_as_usual(tmp_path):
    (item,) = read(tmp_path, ITEM).items
    assert (item.state, item.version, item.task_type, item.icon) == (ItemState.IN_USE, 1, "20", "file-text")
    assert (item.statutory, item.promised, item.materials, item.form, item.fees) == (None, None, (), (), ())


# --- remarks -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "field", "problem"),
    [
        ("colour: red", "items[1].colour", "is not known here; known are code, name, scene, "),
        ("name: 别的", "items[1].name", "is there twice"),
        ("state: closed", "items[1].state", "must be one of in_use, frozen, cancelled, draft, forbidden"),
        ("task_type: '02'", "items[1].task_type", "must be one of 01, 05, 07, 08, 09, 10, 20"),
        ("icon: File Text", "items[1].icon", "must be the name of a Phosphor icon, such as file-text"),
        ("promised: 5", "items[1].promised", "must be a number and one of working_day, natural_day, hour, minute, "),
        ("promised: five working_day", "items[1].promised", "must be a number and one of "),
        ("promised: 5 weeks", "items[1].promised", "must be a number and one of "),
        ("promised: ５ hour", "items[1].promised", "must be a number and one of "),
        ("promised: 0 hour", "items[1].promised", "must be from 1 to 10000"),
        ("promised: 10001 hour", "items[1].promised", "must be from 1 to 10000"),
        ("keywords: 低保", "items[1].keywords", "must be a list"),
        ("keywords: [低保, '']", "items[1].keywords[2]", "is empty"),
        ("materials: [{name: 户口簿}]", "items[1].materials[1].code", "is missing"),
        ("materials: [{code: a, name: 户口簿, copies: -1}]", "items[1].materials[1].copies", "must be from 0 to 99"),
        ("materials: [{code: a, name: 户口簿, need: no}]", "items[1].materials[1].need", "must be one of needed, "),
        (
            "materials: [{code: a, name: 住所证明, pledge: {content: 住在这里, pledged: 属实}}]",
            "items[1].materials[1].pledge.conditions",
            "is missing",
        ),
        (
            "materials: [{code: a, name: 住所证明, need: optional, pledge: {content: 甲, conditions: 乙, pledged: 丙}}]",
            "items[1].materials[1].pledge",
            "means nothing for a material that is optional",
        ),
        ("form: [{code: A, label: 地址}]", "items[1].form[1].code", "must be small letters, digits and _, "),
        ("form: [{code: a, label: 地址, kind: map}]", "items[1].form[1].kind", "must be one of text, date, choice, "),
        ("form: [{code: a, label: 地址, max_length: 0}]", "items[1].form[1].max_length", "must be from 1 to 500"),
        ("form: [{code: a, label: 地址, required: 1}]", "items[1].form[1].required", "must be one of true, false"),
        ("fees: [{name: 工本费}]", "items[1].fees[1].standard", "is missing"),
    ],
)
def test_a_wrong_value_is_told_with_file_line_and_field(tmp_path, line, field, problem):
    ((file, at, found_field, found),) = remarks(tmp_path, with_line(line))
    assert (file, at, found_field) == ("file1.yaml", 9, field)
    assert found.startswith(problem)


@pytest.mark.parametrize(
    ("entry", "name", "problem"),
    [
        ("kind: choice", "", "must be 2 words or more to choose from"),
        ("kind: choice, choices: [甲, 甲]", "choices", "must be 2 words or more to choose from"),
        ("choices: [甲, 乙]", "choices", "means nothing for a field of the kind text"),
        ("kind: date, max_length: 9", "max_length", "means nothing for a field of the kind date"),
        ("kind: number, past_only: true", "past_only", "means nothing for a field of the kind number"),
        ("kind: number, minimum: 9, maximum: 1", "minimum", "is larger than the maximum"),
        ("kind: number, minimum: 2, default: 1", "default", "is no value that this field takes"),
        ("kind: number, default: many", "default", "is no value that this field takes"),
        ("kind: choice, choices: [甲, 乙], default: 丙", "default", "is no value that this field takes"),
        ("kind: date, default: tomorrow", "default", "is no value that this field takes"),
        ("max_length: 2, default: 一二三", "default", "is no value that this field takes"),
    ],
)
def test_a_field_that_makes_no_sense_is_refused(tmp_path, entry, name, problem):
    line = f"form: [{{code: a, label: 甲, {entry}}}]"
    field = f"items[1].form[1].{name}".rstrip(".")
    assert remarks(tmp_path, with_line(line)) == [("file1.yaml", 9, field, problem)]


@pytest.mark.parametrize(
    ("promised", "statutory"),
    [
        ("6 working_day", "5 working_day"),
        ("7 hour", "1 working_day"),
        ("61 minute", "1 hour"),
        ("32 natural_day", "1 month"),
        ("1 month", "30 natural_day"),
    ],
)
def test_a_promise_longer_than_the_law_is_refused(tmp_path, promised, statutory):
    text = f"{with_line(f'statutory: {statutory}')}    promised: {promised}\n"
    assert remarks(tmp_path, text) == [
        ("file1.yaml", 10, "items[1].promised", "is longer than the statutory limit"),
    ]


@pytest.mark.parametrize(
    ("promised", "statutory"),
    [("5 working_day", "5 working_day"), ("6 hour", "1 working_day"), ("10 working_day", "10 natural_day")],
)
def test_a_promise_as_long_as_the_law_or_of_another_measure_is_taken(tmp_path, promised, statutory):
    (item,) = read(tmp_path, f"{with_line(f'statutory: {statutory}')}    promised: {promised}\n").items
    assert item.promised


@pytest.mark.parametrize("state", ["frozen", "cancelled", "forbidden", "draft"])
def test_an_item_that_cannot_be_opened_says_why_and_who_is_competent(tmp_path, state):
    ((_, line, field, problem),) = remarks(tmp_path, with_line(f"state: {state}"))
    assert (line, field) == (9, "items[1].state")
    assert "state_reason and competent" in problem


def test_an_immediate_item_names_its_result_and_who_issues_it(tmp_path):
    for gone in ("    issuers: [township]\n", "    result: {name: 居住证明}\n"):
        ((_, line, field, problem),) = remarks(tmp_path, ITEM.replace(gone, ""))
        assert (line, field) == (5, "items[1].type")
        assert problem == "is immediate, so the item must name its result and its issuers"


def test_a_mistake_draws_no_second_remark_that_only_follows_from_it(tmp_path):
    text = ITEM.replace("issuers: [township]", "issuers: [world]")
    assert remarks(tmp_path, text) == [
        ("file1.yaml", 7, "items[1].issuers[1]", "must be one of county, township, village"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "materials: [{code: a, name: 户口簿}, {code: a, name: 身份证}]",
        "form: [{code: a, label: 户口}, {code: a, label: 地址}]",
    ],
)
def test_one_code_for_two_materials_or_fields_is_refused(tmp_path, line):
    ((_, at, _, problem),) = remarks(tmp_path, with_line(line))
    assert (at, problem) == (9, "has the code a twice")


def test_one_code_for_two_items_is_refused_over_files(tmp_path):
    assert remarks(tmp_path, ITEM, ITEM.replace("居住证明", "户籍证明")) == [
        ("file2.yaml", 3, "items[1].code", "is the code of 居住证明 too"),
    ]


def test_all_remarks_of_all_files_come_at_once(tmp_path):
    first = ITEM.replace("immediate", "instant").replace("level: township", "level: world")
    assert [remark[:3] for remark in remarks(tmp_path, first, "department: 甲\n")] == [
        ("file1.yaml", 5, "items[1].type"),
        ("file1.yaml", 6, "items[1].level"),
        ("file2.yaml", 1, "items"),
    ]


# --- codes ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "code",
    ["510117051000", "511A0138000000", "511Z07001006", "511A0138000000-511602000000-000-11511301008778183N-1-00"],
)
def test_national_and_older_provincial_codes_are_taken_without_a_word(tmp_path, code):
    assert not read(tmp_path, ITEM.replace("510117051000", code)).warnings


@pytest.mark.parametrize("code", ["JZZM-01", "51011705100", "居住证明1"])
def test_an_unusual_code_is_a_warning_and_does_not_stop_anybody(tmp_path, code):
    catalogue = read(tmp_path, ITEM.replace("510117051000", code))
    (warning,) = catalogue.warnings
    assert str(warning) == "file1.yaml:3: items[1].code: is neither a national nor an older provincial code"
    assert catalogue.items[0].code == code


@pytest.mark.parametrize("code", ["5101 17051000", "5" * 65])
def test_a_code_with_a_space_or_without_end_is_refused(tmp_path, code):
    ((_, _, _, problem),) = remarks(tmp_path, ITEM.replace("510117051000", code))
    assert problem == "must be at most 64 characters without a space"


def test_a_catalogue_that_is_not_there_is_no_empty_catalogue(tmp_path):
    with pytest.raises(BadDefinitions):
        read_catalogue(Path(tmp_path / "nowhere"))
