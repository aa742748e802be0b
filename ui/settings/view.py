"""The screen of the settings: look, journal, password, operators, this counter."""

from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from app.domain.operators import Role
from app.services.preferences import LONGEST_IDLE, SHORTEST_IDLE, Language, Preferences, Theme
from ui.settings.presenter import SettingsPresenter, SettingsState
from ui.text import _
from ui.theme import theme
from ui.widgets.buttons import ActionButton, Segments
from ui.widgets.cards import Card, clear, column_layout, row_layout, scrolled
from ui.widgets.fields import FormField, LineField
from ui.widgets.notices import Notice
from ui.widgets.room import RoomFrame, holding
from ui.widgets.texts import ElidedLabel, label
from ui.words import level_words, role_words

TEXT_SIZES = (100, 110, 125, 150)
IDLE_TIMES = (SHORTEST_IDLE, 5, 10, 30, LONGEST_IDLE)
LABEL_WIDTH = 100


class FileTarget(Protocol):
    """Where the journal can be saved."""

    def choose_target(self, name: str, kinds: str) -> object:
        """Return a path, None for nowhere."""
        ...


class SettingsRoom(RoomFrame):
    """``changed`` carries the preferences as they shall be; the other signals name an act."""

    changed = Signal(object)
    password_given = Signal(str, str, str)
    operator_given = Signal(str, str, str, str)
    verify_asked = Signal()
    export_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._preferences = Preferences()
        self._theme = Segments([(Theme.LIGHT, _("浅色")), (Theme.DARK, _("深色")), (Theme.AUTO, _("随系统"))])
        self._size = Segments([(str(size), f"{size}%") for size in TEXT_SIZES])
        self._language = Segments([(Language.CHINESE, "中文"), (Language.ENGLISH, "English")])
        self._idle = Segments([(str(n), _("%(count)d 分钟") % {"count": n}) for n in IDLE_TIMES])
        self._journal_notice, self._password_notice, self._enrol_notice = Notice(), Notice(), Notice()
        self._verify = ActionButton(_("核对台账"), "F7", "shield-check")
        self._export = ActionButton(_("导出台账"), "Ctrl+Shift+S", "download-simple")
        self._old, self._new, self._again = (_secret() for _n in range(3))
        self._login, self._name, self._first = LineField(longest=40), LineField(longest=40), _secret()
        self._role = QComboBox()
        self._role.setAccessibleName(_("角色"))
        for role in Role:
            self._role.addItem(role_words(role), role.value)
        self._operators = Card(_("经办人"))
        self._enrol = Card(_("开通账号"), _("同名账号将被更改"))
        self._station = Card(_("本窗口"))
        self._lay_out()
        self._connect()

    def connect_to(self, presenter: SettingsPresenter, files: FileTarget) -> None:
        """Let ``presenter`` decide; ``files`` asks where the journal is saved."""
        self.changed.connect(presenter.change)
        self.password_given.connect(presenter.change_password)
        self.operator_given.connect(lambda login, name, role, secret: presenter.enrol(login, name, Role(role), secret))
        self.verify_asked.connect(presenter.verify_journal)

        def export() -> None:
            path = files.choose_target("journal.jsonl", "JSON Lines (*.jsonl)")
            if path is not None:
                presenter.export_journal(path)  # type: ignore[arg-type]

        self.export_asked.connect(export)

    def render(self, state: SettingsState) -> None:
        """Show ``state``."""
        self._preferences = state.preferences
        self._theme.set_value(state.preferences.theme)
        self._size.set_value(str(_nearest(state.preferences.text_percent, TEXT_SIZES)))
        self._language.set_value(state.preferences.language)
        self._idle.set_value(str(_nearest(state.preferences.idle_minutes, IDLE_TIMES)))
        sound = {True: "good", False: "danger", None: "good"}[state.journal_is_sound]
        self._journal_notice.show_words(state.journal_message, sound)
        self._password_notice.show_words(state.password_message, "good")
        self._enrol_notice.show_words(state.enrol_message, "good")
        for button in (self._verify, self._export):
            button.set_busy(state.busy)
        self._enrol.setVisible(state.may_enrol)
        self._show_operators(state)
        self._show_station(state)

    def clear_secrets(self) -> None:
        """Forget every password that was typed."""
        for line in (self._old, self._new, self._again, self._first):
            line.clear()

    def _show_operators(self, state: SettingsState) -> None:
        clear(self._operators.body)
        for operator in state.operators:
            roles = "、".join(role_words(role) for role in operator.roles)
            self._operators.body.addLayout(
                _line(f"{operator.name}（{operator.login}）", ElidedLabel(roles, "soft"), 200)
            )

    def _show_station(self, state: SettingsState) -> None:
        clear(self._station.body)
        station = state.station
        for name, words in (
            (_("服务点"), station.service_point),
            (_("机关"), station.body),
            (_("窗口"), f"{station.window}（{station.code}）"),
            (_("层级"), level_words(station.level)),
            (_("查询电话"), station.phone),
            (_("文书字头"), station.paper_prefix),
        ):
            self._station.body.addLayout(_line(name, ElidedLabel(words)))

    def _lay_out(self) -> None:
        self.header.addWidget(label(_("设置"), "title"))
        self.header.addStretch(1)
        look = Card(_("窗口外观"), _("立即生效"))
        for name, editor in (
            (_("颜色"), self._theme),
            (_("字号"), self._size),
            (_("语言"), self._language),
            (_("离开锁定"), self._idle),
        ):
            look.body.addLayout(_line(name, editor))
        journal = Card(_("台账"), _("每件事都有签名，前后相连"))
        buttons = row_layout(self._verify, self._export)
        buttons.addStretch(1)
        journal.body.addLayout(buttons)
        journal.body.addWidget(self._journal_notice)
        left = column_layout(look, journal, self._password_card())
        left.addStretch(1)
        self._fill_enrol()
        right = column_layout(self._station, self._operators, self._enrol)
        right.addStretch(1)
        both = row_layout(holding(left), holding(right))
        both.setSpacing(theme().px(16))
        self.body.addWidget(scrolled(holding(both)))

    def _password_card(self) -> Card:
        card = Card(_("更改密码"))
        for name, line in ((_("原密码"), self._old), (_("新密码"), self._new), (_("再输一次"), self._again)):
            card.body.addWidget(FormField(name, line))
        change = ActionButton(_("更改密码"))
        change.fired.connect(
            lambda: self.password_given.emit(self._old.value(), self._new.value(), self._again.value())
        )
        card.body.addLayout(_at_left(change))
        card.body.addWidget(self._password_notice)
        return card

    def _fill_enrol(self) -> None:
        for name, line in ((_("账号"), self._login), (_("姓名"), self._name), (_("初始密码"), self._first)):
            self._enrol.body.addWidget(FormField(name, line))
        self._enrol.body.addLayout(_line(_("角色"), self._role, 88))
        enrol = ActionButton(_("开通"))
        enrol.fired.connect(
            lambda: self.operator_given.emit(
                self._login.value(), self._name.value(), self._role.currentData(), self._first.value()
            )
        )
        self._enrol.body.addLayout(_at_left(enrol))
        self._enrol.body.addWidget(self._enrol_notice)

    def _connect(self) -> None:
        self._theme.chosen.connect(lambda value: self._change(theme=Theme(value)))
        self._size.chosen.connect(lambda value: self._change(text_percent=int(value)))
        self._language.chosen.connect(lambda value: self._change(language=Language(value)))
        self._idle.chosen.connect(lambda value: self._change(idle_minutes=int(value)))
        self._verify.fired.connect(self.verify_asked)
        self._export.fired.connect(self.export_asked)

    def _change(self, **changes: object) -> None:
        self.changed.emit(replace(self._preferences, **changes))  # type: ignore[arg-type]


def _secret() -> LineField:
    line = LineField(longest=200)
    line.setEchoMode(QLineEdit.EchoMode.Password)
    return line


def _line(name: str, editor: QWidget, width: int = LABEL_WIDTH) -> QHBoxLayout:
    line = row_layout(label(name, "label"), editor)
    line.itemAt(0).widget().setFixedWidth(theme().px(width))
    line.setStretch(1, 1)
    return line


def _at_left(button: QWidget) -> QHBoxLayout:
    line = row_layout(button)
    line.addStretch(1)
    return line


def _nearest(value: int, choices: tuple[int, ...]) -> int:
    return min(choices, key=lambda choice: abs(choice - value))
