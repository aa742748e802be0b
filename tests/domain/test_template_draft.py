"""A draft is changed step by step, each of which can be taken back, and told where it is wrong."""

import pytest

from app.domain.template_draft import BlockKind, DraftBlock, Editing, TemplateDraft
from app.domain.template_remarks import TemplateFault, TemplateRemark, remarks_on

DRAFT = TemplateDraft(
    "poor_household_proof",
    "certificate",
    "情况证明",
    blocks=(
        DraftBlock(BlockKind.TITLE, (("情况证明",),)),
        DraftBlock(BlockKind.PARAGRAPH, (("兹证明{name}[，{sex}]，用于{purpose}。",),)),
        DraftBlock(BlockKind.GRID, (("领取签名", "", "领取日期", ""),), options={"only": "存档"}),
    ),
    levels=("township",),
    form=("purpose",),
    signatures=({"by": "collector", "line": "领取签名", "date": "领取日期"},),
)


def told(draft):
    return [(one.fault, one.block, one.field, one.value) for one in remarks_on(draft)]


def test_a_good_draft_has_no_remark():
    assert told(DRAFT) == []


def test_blocks_are_added_moved_and_removed():
    draft = DRAFT.add(1, BlockKind.SPACE).move(1, 5).move(0, 1)
    assert [block.kind for block in draft.blocks] == ["paragraph", "title", "grid", "space"]
    assert draft.remove(3).move(1, -9) == DRAFT
    assert DRAFT.repeat(1).blocks[2] == DRAFT.blocks[1]


def test_a_label_takes_whoever_signs_behind_it_along():
    draft = DRAFT.cell(2, 0, 0, "领取人签名")
    assert draft.signatures == ({"by": "collector", "line": "领取人签名", "date": "领取日期"},)
    assert told(draft) == []


def test_a_copy_has_its_name_in_the_title_too():
    copied = DRAFT.copied("another", "收入情况证明")
    assert (copied.name, copied.title, copied.blocks[0].rows) == ("another", "收入情况证明", (("收入情况证明",),))


def test_an_empty_option_is_left_out():
    assert DRAFT.option(2, "only", "").blocks[2].options == {}
    assert DRAFT.put("text_size", "12").put("text_size", "") == DRAFT


def test_rows_are_added_and_removed():
    draft = DRAFT.add_row(2, 2).add_row(2)
    assert [len(row) for row in draft.blocks[2].rows] == [4, 4, 2]
    assert draft.remove_row(2, 1).remove_row(2, 1) == DRAFT


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        (DRAFT.cell(1, 0, 0, "兹证明{nmae}。"), (TemplateFault.PLACE, 2, "1.1", "nmae")),
        (DRAFT.cell(1, 0, 0, "兹证明{姓名}。"), (TemplateFault.PLACE, 2, "1.1", "姓名")),
        (DRAFT.cell(1, 0, 0, "兹证明{name。"), (TemplateFault.BRACKETS, 2, "1.1", "")),
        (DRAFT.cell(1, 0, 0, "兹证明[本人]。"), (TemplateFault.BRACKETS, 2, "1.1", "")),
        (DRAFT.cell(0, 0, 0, " "), (TemplateFault.EMPTY, 1, "1.1", "")),
        (DRAFT.remove(2), (TemplateFault.SIGNED, 0, "signatures", "领取签名")),
        (DRAFT.put("text_size", "40"), (TemplateFault.NUMBER, 0, "text_size", "8–24")),
        (DRAFT.add(0, BlockKind.SPACE).cell(0, 0, 0, "x"), (TemplateFault.NUMBER, 1, "space", "0–20")),
        (DRAFT.put("numbering", "{year}"), (TemplateFault.NUMBERING, 0, "numbering", "needs:serial")),
        (DRAFT.copied("Bad name", "x"), (TemplateFault.NAME, 0, "name", "Bad name")),
    ],
)
def test_what_is_wrong_is_told_with_block_and_field(draft, expected):
    assert expected in told(draft)


def test_a_forbidden_proof_is_told_where_villages_could_issue_it():
    draft = DRAFT.copied("x", "婚姻状况证明")
    assert told(draft) == []
    open_to_all = TemplateDraft(draft.name, draft.kind, draft.title, draft.blocks, form=draft.form)
    assert TemplateRemark(TemplateFault.FORBIDDEN, 0, "levels", "婚姻状况证明") in remarks_on(open_to_all)


def test_steps_are_taken_back_and_done_again():
    editing = Editing(DRAFT).changed(DRAFT.put("text_size", "13")).changed(DRAFT.put("text_size", "14"))
    assert editing.undone().undone().draft == DRAFT
    assert editing.undone().undone().undone().draft == DRAFT
    assert editing.undone().undone().redone().redone().draft == editing.draft
    assert editing.undone().changed(DRAFT).redone().draft == DRAFT


def test_typing_in_one_text_is_one_step():
    editing = Editing(DRAFT)
    for text in ("居", "居住", "居住证"):
        editing = editing.changed(editing.draft.cell(0, 0, 0, text), "1.1.1")
    assert editing.undone().draft == DRAFT
    assert editing.changed(editing.draft) is editing
