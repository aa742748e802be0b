"""The operators' accounts: who there is and what they may do; opening, changing and closing them."""

from PySide6.QtWidgets import QWidget

from app.domain.operators import Role
from app.services.ports import Account
from ui.settings.presenters.accounts import AccountsPresenter, AccountsState
from ui.settings.section import Section, at_left
from ui.text import _, listed, ngettext, pgettext
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import Row, clear
from ui.widgets.choices import Toggles
from ui.widgets.fields import LineField, SecretField
from ui.widgets.notices import Notice
from ui.widgets.texts import ElidedLabel, badge, cap, label
from ui.words import role_words

ROW_HEIGHT = 52
LONGEST_NAME = 40


class AccountsSection(Section):
    """A list, and below it one form: for a new account, or for the one that was chosen."""

    key, icon = "accounts", "users"

    @staticmethod
    def name() -> str:
        """Return what the section is called."""
        return pgettext("section", "账号")

    def build(self) -> None:
        """Make the list and the form."""
        self.presenter = AccountsPresenter(self.around, self)
        self._list = self.card(pgettext("section", "账号"))
        self._list.flush()
        self._reason = label("", "small")
        self._list.head.addWidget(self._reason)
        self._form = self.card(_("开通账号"))
        self._login, self._name = LineField(longest=LONGEST_NAME), LineField(longest=LONGEST_NAME)
        self._roles = Toggles([(role, role_words(role)) for role in Role])
        self._secret = SecretField()
        self._notice = Notice()
        self._new = ActionButton(_("新账号"), "Ctrl+N", "plus", "quiet")
        self._save = ActionButton(_("开通"), "F9", "check", "primary")
        self._reset = ActionButton(_("重置密码"), "", "key")
        self._turn = ActionButton(_("停用"), "", "prohibit")
        self._lay_out()
        self._connect()

    def start(self) -> None:
        """Show who has an account."""
        self.presenter.start()

    def leave(self) -> None:
        """Forget what was typed."""
        self.clear_secrets()

    def clear_secrets(self) -> None:
        """Forget every password that was typed."""
        self._secret.clear()

    def fill(self, account: Account | None) -> None:
        """Put an account into the form, or empty it for a new one."""
        self._login.set_value(account.operator.login if account else "")
        self._name.set_value(account.operator.name if account else "")
        self._roles.set_values(account.operator.roles if account else (Role.CLERK,))
        self.clear_secrets()

    def render(self, state: AccountsState) -> None:
        """Show ``state``."""
        chosen = state.chosen
        self._reason.setText(state.why_not)
        count = len(state.accounts)
        self._list.note.setText(ngettext("%(count)d 个", "%(count)d 个", count) % {"count": count})
        self._show_list(state)
        title = _("更改 %(name)s 的账号") % {"name": chosen.operator.name} if chosen else _("开通账号")
        self._form.title.setText(title)
        self._form.note.setText(_("重置密码时才填初始密码") if chosen else _("初始密码由本人在第一次登录时更改"))
        self._save.set_word(_("保存") if chosen else _("开通"))
        self._turn.set_word(_("启用") if chosen and chosen.disabled else _("停用"))
        usable = not state.why_not
        for part in (self._login, self._name, self._roles, self._secret):
            part.setEnabled(usable)
        self._login.setEnabled(usable and chosen is None)
        for button in (self._save, self._reset, self._turn, self._new):
            button.set_busy(state.busy)
            button.set_usable(usable)
        for part in (self._reset, self._turn, self._new):
            part.setVisible(chosen is not None)
        self._notice.show_words(state.message, state.tone)

    def _show_list(self, state: AccountsState) -> None:
        """Show the rows anew; the focus stays on the list when it was there."""
        had_focus = self._list.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        clear(self._list.body)
        for place, account in enumerate(state.accounts):
            row = self._row(account, first=place == 0)
            row.set_state("current" if state.chosen and account.operator == state.chosen.operator else "")
            self._list.body.addWidget(row)
            if had_focus and state.chosen and account.operator == state.chosen.operator:
                row.setFocus()

    def _row(self, account: Account, *, first: bool) -> Row:
        operator = account.operator
        row = Row(ROW_HEIGHT, first=first)
        row.setAccessibleName(operator.name)
        row.add_words(
            ElidedLabel(f"{operator.name}（{operator.login}）"), listed(role_words(role) for role in operator.roles)
        )
        for shown, words, tone in (
            (account.must_change, _("初始密码"), "plain"),
            (account.disabled, _("已停用"), "danger"),
        ):
            if shown:
                row.inside.addWidget(badge(words, tone))
        row.inside.addWidget(cap("Enter"))
        row.fired.connect(lambda: self.presenter.choose(operator.login))
        return row

    def _lay_out(self) -> None:
        words = "账号 开通 新建 添加 经办人 账户 account operator add new user"
        self.setting(self._form, "login", _("账号"), self._login, words)
        self.setting(self._form, "name", _("姓名"), self._name, words)
        self.setting(
            self._form, "roles", _("角色"), self._roles, f"{words} 权限 督办 审查 管理员 role right permission"
        )
        secret_words = f"{words} 重置 密码 reset password"
        self.setting(self._form, "secret", _("初始密码"), self._secret, secret_words)
        self.findable("turn", _("停用账号"), self._list, f"{words} 停用 启用 disable enable close")
        self._form.head.addWidget(self._new)
        buttons = at_left(self._save, self._reset, self._turn)
        buttons.setContentsMargins(0, theme().px(4), 0, 0)
        self._form.body.addLayout(buttons)
        self._form.body.addWidget(self._notice)
        QWidget.setTabOrder(self._secret, self._save)

    def _connect(self) -> None:
        self._new.fired.connect(lambda: self.presenter.choose(""))
        self._save.fired.connect(
            lambda: self.presenter.save(
                self._login.value(),
                self._name.value(),
                [Role(value) for value in self._roles.values()],
                self._secret.value(),
            )
        )
        self._reset.fired.connect(lambda: self.presenter.reset_password(self._secret.value()))
        self._turn.fired.connect(self.presenter.turn_off_or_on)
