"""The bar of the guided first case, above the room so that it covers nothing. No logic."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from ui.coaching.presenter import CoachPresenter, CoachState
from ui.text import _
from ui.theme import theme
from ui.widgets.buttons import ActionButton, KeyedLink
from ui.widgets.texts import Icon, label

LOOK_MS = 200


class CoachBar(QFrame):
    """``looked`` comes several times a second while the bar is shown: what was typed is seen wherever it was."""

    looked = Signal()
    skipped = Signal()
    ended = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self.setProperty("tone", "good")
        self._step, self._words = label("", "section"), label()
        self._words.setWordWrap(True)
        self._skip = ActionButton(_("跳过"), "Shift+F2", kind="quiet")
        end = KeyedLink(_("结束练习"), "Shift+F1", binds=False)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.looked)
        self._skip.fired.connect(self.skipped)
        end.clicked.connect(self.ended)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(*(theme().px(n) for n in (24, 4, 24, 4)))
        inside.setSpacing(theme().px(12))
        for part in (Icon("keyboard", "good"), self._step):
            inside.addWidget(part)
        inside.addWidget(self._words, 1)
        for part in (self._skip, end):
            inside.addWidget(part)
        self.hide()

    def connect_to(self, presenter: CoachPresenter) -> None:
        """Let ``presenter`` decide."""
        self.looked.connect(presenter.look)
        self.skipped.connect(presenter.skip)
        self.ended.connect(presenter.end)

    def render(self, state: CoachState | None) -> None:
        """Show ``state``; None shows no bar."""
        self.setVisible(state is not None)
        if state is None:
            self._timer.stop()
            return
        step = _("练习：第 %(number)d 步，共 %(count)d 步") % {"number": state.number, "count": state.count}
        self._step.setText(step)
        self._words.setText(state.words)
        self._skip.setVisible(state.can_skip)
        self.setAccessibleName(f"{step} {state.words}")
        self._timer.start()
