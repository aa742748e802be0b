"""Where somebody writes: strokes of a pen with its pressure, of a finger or of the mouse, smoothed as they are drawn."""

from dataclasses import dataclass, field
from itertools import pairwise

from PySide6.QtCore import QBuffer, QEvent, QIODevice, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QInputDevice,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPointingDevice,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.paper import SigningMeans
from app.services.signatures import Written
from ui.theme import theme

INK = QColor(16, 24, 64)
WIDTH_PX = 900
"""Of the picture that is kept, before it is cut to what was written."""
MARGIN_PX = 12
THINNEST, THICKEST = 0.003, 0.010
"""Width of a stroke, in widths of the pad."""
EVEN = 0.55
"""Pressure that stands for a finger or mouse, which tell none."""
LEAST_LENGTH = 0.08
"""Widths of the pad that a signature is long at least: a touch by accident is none."""
LEAST_STEP = 0.002
LINE_AT = 0.78
"""How far down the line stands on which one writes."""


@dataclass(slots=True)
class Stroke:
    """Points in widths of the pad, with their pressure from 0 to 1."""

    points: list[tuple[float, float, float]] = field(default_factory=list)

    @property
    def length(self) -> float:
        """Return how long the stroke is."""
        return sum(((x - u) ** 2 + (y - v) ** 2) ** 0.5 for (x, y, _), (u, v, _) in pairwise(self.points))


