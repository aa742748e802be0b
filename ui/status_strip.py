"""The strip below the rooms: signs at its left and right, and what can be done from anywhere. What they say is in ``ui.strip``."""

from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.text import _
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import clear
from ui.widgets.keys import bind
from ui.widgets.texts import Icon, ShrinkingLabel, rule, set_property

HEIGHT = 32


class Sign(NamedTuple):
    """One thing that the strip tells: an icon with a word or two, more at the pointer; tones are warn, danger."""

    icon: str
    words: str
    tip: str = ""
    tone: str = ""


class _Shown:
    """The widgets of one sign; a rule parts it from the one before."""

    def __init__(self, *, is_first: bool) -> None:
        self._icon, self.words = Icon("", "text-soft", 16), ShrinkingLabel()
        self.widgets: list[QWidget] = [*([] if is_first else [rule(upright=True)]), self._icon, self.words]
        self._sign: Sign | None = None

    def show(self, sign: Sign) -> None:
        if sign == self._sign:
            return
        self._sign = sign
        self._icon.set_icon(sign.icon, sign.tone or "text-soft")
        self._icon.setToolTip(sign.tip)
        set_property(self.words, "tone", sign.tone)
        self.words.setAccessibleDescription(sign.tip)
        self.words.setText(sign.words)


class StatusStrip(QFrame):
    """Makes widgets for signs that were not there before, and lets those that were say something else."""

    help_asked = Signal()
    hand_over_asked = Signal()
    guide_toggled = Signal()
    lock_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("status")
        self._inside = QHBoxLayout(self)
        self._left: list[_Shown] = []
        self._right: list[_Shown] = []

    @property
    def words(self) -> list[str]:
        """Return what the signs say, from left to right."""
        return [shown.words.accessibleName() for shown in (*self._left, *self._right)]

    def measure(self) -> None:
        """Follow the text size."""
        self.setFixedHeight(theme().px(HEIGHT))
        self._inside.setContentsMargins(theme().px(16), 0, theme().px(16), 0)
        self._inside.setSpacing(theme().px(8))

    def empty(self) -> None:
        """Make everything anew at the next signs, in another language or size."""
        clear(self._inside)
        self._left, self._right = [], []

    def show_signs(self, left: list[Sign], right: list[Sign]) -> None:
        """Show signs at the left and at the right."""
        if not self._inside.count():
            self._inside.addStretch(1)
            self._add_acts()
        self._show(self._left, left, 0)
        behind_stretch = sum(len(shown.widgets) for shown in self._left) + 1
        self._show(self._right, right, behind_stretch)

    def _show(self, shown: list[_Shown], signs: list[Sign], place: int) -> None:
        """Show ``signs`` from the ``place`` in the strip at which their side begins."""
        while len(shown) > len(signs):
            for widget in shown.pop().widgets:
                self._inside.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        end = place + sum(len(one.widgets) for one in shown)
        while len(shown) < len(signs):
            shown.append(_Shown(is_first=not shown))
            for widget in shown[-1].widgets:
                self._inside.insertWidget(end, widget)
                end += 1
        for one, sign in zip(shown, signs, strict=True):
            one.show(sign)

    def _add_acts(self) -> None:
        self._inside.addWidget(rule(upright=True))
        for word, key, sign, asked in (
            (_("按键"), "F1", "keyboard", self.help_asked),
            (_("换岗"), "F12", "swap", self.hand_over_asked),
            (_("锁定"), "Ctrl+L", "lock", self.lock_asked),
        ):
            act = ActionButton(word, key, sign, "strip")
            act.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            act.fired.connect(asked)
            self._inside.addWidget(act)
        bind(act, "Shift+F1", _("跟着做一件，或不做了"), self.guide_toggled.emit)
