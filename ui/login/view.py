"""The log-in: which counter this is, who, a password."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.login.presenter import LoginPresenter, LoginState
from ui.text import _
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import Card, centred
from ui.widgets.fields import PeopleField, SecretField
from ui.widgets.keys import bind
from ui.widgets.notices import Notice
from ui.widgets.texts import Icon, label

SECOND_MS = 1000
CARD_WIDTH = 420


class LoginRoom(QWidget):
    """Signals: ``chosen`` who, ``log_in_asked`` with the password, ``second_passed`` while a delay counts down.

    ``password_chosen`` carries a new password twice, where the first one has to be changed.
    """

    chosen = Signal(str)
    log_in_asked = Signal(str)
    password_chosen = Signal(str, str)
    stepped_back = Signal()
    second_passed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "room")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._place = label("", "soft")
        self._title = label("", "title")
        self._who = PeopleField()
        self._who.setAccessibleName(_("经办人"))
        self._password, self._new, self._again = SecretField(), SecretField(), SecretField()
        names = (_("密码"), _("新密码，至少 8 个字符"), _("再输一次"))
        for line, name in zip((self._password, self._new, self._again), names, strict=True):
            line.setAccessibleName(name)
            line.setPlaceholderText(name)
        self._notice = Notice()
        self._hint = label("", "small")
        self._why = label(_("初始密码是别人给的，请换成只有自己知道的。"), "soft")
        self._why.setWordWrap(True)
        self._button = ActionButton(_("登录"), "Return", "arrow-right", "primary")
        self._timer = QTimer(self)
        self._timer.setInterval(SECOND_MS)
        self._timer.timeout.connect(self.second_passed)
        self._who.currentIndexChanged.connect(lambda _index: self.chosen.emit(self._who.currentData() or ""))
        self._who.picked.connect(self._password.setFocus)
        self._must_change = False
        self._button.fired.connect(self._go_on)
        self._password.onward.connect(self._button.click)
        self._new.onward.connect(self._again.setFocus)
        self._again.onward.connect(self._button.click)
        bind(self, "Escape", _("返回"), self.stepped_back.emit)
        self._lay_out()

    def connect_to(self, presenter: LoginPresenter) -> None:
        """Let ``presenter`` decide."""
        self.chosen.connect(presenter.choose)
        self.log_in_asked.connect(presenter.log_in)
        self.second_passed.connect(presenter.tick)
        self.password_chosen.connect(presenter.change_password)
        self.stepped_back.connect(presenter.step_back)

    def render(self, state: LoginState) -> None:
        """Show ``state``."""
        self._place.setText(state.place)
        self._title.setText(_title(state))
        self._must_change = state.must_change
        for part in (self._who, self._password):
            part.setVisible(not state.must_change)
        for part in (self._new, self._again, self._why):
            part.setVisible(state.must_change)
        self._button.set_word(_("改密码并登录") if state.must_change else _("登录"))
        self._show_operators(state)
        self._notice.show_words(state.message or state.warning, "danger" if state.message else "warn")
        self._hint.setText(state.hint)
        self._hint.setVisible(bool(state.hint))
        self._button.set_busy(state.busy)
        self._button.set_usable(state.wait_s == 0)
        self._password.setEnabled(not state.busy)
        if state.wait_s and not self._timer.isActive():
            self._timer.start()
        elif not state.wait_s:
            self._timer.stop()

    def take_over(self, other: "LoginRoom") -> None:
        """Go on with what was typed into another one, which had other words or another text size."""
        self._password.set_value(other._password.value())

    def clear_password(self) -> None:
        """Forget what was typed and put the focus back."""
        for line in (self._password, self._new, self._again):
            line.clear()
        (self._new if self._must_change else self._password).setFocus()

    def _go_on(self) -> None:
        """Do what Enter means, which the button's key takes before any field does."""
        if self._must_change and self._new.value() and not self._again.value():
            self._again.setFocus()
        elif self.focusWidget() is self._who and not self._password.value():
            self._password.setFocus()
        elif self._must_change:
            self.password_chosen.emit(self._new.value(), self._again.value())
        else:
            self.log_in_asked.emit(self._password.value())

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
        parts = (self._place, self._title, self._why, self._who, self._password, self._new, self._again)
        for part in (*parts, self._notice, self._button, self._hint):
            card.body.addWidget(part)
        outside.addLayout(centred(card))
        outside.addStretch(3)


def _title(state: LoginState) -> str:
    if state.must_change:
        return _("设置自己的密码")
    return _("窗口已锁定") if state.locked else _("登录")
