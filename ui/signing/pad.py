"""Where somebody writes: strokes of a pen with its pressure, of a finger or of the mouse, smoothed as they are drawn.

What a hand does beside what it writes is told by Qt, and followed: a touch that the system takes back was a palm and leaves
nothing, a broad one writes nothing, and while a pen is at work no touch does.
"""

from dataclasses import dataclass, field
from itertools import pairwise

from PySide6.QtCore import QBuffer, QEvent, QIODevice, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEventPoint,
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
BROADEST_MM = 22
"""A touch that is broader is no finger."""
PEN_RESTS_MS = 700
"""For so long after a pen the hand that holds it may lie on the pad."""
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
        self._finger: int | None = None
        """The touch that writes, None while none does."""
        self._pen_until_ms = 0
        self._means = SigningMeans.MOUSE
        self._first_ms = self._last_ms = 0
        self._invitation = invitation
        self._is_mirror = False
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(theme().px(320), theme().px(110))

    # --- what was written --------------------------------------------------------------------------------------

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was written."""
        return not self._strokes

    def show_what_lies_on(self, other: "SignaturePad") -> None:
        """Show what is written on ``other``: here it can be gone on with."""
        self._strokes = [Stroke([*stroke.points]) for stroke in other._strokes]
        self._means, self._first_ms, self._last_ms = other._means, other._first_ms, other._last_ms
        self._is_writing, self._finger = False, None
        self._follow()

    def mirror(self, *, is_mirror: bool) -> None:
        """Let nobody write here while somebody writes elsewhere."""
        self._is_mirror, self._is_writing = is_mirror, False
        shape = Qt.CursorShape.ArrowCursor if is_mirror else Qt.CursorShape.CrossCursor
        self.setCursor(shape)

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
        if event.button() is Qt.MouseButton.LeftButton and _is_mouse(event) and not self._is_mirror:
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
        if self._is_mirror or event.pointerType() is QPointingDevice.PointerType.Eraser:
            return
        self._pen_until_ms = event.timestamp() + PEN_RESTS_MS
        if event.type() is QEvent.Type.TabletPress:
            self._drop_touch()
            self._means = SigningMeans.PEN
            self._begin(event.position(), event.pressure(), event.timestamp())
        elif event.type() is QEvent.Type.TabletMove and self._is_writing:
            self._go_on(event.position(), event.pressure(), event.timestamp())
        elif event.type() is QEvent.Type.TabletRelease:
            self._end()

    def event(self, event: QEvent) -> bool:
        """Write with one finger; a palm beside it, before it or taken back writes nothing."""
        if not isinstance(event, QTouchEvent):
            return super().event(event)
        event.accept()
        if event.type() is QEvent.Type.TouchCancel:
            self._drop_touch()
        elif not self._is_mirror:
            for point in event.points():
                self._touch(event, point)
        return True

    def _touch(self, event: QTouchEvent, point: QEventPoint) -> None:
        pressure = point.pressure() if _tells_pressure(event) else EVEN
        if self._finger == point.id():
            if point.state() is QEventPoint.State.Released:
                self._finger = None
                self._end()
            elif point.state() is QEventPoint.State.Updated:
                self._go_on(point.position(), pressure, event.timestamp())
        elif point.state() is QEventPoint.State.Pressed and self._may_touch(event, point):
            self._finger = point.id()
            self._means = SigningMeans.PEN if self._means is SigningMeans.PEN else SigningMeans.TOUCH
            self._begin(point.position(), pressure, event.timestamp())

    def _may_touch(self, event: QTouchEvent, point: QEventPoint) -> bool:
        size = point.ellipseDiameters()
        broad_px = BROADEST_MM * self.physicalDpiX() / 25.4
        is_palm = max(size.width(), size.height()) > broad_px
        return not (is_palm or self._is_writing or event.timestamp() < self._pen_until_ms)

    def _drop_touch(self) -> None:
        """Take back the stroke that a touch is writing."""
        if self._finger is not None:
            self._finger, self._is_writing = None, False
            self.undo()

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
        x, y = min(max(at.x(), 0.0), self.width()), min(max(at.y(), 0.0), self.height())
        return x / self._unit_px, y / self._unit_px, min(max(pressure, 0.05), 1.0)

    @property
    def _unit_px(self) -> float:
        """Return what one means for a point: the pad's width, less where what was written elsewhere would not fit."""
        lowest = max((y for stroke in self._strokes for _x, y, _pressure in stroke.points), default=0.0)
        width, height = max(self.width(), 1), max(self.height(), 1)
        return min(width, height / lowest) if lowest * width > height + 1 else width

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
        self._draw(painter, self._unit_px)

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


def _tells_pressure(event: QTouchEvent) -> bool:
    device = event.pointingDevice()
    return bool(device and device.capabilities() & QInputDevice.Capability.Pressure)


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
