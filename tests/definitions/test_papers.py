import hashlib
from pathlib import Path

import pytest

from app.definitions.papers import read_paper_template, read_paper_templates
from app.domain.catalogue import UseLevel
from app.domain.paper import PaperKind
from app.domain.paper_places import PLACES
from app.domain.paper_template import Align, Cut, Grid, Paragraph, Signing, Table
from app.services.errors import BadDefinitions

SHIPPED = Path(__file__).parents[2] / "resources" / "papers"
SMALL = """\
template: small
kind: materials_receipt
title: 小票
blocks:
  - paragraph: "{applicant}"
footer:
  note: []
"""


def remarks(text, file="small.yaml"):
    with pytest.raises(BadDefinitions) as refused:
        read_paper_template(text.encode(), file)
    return [(error.line, error.field, error.problem) for error in refused.value.errors]


def with_block(block):
    return SMALL.replace('  - paragraph: "{applicant}"\n', block)


def test_the_shipped_templates_are_read():
    templates = read_paper_templates(SHIPPED)
    plain = {name for name in templates if name in list(PaperKind)}
    assert plain == set(PaperKind) - {PaperKind.CERTIFICATE}
    assert all(templates[name].kind == name for name in plain)
    assert {name: template.kind for name, template in templates.items() if name not in plain} == {
        "residence_certificate": PaperKind.CERTIFICATE,
        "village_residence_certificate": PaperKind.CERTIFICATE,
        "temporary_identity_proof": PaperKind.CERTIFICATE,
        "no_criminal_record_certificate": PaperKind.CERTIFICATE,
        "homestead_approval": PaperKind.CERTIFICATE,
        "agency_mandate": PaperKind.MANDATE,
        "proof_pledge": PaperKind.PLEDGE,
    }


def test_a_shipped_file_tells_every_place_that_it_may_have():
    for path in SHIPPED.glob("*.yaml"):
        template = read_paper_template(path.read_bytes(), path.name)
        told = path.read_text("utf-8").partition("# Places: ")[2].partition("\ntemplate:")[0]
        assert PLACES[template.kind] <= set(told.replace("#", " ").split()), path.name


def test_every_certificate_says_who_may_issue_it_and_has_a_stub():
    for template in read_paper_templates(SHIPPED).values():
        if template.kind is PaperKind.CERTIFICATE:
            assert template.levels
            assert any(isinstance(block, Cut) and block.only == "存档" for block in template.blocks)


def test_copies_numbers_levels_and_the_height_of_cells_are_read():
    text = SMALL.replace(
        "title: 小票\n", "title: 小票\ncopies: [存档]\nlevels: [village]\nnumbering: '{year}-{serial:03}'\n"
    )
    text = text.replace("blocks:\n", 'blocks:\n  - grid: [[意见, ""]]\n    height: 4\n')
    template = read_paper_template(text.encode(), "small.yaml")
    assert (template.copies, template.levels) == (("存档",), (UseLevel.VILLAGE,))
    assert template.numbering == "{year}-{serial:03}"
    assert template.blocks[0].height == 4
    assert template.digest == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(
    ("line", "remark"),
    [
        ("copies: [存档, 存档]", (4, "copies", "names a keeper twice")),
        ("numbering: '{serial}'", (4, "numbering", "is no pattern of numbers (needs:year): see docs/papers.md")),
        ("levels: [town]", (4, "levels[1]", "must be one of county, township, village")),
    ],
)
def test_what_is_wrong_with_copies_numbers_and_levels_is_named(line, remark):
    assert remarks(SMALL.replace("title: 小票\n", f"title: 小票\n{line}\n")) == [remark]


def test_a_small_template_says_what_it_says_and_takes_the_usual_sizes():
    template = read_paper_template(SMALL.encode(), "small.yaml")
    assert template.blocks[0].text.places == ("applicant",)
    assert (template.name, template.title, template.text_size) == ("small", "小票", 12.0)


def test_every_block_and_option_arrives_where_it_belongs():
    template = read_paper_templates(SHIPPED)["materials_receipt"]
    grid = next(block for block in template.blocks if isinstance(block, Grid))
    table = next(block for block in template.blocks if isinstance(block, Table))
    signing = next(block for block in template.blocks if isinstance(block, Signing))
    assert [entry.label.text for entry in grid.rows[0]] == ["申请人", "{id_label}"]
    assert (table.rows, len(table.columns), table.columns[0].align) == ("materials", 6, Align.CENTER)
    assert signing.left[-1].value.text == ""
    assert signing.seal == "盖章处"


def test_line_ends_of_the_file_are_no_part_of_the_text():
    block = "  - paragraph: |-\n      一二三，\n      四五六。\n    indent: 0\n    align: center\n    only: 存档\n"
    paragraph = read_paper_template(with_block(block).encode(), "small.yaml").blocks[0]
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text.text == "一二三，四五六。"
    assert (paragraph.indent, paragraph.align, paragraph.only) == (0, Align.CENTER, "存档")


def test_a_form_field_of_a_certificate_is_a_place():
    text = SMALL.replace("materials_receipt", "certificate").replace("{applicant}", "{purpose}")
    assert remarks(text) == [(5, "blocks[1].paragraph", "{purpose} is no place of this kind of paper")]
    read_paper_template(text.replace("blocks:", "form: [purpose]\nblocks:").encode(), "small.yaml")


def test_an_unknown_place_is_named_with_its_line():
    assert remarks(SMALL.replace("{applicant}", "{aplicant}")) == [
        (5, "blocks[1].paragraph", "{aplicant} is no place of this kind of paper")
    ]


