"""What went wrong, over the window: what happened, what is safe, what to do now."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget

from ui.widgets.buttons import LinkButton
from ui.widgets.cards import row_layout
from ui.widgets.overlay import Overlay
from ui.widgets.texts import Icon, label

WIDTH = 520


class ErrorPanel(Overlay):
    """Enter or Esc close it, which ``closed`` tells; until then no key reaches what went wrong."""

    closed = Signal()

    def __init__(self, stage: QStackedWidget, close_word: str) -> None:
        super().__init__(stage, WIDTH)
        self._what, self._safe, self._do = label("", "section"), label("", "soft"), label()
        for words in (self._what, self._safe, self._do):
            words.setWordWrap(True)
        head = row_layout(Icon("warning-circle-fill", "danger", 24), self._what)
        head.setStretch(1, 1)
        self.card.body.addLayout(head)
        self.card.body.addWidget(self._do)
        self.card.body.addWidget(self._safe)
        self._close = LinkButton(close_word)
        self._close.clicked.connect(self._end)
        self.card.body.addWidget(self._close, 0, Qt.AlignmentFlag.AlignRight)
        self.given_up.connect(self._end)

    def show_message(self, what: str, safe: str, do: str) -> None:
        """Show the three sentences and take the focus."""
        self._what.setText(what)
        self._safe.setText(safe)
        self._do.setText(do)
        self.open()
        self._close.setFocus()

    def _end(self) -> None:
        self.dismiss()
        self.closed.emit()
