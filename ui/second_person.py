"""The panel over the window where somebody else gives a password: a second person, or whoever takes over."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget

from ui.confirming import ConfirmPresenter, ConfirmState
from ui.text import _, pgettext
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import row_layout
from ui.widgets.fields import PeopleField, SecretField
from ui.widgets.notices import Notice
from ui.widgets.overlay import Overlay
from ui.widgets.texts import Icon, label

SECOND_MS = 1000
WIDTH = 460


class SecondPersonPanel(Overlay):
    """Signals: ``chosen`` who, ``password_given``, ``second_passed`` while a delay counts down, ``given_up``."""

    chosen = Signal(str)
    password_given = Signal(str)
    second_passed = Signal()

    def __init__(self, stage: QStackedWidget) -> None:
        super().__init__(stage, WIDTH)
        self._title, self._what = label("", "title"), label("", "soft")
        self._what.setWordWrap(True)
        self._who = PeopleField()
        self._who.setAccessibleName(_("由谁确认"))
        self._password = SecretField()
        self._password.setAccessibleName(_("密码"))
        self._password.setPlaceholderText(_("密码"))
        self._notice = Notice()
        self._cancel = ActionButton(pgettext("act", "取消"), "Esc")
        self._confirm = ActionButton(_("确认"), "Return", "check", "primary")
        self._timer = QTimer(self)
        self._timer.setInterval(SECOND_MS)
        self._timer.timeout.connect(self.second_passed)
        self._who.currentIndexChanged.connect(lambda _index: self.chosen.emit(self._who.currentData() or ""))
        self._who.picked.connect(self._password.setFocus)
        self._cancel.fired.connect(self.given_up)
        self._confirm.fired.connect(self._give)
        self._password.onward.connect(self._give)
        self._lay_out()

    def connect_to(self, presenter: ConfirmPresenter) -> None:
        """Let ``presenter`` decide."""
        self.chosen.connect(presenter.choose)
        self.password_given.connect(presenter.confirm)
        self.second_passed.connect(presenter.tick)
        self.given_up.connect(presenter.give_up)

    def render(self, state: ConfirmState) -> None:
        """Show ``state``."""
        question = state.question
        self._title.setText(question.title)
        self._what.setText(question.what)
        self._confirm.set_word(question.word)
        self._confirm.set_busy(state.busy)
        self._confirm.set_usable(state.wait_s == 0 and bool(question.people))
        self._show_people(state)
        if question.people:
            self._notice.show_words(state.message, "danger")
        else:
            self._notice.show_words(question.nobody, "warn")
        if state.wait_s and not self._timer.isActive():
            self._timer.start()
        elif not state.wait_s:
            self._timer.stop()

    def clear_password(self) -> None:
        """Forget what was typed and put the focus back."""
        self._password.clear()
        (self._password if self._password.isEnabled() else self._cancel).setFocus()

    def dismiss(self) -> None:
        """Go away, with nothing left of the password."""
        self._timer.stop()
        self._password.clear()
        super().dismiss()

    def _show_people(self, state: ConfirmState) -> None:
        logins = [self._who.itemData(index) for index in range(self._who.count())]
        self._who.blockSignals(True)
        if logins != [operator.login for operator in state.question.people]:
            self._who.clear()
            for operator in state.question.people:
                self._who.addItem(f"{operator.name}（{operator.login}）", operator.login)
        self._who.setCurrentIndex(self._who.findData(state.login))
        self._who.blockSignals(False)
        for part in (self._who, self._password):
            part.setEnabled(bool(state.question.people))

    def _give(self) -> None:
        """Do what Enter means, which the button's key takes before any field does."""
        if self._who.hasFocus() and not self._password.value():
            self._password.setFocus()
            return
        self.password_given.emit(self._password.value())

    def _lay_out(self) -> None:
        head = row_layout(Icon("identification-card", "accent", 24), self._title)
        head.setSpacing(theme().px(12))
        head.addStretch(1)
        self.card.body.addLayout(head)
        for part in (self._what, self._who, self._password, self._notice):
            self.card.body.addWidget(part)
        buttons = row_layout(self._cancel)
        buttons.addStretch(1)
        buttons.addWidget(self._confirm)
        self.card.body.addLayout(buttons)
