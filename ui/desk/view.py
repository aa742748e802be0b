"""The screen of all cases: filters, a table that loads by page, one case beside it."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QFrame, QVBoxLayout

from app.domain.numbering import grouped
from app.domain.people import masked_id_number, masked_name
from app.services.desk import LitCase
from app.services.snapshots import CaseScope
from ui.desk.presenter import DeskPresenter, DeskState, Load
from ui.text import _, long_time, ngettext, short_day, short_time
from ui.theme import theme
from ui.widgets.buttons import ActionButton, Chips
from ui.widgets.cards import Card, Empty, clear, column_layout, row_layout
from ui.widgets.fields import LineField
from ui.widgets.room import RoomFrame
from ui.widgets.signs import Light
from ui.widgets.table import PagedModel, PagedTable, TableRow
from ui.widgets.texts import ElidedLabel, badge, label, rule
from ui.words import light_words, short_number, state_words

SIDE_WIDTH = 336
SEARCH_MS = 150
WIDTHS = (120, 100, 90, 200, 90, 104, 72)
TITLE_COLUMN = 3


class DeskRoom(RoomFrame):
    """Signals name what the clerk wants to see."""

    scope_chosen = Signal(str)
    searched = Signal(str)
    item_chosen = Signal(str)
    today_chosen = Signal(bool)
    case_chosen = Signal(str)
    case_opened = Signal(str)
    escaped = Signal()
    refresh_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._count = label("", "soft")
        self._search = LineField(_("姓名、证号、电话、办件编号，可扫码"), 60)
        self._search.setAccessibleName(_("查找办件"))
        self._items = QComboBox()
        self._items.setAccessibleName(_("事项"))
        self._chips = Chips(
            [
                (CaseScope.OPEN, _("未结")),
                (CaseScope.NEAR_DUE, _("临期")),
                (CaseScope.OVERDUE, _("超期")),
                (CaseScope.TO_DELIVER, _("待交付")),
                (CaseScope.DONE, _("已办结")),
                (CaseScope.ALL, _("全部")),
            ]
        )
        self._today = ActionButton(_("只看今天"), "Ctrl+T", kind="plain")
        heads = [_("期限"), _("编号"), _("申请人"), _("事项"), _("状态"), _("受理"), _("到期")]
        self._model = PagedModel(heads)
        self._table = PagedTable(self._model, WIDTHS, TITLE_COLUMN)
        self._table.setAccessibleName(_("办件列表"))
        self._empty = Empty("files", _("没有符合条件的办件。按 Esc 清空筛选。"))
        self._side = QVBoxLayout()
        self._round = 0
        self._only_today = False
        self._shown: LitCase | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SEARCH_MS)
        self._soon.timeout.connect(lambda: self.searched.emit(self._search.value()))
        self._lay_out()
        self._connect()

    def connect_to(self, presenter: DeskPresenter) -> None:
        """Let ``presenter`` decide."""
        self.scope_chosen.connect(presenter.choose_scope)
        self.searched.connect(presenter.search)
        self.item_chosen.connect(presenter.choose_item)
        self.today_chosen.connect(lambda only: presenter.choose_today(only_today=only))
        self.case_chosen.connect(presenter.choose)
        self.case_opened.connect(presenter.open)
        self.escaped.connect(presenter.escape)
        self.refresh_asked.connect(presenter.refresh)

    def render(self, state: DeskState, load: Load) -> None:
        """Show ``state``; rows are read when they come into sight."""
        if state.chosen != self._shown:
            self._shown = state.chosen
            self._show_side(state.chosen)
        if state.round != self._round:
            self._round = state.round
            self._show_list(state, load)

    def _show_list(self, state: DeskState, load: Load) -> None:
        wanted, counts = state.wanted, state.counts
        self._count.setText(ngettext("共 %(count)d 件", "共 %(count)d 件", state.count) % {"count": state.count})
        self._search.set_value(wanted.text)
        self._only_today = wanted.received_on is not None
        self._today.set_word(_("看全部日期") if self._only_today else _("只看今天"))
        by_scope = {
            CaseScope.OPEN: counts.open,
            CaseScope.NEAR_DUE: counts.near_due,
            CaseScope.OVERDUE: counts.overdue,
            CaseScope.TO_DELIVER: counts.to_deliver,
            CaseScope.DONE: counts.done,
            CaseScope.ALL: counts.open + counts.done,
        }
        self._chips.show_counts(wanted.scope, dict(by_scope))
        self._show_items(state)
        self._model.reset(state.count, lambda offset, limit: [_table_row(lit) for lit in load(offset, limit)])
        self._table.setVisible(state.count > 0)
        self._empty.setVisible(state.count == 0)
        self._table.choose_first()
        if not self._search.hasFocus():
            self._table.setFocus()

    def _show_items(self, state: DeskState) -> None:
        self._items.blockSignals(True)
        if self._items.count() != len(state.items) + 1:
            self._items.clear()
            self._items.addItem(_("全部事项"), "")
            for code, title in state.items:
                self._items.addItem(title, code)
        self._items.setCurrentIndex(max(0, self._items.findData(state.wanted.item)))
        self._items.blockSignals(False)

    def _show_side(self, lit: LitCase | None) -> None:
        clear(self._side)
        if lit is None:
            self._side.addWidget(Empty("files", _("在列表中选一件")))
            self._side.addStretch(1)
            return
        row = lit.row
        title = label(f"{row.title}·{masked_name(row.applicant)}", "title")
        title.setWordWrap(True)
        self._side.addWidget(title)
        word = (_("即办件"), "accent") if row.is_immediate else (_("承诺件"), "plain")
        signs = row_layout(badge(*word), badge(state_words(row.state), "accent"), Light(*light_words(lit)))
        signs.addStretch(1)
        self._side.addLayout(signs)
        self._side.addWidget(rule())
        for name, words in _facts(lit):
            line = row_layout(label(name, "label"), ElidedLabel(words))
            line.setStretch(1, 1)
            line.itemAt(0).widget().setFixedWidth(theme().px(76))
            self._side.addLayout(line)
        self._side.addStretch(1)
        opened = ActionButton(_("打开"), "Ctrl+Return", "arrow-right", "primary")
        opened.fired.connect(lambda: self.case_opened.emit(row.number))
        self._side.addWidget(opened)

    def _lay_out(self) -> None:
        self.header.addWidget(label(_("办件"), "title"))
        self.header.addWidget(self._count)
        self.header.addStretch(1)
        refresh = ActionButton(_("刷新"), "F5", "arrows-clockwise", "quiet")
        refresh.fired.connect(self.refresh_asked)
        clear_button = ActionButton(_("清空筛选"), "Escape", kind="quiet")
        clear_button.fired.connect(self.escaped)
        self.header.addWidget(refresh)
        self.header.addWidget(clear_button)
        self._search.setFixedWidth(theme().px(300))
        self._items.setFixedWidth(theme().px(240))
        filters = row_layout(self._search, self._items, self._today)
        filters.addStretch(1)
        card = Card()
        card.flush()
        card.body.addWidget(self._table)
        card.body.addWidget(self._empty)
        self._empty.hide()
        left = column_layout(spacing=8)
        left.addLayout(filters)
        left.addWidget(self._chips)
        left.addWidget(card, 1)
        side = QFrame()
        side.setProperty("role", "side")
        side.setFixedWidth(theme().px(SIDE_WIDTH))
        self._side.setContentsMargins(*(theme().px(n) for n in (20, 16, 20, 16)))
        self._side.setSpacing(theme().px(8))
        side.setLayout(self._side)
        self.body.setContentsMargins(theme().px(24), 0, 0, 0)
        left.setContentsMargins(0, theme().px(16), 0, theme().px(16))
        self.body.addLayout(left, 1)
        self.body.addWidget(side)
        self._show_side(None)

    def _connect(self) -> None:
        self._chips.chosen.connect(self.scope_chosen)
        self._search.edited.connect(lambda _text: self._soon.start())
        self._search.onward.connect(self._table.setFocus)
        self._items.currentIndexChanged.connect(lambda _index: self.item_chosen.emit(self._items.currentData()))
        self._today.fired.connect(lambda: self.today_chosen.emit(not self._only_today))
        self._table.current_changed.connect(self.case_chosen)
        self._table.taken.connect(self.case_opened)
        QShortcut(QKeySequence(Qt.Key.Key_Slash), self).activated.connect(self._search.setFocus)


def _table_row(lit: LitCase) -> TableRow:
    row = lit.row
    tone, words = light_words(lit)
    accepted = short_time(row.accepted_at) if row.accepted_at else "—"
    due = short_day(row.due) if row.due else "—"
    cells = (
        words,
        short_number(row.number),
        masked_name(row.applicant),
        row.title,
        state_words(row.state),
        accepted,
        due,
    )
    return TableRow(row.number, cells, tone)


def _facts(lit: LitCase) -> list[tuple[str, str]]:
    row = lit.row
    facts = [
        (_("办件编号"), grouped(row.number)),
        (_("身份证号"), masked_id_number(row.id_number)),
        (_("收件"), long_time(row.received_at)),
    ]
    if row.accepted_at:
        facts.append((_("受理"), long_time(row.accepted_at)))
    if row.due and not row.is_immediate:
        facts.append((_("到期"), long_time(row.due)))
    if row.delivered_at:
        facts.append((_("交付"), long_time(row.delivered_at)))
    return [*facts, (_("部门"), row.department)]
