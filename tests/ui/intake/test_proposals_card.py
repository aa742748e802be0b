"""The card of proposals by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from app.services.ports import ReadField, Reading, ReadPaper, ReadValue
from tests.fakes.cameras import small_jpeg
from tests.ui.windows import shown_in_window
from ui.intake.proposals_card import ProposalsCard

FIELDS = {
    ReadField.NAME: ReadValue("欧晚晴", 0.99),
    ReadField.NUMBER: ReadValue("199900198001010017", 0.2),
    ReadField.ADDRESS: ReadValue("云溪镇老街 9 号", 0.99),
}
READ = Reading(ReadPaper.RESIDENT_CARD, FIELDS, dict.fromkeys(FIELDS, small_jpeg()))


@pytest.fixture
def card(desk, qtbot):
    desk.begin()
    card = ProposalsCard()
    card.connect_to(desk.presenter.proposals)
    window = shown_in_window(card, qtbot)
    desk.screen.render = lambda state: (setattr(desk.screen, "state", state), card.show_state(state))
    desk.presenter.proposals.show_papers([READ], "applicant")
    yield card
    window.close()


def press(*keys):
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key)


def test_enter_takes_what_is_chosen(card, desk):
    press(Qt.Key.Key_Return)
    assert (desk.application.applicant.name, desk.application.applicant.id_number) == ("欧晚晴", "")
    assert card.isHidden()


def test_arrows_lead_to_a_line_and_space_chooses_it(card, desk):
    press(Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Space)
    assert [one.is_chosen for one in desk.state.proposed_values.proposals] == [True, True, True]
    press(Qt.Key.Key_Up, Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
    applicant = desk.application.applicant
    assert (applicant.name, applicant.id_number) == ("", "199900198001010017")


def test_the_last_button_puts_everything_away(card, desk):
    press(Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert desk.state.proposed_values is None
    assert desk.application.applicant.name == ""


def test_what_has_to_be_compared_is_shown_larger_than_what_is_sure(card):
    name, number, _address = card._lines()
    assert [line.property("state") for line in (name, number)] == ["", "warn"]
    assert picture_of(number).height() > picture_of(name).height()


def picture_of(line):
    return next(one for one in line.findChildren(QLabel) if one.property("role") == "scrap")
