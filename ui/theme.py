"""Colours and measures of the window: tokens by theme, one style sheet, text from 100 to 150 %.

``resources/style/window.qss`` names tokens as ``@name`` and lengths in px at 100 %; both are put in here, once per
change of theme or text size. The colours stand in ``ui.palettes``.
"""

import re
from functools import cache
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from ui.fonts import FAMILY
from ui.palettes import LIGHT, PALETTES

SHEET = Path(__file__).resolve().parent.parent / "resources" / "style" / "window.qss"
BODY_PX = 15

_TOKEN = re.compile(r"@([a-z][a-z-]*)")
_LENGTH = re.compile(r"\b(\d+)px")


class Theme(QObject):
    """The look that every widget asks; ``changed`` tells those that draw or hold pictures to do so again."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._is_dark = False
        self._colours = LIGHT
        self._percent = 100

    @property
    def is_dark(self) -> bool:
        """Tell whether the dark colours are in use."""
        return self._is_dark

    def colour(self, token: str) -> str:
        """Return the colour (#RRGGBB) of a token; KeyError for one that does not exist."""
        return self._colours[token]

    def px(self, length: int) -> int:
        """Return a length of ``length`` px at 100 % in the present text size."""
        return round(length * self._percent / 100)

    def apply(self, *, dark: bool, percent: int, contrast: bool = False) -> None:
        """Take these colours and this text size (100 to 150 %) for the whole program, at once."""
        self._is_dark = dark
        self._colours = PALETTES[dark, contrast]
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
