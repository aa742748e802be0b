"""Facts line by line."""

from ui.theme import theme
from ui.widgets.named import name_width
from ui.widgets.texts import ElidedLabel


def test_words_begin_behind_the_widest_name_within_bounds(qtbot):
    widest = ElidedLabel("Identity card number", "label").sizeHint().width()
    assert name_width(["Name", "Identity card number"], 10, 1000) == widest
    assert name_width(["Name"], 200, 1000) == name_width([], 200, 1000) == theme().px(200)
    assert name_width(["Identity card number"], 10, 50) == theme().px(50)
