"""The editor of templates: a copy is changed, looked at, mended and published without a file in sight."""

from collections import Counter

import pytest

from app.domain.template_remarks import TemplateFault
from app.services.template_editing import TOPIC
from tests.fakes.office import furnished
from tests.ui.office.opened import Opened

RESIDENCE = "residence_certificate"


@pytest.fixture
def opened(counter):
    made = Opened(counter, furnished(counter.desk.now())).connect()
    made.go("templates")
    return made


@pytest.fixture
def editor(opened):
    opened.presenter.templates.choose(RESIDENCE)
    opened.presenter.templates.copy()
    opened.work()
    return opened


def kinds(opened):
    return Counter(block.kind.value for block in opened.presenter.templates.state.draft.blocks)


def test_certificates_stand_first_and_nothing_is_a_draft(opened):
    rows = opened.presenter.templates.state.rows
    assert [row.kind for row in rows[:5]] == ["certificate"] * 5
    assert not any(row.is_draft or row.is_published for row in rows)


def test_a_copy_has_a_name_of_its_own_and_is_drawn_at_once(editor):
    state = editor.presenter.templates.state
    assert state.draft.name == f"{RESIDENCE}_2"
    assert (state.remarks, state.picture is not None, state.can_publish) == ((), True, True)


def test_what_is_wrong_is_told_and_keeps_it_from_being_published(editor):
    templates = editor.presenter.templates
    templates.choose_block(5)
    templates.edit("cell.1.1", "兹证明{nmae}。")
    editor.work()
    (remark,) = templates.state.remarks
    assert (remark.fault, remark.block, templates.state.can_publish) == (TemplateFault.PLACE, 5, False)
    templates.undo()
    editor.work()
    assert templates.state.can_publish


def test_blocks_are_added_moved_repeated_and_removed_with_the_cursor(editor):
    templates = editor.presenter.templates
    before = templates.state.draft
    templates.choose_block(2)
    templates.add("space")
    assert templates.state.block == 3
    templates.move(1)
    assert (templates.state.block, templates.state.draft.blocks[3].kind) == (4, "space")
    templates.repeat()
    templates.remove()
    templates.remove()
    assert templates.state.draft == before
    for _step in range(5):
        templates.undo()
    assert templates.state.draft == before
    templates.redo()
    assert kinds(editor)["space"] == sum(block.kind == "space" for block in before.blocks) + 1


@pytest.mark.parametrize(
    ("block", "key", "value"),
    [
        (0, "title", "情况证明"),
        (0, "list.form", "purpose，since"),
        (0, "list.levels", "county township"),
        (0, "note.2", "请妥善保管"),
        (0, "footer.proof", "扫码核验"),
        (0, "text_size", "13"),
        (9, "right.1", "{body}"),
        (9, "option.sealed", ""),
    ],
)
def test_every_text_can_be_changed_and_taken_back(editor, block, key, value):
    templates = editor.presenter.templates
    before = templates.state.draft
    templates.choose_block(block)
    templates.edit(key, value)
    assert templates.state.draft != before
    templates.undo()
    assert templates.state.draft == before


def test_a_draft_is_kept_when_somebody_leaves_and_goes_when_it_is_dropped(editor):
    templates = editor.presenter.templates
    templates.edit("title", "居住情况证明")
    assert templates.step_back()
    editor.work()
    row = next(row for row in templates.state.rows if row.is_draft)
    assert row.title == "居住情况证明"
    templates.choose(row.name)
    templates.drop()
    editor.work()
    assert not any(row.is_draft for row in templates.state.rows)


def test_a_finished_template_is_published_beside_the_others(editor, tmp_path):
    templates = editor.presenter.templates
    templates.edit("title", "居住情况证明")
    editor.work()
    editor.open_authority(tmp_path)
    templates.publish()
    editor.work()
    assert "第 1 版" in editor.said
    version, payload = editor.office.newest(TOPIC)
    assert version == 1
    assert [row.name for row in templates.state.rows if row.is_published] == [f"{RESIDENCE}_2"]
    assert editor.counter.templates.open(f"{RESIDENCE}_2", payload).title == "居住情况证明"


def test_what_somebody_else_published_meanwhile_is_not_lost(editor, tmp_path):
    editor.open_authority(tmp_path)
    templates = editor.counter.templates
    other = templates.bulletin(templates.open("pledge", b""), b"")
    editor.office.publish(TOPIC, other)
    editor.presenter.templates.publish()
    editor.work()
    assert editor.office.newest(TOPIC) == (1, other)
    assert editor.presenter.templates.state.editing is not None
