"""The way in: where the centre is and who logs in, and what preparing a new or older database would do."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.office.lines import Lines, buttons, wrapped
from ui.office.presenter import OfficeState
from ui.office_words import plan_lines
from ui.text import _, pgettext
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import Card, clear, column_layout, row_layout, scrolled
from ui.widgets.choices import Toggles
from ui.widgets.fields import LineField, SecretField
from ui.widgets.notices import Notice
from ui.widgets.room import Showing, holding
from ui.widgets.texts import Icon

WIDTH = 720
YES = "yes"


class Entrance(QWidget):
    """``edited`` names what was changed of the address; ``connect_asked`` has the password."""

    edited = Signal(str, str)
    ca_asked = Signal()
    keep_chosen = Signal(bool)
    connect_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._lines, self._password = Lines(), SecretField()
        self._ca = ActionButton(_("选 CA 证书文件"), "F6", "folder-open")
        self._keep = Toggles([(YES, _("在本机的系统密钥环里记住密码"))])
        self._connect = ActionButton(_("连接"), "F9", "link", "primary")
        self._why_not = Notice()
        self._lay_out()
        self._lines.edited.connect(self._tell)
        self._ca.fired.connect(self.ca_asked)
        self._keep.changed.connect(lambda: self.keep_chosen.emit(bool(self._keep.values())))
        self._connect.fired.connect(lambda: self.connect_asked.emit(self._password.value()))

    def show_state(self, state: OfficeState) -> None:
        """Show what was typed and what is to be mended."""
        self._lines.show_values({"url": state.place.url, "ca": state.place.ca}, state.remarks)
        self._keep.set_values([YES] if state.keeps else [])
        self._why_not.show_words(state.why_not, "warn")
        self._connect.set_busy(bool(state.work.doing))
        for button in (self._connect, self._ca):
            button.set_usable(not state.why_not)
        self._lines.setEnabled(not state.why_not)

    def focus_first(self) -> None:
        """Put the focus on the address, or on the password where the address is known."""
        if self._lines.isEnabled():
            self._lines.take_focus()

    def forget_secrets(self) -> None:
        """Empty the password."""
        self._password.clear()

    def _tell(self, key: str, value: str) -> None:
        if key != "password":
            self.edited.emit(key, value)

    def _lay_out(self) -> None:
        card = Card(_("连接中心的数据库"))
        card.body.setSpacing(theme().px(10))
        self._lines.add("url", _("地址"), LineField("postgresql://li_na@db1.example/lideng"), required=True)
        self._lines.add("ca", _("CA 证书"), LineField(_("签发服务器证书的 CA；数据库在本机时可以空着")))
        self._lines.add("password", _("密码"), self._password)
        self._lines.finish(self._connect)
        words = _(
            "中心管理员用 lideng_admin 组的账号登录，督办员用 lideng_supervisor 组的；"
            "建立或升级中心要用 PostgreSQL 的超级用户。"
        )
        for widget in (
            self._why_not,
            wrapped(words),
            self._lines,
            wrapped(_("密码空着时，用密钥环里记住的；没有记住时，按服务器的规则登录。")),
            self._keep,
            buttons(self._connect, self._ca),
        ):
            card.body.addWidget(widget)
        self.setLayout(_column(card))


class Preparing(QWidget):
    """What stands at the address, and what making a centre of it does."""

    prepare_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._showing = Showing()
        self._card = Card(_("这里还没有中心"))
        self._found, self._lines = wrapped("", ""), column_layout(spacing=10)
        self._may_not = Notice()
        self._prepare = ActionButton(_("建立中心"), "F9", "database", "primary")
        self._prepare.fired.connect(self.prepare_asked)
        self._card.body.setSpacing(theme().px(12))
        self._card.body.addWidget(self._found)
        self._card.body.addLayout(self._lines)
        self._card.body.addWidget(self._may_not)
        self._card.body.addWidget(buttons(self._prepare))
        self.setLayout(_column(self._card))

    def show_state(self, state: OfficeState) -> None:
        """Show what would be done, and who may."""
        self._showing.changed("plan", state.plan, lambda: self._show_plan(state))
        self._prepare.set_busy(bool(state.work.doing))

    def focus_first(self) -> None:
        """Put the focus on the act."""
        self._prepare.setFocus()

    def _show_plan(self, state: OfficeState) -> None:
        plan = state.plan
        if plan is None:
            return
        self._card.title.setText(_("中心要升级") if plan.current else _("这里还没有中心"))
        self._prepare.set_word(_("升级中心") if plan.current else _("建立中心"))
        said = {"database": plan.database, "server": plan.server}
        self._found.setText(_("已连接到数据库 %(database)s（PostgreSQL %(server)s）。将要做的：") % said)
        clear(self._lines)
        for words in plan_lines(plan):
            line = row_layout(Icon("check-circle", "accent"), wrapped(words, ""))
            line.setStretch(1, 1)
            self._lines.addLayout(line)
        may_not = "" if plan.may_prepare else _("这个账号不是超级用户。请断开，用 postgres 等超级用户登录后再做。")
        self._may_not.show_words(may_not, "warn")
        self._prepare.set_usable(plan.may_prepare)


class AuthorityPanel(QWidget):
    """Asks for the authority's file and passphrase; ``opened`` has the passphrase."""

    edited = Signal(str, str)
    file_asked = Signal()
    opened = Signal(str)
    given_up = Signal()

    def __init__(self) -> None:
        super().__init__()
        card = Card(_("打开签发密钥"))
        self._lines, self._passphrase = Lines(), SecretField()
        self._open = ActionButton(_("打开"), "F9", "key", "primary")
        self._file = ActionButton(_("选文件"), "F6", "folder-open")
        self._cancel = ActionButton(pgettext("act", "取消"), "Ctrl+Delete", "x", "quiet")
        self._lines.add("authority", _("文件"), LineField("authority.lideng"), required=True)
        self._lines.add("passphrase", _("口令"), self._passphrase, required=True)
        self._lines.finish(self._open)
        self._passphrase.onward.connect(self._open.click)
        card.body.setSpacing(theme().px(10))
        card.body.addWidget(wrapped(_("只在这次签名时用，离开这里就忘掉。还没有的，在“密钥与保存”里新建。")))
        card.body.addWidget(self._lines)
        card.body.addWidget(buttons(self._open, self._file, self._cancel))
        self.setLayout(_column(card))
        self._lines.edited.connect(lambda key, value: self.edited.emit(key, value) if key == "authority" else None)
        self._file.fired.connect(self.file_asked)
        self._open.fired.connect(lambda: self.opened.emit(self._passphrase.value()))
        self._cancel.fired.connect(self.given_up)

    def show_state(self, state: OfficeState) -> None:
        """Show the file that was named."""
        self._lines.show_values({"authority": state.place.authority}, state.remarks)
        self._open.set_busy(bool(state.work.doing))

    def take_focus(self) -> None:
        """Put the focus on what is empty."""
        self._lines.take_focus()

    def forget_secrets(self) -> None:
        """Empty the passphrase."""
        self._passphrase.clear()


def _column(card: Card) -> object:
    """Return a layout with one card, not wider than a line can be read."""
    card.setMaximumWidth(theme().px(WIDTH))
    inner = column_layout(card)
    inner.addStretch(1)
    inner.setContentsMargins(0, 0, theme().px(4), 0)
    return column_layout(scrolled(holding(inner)))
