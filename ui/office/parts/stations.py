"""The list of stations, and beside it one of them with what can be done, or the form for doing it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.office.lines import Facts, Lines, buttons, side_card, wrapped
from ui.office.parts.listing import Listing
from ui.office.presenters.stations import DAYS, FILTERS, INVITE, REVOKE, StationsPresenter, StationsState
from ui.office_words import contact_words, place_name, standing_of, standing_words, station_facts
from ui.text import _, ngettext, pgettext
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import Card, Empty, column_layout, row_layout, scrolled
from ui.widgets.choices import Chips, Segments, Toggles
from ui.widgets.fields import LineField
from ui.widgets.find import FindField
from ui.widgets.flow import Flow
from ui.widgets.room import Showing, holding
from ui.widgets.signs import Light
from ui.widgets.table import TableRow
from ui.widgets.texts import ElidedLabel, label

SIDE_WIDTH = 372
SIDE_SHARE = 0.42
FIND_WIDTH = 300
WIDTHS = (124, 84, 200, 116)
NAME_COLUMN = 2


class StationsPart(QWidget):
    """Signals name what the administrator wants; those of the forms are connected by ``connect_to``."""

    invite_asked = Signal()
    revoke_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._showing = Showing()
        self._find = FindField(_("查找窗口"), _("编号、名称或服务点"), "Ctrl+F")
        self._find.setMinimumWidth(theme().px(FIND_WIDTH))
        self._filters = Chips([(name, _filter_words(name)) for name in FILTERS])
        heads = (_("状态"), _("编号"), _("服务点和窗口"), _("最近上报"))
        self._list = Listing(_("窗口列表"), heads, WIDTHS, NAME_COLUMN, (f"      {_('邀请已过期')}", "000000"))
        self._list.give_way((3,))
        self._new = ActionButton(_("邀请新窗口"), "F6", "plus")
        self._take_in = ActionButton(_("收入台账"), "F7", "tray")
        self._one = _OneStation(self)
        self._invitation, self._revocation = InvitationForm(), RevocationForm()
        self._side = scrolled(holding(self._side_column()))
        self._lay_out()

    def connect_to(self, presenter: StationsPresenter) -> None:
        """Let ``presenter`` decide."""
        self._find.typed.connect(presenter.search)
        self._find.emptied.connect(presenter.step_back)
        self._find.taken.connect(self._list.table.setFocus)
        self._find.moved.connect(lambda _by: self._list.table.setFocus())
        self._filters.chosen.connect(presenter.filter)
        self._list.table.current_changed.connect(presenter.choose)
        self._list.table.taken.connect(lambda _code: presenter.begin_invitation())
        self._new.fired.connect(lambda: presenter.begin_invitation(new=True))
        self._take_in.fired.connect(presenter.take_in)
        self.invite_asked.connect(presenter.begin_invitation)
        self.revoke_asked.connect(presenter.begin_revocation)
        for form in (self._invitation, self._revocation):
            form.edited.connect(presenter.edit)
            form.submitted.connect(presenter.submit)
            form.given_up.connect(presenter.give_up)

    def render(self, state: StationsState) -> None:
        """Show ``state``."""
        self._find.set_text(state.text)
        self._filters.show_counts(state.chosen_filter, state.counts if state.rows is not None else {})
        self._one.setVisible(not state.form)
        self._invitation.setVisible(state.form == INVITE)
        self._revocation.setVisible(state.form == REVOKE)
        self._showing.changed("one", (state.station, state.now), lambda: self._one.show_station(state))
        if state.form == INVITE:
            self._invitation.show_form(state)
        if state.form == REVOKE:
            self._revocation.show_form(state)
        self._showing.changed("form", state.form, lambda: self._focus_form(state.form))
        shown = (state.rows, state.text, state.chosen_filter)
        self._showing.changed("list", shown, lambda: self._show_list(state))

    def focus_first(self) -> None:
        """Put the focus on the search."""
        self._find.setFocus()

    def resizeEvent(self, event: object) -> None:  # noqa: N802  Qt's name
        """Let the side follow."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._side.setFixedWidth(min(theme().px(SIDE_WIDTH), round(self.width() * SIDE_SHARE)))

    def _focus_form(self, form: str) -> None:
        if form:
            {INVITE: self._invitation, REVOKE: self._revocation}[form].take_focus()
        elif self.isVisible():
            self._list.table.setFocus()

    def _show_list(self, state: StationsState) -> None:
        rows = []
        for row in state.shown:
            tone, words = standing_words(standing_of(row, state.now))
            rows.append(TableRow(row.code, (words, row.code, place_name(row), contact_words(row, state.now)), tone))
        self._list.show_rows(rows, state.chosen, _empty_words(state))

    def _side_column(self) -> object:
        column = column_layout(self._one, self._invitation, self._revocation, spacing=12)
        column.addStretch(1)
        column.setContentsMargins(0, 0, theme().px(4), 0)
        return column

    def _lay_out(self) -> None:
        head = holding(Flow(self._find, self._filters))
        foot = buttons(self._new, self._take_in)
        left = column_layout(self._list, foot, spacing=8)
        left.setStretch(0, 1)
        together = row_layout(holding(left), self._side)
        together.setSpacing(theme().px(16))
        together.setStretch(0, 1)
        whole = column_layout(head, holding(together), spacing=12)
        whole.setStretch(1, 1)
        self.setLayout(whole)


