"""The picture of a document camera: frames with the sheet that was found, or one that stands still with corners to move."""

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QByteArray, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QImageReader,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.services.ports import Corners, Frame
from ui.camera.state import Frozen
from ui.theme import theme

LARGEST = 1600
"""Pixels of the longer side in which a picture that stands still is decoded."""
HANDLE = 9
REACH = 24
"""How near to a corner a click takes it."""
FAR = 5
"""Steps of an arrow key with Shift."""
ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
NUMBERS = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4)


class CameraPicture(QWidget):
    """Shows frames, and lets corners be moved by mouse and keys while a picture stands still."""

    corner_chosen = Signal(int)
    corner_moved = Signal(int, float, float)
    nudged = Signal(int, int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._image = QImage()
        self._pixels = b""
        self._corners: Corners | None = None
        self._is_still = False
        self._frozen: Frozen | None = None
        self._words = ""
        self._dragged = -1
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(theme().px(320), theme().px(240))

    def show_frame(self, frame: Frame) -> None:
        """Show a frame of the live view."""
        self._pixels = frame.pixels  # the image reads from it
        self._image = QImage(frame.pixels, frame.width, frame.height, frame.width * 4, QImage.Format.Format_RGB32)
        self._corners, self._is_still, self._words = frame.corners, frame.is_still, ""
        self.update()

    @property
    def sees_sheet(self) -> bool:
        """Tell whether a sheet lies in the frame that is shown."""
        return self._corners is not None

    def show_frozen(self, frozen: Frozen | None) -> None:
        """Show a picture that stands still with its corners; None goes back to the frames."""
        if frozen is not None and (self._frozen is None or self._frozen.photo is not frozen.photo):
            self._image = decoded(frozen.photo.data, LARGEST)
            self._words = ""
        self._frozen = frozen
        self.update()

    def show_words(self, words: str) -> None:
        """Show ``words`` where there is no picture."""
        self._image, self._words, self._corners = QImage(), words, None
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Choose a corner by its number and move it by arrows."""
        key = Qt.Key(event.key())
        if self._frozen is None or (key not in ARROWS and key not in NUMBERS):
            super().keyPressEvent(event)
        elif key in NUMBERS:
            self.corner_chosen.emit(NUMBERS.index(key))
        else:
            far = FAR if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            across, down = ARROWS[key]
            self.nudged.emit(across * far, down * far)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """Take the corner that is near."""
        self._dragged = self._near(event.position())
        if self._dragged >= 0:
            self.corner_chosen.emit(self._dragged)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """Move the corner that was taken."""
        if self._dragged >= 0 and self._frozen is not None:
            place = self._place()
            x = (event.position().x() - place.x()) / max(place.width(), 1)
            y = (event.position().y() - place.y()) / max(place.height(), 1)
            self.corner_moved.emit(self._dragged, x, y)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """Let the corner lie."""
        self._dragged = -1

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw the picture and the sheet's edge."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme().colour("paper-ground")))
        if self._image.isNull():
            painter.setPen(QColor(theme().colour("text-soft")))
            painter.drawText(self.rect().adjusted(24, 24, -24, -24), Qt.TextFlag.TextWordWrap.value | 0x84, self._words)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._frozen is not None)
        painter.drawImage(self._place(), self._image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._frozen is not None:
            self._draw_edge(painter, self._frozen.corners, "accent")
            self._draw_handles(painter, self._frozen)
        elif self._corners is not None:
            self._draw_edge(painter, self._corners, "good" if self._is_still else "amber")
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme().colour("accent")), 2))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def _draw_edge(self, painter: QPainter, corners: Corners, token: str) -> None:
        """Draw four lines, light below the colour so that they are seen on any desk."""
        outline = QPolygonF(self._points(corners))
        for colour, width in (("#FFFFFF", 5.0), (theme().colour(token), 3.0)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawPolygon(outline)

    def _draw_handles(self, painter: QPainter, frozen: Frozen) -> None:
        radius = theme().px(HANDLE)
        for number, point in enumerate(self._points(frozen.corners)):
            is_chosen = number == frozen.chosen
            painter.setPen(QPen(QColor("#FFFFFF"), 2))
            painter.setBrush(QColor(theme().colour("fill" if is_chosen else "text-soft")))
            painter.drawEllipse(point, radius, radius)
            painter.drawText(QRectF(point.x() - 20, point.y() - 20, 40, 40), 0x84, str(number + 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _points(self, corners: Corners) -> Sequence[QPointF]:
        place = self._place()
        return [QPointF(place.x() + one.x * place.width(), place.y() + one.y * place.height()) for one in corners]

    def _near(self, where: QPointF) -> int:
        """Return the corner that is nearest, -1 when none is near enough."""
        if self._frozen is None:
            return -1
        far = [(where - point).manhattanLength() for point in self._points(self._frozen.corners)]
        return far.index(min(far)) if min(far) <= theme().px(REACH) else -1

    def _place(self) -> QRectF:
        """Return where the picture lies."""
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        return QRectF((self.width() - size.width()) // 2, (self.height() - size.height()) // 2, *size.toTuple())


def decoded(jpeg: bytes, longest: int) -> QImage:
    """Return a JPEG no larger than needed; its decoder leaves out what would be thrown away."""
    buffer = QBuffer()
    buffer.setData(QByteArray(jpeg))
    reader = QImageReader(buffer, b"jpeg")
    size = reader.size()
    if max(size.toTuple()) > longest:
        reader.setScaledSize(size.scaled(QSize(longest, longest), Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()
