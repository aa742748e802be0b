"""The office on the screen: what it shows and which key does what."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.operators import Role
from tests.fakes.office import furnished
from tests.ui.office.opened import PASSPHRASE, URL
from ui.office.presenter import ASIDE, AUDIT, BULLETINS, CASES, KEEPING, OVERVIEW, STATIONS, TEMPLATES, Stage
from ui.office.presenters.cases import HELD


@pytest.fixture
def office(window):
    return furnished(window.counter.desk.now())


@pytest.fixture
def room(window, office, qtbot):
    """Return the rooms with the office open, inside."""
    window.counter.administering._open_office = lambda _url, _ca, _password: office
    window.open_centre()
    key(window, Qt.Key.Key_F6)
    assert window.current_name == "OfficeRoom"
    typed(URL)
    key(window, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: window.built.office.state.stage is Stage.INSIDE)
    window.idle()
    return window


def key(rooms, *pressed):
    for one in pressed:
        QTest.keyClick(rooms._window, one)
        rooms.idle()


def typed(text):
    """Type as an input method does, which has characters that no key has."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(QApplication.focusWidget(), event)


def part(rooms, name):
    return rooms.built.office_room.part(name)


def step_to(rooms, name):
    while rooms.built.office.state.part != name:
        QTest.keyClick(rooms._window, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
        rooms.idle()


def test_the_way_in_needs_no_mouse_and_esc_leads_back_to_the_settings(room):
    assert room.built.office.state.part == OVERVIEW
    assert part(room, OVERVIEW).isVisible()
    key(room, Qt.Key.Key_Escape)
    assert room.current_name == "SettingsRoom"
    room.open_office()
    assert room.built.office.state.stage is Stage.INSIDE


def test_the_station_under_the_cursor_is_shown_beside_the_list(room):
    step_to(room, STATIONS)
    shown = part(room, STATIONS)
    assert QApplication.focusWidget().accessibleName() == "查找窗口"
    assert room.built.office.stations.state.chosen == "000731"
    assert "3 号窗口" in shown._one._name.accessibleName()
    shown._list.table.setFocus()
    QTest.keyClick(shown._list.table, Qt.Key.Key_Down)
    assert room.built.office.stations.state.chosen == "000732"
    assert "柳湾村" in shown._one._name.accessibleName()


def test_a_station_is_found_invited_and_the_authority_asked_for_on_the_way(room, office, tmp_path):
    office.make_authority(tmp_path / "authority.lideng", "云溪市政务服务中心", PASSPHRASE)
    office.close_authority()
    room._desktop.__class__.target = tmp_path / "000740.lideng-invitation"
    step_to(room, STATIONS)
    key(room, Qt.Key.Key_F6)
    for text in ("000740", "519900101000", "云溪镇便民服务中心", "4 号窗口", "db1.example"):
        typed(text)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    key(room, Qt.Key.Key_F9)
    assert room.built.office.state.is_asking
    typed(str(tmp_path / "authority.lideng"))
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    typed(PASSPHRASE)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    room.idle()
    room.idle()
    assert office.rows["000740"].name == "4 号窗口"
    assert room.built.office.stations.state.chosen == "000740"
    assert part(room, STATIONS)._list.table.current_key() == "000740"
    assert room.built.office_room._authority_panel._passphrase.text() == ""
    room._desktop.__class__.target = None


def test_esc_goes_back_one_step_at_a_time(room):
    step_to(room, STATIONS)
    typed("云溪")
    key(room, Qt.Key.Key_F8)
    assert room.built.office.stations.state.form == "revoke"
    key(room, Qt.Key.Key_Escape)
    assert (room.built.office.stations.state.form, room.built.office.stations.state.text) == ("", "云溪")
    key(room, Qt.Key.Key_Escape)
    assert room.built.office.stations.state.text == ""
    key(room, Qt.Key.Key_Escape)
    assert room.current_name == "SettingsRoom"


def test_findings_come_into_the_list_and_one_is_shown_whole(room):
    step_to(room, AUDIT)
    key(room, Qt.Key.Key_F9)
    shown = part(room, AUDIT)
    assert shown._list.table.model().rowCount() == 3
    shown._list.table.setFocus()
    QTest.keyClick(shown._list.table, Qt.Key.Key_Down)
    assert "18 is missing" in shown._detail.text()


def test_what_was_set_aside_is_settled_by_key(room, office):
    step_to(room, ASIDE)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    typed("已告知镇窗口")
    key(room, Qt.Key.Key_F9)
    room.idle()
    assert office.settled == [("000733", 1, 57, "已告知镇窗口")]
    assert room.built.office.aside.state.chosen == "key/000733/98342/1"
    part(room, ASIDE)._list.table.setFocus()
    QTest.keyClick(part(room, ASIDE)._list.table, Qt.Key.Key_Return)
    typed("口令被盗")
    key(room, Qt.Key.Key_F8, Qt.Key.Key_F9)
    room.idle()
    assert office.settled[1:] == [("000733", 98342, "refused from 1", "口令被盗")]
    assert room.built.office.aside.state.chosen == "aside/000731/1/97"


def test_what_cannot_be_undone_asks_first_and_esc_takes_it_back(room, office):
    office.due = 7
    step_to(room, KEEPING)
    key(room, Qt.Key.Key_F8)
    key(room, Qt.Key.Key_Escape)
    assert office.due == 7
    key(room, Qt.Key.Key_F8, Qt.Key.Key_F9)
    assert office.due == 0


def test_nothing_is_published_before_a_file_was_looked_at(room):
    step_to(room, BULLETINS)
    key(room, Qt.Key.Key_F9)
    assert not room.built.office.state.is_asking
    assert not part(room, BULLETINS)._publish.isEnabled()


def test_who_takes_over_the_window_stands_outside(room, office):
    from app.demonstration import CLERK  # noqa: PLC0415

    clerk = replace(CLERK, roles=(Role.CLERK,))
    room._session.operator = clerk
    room.handed_over(clerk)
    assert office.is_closed
    assert room.built.office.state.stage is Stage.OUTSIDE
    assert not room.built.office_room._entrance._connect.isEnabled()


def test_a_case_is_found_and_opened_without_a_mouse(room, office):
    step_to(room, CASES)
    assert QApplication.focusWidget().accessibleName() == "按编号查找"
    shown = part(room, CASES)
    key(room, Qt.Key.Key_Down, Qt.Key.Key_F9)
    first = room.built.office.cases.state.chosen
    assert [one.number for one in office.every_case.opened] == [first]
    assert shown._one._openings.isVisible()
    key(room, Qt.Key.Key_Escape)
    assert room.built.office.cases.state.opened is None
    key(room, Qt.Key.Key_F6)
    assert shown._piles.isVisible()
    assert not shown._list.isVisible()
    key(room, Qt.Key.Key_F8)
    assert shown._list.isVisible()
    assert room.built.office.cases.state.places[HELD].code == "519900000000"


def copied_template(room, qtbot):
    step_to(room, TEMPLATES)
    key(room, Qt.Key.Key_F7)
    templates = room.built.office.templates
    qtbot.waitUntil(lambda: templates.state.is_judged)
    return templates


def control(rooms, pressed):
    QTest.keyClick(QApplication.focusWidget(), pressed, Qt.KeyboardModifier.ControlModifier)
    rooms.idle()


def test_a_template_is_copied_and_changed_without_a_mouse_and_kept_at_esc(room, qtbot):
    templates = copied_template(room, qtbot)
    typed("农村宅基地使用批准书")
    assert templates.state.draft.title == "农村宅基地使用批准书"
    key(room, Qt.Key.Key_Escape)
    assert [row.title for row in templates.state.rows if row.is_draft] == ["农村宅基地使用批准书"]
    control(room, Qt.Key.Key_Delete)
    assert not any(row.is_draft for row in templates.state.rows)
    control(room, Qt.Key.Key_Z)
    assert [row.title for row in templates.state.rows if row.is_draft] == ["农村宅基地使用批准书"]


def test_blocks_and_rows_come_and_go_without_a_mouse_and_each_step_is_taken_back_in_any_field(room, qtbot):
    templates = copied_template(room, qtbot)
    before = templates.state.draft
    part(room, TEMPLATES)._editor.take_focus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_End)
    adding = part(room, TEMPLATES)._editor._add._choices
    adding.setFocus()
    adding.setCurrentText("表格")
    assert templates.state.draft == before  # looking through the list adds nothing
    QTest.keyClick(adding, Qt.Key.Key_Return)
    assert templates.state.draft.blocks[-1].kind == "grid"
    room.idle()
    control(room, Qt.Key.Key_R)
    assert QApplication.focusWidget().accessibleName() == "第 2 行 栏名"
    typed("联系电话")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    typed("{window_phone}")
    assert templates.state.draft.blocks[-1].rows == (("", ""), ("联系电话", "{window_phone}"))
    control(room, Qt.Key.Key_Z)
    control(room, Qt.Key.Key_Z)
    assert templates.state.draft.blocks[-1].rows == (("", ""), ("", ""))
    control(room, Qt.Key.Key_Y)
    control(room, Qt.Key.Key_Up)
    assert templates.state.draft.blocks[-2].rows[1][0] == "联系电话"
    for _step in range(4):
        control(room, Qt.Key.Key_Z)
    assert templates.state.draft == before


