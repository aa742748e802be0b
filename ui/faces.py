"""The photo of a card as it stands on a screen, in its own size, with a fine edge: its wall is white as the card is."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.services.ports import CardPhoto
from ui.text import _
from ui.theme import theme

WIDTH, HEIGHT = 102, 126


class Face(QWidget):
    """Nothing hides it; at 100 per cent a photo has a pixel of the screen for each of its own."""

    def __init__(self, percent: int = 100) -> None:
        super().__init__()
        self._photo: CardPhoto | None = None
        self._image = QImage()
        self.setFixedSize(theme().px(WIDTH * percent // 100), theme().px(HEIGHT * percent // 100))
        self.setAccessibleName(_("证件照片"))
        self.hide()

    def show_photo(self, photo: CardPhoto | None, whose: str = "") -> None:
        """Show ``photo``; None leaves nothing of the one before. ``whose`` is told where the mouse rests."""
        self.setToolTip(whose)
        self.setVisible(photo is not None)
        if photo is self._photo:
            return
        self._photo, self._image = photo, QImage()
        if photo is not None:
            kind = QImage.Format.Format_RGB32
            self._image = QImage(photo.pixels, photo.width, photo.height, photo.width * 4, kind).copy()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw the photo and its edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self.rect(), self._image)
        painter.setPen(QPen(QColor(theme().colour("line-strong")), 1, Qt.PenStyle.SolidLine))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
