"""The log-in: which counter this is, who, a password."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.login.presenter import LoginPresenter, LoginState
from ui.text import _
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import Card
from ui.widgets.notices import Notice
from ui.widgets.texts import Icon, label

SECOND_MS = 1000
CARD_WIDTH = 420


class LoginRoom(QWidget):
    """Signals: ``chosen`` who, ``log_in_asked`` with the password, ``second_passed`` while a delay counts down."""

    chosen = Signal(str)
    log_in_asked = Signal(str)
    second_passed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "room")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._place = label("", "soft")
        self._title = label("", "title")
        self._who = QComboBox()
        self._who.setAccessibleName(_("经办人"))
        self._password = QLineEdit()
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._password.setAccessibleName(_("密码"))
        self._password.setPlaceholderText(_("密码"))
        self._notice = Notice()
        self._hint = label("", "small")
        self._button = ActionButton(_("登录"), "Return", "arrow-right", "primary")
        self._timer = QTimer(self)
        self._timer.setInterval(SECOND_MS)
        self._timer.timeout.connect(self.second_passed)
        self._who.currentIndexChanged.connect(lambda _index: self._choose())
        self._button.fired.connect(lambda: self.log_in_asked.emit(self._password.text()))
        self._lay_out()

    def connect_to(self, presenter: LoginPresenter) -> None:
        """Let ``presenter`` decide."""
        self.chosen.connect(presenter.choose)
        self.log_in_asked.connect(presenter.log_in)
        self.second_passed.connect(presenter.tick)

    def render(self, state: LoginState) -> None:
        """Show ``state``."""
        self._place.setText(state.place)
        self._title.setText(_("窗口已锁定") if state.locked else _("登录"))
        self._show_operators(state)
        self._notice.show_words(state.message, "danger")
        self._hint.setText(state.hint)
        self._hint.setVisible(bool(state.hint))
        self._button.set_busy(state.busy)
        self._button.set_usable(state.wait_s == 0)
        self._password.setEnabled(not state.busy)
        if state.wait_s and not self._timer.isActive():
            self._timer.start()
        elif not state.wait_s:
            self._timer.stop()

    def clear_password(self) -> None:
        """Forget what was typed and put the focus back."""
        self._password.clear()
        self._password.setFocus()

    def showEvent(self, event: object) -> None:  # noqa: N802  Qt's name
        """Put the cursor where the clerk types next."""
        super().showEvent(event)  # type: ignore[arg-type]
        self._password.setFocus()

    def _show_operators(self, state: LoginState) -> None:
        logins = [self._who.itemData(index) for index in range(self._who.count())]
        self._who.blockSignals(True)
        if logins != [operator.login for operator in state.operators]:
            self._who.clear()
            for operator in state.operators:
                self._who.addItem(f"{operator.name}（{operator.login}）", operator.login)
        self._who.setCurrentIndex(self._who.findData(state.login))
        self._who.blockSignals(False)

    def _choose(self) -> None:
        self.chosen.emit(self._who.currentData() or "")
        self._password.setFocus()

    def _lay_out(self) -> None:
        outside = QVBoxLayout(self)
        outside.addStretch(2)
        card = Card()
        card.setFixedWidth(theme().px(CARD_WIDTH))
        card.body.setContentsMargins(*(theme().px(n) for n in (32, 28, 32, 28)))
        card.body.setSpacing(theme().px(12))
        head = QHBoxLayout()
        head.setSpacing(theme().px(12))
        head.addWidget(Icon("house-line", "accent", 32))
        head.addWidget(label(_("立等"), "huge"))
        head.addStretch(1)
        card.body.addLayout(head)
        for part in (self._place, self._title, self._who, self._password, self._notice, self._button, self._hint):
            card.body.addWidget(part)
        outside.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        outside.addStretch(3)
