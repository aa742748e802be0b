"""Buttons: icon, word and key in one; the key is bound and shown, and a busy button cannot fire twice."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QHBoxLayout

from ui.theme import theme
from ui.widgets.keys import EnterButton, bind, key_words
from ui.widgets.texts import Icon, cap, label, set_property

ICON_TOKENS = {"primary": "on-fill", "danger": "danger"}
MARGINS = {"primary": 20, "quiet": 8, "link": 4, "strip": 6}
ICON_SIZES = {"strip": 16}


class ActionButton(EnterButton):
    """A button with icon, word and key; ``fired`` tells that it was clicked or that its key was pressed.

    It ``binds`` its key unless something else has it already. Kinds are primary (one a screen), plain, danger, quiet and strip (in the status strip). While ``set_busy(True)`` it does not fire.
    """

    fired = Signal()

    def __init__(self, word: str, key: str = "", icon: str = "", kind: str = "plain", *, binds: bool = True) -> None:
        super().__init__()
        self.setProperty("kind", kind)
        self._kind = kind
        self._busy = False
        self._waits = False
        """Whether the focus was here when the work began."""
        self._usable = True
        self._word = label(word, "word")
        self._icon = Icon(icon, ICON_TOKENS.get(kind, "text-soft"), ICON_SIZES.get(kind, 20)) if icon else None
        self._cap = cap(key_words(key))
        self._lay_out()
        self._colour()
        self.setAccessibleName(word)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._shortcut = bind(self, key, word, self.click) if key and binds else None
        self.clicked.connect(self._fire)

    def set_word(self, word: str) -> None:
        """Show another word."""
        self._word.setText(word)
        self.setAccessibleName(word)
        if self._shortcut:
            self._shortcut.setWhatsThis(word)
        self.updateGeometry()

    def set_usable(self, usable: bool) -> None:
        """Let the button fire, or not; say nearby why not."""
        self._usable = usable
        self._follow()

    def set_busy(self, busy: bool) -> None:
        """Let nothing fire while work runs; the focus waits, and comes back unless it was wanted elsewhere."""
        had_focus = self.hasFocus()
        self._busy = busy
        self._follow()
        if busy and had_focus and (taker := QApplication.focusWidget()) is not None:
            taker.clearFocus()  # Qt has handed it to whatever stands next, where Enter would do something else
        if not busy and self._waits and QApplication.focusWidget() is None and self.isVisible():
            self.setFocus()
        self._waits = busy and (had_focus or self._waits)

    def _follow(self) -> None:
        self.setEnabled(self._usable and not self._busy)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  Qt's name
        """Follow also when something around the button, as a covered window, is switched off and on again."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self._colour()

    def _colour(self) -> None:
        """Colour what is inside: a style sheet does not let it follow the button's state."""
        place = self._kind if self.isEnabled() else "off"
        set_property(self._word, "on", place)
        set_property(self._cap, "on", place)
        if self._icon:
            self._icon.set_token("text-off" if place == "off" else ICON_TOKENS.get(self._kind, "text-soft"))

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Return the size of what is inside."""
        inner = self.layout().sizeHint()
        return QSize(inner.width(), max(inner.height(), super().sizeHint().height()))

    def minimumSizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Return the same: a button is never cut."""
        return self.sizeHint()

    def _lay_out(self) -> None:
        inside = QHBoxLayout(self)
        margin = theme().px(MARGINS.get(self._kind, 12))
        inside.setContentsMargins(margin, 0, margin, 0)
        inside.setSpacing(theme().px(8))
        inside.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for part in (self._icon, self._word, self._cap):
            if part:
                part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
                inside.addWidget(part)

    def _fire(self) -> None:
        if not self._busy:
            self.fired.emit()


class LinkButton(EnterButton):
    """A word in the accent colour that does something."""

    def __init__(self, word: str = "", key: str = "") -> None:
        super().__init__(word)
        self.setProperty("kind", "link")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        if key:
            self.setShortcut(QKeySequence(key))


class KeyedLink(LinkButton):
    """A word in the accent colour with its key behind it; ``binds`` unless something else has that key already."""

    def __init__(self, word: str, key: str, *, binds: bool = True) -> None:
        super().__init__()
        self._word, self._key = word, key
        self._bound = QKeySequence(key if binds else "")
        self.setAccessibleName(word)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # its key leads to it; Tab goes from field to field
        self.show_key(shown=True)

    def show_key(self, *, shown: bool) -> None:
        """Show the key behind the word, or not, where it does something else first."""
        self.setText(f"{self._word} {key_words(self._key)}" if shown else self._word)
        self.setShortcut(self._bound)  # Qt takes the key of a button away with every new text
