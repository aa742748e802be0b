"""Every screen in every language and text size: nothing is cut, nothing lies outside, everything has a name.

The keys of each screen are looked at on the way: each says what it does, and none does two things.

Colours do not move anything, so each language and size is looked at in other colours.
"""

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from app.services.preferences import Language, Preferences, Theme
from tests.support import COMMITTED, accepted
from tests.ui import clipping, labelled, naming
from tests.ui.screens import SCREENS, leave
from ui import text
from ui.widgets.keys import bind

CHINESE, ENGLISH, TRADITIONAL = Language.CHINESE, Language.ENGLISH, Language.TRADITIONAL
LOOKS = [
    Preferences(Theme.LIGHT, 100, CHINESE),
    Preferences(Theme.DARK, 125, ENGLISH, high_contrast=True),
    Preferences(Theme.LIGHT, 150, TRADITIONAL, high_contrast=True),
    Preferences(Theme.DARK, 150, ENGLISH),
]


OVER_A_ROOM = {"help", "hand over", "fault", "toast"}
"""Screens that lie over another one, whose keys are those of the room beneath."""


def name_of(look):
    contrast = " in high contrast" if look.high_contrast else ""
    return f"{look.language} {look.text_percent} {look.theme}{contrast}"


def _lasting_faults(window, qtbot):
    """Return what is wrong with the screen once wrapped text has found its height, for which Qt takes a few rounds."""
    shown = window._window
    for _round in range(40):
        found = sorted({*clipping.faults(shown), *naming.faults(shown)})
        if not found:
            break
        qtbot.wait(25)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("look", LOOKS, ids=name_of)
def test_everything_can_be_seen_whole_and_has_a_name_and_keys_with_words(window, counter, qtbot, look):
    accepted(counter)
    accepted(counter, COMMITTED)
    window.change_preferences(look)
    qtbot.waitUntil(lambda: window.current_name == "CounterRoom" and text.language() == look.language)
    found = {}
    for name, go in SCREENS.items():
        go(window)
        window.idle()
        qtbot.wait(1)
        assert not window._window.grab().isNull()
        found[name] = _lasting_faults(window, qtbot)
        if name not in OVER_A_ROOM:
            found[name] += labelled.faults(window._window)
        leave(window)
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_the_measure_finds_a_key_without_words_and_one_that_does_two_things(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.shown, window.frame = QWidget(window), QWidget(window)
    window.show()
    assert labelled.faults(window) == ["no key is bound"]
    for key, words in (("F9", "accept"), ("F9", "print"), ("F8", "")):
        bind(window.shown, key, words, lambda: None)
    window.frame.hide()
    assert sorted(labelled.faults(window)) == ["F8 has no words", "F9 does two things"]


def test_the_measure_finds_what_is_cut_outside_or_covered(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(200, 100)
    cut, outside, covering = QLabel("a long text", window), QPushButton(window), QPushButton(window)
    cut.setGeometry(0, 0, 20, 20)
    outside.setGeometry(190, 50, 200, 40)
    covering.setGeometry(5, 0, 60, 20)
    window.show()
    found = " ".join(clipping.faults(window))
    assert "needs" in found
    assert "leaves its parent" in found
    assert "lies on" in found
    assert any("no name" in fault for fault in naming.faults(window))
