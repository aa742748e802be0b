"""Facts line by line: what each is called in front, what it says behind."""

from collections.abc import Iterable

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from ui.theme import theme
from ui.widgets.cards import row_layout
from ui.widgets.texts import ElidedLabel


def named_line(name: str, words: str, width_px: int, *, role: str = "label", tone: str = "") -> QHBoxLayout:
    """Return one fact, whose words begin behind ``width_px``; whatever does not fit is cut off at its end."""
    heading = ElidedLabel(name, role)
    heading.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
    heading.setFixedWidth(width_px)
    inside = row_layout(heading, ElidedLabel(words, "", tone))
    inside.setStretch(1, 1)
    return inside


def name_width(names: Iterable[str], least: int, most: int) -> int:
    """Return how many pixels the widest of ``names`` takes in front of its words, within ``least`` and ``most``."""
    widest = max((ElidedLabel(name, "label").sizeHint().width() for name in names), default=0)
    return min(max(widest, theme().px(least)), theme().px(most))
