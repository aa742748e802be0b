"""The page of a case on the screen: what is masked, what stays, and its keys."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QStackedWidget

from app.demonstration import CLERK
from app.domain.application import HandedIn
from app.domain.outcomes import HandOverPurpose, SpecialProcedure
from app.domain.people import Organisation, masked_name
from app.domain.station import KnownStation
from tests.fakes.navigator import WrittenNavigator
from tests.fakes.runner import ImmediateRunner
from tests.support import COMMITTED, PERSON, accepted, accepted_with_page
from tests.ui.case.test_presenter import Outlet
from tests.ui.scans import scans_of
from tests.ui.windows import shown_in_window
from ui.case.presenter import CasePresenter
from ui.case.state import Part
from ui.case.view import REVEALED_MS, CaseRoom
from ui.forms.fields import FieldRow
from ui.navigation import Session
from ui.surroundings import Surroundings
from ui.widgets.buttons import ActionButton, LinkButton
from ui.widgets.cards import Row
from ui.widgets.pages import Thumbnail

CTRL = Qt.KeyboardModifier.ControlModifier


class Opened:
    """The room of a case over a real counter."""

    def __init__(self, counter, qtbot):
        self.counter = counter
        self.navigator, self.outlet, self.room = WrittenNavigator(), Outlet(), CaseRoom()
        runner = ImmediateRunner()
        scans = scans_of(counter, runner, self.navigator)
        self.presenter = CasePresenter(
            Surroundings(counter, Session(CLERK), runner, self.navigator), self.room, self.outlet, scans
        )
        self.room.connect_to(self.presenter)
        self.others = QStackedWidget()
        self.others.addWidget(self.room)
        self.others.addWidget(QLabel("another room"))
        self.window = shown_in_window(self.others, qtbot)
        self.room.setFocus()

    def press(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        QApplication.processEvents()
        QTest.keyClick(self.window.focusWidget(), key, modifiers)

    def words(self):
        return [label.text() for label in self.room.findChildren(QLabel)]


@pytest.fixture
def page(counter, qtbot):
    return Opened(counter, qtbot)


def test_a_material_that_may_follow_says_by_when_in_red_once_that_is_over(page):
    page.presenter.open(accepted(page.counter).number)
    state = page.presenter.state
    owed = {code: HandedIn(promised_by=date(2026, 5, 25)) for code in state.file.case.materials}
    for today, tone in ((date(2026, 5, 25), ""), (date(2026, 5, 26), "danger")):
        file = replace(state.file, case=replace(state.file.case, materials=owed), today=today)
        page.room.render(replace(state, file=file))
        said = [one for one in page.room.findChildren(QLabel) if one.accessibleName().startswith("承诺 05-25 前补")]
        assert {(one.property("tone") or "", "已过期" in one.accessibleName()) for one in said} == {(tone, bool(tone))}


def test_a_long_name_leaves_the_case_number_whole(page):
    page.presenter.open(accepted(page.counter).number)
    state = page.presenter.state
    organisation = Organisation("云溪镇柳湾村生态养殖与农产品加工销售专业合作社联合社" * 6, "93519900MA00000004", "")
    page.room.render(replace(state, file=replace(state.file, case=replace(state.file.case, organisation=organisation))))
    QApplication.processEvents()
    assert page.room._number.width() >= page.room._number.sizeHint().width()
    assert page.room._title.toolTip()


def test_personal_data_is_masked_until_it_is_asked_for(counter, page):
    page.presenter.open(accepted(counter).number)
    assert masked_name(PERSON.name) in page.words()
    assert PERSON.id_number not in page.words()
    page.press(Qt.Key.Key_E, CTRL)
    assert {PERSON.name, PERSON.id_number, PERSON.phone, PERSON.address} <= set(page.words())


@pytest.mark.parametrize("way", ["the rail", "Escape", "Ctrl+E", "time", "another case"])
def test_personal_data_goes_by_whatever_way(counter, page, way):
    page.presenter.open(accepted(counter).number)
    page.press(Qt.Key.Key_E, CTRL)
    ways = {
        "the rail": lambda: page.others.setCurrentIndex(1),
        "Escape": lambda: page.press(Qt.Key.Key_Escape),
        "Ctrl+E": lambda: page.press(Qt.Key.Key_E, CTRL),
        "time": page.room._masked_again.timeout.emit,
        "another case": lambda: page.presenter.open(accepted(counter, COMMITTED).number),
    }
    ways[way]()
    assert PERSON.id_number not in page.words()
    assert not page.room._masked_again.isActive()


def test_personal_data_is_shown_for_a_minute(counter, page):
    page.presenter.open(accepted(counter).number)
    page.press(Qt.Key.Key_E, CTRL)
    assert page.room._masked_again.isActive()
    assert page.room._masked_again.interval() == REVEALED_MS == 60_000


def test_the_acceptance_is_proven_by_entry_and_digits(counter, page):
    case = accepted(counter)
    page.presenter.open(case.number)
    accepted_event = counter.desk.file(case.number).events[1]
    assert f"第 {accepted_event.seq} 条" in page.words()
    assert accepted_event.witness in page.words()
    assert any("尚未与中心核对" in words for words in page.words())


@pytest.mark.parametrize(("sound", "words"), [(True, "链与签名完好"), (False, "核对不通过")])
def test_the_light_says_whether_the_entries_check(counter, page, monkeypatch, sound, words):
    monkeypatch.setattr(counter.ledger, "is_sound", lambda _number: sound)
    page.presenter.open(accepted(counter).number)
    assert page.room._page._sound.accessibleName() == words


def test_every_stage_names_when_it_was_reached(counter, page):
    case = accepted(counter)
    page.presenter.open(case.number)
    assert [stage.state for stage in page.room._page._stages._stages] == ["done", "done", "now", "next", "next"]
    counter.issuance.issue(case.number, CLERK)
    counter.issuance.deliver(case.number, CLERK, PERSON.name, in_person=True)
    page.presenter.open(case.number)
    assert all(stage.note for stage in page.room._page._stages._stages)


def test_an_item_without_a_certificate_has_no_stage_for_one(counter, page):
    page.presenter.open(accepted(counter, COMMITTED).number)
    assert "制证" not in [stage.name for stage in page.room._page._stages._stages]


def test_a_page_is_looked_at_closely_and_escape_leads_back_one_step(counter, page, sample_png):
    page.presenter.open(accepted_with_page(counter, sample_png).number)
    QApplication.processEvents()
    page.room.findChild(Thumbnail).setFocus()
    page.press(Qt.Key.Key_Return)
    assert page.room._zoom.isVisible()
    page.press(Qt.Key.Key_Escape)
    assert not page.room._zoom.isVisible()
    assert page.navigator.went == []
    page.press(Qt.Key.Key_Escape)
    assert page.navigator.went == [("back",)]


def test_a_material_with_pages_opens_as_one_document_by_keyboard(counter, page, sample_png):
    case = accepted_with_page(counter, sample_png)
    page.presenter.open(case.number)
    QApplication.processEvents()
    acts = [one for one in page.room.findChildren(LinkButton) if one.accessibleName().startswith("材料 PDF")]
    acts[0].setFocus()
    page.press(Qt.Key.Key_Return)
    assert ([name for name, _pdf in page.outlet.opened], len(acts)) == ([f"{case.number}-id_card"], 1)


def test_a_paper_opens_with_enter_and_keeps_the_focus(counter, page):
    page.presenter.open(accepted(counter).number)
    QApplication.processEvents()
    row = page.room._page.papers.findChildren(Row)[0]
    row.setFocus()
    page.press(Qt.Key.Key_Return)
    page.press(Qt.Key.Key_E, CTRL)
    QApplication.processEvents()
    assert len(page.outlet.opened) == 1
    assert page.room._page.papers.findChildren(Row)[0].hasFocus()


def test_the_number_is_copied_with_a_key(counter, page):
    case = accepted(counter)
    page.presenter.open(case.number)
    page.press(Qt.Key.Key_C, CTRL)
    assert page.outlet.copied == case.number


def test_f10_leads_to_the_certificate(counter, page):
    case = accepted(counter)
    page.presenter.open(case.number)
    page.press(Qt.Key.Key_F10)
    assert page.navigator.went == [("open_issue", case.number)]


def test_an_act_that_is_not_possible_is_there_and_says_why(counter, page):
    case = accepted(counter, COMMITTED)
    counter.review.suspend(case.number, CLERK, SpecialProcedure.TEST, basis="依据")
    page.presenter.open(case.number)
    QApplication.processEvents()
    decide = next(b for b in page.room.findChildren(ActionButton) if b.accessibleName() == "作出决定")
    assert (decide.isVisible(), decide.isEnabled()) == (True, False)
    assert decide.toolTip() == "停表中，先恢复计时"


def test_a_due_date_that_is_going_to_move_is_not_shown(counter, page):
    case = accepted(counter, COMMITTED)
    page.presenter.open(case.number)
    assert "到期" in page.room._light.accessibleName()
    counter.review.suspend(case.number, CLERK, SpecialProcedure.TEST, basis="依据")
    page.presenter.open(case.number)
    assert page.room._light.accessibleName() == "停表中"


def test_every_act_is_listed_and_taken_by_its_key(counter, page):
    page.presenter.open(accepted(counter, COMMITTED).number)
    page.press(Qt.Key.Key_F2)
    assert "办结以后才能归档" in page.words()
    page.press(Qt.Key.Key_J)
    assert page.presenter.forms.state.title == "撤回申请"
    page.press(Qt.Key.Key_Escape)
    assert page.presenter.state.part is Part.PAGE


def test_a_form_is_filled_in_and_done_with_keys(counter, page):
    case = accepted(counter, COMMITTED)
    page.presenter.open(case.number)
    page.press(Qt.Key.Key_F7)
    page.press(Qt.Key.Key_F9)
    assert "请填写理由" in page.words()
    page.press(Qt.Key.Key_X)
    page.press(Qt.Key.Key_Return)
    page.press(Qt.Key.Key_Y)
    page.press(Qt.Key.Key_Return)
    page.press(Qt.Key.Key_Space)
    extended = counter.desk.file(case.number).events[-1].fact
    assert (extended.days, extended.reason, extended.approver) == (10, "x", "y")
    assert "已延期" in page.words()


def test_fields_that_come_while_typing_leave_the_cursor_where_it_is(counter, page):
    page.presenter.open(accepted(counter, COMMITTED).number)
    page.presenter.begin("correct")
    page.presenter.forms.edit("applicant.document", "foreign_permanent_resident_card")
    row = page.room.findChild(FieldRow, "applicant.id_number")
    row.take_focus()
    row.editor.setCursorPosition(2)
    QTest.keyClick(row.editor, Qt.Key.Key_Delete)  # the number tells no birth date any more
    again = page.room.findChild(FieldRow, "applicant.id_number")
    assert page.room.findChild(FieldRow, "applicant.stated_birth_date") is not None
    assert (QApplication.focusWidget(), again.editor.cursorPosition()) == (again.editor, 2)
    assert PERSON.id_number in {label.text().removeprefix("原来：") for label in again.findChildren(QLabel)}


def test_what_was_typed_into_a_form_stays_when_it_is_left(counter, page):
    page.presenter.open(accepted(counter, COMMITTED).number)
    page.press(Qt.Key.Key_F8)
    page.press(Qt.Key.Key_Q)
    page.press(Qt.Key.Key_Escape)
    page.press(Qt.Key.Key_F8)
    assert page.room.findChild(FieldRow, "to").editor.value() == "q"


def test_a_usual_case_fits_the_smallest_screen(counter, page):
    case = accepted(counter)
    counter.issuance.issue(case.number, CLERK)
    counter.issuance.deliver(case.number, CLERK, PERSON.name, in_person=True)
    page.window.resize(1366 - 80, 768 - 32)
    page.presenter.open(case.number)
    page.window.grab()
    assert page.room._page._left.verticalScrollBar().maximum() == 0


def test_a_case_is_handed_over_by_its_key_from_its_page(counter, page):
    with counter.intake._store.write() as uow:
        uow.directory.replace([KnownStation("000732", "云溪镇")])
        uow.commit()
    page.presenter.open(accepted(counter, COMMITTED).number)
    page.press(Qt.Key.Key_T, CTRL)
    assert page.presenter.state.part is Part.FORM


def test_the_page_says_in_whose_hands_a_case_is(counter, page):
    number = accepted(counter, COMMITTED).number
    counter.custody.hand_over(number, CLERK, "000732", "云溪镇", HandOverPurpose.REVIEW, "超出权限")
    page.presenter.open(number)
    assert {"云溪镇", "交接途中，对方还没有接收"} <= set(page.words())
    page.press(Qt.Key.Key_T, CTRL)
    assert page.presenter.state.part is Part.PAGE
