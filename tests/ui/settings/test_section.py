"""How the lines of a section stand."""

import pytest
from PySide6.QtWidgets import QLabel

from tests.ui.windows import shown_in_window
from ui.settings.section import LABEL_WIDTH, Section
from ui.theme import theme
from ui.widgets.cards import Card
from ui.widgets.fields import LineField


class Lines(Section):
    """Two cards: one has a long name among short ones, the other has short ones alone."""

    key, icon = "lines", "gear-six"

    @staticmethod
    def name():
        return "lines"

    def build(self):
        self.long, self.short = self.card("long"), self.card("short")
        for card, names in ((self.long, ("Acknowledgement of copies", "To")), (self.short, ("To", "Of"))):
            self.setting(card, "a", names[0], QLabel("beside"), "")
            self.setting(card, "b", names[1], LineField(), "")


@pytest.fixture
def section(around, qtbot):
    made = Lines(around)
    made.window_of_test = shown_in_window(made, qtbot)
    return made


def starts(card: Card):
    beside = next(one for one in card.findChildren(QLabel) if one.text() == "beside")
    field = card.findChildren(LineField)[0]
    return beside.mapTo(card, beside.rect().topLeft()).x(), field.mapTo(card, field.rect().topLeft()).x()


def test_a_long_name_is_whole_and_what_is_beside_the_names_lines_up(section):
    name = next(one for one in section.findChildren(QLabel) if one.text().startswith("Acknowledgement"))
    assert name.width() >= name.fontMetrics().horizontalAdvance(name.text())
    first, second = starts(section.long)
    assert first == second


def test_short_names_take_the_usual_width(section):
    name = next(one for one in section.short.findChildren(QLabel) if one.text() == "To")
    assert name.width() == theme().px(LABEL_WIDTH)
    assert starts(section.short)[0] < starts(section.long)[0]
