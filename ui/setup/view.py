"""The first start's screen: one form in three cards, one button."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from ui.setup.presenter import LEVELS, SetupPresenter, SetupState
from ui.text import _
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import Card, row_layout, scrolled
from ui.widgets.fields import FormField, LineField, lead_on, line_up
from ui.widgets.notices import Notice
from ui.widgets.texts import label
from ui.widgets.waiting import Waiting
from ui.words import level_words

WIDTH = 900
POLL_MS = 200
SECRETS = ("password", "password_again", "passphrase", "passphrase_again")


class SetupRoom(QWidget):
    """``edited`` names a field and its value; ``finish_asked`` comes with the button or Enter in the last field."""

    edited = Signal(str, str)
    finish_asked = Signal()
    invitation_asked = Signal()
    invitation_dropped = Signal()
    polled = Signal()
    waited_enough = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "room")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._fields: dict[str, FormField] = {}
        self._notice = Notice()
        self._finish = ActionButton(_("完成设置"), "F9", "check-circle", "primary")
        self._finish.fired.connect(self.finish_asked)
        self._open = ActionButton(_("打开邀请文件"), "F3", "envelope-open")
        self._open.fired.connect(self.invitation_asked)
        self._drop = ActionButton(_("不用邀请"), "", "x", "quiet")
        self._drop.fired.connect(self.invitation_dropped)
        self._offered = Notice()
        self._waiting = Waiting(_("不等了，先开始办事"))
        self._waiting.stopped.connect(self.waited_enough)
        self._poll = QTimer(self)
        self._poll.setInterval(POLL_MS)
        self._poll.timeout.connect(self.polled)
        self._level = QComboBox()
        self._level.setAccessibleName(_("服务点层级"))
        for level in LEVELS:
            self._level.addItem(level_words(level), level.value)
        self._level.currentIndexChanged.connect(lambda _index: self.edited.emit("level", self._level.currentData()))
        self._sealing = Card(_("密钥口令"), _("本机没有系统密钥环：口令封存密钥，每次打开都要输入，忘记后无法恢复"))
        self._lay_out()

    def connect_to(self, presenter: SetupPresenter) -> None:
        """Let ``presenter`` decide."""
        self.edited.connect(presenter.edit)
        self.finish_asked.connect(presenter.finish)
        self.invitation_asked.connect(presenter.open_invitation)
        self.invitation_dropped.connect(presenter.forget_invitation)
        self.polled.connect(presenter.poll)
        self.waited_enough.connect(presenter.stop_waiting)

    def render(self, state: SetupState) -> None:
        """Show ``state``; the first field with a problem gets the focus."""
        self._sealing.setVisible(state.asks_passphrase)
        for place, field in self._fields.items():
            field.editor.set_value(state.values.get(place, ""))
            field.set_remark(state.problems.get(place, ""), "error" if place in state.problems else "")
        self._notice.show_words(state.message, "danger")
        self._show_invitation(state)
        for button in (self._finish, self._open, self._drop):
            button.set_busy(state.busy)
        if state.problems and not any(field.editor.hasFocus() for field in self._fields.values()):
            self._fields[next(iter(state.problems))].editor.setFocus()

    def _show_invitation(self, state: SetupState) -> None:
        self._offered.show_words(state.refused or state.offered, "danger" if state.refused else "good")
        self._drop.setVisible(bool(state.offered))
        code = self._fields["code"].editor
        code.setReadOnly(bool(state.offered))
        code.setToolTip(_("由邀请文件给出") if state.offered else "")
        if state.doing:
            self._waiting.show_work(state.doing, can_stop=True)
            self._poll.start()
        else:
            self._waiting.show_done()

    def hideEvent(self, event: object) -> None:  # noqa: N802  Qt's name
        """Ask no more how far it is."""
        super().hideEvent(event)  # type: ignore[arg-type]
        self._poll.stop()

    def _lay_out(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setSpacing(theme().px(12))
        column.addWidget(label(_("首次设置"), "huge"))
        column.addWidget(label(_("告诉立等这是哪个窗口、谁来使用。以后可由管理员增加经办人。"), "soft"))
        column.addWidget(self._centre_card())
        column.addWidget(self._station_card())
        column.addWidget(self._operator_card())
        self._fill(self._sealing, [("passphrase", _("口令"), ""), ("passphrase_again", _("再输一次"), "")])
        column.addWidget(self._sealing)
        column.addWidget(self._notice)
        column.addWidget(self._waiting)
        column.addWidget(self._finish, 0, Qt.AlignmentFlag.AlignRight)
        column.addStretch(1)
        inner.setMaximumWidth(theme().px(WIDTH))
        outside = QVBoxLayout(self)
        area = scrolled(inner)
        area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        outside.addWidget(area)
        lead_on(list(self._fields.values()), self._finish)

    def _centre_card(self) -> Card:
        card = Card(_("中心"), _("有邀请文件就打开它；没有也能先单独使用，以后在设置里登记"))
        line = row_layout(self._open, self._drop)
        line.addStretch(1)
        card.body.addLayout(line)
        card.body.addWidget(self._offered)
        return card

    def _station_card(self) -> Card:
        card = Card(_("窗口"))
        self._fill(
            card,
            [
                ("service_point", _("服务点"), _("如 云溪镇便民服务中心")),
                ("body", _("机关"), _("文书上的机关名称")),
                ("window", _("窗口名"), _("如 3 号窗口")),
                ("phone", _("查询电话"), _("印在文书上")),
                ("code", _("窗口编号"), _("6 位数字，由中心分配")),
                ("division", _("区划代码"), _("12 位数字")),
                ("paper_prefix", _("文书字头"), _("如 云溪3，各窗口不得相同")),
            ],
        )
        card.head.addWidget(label(_("层级"), "label"))
        card.head.addWidget(self._level)
        return card

    def _operator_card(self) -> Card:
        card = Card(_("第一位经办人"), _("同时是管理员"))
        self._fill(
            card,
            [
                ("operator_name", _("姓名"), ""),
                ("login", _("账号"), _("字母或数字")),
                ("password", _("密码"), _("至少 8 个字符")),
                ("password_again", _("再输一次"), ""),
            ],
        )
        return card

    def _fill(self, card: Card, entries: list[tuple[str, str, str]]) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme().px(16))
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        for index, (place, name, hint) in enumerate(entries):
            editor = LineField(hint, 200)
            editor.setObjectName(f"setup.{place}")
            if place in SECRETS:
                editor.setEchoMode(QLineEdit.EchoMode.Password)
            editor.edited.connect(lambda value, place=place: self.edited.emit(place, value))
            self._fields[place] = FormField(name, editor, required=True)
            grid.addWidget(self._fields[place], index // 2, index % 2)
        line_up([self._fields[place] for place, _name, _hint in entries])
        card.body.addLayout(grid)
