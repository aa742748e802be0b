"""Pages of a material: thumbnails in a row with a place to add more; reorder, turn, remove and look closer by key."""

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QWidget

from ui.icons import pixmap
from ui.theme import theme
from ui.widgets.cards import clear
from ui.widgets.flow import Flow

WIDTH, HEIGHT = 34, 44
MARK = 14


class Thumbnail(QWidget):
    """One page; keys act on it while it has the focus: ←→ with Alt move it, R turns, Del removes, Enter zooms."""

    moved = Signal(int)
    turned = Signal()
    removed = Signal()
    zoomed = Signal()

    def __init__(self, picture: bytes, name: str, remark: str = "") -> None:
        super().__init__()
        self._remark = remark
        if remark:
            name = f"{remark}·{name}"
        self._pixmap = QPixmap()
        if picture:
            self._pixmap.loadFromData(picture)
        self.setFixedSize(theme().px(WIDTH), theme().px(HEIGHT))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(name)
        self.setToolTip(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Act on the page."""
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if alt and event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.moved.emit(-1 if event.key() == Qt.Key.Key_Left else 1)
        elif event.key() == Qt.Key.Key_R:
            self.turned.emit()
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.removed.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.zoomed.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """Look closer at a click."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.zoomed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw the page in a frame, the frame stronger with the focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        frame = self.rect().adjusted(1, 1, -1, -1)
        painter.fillRect(frame, QColor("white"))
        if not self._pixmap.isNull():
            size = self._pixmap.size().scaled(frame.size() - QSize(2, 2), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(0, 0, size.width(), size.height())
            place.moveCenter(frame.center())
            painter.drawPixmap(place, self._pixmap)
        token, width = ("accent", 2) if self.hasFocus() else ("line-strong", 1)
        painter.setPen(QPen(QColor(theme().colour(token)), width))
        painter.drawRoundedRect(frame, 2, 2)
        if self._remark:
            self._draw_mark(painter)

    def _draw_mark(self, painter: QPainter) -> None:
        """Draw a small sign on a page that is to be looked at; what it means is said at the pointer and in the zoom."""
        size = theme().px(MARK)
        corner = self.rect().bottomRight() - QPoint(size, size)
        painter.fillRect(QRect(corner, QSize(size, size)), QColor(theme().colour("warn-wash")))
        painter.drawPixmap(corner, pixmap("warning-fill", theme().colour("warn"), size, self.devicePixelRatioF()))


class AddPage(QWidget):
    """An empty page with a plus: click or Enter choose files, Ctrl+V pastes."""

    chosen = Signal()
    pasted = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setFixedSize(theme().px(WIDTH), theme().px(HEIGHT))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(name)
        self.setToolTip(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Choose or paste."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.chosen.emit()
        elif event.key() == Qt.Key.Key_V and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.pasted.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """Choose at a click."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.chosen.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw a dashed page with a plus."""
        painter = QPainter(self)
        token, width = ("accent", 2) if self.hasFocus() else ("line-strong", 1)
        pen = QPen(QColor(theme().colour(token)), width)
        if not self.hasFocus():
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        frame = self.rect().adjusted(1, 1, -2, -2)
        painter.drawRoundedRect(frame, 3, 3)
        arm = theme().px(6)
        centre = frame.center()
        painter.setPen(QPen(QColor(theme().colour("text-soft")), 1.5))
        painter.drawLine(centre.x() - arm, centre.y(), centre.x() + arm, centre.y())
        painter.drawLine(centre.x(), centre.y() - arm, centre.x(), centre.y() + arm)


class PageStrip(QWidget):
    """The pages of one material; signals carry the page's place. Files and pictures can be dropped on it."""

    moved = Signal(int, int)
    turned = Signal(int)
    removed = Signal(int)
    zoomed = Signal(int)
    chosen = Signal()
    pasted = Signal()
    dropped = Signal(QMimeData)

    def __init__(self, page_name: str, add_name: str) -> None:
        super().__init__()
        self._page_name, self._add_name = page_name, add_name
        self._inside = Flow(spacing=4)
        self.setLayout(self._inside)
        self._shown: tuple[Sequence[bytes], Sequence[str]] | None = None
        self.setAcceptDrops(True)

    def call(self, name: str) -> None:
        """Name the strip to whoever does not see beside what it stands; its pages say it too."""
        self.setAccessibleName(name)
        for part in self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            part.setAccessibleName(f"{name} {part.toolTip()}")

    def show_pages(self, pictures: Sequence[bytes], remarks: Sequence[str] = ()) -> None:
        """Show thumbnails; an empty picture is one that is still being drawn, ``remarks``, one each, say what to look at."""
        if self._shown == (pictures, remarks):
            return
        focused = next((n for n, page in enumerate(self.findChildren(Thumbnail)) if page.hasFocus()), -1)
        self._shown = (pictures, remarks)
        clear(self._inside)
        for index, picture in enumerate(pictures):
            self._add(index, picture, remarks[index] if remarks else "")
        add = AddPage(self._add_name)
        add.chosen.connect(self.chosen)
        add.pasted.connect(self.pasted)
        self._inside.addWidget(add)
        if self.accessibleName():
            self.call(self.accessibleName())
        self._focus_again(focused)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  Qt's name
        """Take files and pictures."""
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  Qt's name
        """Tell what was dropped."""
        self.dropped.emit(event.mimeData())
        event.acceptProposedAction()

    def _add(self, index: int, picture: bytes, remark: str) -> None:
        page = Thumbnail(picture, self._page_name % {"number": index + 1}, remark)
        page.moved.connect(lambda step: self.moved.emit(index, step))
        page.turned.connect(lambda: self.turned.emit(index))
        page.removed.connect(lambda: self.removed.emit(index))
        page.zoomed.connect(lambda: self.zoomed.emit(index))
        self._inside.addWidget(page)

    def _focus_again(self, index: int) -> None:
        pages = self.findChildren(Thumbnail)
        if index >= 0 and pages:
            pages[min(index, len(pages) - 1)].setFocus()
