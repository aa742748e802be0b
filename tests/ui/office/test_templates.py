"""The editor of templates: a copy is changed, looked at, mended and published without a file in sight."""

from collections import Counter
from dataclasses import replace

import pytest

from app.domain.template_remarks import TemplateFault
from app.services.errors import CentralUnavailable
from app.services.template_editing import TOPIC
from tests.fakes.office import furnished
from tests.ui.office.opened import Opened
from ui.template_words import places_for

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
        (12, "signer.2.1", "applicant"),
        (12, "signer.2.3", ""),
        (0, "list.copies", "交申请人 存档 随件移交"),
        (0, "landscape", "true"),
        (0, "holder", "{name}"),
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
    assert editor.counter.templates.open(f"{RESIDENCE}_2", payload).draft.title == "居住情况证明"


def published_elsewhere(opened, name, title):
    """Publish a template with another title as another PC does."""
    _version, payload = opened.office.newest(TOPIC)
    templates = opened.counter.templates
    draft = replace(templates._workshop.read(templates._files(payload)[name]), title=title)
    return opened.office.publish(TOPIC, templates.bulletin(draft, payload))


def titles(opened):
    _version, payload = opened.office.newest(TOPIC)
    templates = opened.counter.templates
    return {name: templates._workshop.read(data).title for name, data in templates._published(payload).items()}


def test_what_somebody_else_published_meanwhile_is_kept(editor, tmp_path):
    editor.open_authority(tmp_path)
    published_elsewhere(editor, "pledge", "承诺书")
    editor.presenter.templates.publish()
    editor.work()
    assert titles(editor) == {"pledge": "承诺书", f"{RESIDENCE}_2": "居住证明"}


def test_a_newer_version_is_not_replaced_before_it_was_said_that_there_is_one(opened, tmp_path):
    opened.open_authority(tmp_path)
    templates = opened.presenter.templates
    templates.choose(RESIDENCE)
    templates.open()
    templates.edit("title", "居住证明甲")
    opened.work()
    published_elsewhere(opened, RESIDENCE, "居住证明乙")
    templates.publish()
    opened.work()
    assert (titles(opened), templates.state.is_superseded) == ({RESIDENCE: "居住证明乙"}, True)
    published_elsewhere(opened, RESIDENCE, "居住证明丙")
    templates.publish()
    opened.work()
    assert titles(opened) == {RESIDENCE: "居住证明丙"}
    templates.publish()
    opened.work()
    assert (titles(opened), templates.state.editing) == ({RESIDENCE: "居住证明甲"}, None)


def test_a_draft_that_was_overtaken_is_told_in_the_list_and_when_it_is_opened(opened, tmp_path):
    opened.open_authority(tmp_path)
    templates = opened.presenter.templates
    templates.choose(RESIDENCE)
    templates.open()
    templates.edit("title", "居住证明甲")
    templates.step_back()
    published_elsewhere(opened, RESIDENCE, "居住证明乙")
    templates.refresh()
    opened.work()
    assert [row.name for row in templates.state.rows if row.is_superseded] == [RESIDENCE]
    templates.open()
    assert templates.state.is_superseded
    templates.drop()
    opened.work()
    templates.open()
    assert (templates.state.draft.title, templates.state.is_superseded) == ("居住证明乙", False)


def test_what_is_changed_while_it_is_published_stays_a_draft_of_the_new_version(editor, tmp_path):
    editor.open_authority(tmp_path)
    templates = editor.presenter.templates
    templates.publish()
    templates.edit("title", "居住情况证明")
    editor.work()
    assert titles(editor) == {f"{RESIDENCE}_2": "居住证明"}
    assert (templates.state.draft.title, templates.state.is_superseded) == ("居住情况证明", False)
    (row,) = [row for row in templates.state.rows if row.is_draft]
    assert (row.title, row.is_superseded) == ("居住情况证明", False)


def test_a_dropped_draft_is_taken_back(editor):
    templates = editor.presenter.templates
    templates.edit("title", "居住情况证明")
    templates.drop()
    editor.work()
    assert not any(row.is_draft for row in templates.state.rows)
    templates.take_back()
    editor.work()
    assert (templates.state.chosen, templates.state.dropped) == (f"{RESIDENCE}_2", None)
    assert [row.title for row in templates.state.rows if row.is_draft] == ["居住情况证明"]


def test_an_error_that_nobody_foresaw_is_told_and_the_next_change_draws_again(editor, monkeypatch, caplog):
    templates, service = editor.presenter.templates, type(editor.counter.templates)
    with monkeypatch.context() as patch:
        patch.setattr(service, "judge", lambda _self, _draft: 1 / 0)
        templates.edit("title", "居住情况证明")
        editor.work()
    assert "意外" in editor.said
    assert "ZeroDivisionError" in caplog.text
    assert (templates.state.picture, templates.state.can_publish) == (None, False)
    templates.edit("title", "居住的情况证明")
    editor.work()
    assert (templates.state.picture is not None, templates.state.can_publish, editor.said) == (True, True, "")


def test_of_many_changes_the_first_and_the_last_are_drawn(editor, monkeypatch):
    templates, service, judged = editor.presenter.templates, editor.counter.templates, []
    judge = service.judge
    monkeypatch.setattr(type(service), "judge", lambda _self, draft: judged.append(draft.title) or judge(draft))
    for length in range(1, 9):
        templates.edit("title", "居住情况的证明书"[:length])
    assert not templates.state.is_judged
    editor.work()
    assert judged == ["居", "居住情况的证明书"]
    assert templates.state.is_judged


def test_another_page_is_drawn_without_judging_again(editor, monkeypatch):
    templates = editor.presenter.templates
    monkeypatch.setattr(type(editor.counter.templates), "judge", lambda _self, _draft: 1 / 0)
    first = templates.state.picture
    templates.turn(1)
    editor.work()
    assert (templates.state.page, templates.state.picture.pixels != first.pixels) == (1, True)


def test_the_paper_goes_on_being_drawn_after_one_went_out_while_it_was_drawn(editor):
    editor.presenter.templates.edit("title", "居住情况证明")
    editor.presenter.leave()
    editor.work()
    editor.connect().go("templates")
    templates = editor.presenter.templates
    templates.choose(f"{RESIDENCE}_2")
    templates.open()
    editor.work()
    assert (templates.state.draft.title, templates.state.is_judged) == ("居住情况证明", True)


def test_where_the_templates_cannot_be_read_nothing_can_be_opened(opened):
    opened.presenter.templates.forget()
    opened.office.error = CentralUnavailable("network")
    opened.presenter.templates.start()
    opened.work()
    state = opened.presenter.templates.state
    assert (state.rows, state.is_unread) == (None, True)
    opened.presenter.templates.choose(RESIDENCE)
    opened.presenter.templates.open()
    assert opened.presenter.templates.state.editing is None


def test_fields_are_offered_by_the_words_of_the_form_that_asks_for_them(editor):
    labels = dict(editor.presenter.templates.state.fields)
    assert labels == {"residence_address": "现住址", "residence_since": "居住起始", "purpose": "用途"}
    assert ("{purpose}", "用途") in places_for(editor.presenter.templates.state.draft, tuple(labels.items()))
