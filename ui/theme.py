"""Colours and measures of the window: tokens by theme, one style sheet, text from 100 to 150 %.

``resources/style/window.qss`` names tokens as ``@name`` and lengths in px at 100 %; both are put in here, once per
change of theme or text size. Contrast of text is at least 4.5:1 in both themes.
"""

import re
from functools import cache
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from ui.fonts import FAMILY

SHEET = Path(__file__).resolve().parent.parent / "resources" / "style" / "window.qss"
BODY_PX = 15

LIGHT = {
    "ground": "#F3F5F8",
    "surface": "#FFFFFF",
    "rail": "#E9EDF2",
    "field": "#FFFFFF",
    "hover": "#E6EDF6",
    "paper-ground": "#DDE3EA",
    "line": "#D7DEE6",
    "line-strong": "#808E9D",
    "text": "#17212C",
    "text-soft": "#4A5868",
    "text-off": "#5B6878",
    "accent": "#1C5AA8",
    "accent-wash": "#E4EDF8",
    "fill": "#1C5AA8",
    "fill-hover": "#164A8C",
    "on-fill": "#FFFFFF",
    "on-fill-line": "#9DBCE2",
    "good": "#1B6E42",
    "good-wash": "#E3F3EA",
    "warn": "#7A4F00",
    "warn-wash": "#FDF1D3",
    "amber": "#B97F00",
    "danger": "#B3261E",
    "danger-wash": "#FBE8E6",
    "neutral-wash": "#E9EDF2",
    "shade": "#6617212C",
}
DARK = {
    "ground": "#12171D",
    "surface": "#1B222A",
    "rail": "#161C23",
    "field": "#141A21",
    "hover": "#28323D",
    "paper-ground": "#0D1115",
    "line": "#313C48",
    "line-strong": "#728192",
    "text": "#E7ECF2",
    "text-soft": "#B4C0CC",
    "text-off": "#9AA7B5",
    "accent": "#86B7F2",
    "accent-wash": "#1F3552",
    "fill": "#3070BF",
    "fill-hover": "#285FA6",
    "on-fill": "#FFFFFF",
    "on-fill-line": "#B4D0F2",
    "good": "#6CCB98",
    "good-wash": "#17332A",
    "warn": "#EBC063",
    "warn-wash": "#3A2F15",
    "amber": "#C6922B",
    "danger": "#FF9A90",
    "danger-wash": "#442220",
    "neutral-wash": "#2A343F",
    "shade": "#99000000",
}
_TOKEN = re.compile(r"@([a-z][a-z-]*)")
_LENGTH = re.compile(r"\b(\d+)px")


class Theme(QObject):
    """The look that every widget asks; ``changed`` tells those that draw or hold pictures to do so again."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._colours = LIGHT
        self._percent = 100

    @property
    def is_dark(self) -> bool:
        """Tell whether the dark colours are in use."""
        return self._colours is DARK

    def colour(self, token: str) -> str:
        """Return the colour (#RRGGBB) of a token; KeyError for one that does not exist."""
        return self._colours[token]

    def px(self, length: int) -> int:
        """Return a length of ``length`` px at 100 % in the present text size."""
        return round(length * self._percent / 100)

    def apply(self, *, dark: bool, percent: int) -> None:
        """Take these colours and this text size (100 to 150 %) for the whole program, at once."""
        self._colours = DARK if dark else LIGHT
        self._percent = percent
        app = QApplication.instance()
        if isinstance(app, QApplication):
            font = QFont(FAMILY)
            font.setPixelSize(self.px(BODY_PX))
            app.setFont(font)
            app.setPalette(self._palette())
            app.setStyleSheet(self.sheet())
        self.changed.emit()

    def sheet(self) -> str:
        """Return the style sheet in these colours and this size."""
        caret = SHEET.with_name("caret-dark.svg" if self.is_dark else "caret-light.svg")
        words = {**self._colours, "caret": caret.as_posix()}
        coloured = _TOKEN.sub(lambda match: words[match[1]], _template())
        return _LENGTH.sub(lambda match: f"{self._length(int(match[1]))}px", coloured)

    def _length(self, length: int) -> int:
        """Hairlines of one or two px stay as they are."""
        return length if length <= 2 else self.px(length)

    def _palette(self) -> QPalette:
        palette = QPalette()
        roles = {
            QPalette.ColorRole.Window: "ground",
            QPalette.ColorRole.Base: "field",
            QPalette.ColorRole.Text: "text",
            QPalette.ColorRole.WindowText: "text",
            QPalette.ColorRole.ButtonText: "text",
            QPalette.ColorRole.Button: "surface",
            QPalette.ColorRole.Highlight: "fill",
            QPalette.ColorRole.HighlightedText: "on-fill",
            QPalette.ColorRole.PlaceholderText: "text-off",
            QPalette.ColorRole.ToolTipBase: "text",
            QPalette.ColorRole.ToolTipText: "surface",
            QPalette.ColorRole.Link: "accent",
        }
        for role, token in roles.items():
            palette.setColor(role, QColor(self._colours[token]))
        return palette


def system_is_dark() -> bool:
    """Tell whether the desktop asks for dark colours."""
    return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark


@cache
def theme() -> Theme:
    """Return the theme of this process; there is one screen, so there is one look."""
    return Theme()


@cache
def _template() -> str:
    return SHEET.read_text(encoding="utf-8")