class SignaturePad(QWidget):
    """``changed`` tells of every stroke that begins, ends or goes."""

    changed = Signal()

    def __init__(self, name: str, invitation: str) -> None:
        super().__init__()
        self._strokes: list[Stroke] = []
        self._is_writing = False
        self._means = SigningMeans.MOUSE
        self._first_ms = self._last_ms = 0
        self._invitation = invitation
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(theme().px(320), theme().px(160))

    # --- what was written --------------------------------------------------------------------------------------

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was written."""
        return not self._strokes

    def undo(self) -> None:
        """Take the last stroke back."""
        if self._strokes:
            self._strokes.pop()
            self._follow()

    def clear(self) -> None:
        """Take everything back."""
        self._strokes.clear()
        self._means = SigningMeans.MOUSE
        self._follow()

    def written(self) -> Written | None:
        """Return what was written, None when it is too little to be a signature."""
        if sum(stroke.length for stroke in self._strokes) < LEAST_LENGTH:
            return None
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self._picture().save(buffer, "PNG")  # type: ignore[call-overload]  # a device, as Qt's manual says
        took_ms = max(0, self._last_ms - self._first_ms)
        return Written(bytes(buffer.data().data()), self._means, len(self._strokes), took_ms)

    # --- writing -----------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """Begin a stroke; a pen and a finger come by events of their own."""
        if event.button() is Qt.MouseButton.LeftButton and _is_mouse(event):
            self._begin(event.position(), EVEN, event.timestamp())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """Go on with the stroke."""
        if self._is_writing and _is_mouse(event):
            self._go_on(event.position(), EVEN, event.timestamp())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """End the stroke."""
        if _is_mouse(event):
            self._end()

    def tabletEvent(self, event: QTabletEvent) -> None:  # noqa: N802  Qt's name
        """Write with a pen, as thick as it is pressed."""
        event.accept()
        if event.type() is QEvent.Type.TabletPress:
            self._means = SigningMeans.PEN
            self._begin(event.position(), event.pressure(), event.timestamp())
        elif event.type() is QEvent.Type.TabletMove and self._is_writing:
            self._go_on(event.position(), event.pressure(), event.timestamp())
        elif event.type() is QEvent.Type.TabletRelease:
            self._end()

    def event(self, event: QEvent) -> bool:
        """Write with one finger; a palm beside it writes nothing."""
        if not isinstance(event, QTouchEvent):
            return super().event(event)
        event.accept()
        points = event.points()
        if points and event.type() is QEvent.Type.TouchBegin:
            self._means = SigningMeans.PEN if self._means is SigningMeans.PEN else SigningMeans.TOUCH
            self._begin(points[0].position(), EVEN, event.timestamp())
        elif points and event.type() is QEvent.Type.TouchUpdate and self._is_writing:
            self._go_on(points[0].position(), EVEN, event.timestamp())
        elif event.type() in {QEvent.Type.TouchEnd, QEvent.Type.TouchCancel}:
            self._end()
        return True

    def _begin(self, at: QPointF, pressure: float, time_ms: int) -> None:
        if not self._strokes:
            self._first_ms = time_ms
        self._last_ms = time_ms
        self._strokes.append(Stroke([self._point(at, pressure)]))
        self._is_writing = True
        self._follow()

    def _go_on(self, at: QPointF, pressure: float, time_ms: int) -> None:
        point, last = self._point(at, pressure), self._strokes[-1].points[-1]
        self._last_ms = time_ms
        if abs(point[0] - last[0]) + abs(point[1] - last[1]) >= LEAST_STEP:
            self._strokes[-1].points.append(point)
            self.update()

    def _end(self) -> None:
        if self._is_writing:
            self._is_writing = False
            self._follow()

    def _point(self, at: QPointF, pressure: float) -> tuple[float, float, float]:
        width = max(self.width(), 1)
        x = min(max(at.x(), 0.0), self.width()) / width
        return x, min(max(at.y(), 0.0), self.height()) / width, min(max(pressure, 0.05), 1.0)

    def _follow(self) -> None:
        self.update()
        self.changed.emit()

    # --- drawing -----------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Return room for a name of four characters."""
        return QSize(theme().px(640), theme().px(280))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw a white sheet with a line and what was written."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor("white"))
        painter.setPen(QPen(QColor(theme().colour("line-strong")), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        line = int(self.height() * LINE_AT)
        painter.setPen(QPen(QColor("#9AA7B5"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(theme().px(32), line, self.width() - theme().px(32), line)
        if not self._strokes:
            painter.setPen(QColor("#5B6878"))
            painter.drawText(QRectF(0, line + 4, self.width(), self.height() - line), 0x84, self._invitation)
        self._draw(painter, self.width())

    def _draw(self, painter: QPainter, width_px: float) -> None:
        for stroke in self._strokes:
            _draw_stroke(painter, stroke, width_px)

    def _picture(self) -> QImage:
        """Return what was written on nothing, cut to its edges."""
        points = [point for stroke in self._strokes for point in stroke.points]
        left, top = min(x for x, _y, _p in points), min(y for _x, y, _p in points)
        right, bottom = max(x for x, _y, _p in points), max(y for _x, y, _p in points)
        size = QSize(int((right - left) * WIDTH_PX) + 2 * MARGIN_PX, int((bottom - top) * WIDTH_PX) + 2 * MARGIN_PX)
        image = QImage(size, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(MARGIN_PX - left * WIDTH_PX, MARGIN_PX - top * WIDTH_PX)
        self._draw(painter, WIDTH_PX)
        painter.end()
        return image


def _is_mouse(event: QMouseEvent) -> bool:
    """Tell a mouse from the mouse that Qt makes of a pen or finger."""
    device = event.pointingDevice()
    kinds = QInputDevice.DeviceType.Mouse | QInputDevice.DeviceType.TouchPad
    return not isinstance(device, QPointingDevice) or bool(device.type() & kinds)


def _draw_stroke(painter: QPainter, stroke: Stroke, width_px: float) -> None:
    """Draw a stroke through the middles between its points, which takes the corners off; each part has its width."""
    points = stroke.points
    if len(points) == 1:
        x, y, pressure = points[0]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(INK)
        radius = _thick(pressure) * width_px / 2
        painter.drawEllipse(QPointF(x * width_px, y * width_px), radius, radius)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        return
    before = _at(points[0], width_px)
    for first, second in pairwise(points):
        here, there = _at(first, width_px), _at(second, width_px)
        pen = QPen(INK, _thick((first[2] + second[2]) / 2) * width_px)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        middle = (here + there) / 2
        painter.drawPolyline(_bent(before, here, middle))
        before = middle
    painter.drawLine(before, _at(points[-1], width_px))


def _bent(start: QPointF, corner: QPointF, end: QPointF) -> list[QPointF]:
    """Return a curve from ``start`` to ``end`` that bends towards ``corner``."""
    parts = [number / 6 for number in range(7)]
    return [start * (1 - t) ** 2 + corner * (2 * t * (1 - t)) + end * t**2 for t in parts]


def _at(point: tuple[float, float, float], width_px: float) -> QPointF:
    return QPointF(point[0] * width_px, point[1] * width_px)


def _thick(pressure: float) -> float:
    return THINNEST + (THICKEST - THINNEST) * pressure
