"""A pledge in place of a proof through the window: the key on its line, the number there, and back again."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.application import HandedIn
from tests.support import PERSON
from tests.ui.intake.desk import ALLOWS_PLEDGE, ALLOWS_PROOF_PLEDGE
from ui.widgets.keys import bound_keys


def press_pledge(window):
    QApplication.processEvents()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    window.idle()
    QApplication.processEvents()


def test_the_key_pledges_on_the_line_of_a_proof_and_takes_it_back(window):
    window.open_item(ALLOWS_PROOF_PLEDGE)
    intake, room = window.built.intake, window.built.intake_room
    for field in ("name", "id_number", "phone", "address"):
        intake.edit(f"applicant.{field}", getattr(PERSON, field))
    room.focus_place("materials.lease")
    row = room.materials._listed["lease"]
    assert row._pledge.isVisible()
    press_pledge(window)
    assert intake.state.handed_in("lease").pledge == row._second.text() == "云溪3诺〔2026〕000001号"
    assert not row._pledge.isVisible()
    press_pledge(window)
    assert intake.state.handed_in("lease") == HandedIn()
    assert row._pledge.isVisible()


def test_the_key_does_one_thing_where_the_item_has_a_pledge_of_its_own(window):
    window.open_item(ALLOWS_PLEDGE)
    window.idle()
    QApplication.processEvents()
    assert [bound.key for bound in bound_keys(window.built.intake_room)].count("Ctrl+G") == 1
    assert not any(row._pledge.isVisible() for row in window.built.intake_room.materials._listed.values())
