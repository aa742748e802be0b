"""Notices: a summary of what is to be mended, sentences in place, and short messages that go away."""

from collections.abc import Callable, Sequence
from itertools import accumulate

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.theme import theme
from ui.widgets.buttons import LinkButton
from ui.widgets.cards import clear
from ui.widgets.flow import Flow, together
from ui.widgets.keys import bind
from ui.widgets.texts import Icon, cap, label, set_property

TOAST_MS = 5000
UNDO_MS = 10_000
"""A message that offers to undo stays longer: what it says has to be read first, and decided."""
UNDO_KEY = "Alt+Z"
MOST_LINKS = 4
MOST_WIDTH = 56
"""Width of all links together in Latin letters, a Han character counting as two; longer ones leave room for fewer."""


class Banner(QFrame):
    """What is still to be looked at, each with a link that jumps to it."""

    jumped = Signal(str)

    def __init__(self, key_word: str, key: str) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self.setProperty("tone", "warn")
        self._inside = QHBoxLayout(self)
        self._inside.setContentsMargins(*(theme().px(n) for n in (12, 4, 8, 4)))
        self._inside.setSpacing(theme().px(8))
        self._links = Flow()
        self._inside.addLayout(self._links, 1)
        self._inside.addWidget(label(key_word, "small"))
        self._inside.addWidget(cap(key))
        self._shown: tuple[str, Sequence[tuple[str, str, str]]] = ("", ())

    def show_links(self, title: str, links: Sequence[tuple[str, str, str]]) -> None:
        """Show ``links`` as (place, words, severity), as many as fit; the rest is in the title's count."""
        if self._shown == (title, links):
            return
        self._shown = (title, links)
        clear(self._links)
        self._links.addWidget(label(title, "section"))
        for place, words, severity in _fitting(links):
            error = severity == "error"
            sign = Icon("warning-circle-fill" if error else "warning-fill", "danger" if error else "warn", 16)
            link = LinkButton(words)
            link.clicked.connect(lambda _checked=False, place=place: self.jumped.emit(place))
            self._links.addWidget(together(sign, link))
        self.setVisible(bool(links))


def _fitting(links: Sequence[tuple[str, str, str]]) -> Sequence[tuple[str, str, str]]:
    """Return the links that one line has room for, the first in any case."""
    widths = accumulate(sum(1 + (sign >= "⺀") for sign in words) for _place, words, _severity in links[:MOST_LINKS])
    count = sum(width <= MOST_WIDTH for width in widths)
    return links[: max(count, 1)]


class Notice(QFrame):
    """A sentence on a coloured ground; tones are good, warn and danger."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self._inside = inside = QHBoxLayout(self)
        inside.setContentsMargins(*(theme().px(n) for n in (12, 8, 12, 8)))
        inside.setSpacing(theme().px(8))
        self._icon = Icon("check-circle-fill", "good", 18)
        self._words = label()
        self._words.setWordWrap(True)
        inside.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        inside.addWidget(self._words, 1)
        self.hide()

    def put_beside(self, part: QWidget) -> None:
        """Put ``part`` at the right of the words, which stay at the top."""
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._inside.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)

    def show_words(self, words: str, tone: str) -> None:
        """Show ``words``; nothing hides the notice."""
        set_property(self, "tone", tone)
        signs = {"good": "check-circle-fill", "warn": "warning-fill", "danger": "warning-circle-fill"}
        self._icon.set_icon(signs[tone], tone)
        self._words.setText(words)
        self.setVisible(bool(words))


class Toast(QFrame):
    """A short message at the bottom of a window; it may offer to undo, by click or Alt+Z, and goes away by itself."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "toast")
        inside = QHBoxLayout(self)
        inside.setContentsMargins(*(theme().px(n) for n in (16, 8, 16, 8)))
        self._words = label()
        self._act, self._cap = LinkButton(), label(UNDO_KEY, "cap")  # outlives a change of text size
        self._act.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it comes and goes; its key works wherever the cursor is
        self._key = bind(self, UNDO_KEY, "", self._act.click)
        for part in (self._words, self._act, self._cap):
            inside.addWidget(part)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self._undo: Callable[[], None] | None = None
        self._act.clicked.connect(self._fire)
        self.hide()

    def show_words(self, words: str, act: str = "", undo: Callable[[], None] | None = None) -> None:
        """Show ``words`` for five seconds, or for ten with the word ``act`` that does ``undo``."""
        self._words.setText(words)
        self._act.setText(act)
        self._key.setWhatsThis(act)
        for part in (self._act, self._cap):
            part.setVisible(bool(act))
        self._key.setEnabled(bool(act))
        self._undo = undo
        self.adjustSize()
        parent = self.parentWidget()
        self.move((parent.width() - self.width()) // 2, parent.height() - self.height() - theme().px(104))
        self.show()
        self.raise_()
        self._timer.start(UNDO_MS if act else TOAST_MS)

    def _fire(self) -> None:
        self.hide()
        if self._undo:
            self._undo()
