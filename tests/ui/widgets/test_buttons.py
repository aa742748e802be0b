import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets.buttons import ActionButton


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_a_button_changed_behind_a_cover_has_its_colours_back_once_the_cover_goes(window):
    button = ActionButton("受理", "F9", "check-circle", "primary")
    QVBoxLayout(window).addWidget(button)
    window.setEnabled(False)  # as help and panels do with what they cover
    assert button._word.property("on") == "off"
    button.set_busy(True)
    button.set_busy(False)
    window.setEnabled(True)
    assert button.isEnabled()
    assert button._word.property("on") == "primary"


def test_a_busy_button_that_is_not_usable_stays_off_afterwards(window):
    button = ActionButton("受理", "F9", "check-circle", "primary")
    QVBoxLayout(window).addWidget(button)
    button.set_usable(False)
    button.set_busy(True)
    button.set_busy(False)
    assert not button.isEnabled()
    button.set_usable(True)
    assert button.isEnabled()
