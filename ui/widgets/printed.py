"""Asks, after printing, whether the papers came out: yes, or print again."""

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QFrame

from ui.theme import theme
from ui.widgets.buttons import LinkButton
from ui.widgets.cards import column_layout
from ui.widgets.flow import Flow
from ui.widgets.keys import bind
from ui.widgets.texts import ElidedLabel

AGAIN_KEY, ALL_AGAIN_KEY = "Ctrl+R", "Ctrl+Shift+R"


class PrintedBanner(QFrame):
    """``confirmed`` tells that all came out well, ``spoiled`` and ``all_spoiled`` that one or all are to be printed again.

    A room without a paper in sight gives no word for all of them: its ``spoiled`` means every one.
    """

    confirmed = Signal()
    spoiled = Signal()
    all_spoiled = Signal()

    def __init__(self, yes: str, again: str, all_again: str = "") -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self.setProperty("tone", "warn")
        self._words = ElidedLabel("")
        self._word = again
        self._again = _link(again, AGAIN_KEY, self.spoiled)
        self._all = _link(all_again, ALL_AGAIN_KEY, self.all_spoiled)
        inside = column_layout(self._words, spacing=2)
        inside.addLayout(Flow(_link(yes, "Ctrl+Y", self.confirmed), self._again, self._all))
        inside.setContentsMargins(*(theme().px(n) for n in (12, 6, 8, 6)))
        self.setLayout(inside)
        self._has_all = bool(all_again)
        self.ask("")

    def ask(self, words: str, again: str = "", *, several: bool = False) -> None:
        """Ask ``words``, nothing hides the question; ``again`` names what is printed again first where ``several`` wait."""
        self._words.setText(words)
        self._again.setText(f"{again or self._word} {AGAIN_KEY}")
        self._all.setVisible(several and self._has_all)
        self.setVisible(bool(words))


def _link(word: str, key: str, signal: SignalInstance) -> LinkButton:
    link = LinkButton(f"{word} {key}")
    link.clicked.connect(signal)
    bind(link, key, word, signal.emit)
    return link
