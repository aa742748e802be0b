"""Choices side by side."""

from PySide6.QtGui import QFont, QFontMetrics

from tests.ui.windows import shown_in_window
from ui.widgets.choices import Menu, Segments


def test_every_choice_has_room_for_its_words_in_bold(qtbot):
    segments = Segments([("a", "Document camera"), ("b", "Integrated camera")])
    segments.setStyleSheet("QPushButton { padding: 0; border: 0 } QPushButton:checked { font-weight: 700 }")
    window = shown_in_window(segments, qtbot)
    assert window.isVisible()
    for button in segments._buttons.values():
        bold = QFont(button.font())
        bold.setWeight(QFont.Weight.Bold)
        assert QFontMetrics(bold).horizontalAdvance(button.text()) <= button.width()


def test_long_choices_go_on_in_the_next_line_where_they_have_no_room(qtbot):
    menu = Menu([("a", "Another ground for revocation by law"), ("b", "Fraud")])
    menu.setFixedWidth(180)
    window = shown_in_window(menu, qtbot)
    assert window.isVisible()
    long, short = menu._buttons.values()
    qtbot.waitUntil(lambda: "\n" in long.text())
    assert (long.text().split(), short.text()) == (["Another", "ground", "for", "revocation", "by", "law"], "Fraud")
    qtbot.waitUntil(lambda: long.height() > short.height())
    assert long.accessibleName() == "Another ground for revocation by law"