class _OneStation(Card):
    """The station under the cursor."""

    def __init__(self, part: StationsPart) -> None:
        super().__init__()
        self.body.setSpacing(theme().px(10))
        self.body.setContentsMargins(*(theme().px(n) for n in (16, 12, 16, 12)))
        self._light, self._name, self._facts = Light(), ElidedLabel("", "section"), Facts()
        self._invite = ActionButton(_("写邀请文件"), "F9", "envelope-simple")
        self._revoke = ActionButton(pgettext("centre", "停用"), "F8", "prohibit", "danger")
        self._empty = Empty("files", _("在左边选一个窗口。"))
        head = row_layout(self._name, self._light)
        head.setStretch(0, 1)
        self._head = holding(head)
        self._acts = buttons(self._invite, self._revoke)
        for widget in (self._head, self._facts, self._acts, self._empty):
            self.body.addWidget(widget)
        self._invite.fired.connect(part.invite_asked)
        self._revoke.fired.connect(part.revoke_asked)

    def show_station(self, state: StationsState) -> None:
        """Show the chosen one, or how to choose."""
        row = state.station
        for part in (self._head, self._facts, self._acts):
            part.setVisible(row is not None)
        self._empty.setVisible(row is None)
        if row is not None:
            self._name.setText(place_name(row))
            self._light.show_light(*standing_words(standing_of(row, state.now)))
            self._facts.show_facts(station_facts(row, state.division, state.now))
            self._revoke.setVisible(row.revoked_at is None)


class _Form(QWidget):
    """A form in a card; ``edited`` names what was changed."""

    edited = Signal(str, str)
    submitted = Signal()
    given_up = Signal()

    def __init__(self, title: str, submit: ActionButton) -> None:
        super().__init__()
        self.card = side_card(title)
        self.lines = Lines()
        self.lines.edited.connect(self.edited)
        self._submit = submit
        self._cancel = ActionButton(pgettext("act", "取消"), "Ctrl+Delete", "x", "quiet")
        submit.fired.connect(self.submitted)
        self._cancel.fired.connect(self.given_up)
        self.setLayout(column_layout(self.card))

    def take_focus(self) -> None:
        """Put the focus on the first line that is empty."""
        self.lines.take_focus()


class InvitationForm(_Form):
    """For whom the invitation is, where it stands, and how long it is good."""

    def __init__(self) -> None:
        super().__init__(_("邀请窗口入网"), ActionButton(_("签发邀请文件"), "F9", "envelope-simple", "primary"))
        self._division = LineField(_("输入地名查找"))
        self.lines.add("station", _("窗口编号"), LineField(_("6 位数字"), longest=6), required=True)
        self.lines.add("division", _("所在区划"), self._division)
        self.lines.add("service_point", _("服务点"), LineField(longest=60))
        self.lines.add("name", _("窗口名"), LineField(_("如 3 号窗口"), longest=60), required=True)
        self.lines.add("hosts", _("对外主机"), LineField(_("窗口用来连接的主机名，空着时同上面的地址")))
        self._days = Segments([(str(days), _days_words(days)) for days in DAYS])
        self._days.setAccessibleName(_("几天内有效"))
        self._again = Toggles([("yes", _("重新入网：原来的密码和证书作废"))])
        self._again_remark = wrapped("", "small", "danger")
        for widget in (self.lines, label(_("几天内有效"), "label"), self._days, self._again, self._again_remark):
            self.card.body.addWidget(widget)
        self.card.body.addWidget(buttons(self._submit, self._cancel))
        self.lines.finish(self._submit)
        self._days.chosen.connect(lambda value: self.edited.emit("days", value))
        self._again.changed.connect(lambda: self.edited.emit("again", "".join(self._again.values())))

    def show_form(self, state: StationsState) -> None:
        """Show what was typed."""
        self.lines.show_values(state.values, state.remarks)
        self._division.suggest(list(state.suggested))
        self._days.set_value(state.values.get("days", ""))
        self._again.set_values([state.values["again"]] if state.values.get("again") else [])
        self._again.setVisible(state.needs_again)
        self._again_remark.setText(state.remarks.get("again", ""))
        self._again_remark.setVisible("again" in state.remarks)


class RevocationForm(_Form):
    """Why a station is shut out, and its number once more."""

    def __init__(self) -> None:
        super().__init__(_("停用窗口"), ActionButton(_("停用，不能撤销"), "F9", "prohibit", "danger"))
        self.lines.add("reason", _("原因"), LineField(_("如 电脑被盗"), longest=500), required=True)
        self.lines.add("again", _("再输编号"), LineField(_("6 位数字"), longest=6), required=True)
        self._what = wrapped("", "")
        words = _("停用后它不能再登录中心，证书作废；它以前的台账不变。它还没上报的，可以用导出的文件收入。")
        for widget in (self._what, wrapped(words), self.lines, buttons(self._submit, self._cancel)):
            self.card.body.addWidget(widget)
        self.lines.finish(self._submit)

    def show_form(self, state: StationsState) -> None:
        """Show what was typed."""
        row = state.station
        self._what.setText(f"{row.code} {place_name(row)}" if row else "")
        self.lines.show_values(state.values, state.remarks)


def _filter_words(name: str) -> str:
    return {
        "all": _("全部"),
        "working": _("在用"),
        "invited": _("未入网"),
        "silent": _("久未上报"),
        "aside": _("有搁置"),
        "revoked": _("已停用"),
    }[name]


def _days_words(days: int) -> str:
    return ngettext("%(count)d 天", "%(count)d 天", days) % {"count": days}


def _empty_words(state: StationsState) -> str:
    if state.rows is None:
        return _("正在读取…")
    if not state.rows:
        return _("还没有窗口。按 F6 邀请第一个。")
    return _("没有这样的窗口。换个词，或选“全部”。")
