"""The audit: what it is, what it came to, and each finding."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.dates import long_time
from ui.office.lines import Facts, buttons, side_card, wrapped
from ui.office.parts.deciding import DecisionForm
from ui.office.parts.listing import Listing
from ui.office.presenters.audit import AuditPresenter, AuditState, audited_words
from ui.office_words import finding_words, place_of_entry
from ui.text import _
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import column_layout, row_layout, scrolled
from ui.widgets.notices import Notice
from ui.widgets.room import Showing, holding
from ui.widgets.table import TableRow

SIDE_WIDTH = 372
SIDE_SHARE = 0.42
WIDTHS = (190, 140, 200)


class AuditPart(QWidget):
    """Signals name what the administrator wants."""

    audit_asked = Signal()
    export_asked = Signal()
    settle_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._showing = Showing()
        self._result = Notice()
        self._list = Listing(
            _("核对发现"), (_("发现"), _("窗口和位置"), _("说明")), WIDTHS, 2, ("", "000000 · 1/00000")
        )
        self._facts = Facts()
        self._one = side_card(_("这一处"))
        self._detail = wrapped("", "")
        self._settle = ActionButton(_("写明处理意见"), "F8", "check")
        self._decision = DecisionForm(self._settle)
        self._start = ActionButton(_("开始核对"), "F9", "shield-check", "primary")
        self._export = ActionButton(_("导出清单"), "F6", "download-simple")
        self._side = scrolled(holding(self._side_column()))
        self._lay_out()

    def connect_to(self, presenter: AuditPresenter) -> None:
        """Let ``presenter`` decide."""
        self.audit_asked.connect(presenter.audit)
        self.export_asked.connect(presenter.export)
        self.settle_asked.connect(presenter.settle)
        self._list.table.current_changed.connect(presenter.choose)
        self._list.table.taken.connect(lambda _key: self._decision.take_focus())
        self._decision.edited.connect(presenter.edit)

    def render(self, state: AuditState) -> None:
        """Show ``state``."""
        self._showing.changed("one", state.finding, lambda: self._show_finding(state))
        self._export.setVisible(bool(state.remarks))
        self._decision.show_decision(state.how, state.remark)
        self._showing.changed("audited", (state.at, state.remarks), lambda: self._show_list(state))

    def focus_first(self) -> None:
        """Put the focus on the beginning."""
        self._start.setFocus()

    def resizeEvent(self, event: object) -> None:  # noqa: N802  Qt's name
        """Let the side follow."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._side.setFixedWidth(min(theme().px(SIDE_WIDTH), round(self.width() * SIDE_SHARE)))

    def _show_list(self, state: AuditState) -> None:
        if state.audited is None or state.at is None:
            self._result.show_words("", "good")
            self._list.show_rows([], "", _("还没有核对过。按 F9 开始；只读不改，可以随时停下。"))
            return
        said = f"{long_time(state.at)}　{audited_words(state.audited)}"
        self._result.show_words(said, "danger" if state.remarks else "good")
        rows = [
            TableRow(str(place), (finding_words(one.what), place_of_entry(one.station, one.epoch, one.seq), one.detail))
            for place, one in enumerate(state.remarks)
        ]
        self._list.show_rows(rows, str(state.chosen), _("没有发现不符。"))

    def _show_finding(self, state: AuditState) -> None:
        one = state.finding
        self._one.setVisible(one is not None)
        if one is not None:
            facts = [(_("发现"), finding_words(one.what)), (_("代号"), one.what), (_("窗口"), one.station)]
            if one.epoch:
                facts.append((_("位置"), _("第 %(epoch)d 段第 %(seq)d 条") % {"epoch": one.epoch, "seq": one.seq}))
            self._facts.show_facts(facts)
            self._detail.setText(one.detail)
            self._detail.setVisible(bool(one.detail))
            self._decision.setVisible(state.can_settle)

    def _side_column(self) -> object:
        about = side_card(_("核对什么"))
        words = _(
            "从头重建每个窗口的台账链：哈希、签名、段的衔接，办件在谁手里，编号有没有缺，自称的时间可不可能。"
            "不信任何能从内容算出来的列。窗口多时要几分钟。"
        )
        for widget in (wrapped(words), buttons(self._start, self._export)):
            about.body.addWidget(widget)
        self._one.body.addWidget(self._facts)
        self._one.body.addWidget(self._detail)
        self._one.body.addWidget(self._decision)
        column = column_layout(about, self._one, spacing=12)
        column.addStretch(1)
        column.setContentsMargins(0, 0, theme().px(4), 0)
        return column

    def _lay_out(self) -> None:
        left = column_layout(self._result, self._list, spacing=12)
        left.setStretch(1, 1)
        together = row_layout(holding(left), self._side)
        together.setSpacing(theme().px(16))
        together.setStretch(0, 1)
        self.setLayout(together)
        self._start.fired.connect(self.audit_asked)
        self._export.fired.connect(self.export_asked)
        self._settle.fired.connect(self.settle_asked)
