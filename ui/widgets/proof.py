"""The proof bar: between which two moments something happened, drawn and told."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import theme

FROM, TO = 0.24, 0.76
"""Where the two ends stand, as parts of the width."""
OUTSIDE = 0.12
"""Where something stands that is told to lie before the interval, or as far from the other end after it."""
HEIGHT, BAR_TOP, BAR_HEIGHT, TEXT_HEIGHT = 64, 24, 10, 20
GAP = 8


@dataclass(frozen=True, slots=True)
class Proof:
    """What happened and when, and the words of both ends; an end without ``has_…`` is open and its words say why.

    ``place`` tells where between the ends it happened by the counter's own time: 0 to 1, less or more when outside.
    """

    what: str
    before: str
    after: str
    has_before: bool = False
    has_after: bool = False
    place: float = 0.5


class ProofBar(QWidget):
    """Shows one ``Proof``; its accessible name says the same."""

    def __init__(self) -> None:
        super().__init__()
        self._proof: Proof | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_proof(self, proof: Proof | None) -> None:
        """Show ``proof``; None shows nothing."""
        self._proof = proof
        self.setVisible(proof is not None)
        if proof is not None:
            self.setAccessibleName("，".join(words for words in (proof.what, proof.before, proof.after) if words))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Return room for the words above, the bar and the words below."""
        return QSize(theme().px(420), theme().px(HEIGHT))

    def minimumSizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Return the height that is needed."""
        return QSize(theme().px(200), theme().px(HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw the bar, its ends and the words."""
        proof = self._proof
        if proof is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bar = QRectF(0, theme().px(BAR_TOP), self.width(), theme().px(BAR_HEIGHT))
        left, right = self.width() * FROM, self.width() * TO
        at = self._at(proof)
        self._draw_track(painter, bar)
        if proof.has_before or proof.has_after:
            inside = QRectF(bar)
            inside.setLeft(left if proof.has_before else 0)
            inside.setRight(right if proof.has_after else self.width())
            self._draw_interval(painter, inside, proof)
        self._draw_dot(painter, QPointF(at, bar.center().y()), is_proven=proof.has_before and proof.has_after)
        self._draw_words(painter, at, 0, proof.what, self.width(), "accent", is_strong=True)
        below, middle = bar.bottom() + theme().px(GAP), self.width() / 2
        if proof.before and proof.after:
            self._draw_words(painter, left, below, proof.before, middle, "text-soft")
            self._draw_words(painter, right, below, proof.after, middle, "text-soft", from_x=middle)
        else:
            self._draw_words(painter, middle, below, proof.before or proof.after, self.width(), "text-soft")

    def _at(self, proof: Proof) -> float:
        """Return where the dot stands: beside the interval when the counter's own time lies outside of it."""
        if proof.place < 0:
            part = OUTSIDE
        elif proof.place > 1:
            part = 1 - OUTSIDE
        else:
            part = FROM + (TO - FROM) * min(max(proof.place, 0.04), 0.96)
        return self.width() * part

    def _draw_track(self, painter: QPainter, bar: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme().colour("neutral-wash")))
        painter.drawRoundedRect(bar, bar.height() / 2, bar.height() / 2)

    def _draw_interval(self, painter: QPainter, inside: QRectF, proof: Proof) -> None:
        """Fill what is proven; an end that is open has no post and dotted edges lead to it."""
        accent = QColor(theme().colour("accent"))
        painter.fillRect(inside, QColor(theme().colour("accent-wash")))
        is_closed = proof.has_before and proof.has_after
        painter.setPen(QPen(accent, 1, Qt.PenStyle.SolidLine if is_closed else Qt.PenStyle.DashLine))
        painter.drawLine(inside.topLeft(), inside.topRight())
        painter.drawLine(inside.bottomLeft(), inside.bottomRight())
        painter.setPen(QPen(accent, 2))
        over = QPointF(0, theme().px(4))
        if proof.has_before:
            painter.drawLine(inside.topLeft() - over, inside.bottomLeft() + over)
        if proof.has_after:
            painter.drawLine(inside.topRight() - over, inside.bottomRight() + over)

    def _draw_dot(self, painter: QPainter, centre: QPointF, *, is_proven: bool) -> None:
        radius = theme().px(7)
        painter.setPen(QPen(QColor(theme().colour("accent" if is_proven else "line-strong")), 3))
        painter.setBrush(QColor(theme().colour("surface")))
        painter.drawEllipse(centre, radius, radius)

    def _draw_words(
        self,
        painter: QPainter,
        centre: float,
        top: float,
        words: str,
        width: float,
        token: str,
        *,
        from_x: float = 0,
        is_strong: bool = False,
    ) -> None:
        """Write ``words`` centred below or above a place, pushed or cut to stay within ``width`` from ``from_x``."""
        font = QFont(self.font())
        font.setPixelSize(theme().px(15 if is_strong else 13))
        font.setWeight(QFont.Weight.Bold if is_strong else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(theme().colour(token)))
        room = width - theme().px(4)
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(room))
        taken = painter.fontMetrics().horizontalAdvance(shown) + 1
        start = min(max(centre - taken / 2, from_x), from_x + width - taken)
        painter.drawText(QRectF(start, top, taken, theme().px(TEXT_HEIGHT)), Qt.AlignmentFlag.AlignVCenter, shown)
