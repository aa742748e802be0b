"""A paper as it will print: a page as a picture on the paper ground, with a soft edge."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.theme import theme

A4_HEIGHT_TO_WIDTH = 1.414
MARGIN = 16


class PaperPreview(QWidget):
    """Shows one page; ``width_changed`` asks for a picture that is as wide as there is room, in real pixels."""

    width_changed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self._words = ""
        self.setMinimumWidth(theme().px(280))

    @property
    def page_width_px(self) -> int:
        """Return how wide a picture of the page should be, in real pixels."""
        return int(self._page().width() * self.devicePixelRatioF())

    def show_page(self, width: int, height: int, pixels: bytes) -> None:
        """Show a picture with 4 bytes a pixel (blue, green, red, alpha)."""
        self._image = QImage(pixels, width, height, width * 4, QImage.Format.Format_RGB32).copy()
        self._words = ""
        self.update()

    def show_words(self, words: str) -> None:
        """Show ``words`` on an empty page, such as why there is no picture."""
        self._image = QImage()
        self._words = words
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Return room for a page that can be read."""
        return QSize(theme().px(400), theme().px(560))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Ask for a picture in the new size."""
        super().resizeEvent(event)
        if event.size() != event.oldSize():
            self.width_changed.emit(self.page_width_px)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw the page and its edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        page = self._page()
        for spread in range(3, 0, -1):
            painter.fillRect(page.adjusted(-spread, 0, spread, spread + 1), QColor(0, 0, 0, 14))
        painter.fillRect(page, QColor("white"))
        if not self._image.isNull():
            painter.drawImage(page, self._image)
        elif self._words:
            painter.setPen(QPen(QColor("#4A5868")))
            painter.drawText(page.adjusted(24, 24, -24, -24), Qt.TextFlag.TextWordWrap.value | 0x84, self._words)

    def _page(self) -> QRect:
        ratio = self._image.height() / self._image.width() if not self._image.isNull() else A4_HEIGHT_TO_WIDTH
        margin = theme().px(MARGIN)
        room = self.rect().adjusted(margin, margin // 2, -margin, -margin)
        width = max(1, min(room.width(), int(room.height() / ratio)))
        height = int(width * ratio)
        return QRect(room.x() + (room.width() - width) // 2, room.y(), width, height)
