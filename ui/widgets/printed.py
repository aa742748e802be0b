"""Asks, after printing, whether the papers came out: yes, or print again."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.flow import Flow
from ui.widgets.texts import ShrinkingLabel


class PrintedBanner(QFrame):
    """``confirmed`` tells that they came out well, ``spoiled`` that they have to be printed again."""

    confirmed = Signal()
    spoiled = Signal()

    def __init__(self, yes: str, again: str) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self.setProperty("tone", "warn")
        self._words = ShrinkingLabel("")
        inside = Flow(self._words, spacing=6)
        for word, key, signal in ((yes, "Ctrl+Y", self.confirmed), (again, "Ctrl+R", self.spoiled)):
            button = ActionButton(word, key, kind="quiet")
            button.fired.connect(signal)
            inside.addWidget(button)
        inside.setContentsMargins(*(theme().px(n) for n in (12, 4, 8, 4)))
        self.setLayout(inside)
        self.hide()

    def ask(self, words: str) -> None:
        """Ask ``words``; nothing hides the question."""
        self._words.setText(words)
        self.setVisible(bool(words))
