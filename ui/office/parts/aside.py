"""What waits for a decision: the list, and beside it one entry with what was decided about it."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.numbering import grouped
from ui.dates import long_time, short_time
from ui.enrolling import fingerprint_words
from ui.office.lines import Facts, side_card, wrapped
from ui.office.parts.deciding import DecisionForm
from ui.office.parts.listing import Listing
from ui.office.presenters.aside import REFUSABLE, AsidePresenter, AsideState, Held, What
from ui.text import _, ngettext
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import Empty, column_layout, row_layout, scrolled
from ui.widgets.room import Showing, holding
from ui.widgets.table import TableRow

SIDE_WIDTH = 372
SIDE_SHARE = 0.42
WIDTHS = (120, 84, 180, 200)


class AsidePart(QWidget):
    """Signals name what the administrator wants."""

    settle_asked = Signal()
    refuse_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._showing = Showing()
        heads = (_("时间"), _("窗口"), _("办件编号"), _("为什么"))
        self._list = Listing(_("搁置的记录"), heads, WIDTHS, 3, ("05-18 10:24", "000000", "20260518 000731 0000"))
        self._list.give_way((0,))
        self._one = side_card(_("这一条"))
        self._facts, self._about = Facts(), wrapped()
        self._settle = ActionButton(_("写明处理意见"), "F9", "check", "primary")
        self._believe = ActionButton(_("认可这个密钥"), "F9", "shield-check", "primary")
        self._refuse = ActionButton(_("不认这一段"), "F8", "prohibit", "danger")
        self._refuse_now = ActionButton(_("确认不认，不能撤销"), "F9", "prohibit", "danger")
        self._decision = DecisionForm(self._settle, self._believe, self._refuse, self._refuse_now)
        self._body = holding(column_layout(self._facts, self._about, self._decision, spacing=10))
        self._empty = Empty("files", _("在左边选一条。"))
        self._side = scrolled(holding(self._side_column()))
        together = row_layout(self._list, self._side)
        together.setSpacing(theme().px(16))
        together.setStretch(0, 1)
        self.setLayout(together)
        for button in (self._settle, self._believe):
            button.fired.connect(self.settle_asked)
        for button in (self._refuse, self._refuse_now):
            button.fired.connect(self.refuse_asked)

    def connect_to(self, presenter: AsidePresenter) -> None:
        """Let ``presenter`` decide."""
        self._list.table.current_changed.connect(presenter.choose)
        self._list.table.taken.connect(lambda _key: self._decision.take_focus())
        self._decision.edited.connect(presenter.edit)
        self.settle_asked.connect(presenter.settle)
        self.refuse_asked.connect(presenter.refuse)

    def render(self, state: AsideState) -> None:
        """Show ``state``."""
        self._showing.changed("one", (state.entry, state.names), lambda: self._show_entry(state))
        self._decision.show_decision(state.how, state.remark)
        what = state.entry.what if state.entry else None
        self._settle.setVisible(what is not What.KEY and not state.is_refusing)
        self._believe.setVisible(what is What.KEY and not state.is_refusing)
        self._refuse.setVisible(what in REFUSABLE and not state.is_refusing)
        self._refuse_now.setVisible(state.is_refusing)
        self._showing.changed("list", (state.entries, state.names), lambda: self._show_list(state))

    def focus_first(self) -> None:
        """Put the focus on the list."""
        self._list.table.setFocus()

    def resizeEvent(self, event: object) -> None:  # noqa: N802  Qt's name
        """Let the side follow."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._side.setFixedWidth(min(theme().px(SIDE_WIDTH), round(self.width() * SIDE_SHARE)))

    def _show_list(self, state: AsideState) -> None:
        rows = [
            TableRow(
                one.key,
                (short_time(one.at), one.station, _case_words(one), one.why),
            )
            for one in state.entries or ()
        ]
        nothing = _("没有要处理的。违反办件归属的和签名不符的记录会列在这里。")
        self._list.show_rows(rows, state.chosen, nothing if state.entries is not None else _("正在读取…"))

    def _show_entry(self, state: AsideState) -> None:
        one = state.entry
        self._body.setVisible(one is not None)
        self._empty.setVisible(one is None)
        if one is not None:
            self._about.setText(_about_words(one))
            self._facts.show_facts(
                (
                    (_("编号"), one.station),
                    (_("窗口名"), state.names.get(one.station, "—")),
                    *_why_facts(one),
                    (_("台账"), _("第 %(epoch)d 段第 %(seq)d 条") % {"epoch": one.epoch, "seq": one.seq}),
                    (_("发现") if one.what is What.FINDING else _("到中心"), long_time(one.at)),
                    *_key_facts(one),
                )
            )

    def _side_column(self) -> object:
        self._one.body.addWidget(self._body)
        self._one.body.addWidget(self._empty)
        column = column_layout(self._one)
        column.addStretch(1)
        column.setContentsMargins(0, 0, theme().px(4), 0)
        return column


def _case_words(entry: Held) -> str:
    return grouped(entry.case_number) if entry.case_number else "—"


def _why_facts(entry: Held) -> Iterable[tuple[str, str]]:
    if entry.what is What.KEY:
        return ()
    return ((_("办件编号"), _case_words(entry)), (_("为什么"), entry.why))


def _key_facts(entry: Held) -> Iterable[tuple[str, str]]:
    if entry.what is not What.KEY:
        return ()
    count = ngettext("%(count)d 条", "%(count)d 条", entry.entries) % {"count": entry.entries}
    return ((_("记录"), count), (_("公钥"), fingerprint_words(entry.public_key)))


def _about_words(entry: Held) -> str:
    if entry.what is What.KEY:
        return _(
            "之前的密钥没有为它签名：柜台从备份恢复了两次，或者口令被盗。请当面或在电话里和窗口核对，再认可；"
            "不认时，它签的记录留在台账里，别的窗口收不到。"
        )
    if entry.what is What.FINDING:
        return _("验签停在这一条前面。请联系窗口查明，台账可能被人动过；写明怎样处理后，验签从它后面继续。")
    return _("记录留在它的台账里，别的窗口看不到。请联系窗口，查明后写明怎样处理；写明后不再列出。")
