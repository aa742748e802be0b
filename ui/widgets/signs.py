"""Signs: the light of a due date, the line of stages, the history of a case."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from ui.theme import theme
from ui.widgets.texts import Icon, label, set_property

LIGHT_ICONS = {
    "good": "check-circle-fill",
    "warn": "warning-fill",
    "danger": "warning-circle-fill",
    "plain": "pause-circle-fill",
}
TONE_TOKENS = {"good": "good", "warn": "warn", "danger": "danger", "plain": "text-soft"}


class Light(QFrame):
    """Colour, shape and words together: tones are good, warn, danger and plain; a tone has its shape unless one is given."""

    def __init__(self, tone: str = "plain", words: str = "", icon: str = "") -> None:
        super().__init__()
        self.setProperty("role", "light")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(theme().px(8), 0, theme().px(8), 0)
        inside.setSpacing(theme().px(6))
        self._icon = Icon(LIGHT_ICONS[tone], TONE_TOKENS[tone], 14)
        self._words = label(words)
        inside.addWidget(self._icon)
        inside.addWidget(self._words)
        self.show_light(tone, words, icon)

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Return the size in the font that the style sheet gives the words once they are shown."""
        self._words.ensurePolished()
        return super().sizeHint()

    def show_light(self, tone: str, words: str, icon: str = "") -> None:
        """Show another light."""
        set_property(self, "tone", tone)
        for child in (self._words,):
            child.style().unpolish(child)
            child.style().polish(child)
        self._icon.set_icon(icon or LIGHT_ICONS[tone], TONE_TOKENS[tone])
        self._words.setText(words)
        self.setAccessibleName(words)


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a case: its name, what stands under it, and whether it is ``done``, ``now`` or ``next``."""

    name: str
    note: str = ""
    state: str = "next"


class StageLine(QWidget):
    """The stages of a case from left to right."""

    def __init__(self) -> None:
        super().__init__()
        self._stages: Sequence[Stage] = ()

    def show_stages(self, stages: Sequence[Stage]) -> None:
        """Show ``stages``."""
        self._stages = stages
        self.setAccessibleName("，".join(f"{stage.name} {stage.note}".strip() for stage in stages))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Return room for a dot and two lines."""
        return QSize(theme().px(480), theme().px(72))

    def minimumSizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Return the height that is needed."""
        return QSize(theme().px(240), theme().px(72))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw lines, dots and words."""
        if not self._stages:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step = self.width() / len(self._stages)
        for index, stage in enumerate(self._stages):
            centre = QPointF(step * (index + 0.5), theme().px(14))
            if index:
                self._draw_way(painter, centre - QPointF(step, 0), centre, reached=stage.state != "next")
            self._draw_dot(painter, centre, stage.state)
            self._draw_words(painter, QRectF(step * index, theme().px(26), step, theme().px(44)), stage)

    def _draw_way(self, painter: QPainter, start: QPointF, end: QPointF, *, reached: bool) -> None:
        gap = QPointF(theme().px(14), 0)
        token, style = ("accent", Qt.PenStyle.SolidLine) if reached else ("line-strong", Qt.PenStyle.DotLine)
        painter.setPen(QPen(QColor(theme().colour(token)), 2, style))
        painter.drawLine(start + gap, end - gap)

    def _draw_dot(self, painter: QPainter, centre: QPointF, state: str) -> None:
        radius = theme().px(7)
        colour = QColor(theme().colour("line-strong" if state == "next" else "accent"))
        painter.setPen(QPen(colour, 2))
        painter.setBrush(colour if state == "done" else QColor(theme().colour("surface")))
        painter.drawEllipse(centre, radius, radius)
        if state == "now":
            painter.setBrush(colour)
            painter.drawEllipse(centre, radius / 2.5, radius / 2.5)

    def _draw_words(self, painter: QPainter, place: QRectF, stage: Stage) -> None:
        font = QFont(self.font())
        font.setPixelSize(theme().px(15))
        font.setWeight(QFont.Weight.Bold if stage.state == "now" else QFont.Weight.Normal)
        painter.setFont(font)
        token = {"now": "accent", "next": "text-off"}.get(stage.state, "text")
        painter.setPen(QColor(theme().colour(token)))
        painter.drawText(place, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, stage.name)
        font.setPixelSize(theme().px(13))
        font.setWeight(QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(theme().colour("text-soft")))
        below = place.adjusted(0, theme().px(22), 0, 0)
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, stage.note)
