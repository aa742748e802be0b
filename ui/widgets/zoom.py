"""A page looked at closely: large, over the room it belongs to."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from ui.theme import theme

HEADER_HEIGHT = 56


class Zoom(QLabel):
    """Covers a room but for its header; the room decides which key closes it."""

    def __init__(self, room: QWidget) -> None:
        super().__init__(room)
        self.setProperty("role", "zoom")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAutoFillBackground(True)
        self.hide()

    def show_picture(self, picture: bytes) -> None:
        """Show a PNG as large as there is room; nothing hides it."""
        self.setVisible(bool(picture))
        if not picture:
            return
        room = self.parentWidget()
        self.setGeometry(room.rect().adjusted(0, theme().px(HEADER_HEIGHT), 0, 0))
        pixmap = QPixmap()
        pixmap.loadFromData(picture)
        self.setPixmap(
            pixmap.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        )
        self.raise_()