def test_remarks_on_all_blocks_come_at_once():
    block = '  - paragraph: "{one}"\n  - space: much\n  - title: 题\n  - cut: ""\n'
    assert [(line, field) for line, field, _ in remarks(with_block(block))] == [
        (5, "blocks[1].paragraph"),
        (6, "blocks[2].space"),
        (8, "blocks[4].cut"),
    ]


@pytest.mark.parametrize(
    ("block", "field", "problem"),
    [
        ("  - picture: 国徽\n", "blocks[1].picture", "is not known here"),
        ("  - {title: 题, cut: 线}\n", "blocks[1]", "must have exactly one of"),
        ("  - {title: 题, indent: 2}\n", "blocks[1].indent", "is not known here"),
        ("  - {title: 题, only: 留存}\n", "blocks[1].only", "must be one of 交申请人, 存档"),
        ("  - grid: [[事项]]\n", "blocks[1].grid[1]", "must have a label and a value"),
        ("  - grid: []\n", "blocks[1].grid", "must have 1 to 200 entries"),
        ("  - table: people\n", "blocks[1].table", "must be one of materials"),
        ("  - table: materials\n", "blocks[1].table", "needs columns"),
        (
            "  - {table: materials, columns: [{head: 序号, width: 1}]}\n",
            "blocks[1].columns",
            "must have 6 to 6 entries",
        ),
        ("  - {paragraph: 文, align: middle}\n", "blocks[1].align", "must be one of left, center, right"),
        ("  - {paragraph: 文, bold: often}\n", "blocks[1].bold", "must be one of true, false"),
        ("  - {paragraph: 文, indent: 99}\n", "blocks[1].indent", "must be from 0 to 10"),
        ("  - paragraph: '{applicant'\n", "blocks[1].paragraph", "brackets do not pair"),
        ("  - paragraph: [文]\n", "blocks[1].paragraph", "must be text"),
        ("  - paragraph:\n", "blocks[1].paragraph", "must be text"),
        ("  - 文\n", "blocks[1]", "must be a list of names with values"),
        ("  - ends: [左]\n", "blocks[1].ends", "must have 2 to 2 entries"),
    ],
)
def test_a_block_that_cannot_be_drawn_is_refused(block, field, problem):
    ((line, where, said),) = remarks(with_block(block))
    assert (line, where) == (5, field)
    assert said.startswith(problem)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("kind: materials_receipt", "kind: letter", (2, "kind", "must be one of")),
        ("template: small", "template: 小票", (1, "template", "must be small letters")),
        ("title: 小票\n", "", (1, "title", "is missing")),
        ("title: 小票", "title: 小票\ntitle: 大票", (4, "title", "is there twice")),
        ("title: 小票", "title: 小票\ntext_size: 99", (4, "text_size", "must be from 8 to 24")),
        ("title: 小票", "title: " + "小" * 2001, (3, "title", "is longer than 2000")),
        ("note: []", "note: ['{nobody}']", (7, "footer.note[1]", "{nobody} is no place")),
        ("note: []", "qr: yes", (7, "footer.qr", "is not known here")),
        ("blocks:", "blocks: [", (5, "", "is not YAML")),
    ],
)
def test_a_file_that_is_wrong_says_where(old, new, expected):
    ((line, field, problem),) = remarks(SMALL.replace(old, new))
    assert (line, field) == expected[:2]
    assert problem.startswith(expected[2])


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "is empty"),
        (b"a: \xff\xfe", "is not text in UTF-8"),
        (b"x" * (1024 * 1024 + 1), "is larger than 1024 kB"),
        (b"[" * 100_000, "is nested deeper than 20"),
        (b"a: \x00", "is not YAML"),
    ],
)
def test_what_is_no_template_at_all_is_refused(data, problem):
    with pytest.raises(BadDefinitions) as refused:
        read_paper_template(data, "hostile.yaml")
    assert refused.value.errors[0].problem.startswith(problem)
    assert refused.value.errors[0].file == "hostile.yaml"


def test_a_folder_tells_the_remarks_on_all_its_files(tmp_path):
    (tmp_path / "a.yaml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "c.yaml").write_text(SMALL.replace("kind:", "sort:"), encoding="utf-8")
    with pytest.raises(BadDefinitions) as refused:
        read_paper_templates(tmp_path)
    assert [(error.file, error.field) for error in refused.value.errors] == [("b.yaml", "template"), ("c.yaml", "sort")]


def test_a_template_names_the_blank_form_and_what_stands_on_it():
    text = SMALL.replace("title: 小票\n", "title: 小票\nblank: 收件凭证用纸\n").replace(
        "blocks:\n", "blocks:\n  - title: 收件凭证\n    blank: true\n"
    )
    template = read_paper_template(text.encode(), "small.yaml")
    assert template.blank == "收件凭证用纸"
    assert [block.is_blank for block in template.blocks] == [True, False]


def test_running_text_with_places_cannot_stand_on_a_blank_form():
    block = '  - paragraph: "{applicant}"\n    blank: true\n  - ends: [编号, "{number}"]\n    blank: true\n'
    problem = "must not be true for text with places: put them into a grid, or leave blank out"
    text = with_block(block).replace("title: 小票\n", "title: 小票\nblank: 用纸\n")
    assert [remark[2] for remark in remarks(text)] == [problem, problem]


def test_what_stands_on_a_blank_form_needs_the_name_of_one():
    text = with_block("  - title: 收件凭证\n    blank: true\n")
    assert remarks(text)[0][2] == "have blank: true, but no blank form is named with blank:"
