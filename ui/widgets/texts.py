"""Texts, lines and small pictures: labels by role, rules, badges, key caps, icons that follow the theme."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from ui.icons import pixmap
from ui.theme import theme


def label(text: str = "", role: str = "", tone: str = "") -> QLabel:
    """Return a label; roles are title, section, strong, soft, small, figure; tones danger, warn, good, accent, off."""
    shown = QLabel(text)
    shown.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        shown.setProperty("role", role)
    if tone:
        shown.setProperty("tone", tone)
    return shown


def badge(text: str, tone: str = "plain") -> QLabel:
    """Return a small coloured word; tones are accent, plain and danger."""
    shown = label(text, "badge", tone)
    shown.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return shown


def cap(key: str) -> QLabel:
    """Return a key cap."""
    shown = label(key, "cap")
    shown.setFixedHeight(theme().px(22))
    shown.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    if not key:
        shown.hide()
    return shown


def rule(*, upright: bool = False) -> QFrame:
    """Return a thin line."""
    line = QFrame()
    line.setProperty("role", "vrule" if upright else "rule")
    if upright:
        line.setFixedHeight(theme().px(20))
    return line


def set_property(widget: QWidget, name: str, value: str) -> None:
    """Set a dynamic property that the style sheet asks for, and let the widget look again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class ElidedLabel(QLabel):
    """One line of text that ends in … when there is no room; the whole text is in its tooltip."""

    def __init__(self, text: str = "", role: str = "", tone: str = "") -> None:
        super().__init__()
        self._whole = ""
        if role:
            self.setProperty("role", role)
        if tone:
            self.setProperty("tone", tone)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setText(text)

    def setText(self, text: str) -> None:  # noqa: N802  Qt's name
        """Show ``text``, as much as fits."""
        self._whole = text
        self.setAccessibleName(text)
        self._elide()
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Return a width that any room has."""
        return QSize(0, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Return the width of the whole text."""
        self.ensurePolished()
        metrics = QFontMetrics(self.font())
        margins = self.contentsMargins()
        width = metrics.horizontalAdvance(self._whole) + margins.left() + margins.right() + 4
        return QSize(width, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Fit the text into the new width."""
        super().resizeEvent(event)
        self._elide()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  Qt's name
        """Fit the text anew in another font, such as the one that the style sheet gives it when it is first shown."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._elide()

    def _elide(self) -> None:
        shown = QFontMetrics(self.font()).elidedText(self._whole, Qt.TextElideMode.ElideRight, max(self.width(), 1))
        super().setText(shown)
        self.setToolTip(self._whole if shown != self._whole else self.accessibleDescription())


class ShrinkingLabel(ElidedLabel):
    """An elided label that takes what its text needs and gives way only where there is less."""

    def __init__(self, text: str = "", role: str = "", tone: str = "") -> None:
        super().__init__(text, role, tone)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)


class Icon(QWidget):
    """An icon by name in a token's colour; it follows the theme and the text size."""

    def __init__(self, name: str, token: str = "text-soft", size: int = 20) -> None:  # noqa: S107  a colour, no secret
        super().__init__()
        self._name, self._token, self._size = name, token, size
        self._measure()
        theme().changed.connect(self._measure)

    def set_icon(self, name: str, token: str) -> None:
        """Show another icon or colour."""
        self._name, self._token = name, token
        self.update()

    def set_token(self, token: str) -> None:
        """Show the same icon in another colour."""
        self.set_icon(self._name, token)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw the icon."""
        size = theme().px(self._size)
        picture = pixmap(self._name, theme().colour(self._token), size, self.devicePixelRatioF())
        painter = QPainter(self)
        painter.drawPixmap((self.width() - size) // 2, (self.height() - size) // 2, picture)

    def _measure(self) -> None:
        size = theme().px(self._size)
        self.setFixedSize(size, size)
        self.update()
