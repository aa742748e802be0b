"""A draft is changed step by step, each of which can be taken back, and told where it is wrong."""

import pytest

from app.domain.template_draft import DATE, MOST_TYPED, BlockKind, DraftBlock, Editing, TemplateDraft
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

TABLED = TemplateDraft("receipt", "supplement_receipt", "凭证").add(0, BlockKind.TABLE)


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
        (DRAFT.cell(2, 0, 1, "{name}"), (TemplateFault.SIGNED, 0, "signatures", "领取签名")),
        (DRAFT.option(1, "blank", "true"), (TemplateFault.UNNAMED, 2, "blank", "")),
        (DRAFT.put("blank", "证明用纸").option(1, "blank", "true"), (TemplateFault.BLANK, 2, "blank", "")),
        (TABLED.cell(0, 2, 1, "wide"), (TemplateFault.NUMBER, 1, "3.2", "1–1000")),
        (DRAFT.remove_row(2, 0), (TemplateFault.EMPTY, 3, "1.1", "")),
        (TABLED, (TemplateFault.EMPTY, 1, "2.1", "")),
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


def test_a_long_text_is_several_steps():
    editing = Editing(DRAFT)
    for length in range(1, MOST_TYPED + 6):
        editing = editing.changed(editing.draft.cell(0, 0, 0, "居" * length), "1.1.1")
    assert editing.undone().draft.blocks[0].rows == (("居" * MOST_TYPED,),)
    assert editing.undone().undone().draft == DRAFT


def test_whoever_signs_is_chosen_by_label_and_the_date_belongs_to_the_line_before_it():
    draft = DRAFT.sign("领取签名", "").add_row(2).cell(2, 1, 0, "承诺人签名")
    assert draft.signatures == ()
    draft = draft.sign("承诺人签名", "applicant").sign("领取签名", "collector").sign("领取日期", DATE)
    assert draft.signatures == (
        {"by": "collector", "line": "领取签名", "date": "领取日期"},
        {"by": "applicant", "line": "承诺人签名"},
    )
    assert [draft.signer(label) for label in ("领取签名", "领取日期", "承诺人签名")] == ["collector", DATE, "applicant"]
    assert draft.sign("领取签名", "agent").signatures[0] == {"by": "agent", "line": "领取签名", "date": "领取日期"}
    assert draft.sign("领取日期", "").signatures[0] == {"by": "collector", "line": "领取签名"}


def test_a_date_before_any_signature_stays_to_be_written_on_paper():
    draft = DRAFT.sign("领取签名", "")
    assert draft.sign("领取日期", DATE) == draft


def test_nobody_signs_where_the_row_or_the_block_is_gone():
    assert DRAFT.remove(2).signatures == DRAFT.remove_row(2, 0).signatures == ()
    assert told(DRAFT.remove(2)) == []
    assert DRAFT.repeat(2).remove(3).signatures == DRAFT.signatures


def test_rows_are_moved():
    draft = DRAFT.add_row(2).cell(2, 1, 0, "备注").move_row(2, 1, -1)
    assert [row[0] for row in draft.blocks[2].rows] == ["备注", "领取签名"]
    assert draft.move_row(2, 0, 9).move_row(2, 0, -9).blocks[2].rows[1][0] == "备注"


def test_a_table_has_the_columns_that_the_counter_fills_and_stands_there_once():
    assert [len(block.rows) for block in TABLED.add(1, BlockKind.TABLE).blocks] == [7, 4]
    assert BlockKind.TABLE not in TABLED.add(1, BlockKind.TABLE).kinds
    assert BlockKind.TABLE not in DRAFT.kinds
