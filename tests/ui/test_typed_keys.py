"""A reader that types, at the real window; keys come as the system sends them, with times of their own."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from tests.support import CERTIFICATE, PERSON, accepted
from ui.typed_bursts import FAST_MS

KEYS = {"\t": Qt.Key.Key_Tab, "\n": Qt.Key.Key_Return}
CARD = f"{PERSON.name}\t{PERSON.id_number}\t{PERSON.address}\n"


def type_at(window, text, every_ms=5, begin_ms=10_000):
    """Send keys to the system's window, as a keyboard does."""
    handle = window._window.windowHandle()
    for place, sign in enumerate(text):
        event = QKeyEvent(
            QEvent.Type.KeyPress, KEYS.get(sign, Qt.Key.Key_unknown), Qt.KeyboardModifier.NoModifier, sign
        )
        event.setTimestamp(begin_ms + place * every_ms)
        QApplication.sendEvent(handle, event)


def is_quiet(window):
    return not window._cards._typed._quiet.isActive()


def test_a_card_that_is_typed_at_the_counter_lies_at_hand_and_the_field_is_empty(window, qtbot):
    type_at(window, CARD)
    qtbot.waitUntil(lambda: window.built.counter._state.card is not None)
    window.idle()
    assert window.built.counter._state.card.name == PERSON.name
    assert (window.built.counter._state.text, window.built.counter_room._field.text()) == ("", "")


def test_a_card_that_is_typed_in_the_intake_goes_where_the_cursor_is_and_leaves_the_field_as_it_was(window, qtbot):
    window.open_item(CERTIFICATE)
    intake = window.built.intake
    intake.parties.toggle_agent()
    window.built.intake_room.focus_place("agent.mandate")
    type_at(window, "委托书 3 号", every_ms=200, begin_ms=1000)
    type_at(window, CARD)
    qtbot.waitUntil(lambda: intake.state.application.agent.person.name != "")
    agent = intake.state.application.agent
    assert (agent.person.name, agent.person.id_number) == (PERSON.name, PERSON.id_number)
    assert agent.mandate == "委托书 3 号"


def test_a_bar_code_opens_its_case_as_before(window, counter, qtbot):
    number = accepted(counter).number
    type_at(window, f"{number}\n", every_ms=2)
    qtbot.waitUntil(lambda: window.current_name == "CaseRoom")


def test_keys_of_a_person_come_at_once_and_fast_ones_that_are_no_card_as_they_went_in(window, qtbot):
    type_at(window, "jzzm", every_ms=FAST_MS + 40)
    assert window.built.counter_room._field.text() == "jzzm"
    assert is_quiet(window)
    window.open_item(CERTIFICATE)
    window.built.intake_room.focus_place("applicant.name")
    type_at(window, "丁珊瑚\t123")
    qtbot.waitUntil(lambda: is_quiet(window))
    applicant = window.built.intake.state.application.applicant
    assert (applicant.name, applicant.id_number) == ("丁珊瑚", "123")
