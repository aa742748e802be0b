"""Work that takes time: nothing for 200 ms, then a sign that something is done, and over 2 s how far it is and a way out."""

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.texts import ShrinkingLabel, label

SIGN_MS = 200
BAR_MS = 2000
ASK_MS = 200
STOP_KEY = "Alt+Delete"
TURN_MS = 80
STEP_DEGREES = 30
ARC_DEGREES = 270


class Spinner(QWidget):
    """An arc that turns while it can be seen."""

    def __init__(self, size: int = 20) -> None:
        super().__init__()
        self.setFixedSize(theme().px(size), theme().px(size))
        self._angle = 0
        self._turning = QTimer(self)
        self._turning.setInterval(TURN_MS)
        self._turning.timeout.connect(self._turn)

    def showEvent(self, event: object) -> None:  # noqa: N802  Qt's name
        """Begin to turn."""
        super().showEvent(event)  # type: ignore[arg-type]
        self._turning.start()

    def hideEvent(self, event: object) -> None:  # noqa: N802  Qt's name
        """Stand still."""
        super().hideEvent(event)  # type: ignore[arg-type]
        self._turning.stop()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw the arc."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(theme().colour("accent")), theme().px(2))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        edge = theme().px(2)
        place = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        painter.drawArc(place, -self._angle * 16, ARC_DEGREES * 16)

    def _turn(self) -> None:
        self._angle = (self._angle + STEP_DEGREES) % 360
        self.update()


class Waiting(QWidget):
    """``show_work`` as often as there is news, ``show_done`` once; ``stopped`` tells that the clerk will not wait.

    ``asked`` asks a few times a second how far it is by now.
    """

    stopped = Signal()
    asked = Signal()

    def __init__(self, stop_word: str) -> None:
        super().__init__()
        self._spinner, self._words = Spinner(), ShrinkingLabel()
        self._far = label("", "small")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._stop = ActionButton(stop_word, STOP_KEY, "x", "quiet")
        self._stop.fired.connect(self.stopped)
        self._can_stop = False
        self._sign, self._long = self._after(SIGN_MS, self._show_sign), self._after(BAR_MS, self._show_bar)
        self._asking = QTimer(self)
        self._asking.setInterval(ASK_MS)
        self._asking.timeout.connect(self.asked)
        self._lay_out()
        self.hide()

    def show_work(self, words: str, percent: int | None = None, *, can_stop: bool = False) -> None:
        """Tell what is being done, how far it is in percent (None when nobody knows), and whether it can be stopped."""
        if not self._is_working:
            self._sign.start()
            self._long.start()
            self._asking.start()
        self._can_stop = can_stop
        self._words.setText(words)
        self._bar.setRange(0, 0 if percent is None else 100)
        self._bar.setValue(percent or 0)
        self._bar.setAccessibleName(words)
        self._far.setText("" if percent is None else f"{percent} %")

    def show_done(self) -> None:
        """Go away."""
        for timer in (self._sign, self._long, self._asking):
            timer.stop()
        self.hide()
        for part in (self._bar, self._stop):
            part.hide()

    @property
    def _is_working(self) -> bool:
        return self.isVisibleTo(self.parentWidget()) or self._sign.isActive()

    def _show_sign(self) -> None:
        self.show()

    def _show_bar(self) -> None:
        self._bar.show()
        self._stop.setVisible(self._can_stop)

    def _after(self, delay_ms: int, act: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(delay_ms)
        timer.timeout.connect(act)
        return timer

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(theme().px(8))
        for part in (self._spinner, self._words, self._far):
            line.addWidget(part)
        line.addStretch(1)
        line.addWidget(self._stop)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme().px(6))
        inside.addLayout(line)
        inside.addWidget(self._bar)
        self._bar.hide()
        self._stop.hide()
