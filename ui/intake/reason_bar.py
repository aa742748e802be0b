"""A warning in a line of its own: what it is, a way out with a key, and a reason with which it can be passed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from ui.text import _
from ui.theme import theme
from ui.widgets.buttons import KeyedLink
from ui.widgets.fields import LineField
from ui.widgets.texts import ElidedLabel, Icon, set_property

REASON_KEY = "Alt+Y"
"""Asks for the reason of the first warning that can be passed; only that one shows the key."""


class ReasonBar(QFrame):
    """``acted`` takes the way out; ``reason_given`` goes on in spite of the warning.

    ``binds_key`` where no other button has the key of the way out already.
    """

    acted = Signal()
    reason_given = Signal(str)

    def __init__(self, act: str, key: str, *, binds_key: bool = False) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        set_property(self, "tone", "warn")
        inside = QHBoxLayout(self)
        inside.setContentsMargins(*(theme().px(n) for n in (12, 2, 8, 2)))
        inside.setSpacing(theme().px(8))
        self._words = ElidedLabel("")
        self._act = KeyedLink(act, key, binds=binds_key)
        self._act.clicked.connect(self.acted)
        self._go_on = KeyedLink(_("写明原因继续"), REASON_KEY, binds=False)
        self._go_on.clicked.connect(self.ask_reason)
        self._reason = LineField(_("原因，回车确定"))
        self._reason.setMinimumWidth(theme().px(200))
        self._reason.onward.connect(self._give)
        inside.addWidget(Icon("warning-fill", "warn", 18))
        inside.addWidget(self._words, 1)
        for part in (self._act, self._go_on, self._reason):
            inside.addWidget(part)
        self._can_pass = False
        self.show_words("")

    def show_words(self, words: str, *, can_pass: bool = False) -> None:
        """Show the warning, nothing for no words; a reason is asked for only where it ``can_pass``."""
        self._words.setText(words)
        self._can_pass = can_pass
        if not can_pass:
            self._reason.hide()
        self._go_on.setVisible(can_pass and self._reason.isHidden())
        self.setVisible(bool(words))

    def show_key(self, *, shown: bool) -> None:
        """Show the key at the way on, or not: it leads to another warning first."""
        self._go_on.show_key(shown=shown)

    def ask_reason(self) -> bool:
        """Open the line for the reason; tell whether there is a warning that can be passed."""
        if self._can_pass:
            self._go_on.hide()
            self._reason.show()
            self._reason.setFocus()
        return self._can_pass

    def focus(self) -> None:
        """Put the cursor where the warning is answered."""
        if not self.ask_reason():
            self._act.setFocus()

    def _give(self) -> None:
        if reason := self._reason.value().strip():
            self._reason.set_value("")
            self.reason_given.emit(reason)
