"""Choices side by side."""

import pytest

from tests.ui.windows import shown_in_window
from ui.widgets.choices import Segments


@pytest.mark.parametrize("chosen", ["a", "b"])
def test_what_is_chosen_is_bold_and_neither_cut_nor_moves_the_others(qtbot, chosen):
    segments = Segments([("a", "Document camera"), ("b", "Integrated camera")])
    segments.setStyleSheet("QPushButton { padding: 0; border: 0 } QPushButton:checked { font-weight: 700 }")
    window = shown_in_window(segments, qtbot)
    assert window.isVisible()
    before = [button.sizeHint() for button in segments._buttons.values()]
    segments.set_value(chosen)
    button = segments._buttons[chosen]
    button.ensurePolished()
    assert button.fontMetrics().horizontalAdvance(button.text()) <= button.width()
    assert [button.sizeHint() for button in segments._buttons.values()] == before