def test_codes_of_the_form_are_typed_and_ticked_and_the_focus_stays(room, qtbot):
    templates = copied_template(room, qtbot)
    form = part(room, TEMPLATES)._editor._form
    codes, before = form._fields["list.form"].editor, templates.state.draft.form
    codes.setFocus()
    codes.end(False)
    for letter in ",zone":
        typed(letter)
    assert templates.state.draft.form == (*before, "zone")
    assert QApplication.focusWidget() is codes
    form._choices["list.form"]._buttons[before[0]].click()
    assert set(templates.state.draft.form) == {*before[1:], "zone"}
    room.idle()


def test_undoing_leaves_the_focus_in_the_form(room, qtbot):
    templates = copied_template(room, qtbot)
    templates.choose_block(len(templates.state.draft.blocks))
    rows = len(templates.state.draft.blocks[-1].rows)
    form = part(room, TEMPLATES)._editor._form
    form.take_focus()
    qtbot.waitUntil(form._fields["option.height"].isVisible)
    control(room, Qt.Key.Key_R)
    assert QApplication.focusWidget().accessibleName() == f"第 {rows + 1} 行 栏名"
    control(room, Qt.Key.Key_Z)
    assert len(templates.state.draft.blocks[-1].rows) == rows
    assert form.isAncestorOf(QApplication.focusWidget())
