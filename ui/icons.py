"""Icons: Phosphor glyphs, drawn in a token's colour at whatever size and pixel density is asked for.

The font and its table of names ship with QtAwesome; only its two files are read, which costs a fraction of loading it.
"""

import json
from functools import cache

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

from ui.fonts import packaged

FONT = ("qtawesome", "fonts/phosphor-1.3.0.ttf")
NAMES = ("qtawesome", "fonts/phosphor-charmap-1.3.0.json")


def icon(name: str, colour: str) -> QIcon:
    """Return the icon called ``name`` (such as ``file-text``, ``warning-fill``) in ``colour`` (#RRGGBB)."""
    return QIcon(_GlyphEngine(_glyph(name), colour))


def pixmap(name: str, colour: str, size_px: int, ratio: float = 1.0) -> QPixmap:
    """Return the icon as a picture of ``size_px`` for a screen with ``ratio`` pixels a point."""
    picture = QPixmap(QSize(size_px, size_px) * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    _draw(painter, QRect(0, 0, size_px, size_px), _glyph(name), colour)
    painter.end()
    return picture


class _GlyphEngine(QIconEngine):
    def __init__(self, glyph: str, colour: str) -> None:
        super().__init__()
        self._glyph = glyph
        self._colour = colour

    def paint(self, painter: QPainter, rect: QRect, _mode: QIcon.Mode, _state: QIcon.State) -> None:
        """Draw the glyph in the middle of ``rect``."""
        _draw(painter, rect, self._glyph, self._colour)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return the glyph on a transparent ground."""
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return picture

    def clone(self) -> QIconEngine:
        """Return another engine for the same icon."""
        return _GlyphEngine(self._glyph, self._colour)


def _draw(painter: QPainter, rect: QRect, glyph: str, colour: str) -> None:
    font = QFont(_family())
    font.setPixelSize(min(rect.width(), rect.height()))
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, glyph)


@cache
def _family() -> str:
    return QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(packaged(*FONT))))[0]


@cache
def _names() -> dict[str, str]:
    table: dict[str, str] = json.loads(packaged(*NAMES).read_text(encoding="utf-8"))
    return table


def _glyph(name: str) -> str:
    return chr(int(_names()[name], 16))
