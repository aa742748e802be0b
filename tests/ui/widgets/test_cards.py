"""Cards and the areas that they stand in."""

from PySide6.QtWidgets import QLineEdit

from tests.ui.windows import shown_in_window
from ui.widgets.cards import column_layout, scrolled
from ui.widgets.room import holding


def test_an_area_scrolls_to_what_a_key_has_given_the_focus(qtbot):
    lines = [QLineEdit() for _n in range(60)]
    window = shown_in_window(scrolled(holding(column_layout(*lines))), qtbot)
    assert lines[-1].visibleRegion().isEmpty()
    lines[-1].setFocus()
    qtbot.waitUntil(lambda: not lines[-1].visibleRegion().isEmpty())
    lines[0].setFocus()
    qtbot.waitUntil(lambda: not lines[0].visibleRegion().isEmpty())
    assert window.isVisible()
