"""The operator's own password."""

from ui.settings.presenters.password import PasswordPresenter, PasswordState
from ui.settings.section import Section, at_left
from ui.text import _
from ui.widgets.buttons import ActionButton
from ui.widgets.fields import SecretField
from ui.widgets.notices import Notice


class PasswordSection(Section):
    """Three lines and one act."""

    key, icon = "password", "key"

    @staticmethod
    def name() -> str:
        """Return what the section is called."""
        return _("我的密码")

    def build(self) -> None:
        """Make the lines."""
        self.presenter = PasswordPresenter(self.around, self)
        self._lines = [SecretField() for _n in range(3)]
        self._button = ActionButton(_("更改密码"), "", "key")
        self._notice = Notice()
        card = self.card(_("更改密码"), _("至少 8 个字符"))
        names = (_("原密码"), _("新密码"), _("再输一次"))
        for place, (name, line) in enumerate(zip(names, self._lines, strict=True)):
            self.setting(card, f"password{place}", name, line, "密码 口令 修改 更改 password change new old")
        card.body.addLayout(at_left(self._button))
        card.body.addWidget(self._notice)
        self._button.fired.connect(lambda: self.presenter.change(*(line.value() for line in self._lines)))

    def start(self) -> None:
        """Show empty fields."""
        self.presenter.start()

    def leave(self) -> None:
        """Forget what was typed."""
        self.clear_secrets()

    def render(self, state: PasswordState) -> None:
        """Show ``state``."""
        self._button.set_busy(state.busy)
        self._notice.show_words(state.message, state.tone)

    def clear_secrets(self) -> None:
        """Forget every password that was typed."""
        for line in self._lines:
            line.clear()
