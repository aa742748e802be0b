"""Lines above the papers that wait for a key: did they come out, and which blank form is the next printed onto."""

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QLabel

from ui.theme import theme
from ui.widgets.buttons import LinkButton
from ui.widgets.cards import column_layout
from ui.widgets.flow import Flow
from ui.widgets.keys import bind
from ui.widgets.texts import ElidedLabel, label

AGAIN_KEY, ALL_AGAIN_KEY = "Ctrl+R", "Ctrl+Shift+R"
BLANK_KEY, OTHER_BLANK_KEY = "Ctrl+B", "Ctrl+Shift+B"


class Banner(QFrame):
    """Words, and below them links with their keys; there as long as there are words."""

    def __init__(self, words: QLabel) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self.setProperty("tone", "warn")
        self._words = words
        self._links = Flow()
        inside = column_layout(words, spacing=2)
        inside.addLayout(self._links)
        inside.setContentsMargins(*(theme().px(n) for n in (12, 6, 8, 6)))
        self.setLayout(inside)

    def say(self, words: str) -> None:
        """Say ``words``; nothing hides it all."""
        self._words.setText(words)
        self.setVisible(bool(words))

    def add_link(self, word: str, key: str, signal: SignalInstance) -> LinkButton:
        """Add a link, and bind its key."""
        link = LinkButton(f"{word} {key}")
        link.clicked.connect(signal)
        bind(link, key, word, signal.emit)
        self._links.addWidget(link)
        return link


class PrintedBanner(Banner):
    """``confirmed`` tells that all came out well, ``spoiled`` and ``all_spoiled`` that one or all are to be printed again.

    A room without a paper in sight gives no word for all of them: its ``spoiled`` means every one.
    """

    confirmed = Signal()
    spoiled = Signal()
    all_spoiled = Signal()

    def __init__(self, yes: str, again: str, all_again: str = "") -> None:
        super().__init__(ElidedLabel(""))
        self._word = again
        self._has_all = bool(all_again)
        self.add_link(yes, "Ctrl+Y", self.confirmed)
        self._again = self.add_link(again, AGAIN_KEY, self.spoiled)
        self._all = self.add_link(all_again, ALL_AGAIN_KEY, self.all_spoiled)
        self.ask("")

    def ask(self, words: str, again: str = "", *, several: bool = False) -> None:
        """Ask ``words``, nothing hides the question; ``again`` names what is printed again first where ``several`` wait."""
        self._again.setText(f"{again or self._word} {AGAIN_KEY}")
        self._all.setVisible(several and self._has_all)
        self.say(words)


class BlankBanner(Banner):
    """``taken`` prints onto the blank that is named, ``other_asked`` asks for another one."""

    taken = Signal()
    other_asked = Signal()

    def __init__(self, print_word: str, other: str) -> None:
        words = label("")
        words.setWordWrap(True)
        super().__init__(words)
        self._acts = (
            self.add_link(print_word, BLANK_KEY, self.taken),
            self.add_link(other, OTHER_BLANK_KEY, self.other_asked),
        )
        self.say("")

    def offer(self, words: str, *, is_left: bool) -> None:
        """Say which blank is the next, or, where none ``is_left``, what to do about that; nothing hides the line."""
        for link in self._acts:
            link.setVisible(is_left)
        self.say(words)
