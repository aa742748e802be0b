"""Asks for the passphrase that seals this counter's keys."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ui.text import _
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import Card, centred
from ui.widgets.notices import Notice
from ui.widgets.texts import label

CARD_WIDTH = 420


class UnsealRoom(QWidget):
    """``passphrase_given`` once for each try; ``refuse`` says why and asks again."""

    passphrase_given = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "room")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._line = QLineEdit()
        self._line.setEchoMode(QLineEdit.EchoMode.Password)
        self._line.setAccessibleName(_("密钥口令"))
        self._notice = Notice()
        self._button = ActionButton(_("打开"), "Return", "lock-open", "primary")
        self._button.fired.connect(self._give)
        explanation = label(_("本柜台的数据已加密，密钥由口令封存。"), "soft")
        explanation.setWordWrap(True)
        card = Card()
        card.setFixedWidth(theme().px(CARD_WIDTH))
        card.body.setContentsMargins(*(theme().px(n) for n in (32, 28, 32, 28)))
        for part in (label(_("密钥口令"), "title"), explanation, self._line, self._notice, self._button):
            card.body.addWidget(part)
        outside = QVBoxLayout(self)
        outside.addStretch(2)
        outside.addLayout(centred(card))
        outside.addStretch(3)
        self.setFocusProxy(self._line)

    def refuse(self, words: str) -> None:
        """Say why the counter does not open and let the clerk try again."""
        self._button.set_busy(False)
        self._notice.show_words(words, "danger")
        self._line.clear()
        self._line.setFocus()

    def _give(self) -> None:
        self._button.set_busy(True)
        self._notice.show_words("", "danger")
        self.passphrase_given.emit(self._line.text())
