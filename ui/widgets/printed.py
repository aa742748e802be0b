"""Asks, after printing, whether the papers came out: yes, or print again."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from ui.theme import theme
from ui.widgets.buttons import LinkButton
from ui.widgets.cards import column_layout, row_layout
from ui.widgets.keys import bind
from ui.widgets.texts import ElidedLabel


class PrintedBanner(QFrame):
    """``confirmed`` tells that they came out well, ``spoiled`` that they have to be printed again."""

    confirmed = Signal()
    spoiled = Signal()

    def __init__(self, yes: str, again: str) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self.setProperty("tone", "warn")
        self._words = ElidedLabel("")
        links = row_layout()
        for word, key, signal in ((yes, "Ctrl+Y", self.confirmed), (again, "Ctrl+R", self.spoiled)):
            link = LinkButton(f"{word} {key}")
            link.clicked.connect(signal)
            bind(link, key, word, signal.emit)
            links.addWidget(link)
        links.addStretch(1)
        inside = column_layout(self._words, spacing=2)
        inside.addLayout(links)
        inside.setContentsMargins(*(theme().px(n) for n in (12, 6, 8, 6)))
        self.setLayout(inside)
        self.hide()

    def ask(self, words: str) -> None:
        """Ask ``words``; nothing hides the question."""
        self._words.setText(words)
        self.setVisible(bool(words))
