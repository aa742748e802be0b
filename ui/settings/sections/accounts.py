"""The operators' accounts: who there is, and opening another one."""

from PySide6.QtWidgets import QComboBox

from app.domain.operators import Role
from ui.settings.presenters.accounts import AccountsPresenter, AccountsState
from ui.settings.section import Section, at_left
from ui.text import _
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import Row, clear
from ui.widgets.fields import LineField, SecretField
from ui.widgets.notices import Notice
from ui.words import role_words


class AccountsSection(Section):
    """A list, and below it a form for administrators."""

    key, icon = "accounts", "users"

    @staticmethod
    def name() -> str:
        """Return what the section is called."""
        return _("账号")

    def build(self) -> None:
        """Make the list and the form."""
        self.presenter = AccountsPresenter(self.around, self)
        self._list = self.card(_("经办人"))
        self._list.flush()
        self._login, self._name, self._first = LineField(longest=40), LineField(longest=40), SecretField()
        self._role = QComboBox()
        for role in Role:
            self._role.addItem(role_words(role), role.value)
        self._notice = Notice()
        self._open = ActionButton(_("开通"), "", "plus")
        self._form = self.card(_("开通账号"))
        words = "账号 开通 新建 添加 经办人 account operator add new user"
        self.setting(self._form, "login", _("账号"), self._login, words)
        self.setting(self._form, "name", _("姓名"), self._name, words)
        self.setting(self._form, "first", _("初始密码"), self._first, words)
        self.setting(self._form, "role", _("角色"), self._role, f"{words} 权限 role right permission")
        self._form.body.addLayout(at_left(self._open))
        self._form.body.addWidget(self._notice)
        self._open.fired.connect(
            lambda: self.presenter.enrol(
                self._login.value(), self._name.value(), Role(self._role.currentData()), self._first.value()
            )
        )

    def start(self) -> None:
        """Show who has an account."""
        self.presenter.start()

    def leave(self) -> None:
        """Forget what was typed."""
        self.clear_secrets()

    def clear_secrets(self) -> None:
        """Forget every password that was typed."""
        self._first.clear()

    def render(self, state: AccountsState) -> None:
        """Show ``state``."""
        self._form.setVisible(state.may_manage)
        self._open.set_busy(state.busy)
        self._notice.show_words(state.message, state.tone)
        clear(self._list.body)
        for place, operator in enumerate(state.operators):
            row = Row(48, first=place == 0, can_fire=False)
            row.add_words(
                f"{operator.name}（{operator.login}）", "、".join(role_words(role) for role in operator.roles)
            )
            self._list.body.addWidget(row)
