"""Choices side by side."""

from PySide6.QtGui import QFont, QFontMetrics

from tests.ui.windows import shown_in_window
from ui.widgets.choices import Segments


def test_every_choice_has_room_for_its_words_in_bold(qtbot):
    segments = Segments([("a", "Document camera"), ("b", "Integrated camera")])
    segments.setStyleSheet("QPushButton { padding: 0; border: 0 } QPushButton:checked { font-weight: 700 }")
    window = shown_in_window(segments, qtbot)
    assert window.isVisible()
    for button in segments._buttons.values():
        bold = QFont(button.font())
        bold.setWeight(QFont.Weight.Bold)
        assert QFontMetrics(bold).horizontalAdvance(button.text()) <= button.width()
