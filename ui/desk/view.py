"""The screen of all cases: filters, a table that loads by page, one case beside it."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from app.domain.numbering import grouped
from app.domain.people import masked_id_number, masked_name
from app.services.desk import CaseFile, LitCase
from app.services.snapshots import CaseScope
from ui.desk.presenter import DeskPresenter, DeskState, Load
from ui.history import event_words
from ui.outcome_words import case_marks, row_note
from ui.text import _, long_time, ngettext, recent_time, short_day, short_time
from ui.theme import theme
from ui.widgets.buttons import ActionButton, Chips
from ui.widgets.cards import Card, Empty, clear, column_layout, row_layout, scrolled
from ui.widgets.fields import LineField
from ui.widgets.keys import bind
from ui.widgets.room import RoomFrame, holding
from ui.widgets.signs import Light
from ui.widgets.table import PagedModel, PagedTable, TableRow
from ui.widgets.texts import ElidedLabel, badge, cap, label, rule
from ui.words import light_words, short_number, state_words

SIDE_WIDTH = 336
SEARCH_MS = 150
SPINNER_MS = 200
WIDTHS = (128, 96, 76, 200, 124, 104, 64, 76)
TITLE_COLUMN = 3
LABEL_WIDTH = 100
RECENT_EVENTS = 4
LIST_KEYS = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}


class DeskRoom(RoomFrame):
    """Signals name what the clerk wants to see."""

    scope_chosen = Signal(str)
    searched = Signal(str)
    search_taken = Signal(str)
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
                (CaseScope.RECEIVED, _("待受理")),
                (CaseScope.SUSPENDED, _("停表")),
                (CaseScope.OWED, _("容缺")),
                (CaseScope.TO_DELIVER, _("待交付")),
                (CaseScope.DONE, _("已办结")),
                (CaseScope.LATE, _("补录")),
                (CaseScope.ALL, _("全部")),
            ]
        )
        self._today = ActionButton(_("只看今天"), "Ctrl+T", kind="plain")
        heads = [_("期限"), _("编号"), _("申请人"), _("事项"), _("状态"), _("受理"), _("到期"), _("在谁手里")]
        self._model = PagedModel(heads)
        self._table = PagedTable(self._model, WIDTHS, TITLE_COLUMN)
        self._table.setAccessibleName(_("办件列表"))
        self._empty = Empty("files", _("没有符合条件的办件。按 Esc 清空筛选。"))
        self._in_sight = label("", "small")
        self._footer = holding(self._footer_line())
        self._side = QVBoxLayout()
        self._only_today = False
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(SPINNER_MS)
        self._slow.timeout.connect(lambda: self._count.setText(_("正在查找…")))
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
        self.search_taken.connect(presenter.take)
        self.item_chosen.connect(presenter.choose_item)
        self.today_chosen.connect(lambda only: presenter.choose_today(only_today=only))
        self.case_chosen.connect(presenter.choose)
        self.case_opened.connect(presenter.open)
        self.escaped.connect(presenter.escape)
        self.refresh_asked.connect(presenter.refresh)

    def render(self, state: DeskState, load: Load) -> None:
        """Show ``state``; rows are read when they come into sight."""
        self.show_changed("filter", (state.wanted, state.items), lambda: self._show_filter(state))
        self.show_changed("searching", state.is_searching, lambda: self._show_searching(state))
        self.show_changed("round", state.round, lambda: self._show_list(state, load))
        self.show_changed("side", (state.chosen, state.station), lambda: self._show_side(state))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Lead from the search into the list."""
        if event.key() in LIST_KEYS:
            self._table.setFocus()
            QCoreApplication.sendEvent(self._table, event)
        else:
            super().keyPressEvent(event)

    def _show_filter(self, state: DeskState) -> None:
        self._search.set_value(state.wanted.text)
        self._only_today = state.wanted.received_from is not None
        self._today.set_word(_("看全部日期") if self._only_today else _("只看今天"))
        self._show_items(state)
        self._chips.show_counts(state.wanted.scope, _by_scope(state))

    def _show_searching(self, state: DeskState) -> None:
        if state.is_searching:
            self._slow.start()
        else:
            self._slow.stop()
            self._show_count(state)

    def _show_count(self, state: DeskState) -> None:
        self._count.setText(ngettext("共 %(count)d 件", "共 %(count)d 件", state.count) % {"count": state.count})

    def _show_list(self, state: DeskState, load: Load) -> None:
        place, scrolled = self._table.currentIndex().row(), self._table.verticalScrollBar().value()
        self._show_count(state)
        self._chips.show_counts(state.wanted.scope, _by_scope(state))
        self._model.reset(state.count, lambda offset, limit, take: load(offset, limit, _as_rows(take, state.station)))
        self._table.setVisible(state.count > 0)
        self._footer.setVisible(state.count > 0)
        self._empty.setVisible(state.count == 0 and state.round > 0)
        self._table.choose_row(place if state.keeps_place else 0)
        if state.keeps_place:
            self._table.verticalScrollBar().setValue(scrolled)
        if not self._search.hasFocus():
            self._table.setFocus()

    def _show_items(self, state: DeskState) -> None:
        self._items.blockSignals(True)
        if [self._items.itemData(place) for place in range(1, self._items.count())] != [
            code for code, _ in state.items
        ]:
            self._items.clear()
            self._items.addItem(_("全部事项"), "")
            for code, title in state.items:
                self._items.addItem(title, code)
        self._items.setCurrentIndex(max(0, self._items.findData(state.wanted.item)))
        self._items.blockSignals(False)

    def _show_side(self, state: DeskState) -> None:
        clear(self._side)
        if state.chosen is None:
            self._side.addWidget(Empty("files", _("在列表中选一件")))
            self._side.addStretch(1)
            return
        file, row = state.chosen, state.chosen.lit.row
        title = label(f"{row.title}·{masked_name(row.applicant)}", "title")
        title.setWordWrap(True)
        self._side.addWidget(title)
        word = (_("即办件"), "accent") if row.is_immediate else (_("承诺件"), "plain")
        signs = row_layout(badge(*word), badge(state_words(row.state), "accent"))
        for mark in case_marks(file.case):
            signs.addWidget(badge(*mark))
        signs.addWidget(Light(*light_words(file.lit)))
        signs.addStretch(1)
        self._side.addLayout(signs)
        self._side.addWidget(rule())
        for name, words in _facts(file):
            self._side.addLayout(_line(name, words))
        self._side.addWidget(rule())
        self._side.addWidget(label(_("最近经过"), "section"))
        for event in reversed(file.events[-RECENT_EVENTS:]):
            _icon, what, _details = event_words(event.fact, file.item)
            self._side.addLayout(_line(recent_time(event.at, state.now), what, "small"))
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
        filters = row_layout(self._search, self._items, self._today)
        for part, width, share in ((self._search, 300, 5), (self._items, 240, 4)):
            part.setMaximumWidth(theme().px(width))
            part.setMinimumWidth(0)
            filters.setStretchFactor(part, share)
        filters.addStretch(1)
        card = Card()
        card.flush()
        card.body.addWidget(self._table)
        card.body.addWidget(self._footer)
        card.body.addWidget(self._empty)
        self._empty.hide()
        left = column_layout(spacing=8)
        left.addLayout(filters)
        left.addWidget(self._chips)
        left.addWidget(card, 1)
        side = QFrame()
        side.setProperty("role", "side")
        self.keep_side(side, SIDE_WIDTH)
        self._side.setContentsMargins(*(theme().px(n) for n in (20, 16, 20, 16)))
        self._side.setSpacing(theme().px(8))
        inside = QVBoxLayout(side)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(scrolled(holding(self._side)))
        self.body.setContentsMargins(theme().px(24), 0, 0, 0)
        left.setContentsMargins(0, theme().px(16), 0, theme().px(16))
        self.body.addLayout(left, 1)
        self.body.addWidget(side)

    def _connect(self) -> None:
        self._chips.chosen.connect(self.scope_chosen)
        self._search.edited.connect(lambda _text: self._soon.start())
        self._search.onward.connect(self._take_search)
        self._table.in_sight.connect(self._show_sight)
        self._items.currentIndexChanged.connect(lambda _index: self.item_chosen.emit(self._items.currentData()))
        self._today.fired.connect(lambda: self.today_chosen.emit(not self._only_today))
        self._table.current_changed.connect(self.case_chosen)
        self._table.taken.connect(self.case_opened)
        bind(self, "/", _("查找办件"), self._search.setFocus)

    def _take_search(self) -> None:
        self._soon.stop()
        self._table.setFocus()
        self.search_taken.emit(self._search.value())

    def _show_sight(self, first: int, last: int) -> None:
        place = {"first": first + 1, "last": last + 1, "count": self._model.rowCount()}
        self._in_sight.setText(_("第 %(first)d–%(last)d 件，共 %(count)d 件") % place)

    def _footer_line(self) -> QHBoxLayout:
        line = row_layout(self._in_sight)
        line.addStretch(1)
        for key, words in (("PgUp PgDn", _("翻页")), ("/", _("查找")), ("Enter", _("打开"))):
            line.addWidget(cap(key))
            line.addWidget(label(words, "small"))
        line.setContentsMargins(*(theme().px(n) for n in (16, 6, 16, 2)))
        return line


def _by_scope(state: DeskState) -> dict[str, int]:
    counts = state.counts
    return {
        CaseScope.OPEN: counts.open,
        CaseScope.NEAR_DUE: counts.near_due,
        CaseScope.OVERDUE: counts.overdue,
        CaseScope.RECEIVED: counts.received,
        CaseScope.SUSPENDED: counts.suspended,
        CaseScope.OWED: counts.owed,
        CaseScope.LATE: counts.late,
        CaseScope.TO_DELIVER: counts.to_deliver,
        CaseScope.DONE: counts.done,
        CaseScope.ALL: counts.open + counts.done,
    }


def _as_rows(take: Callable[[list[TableRow]], None], station: str) -> Callable[[list[LitCase]], None]:
    return lambda cases: take([_table_row(lit, station) for lit in cases])


def _line(name: str, words: str, role: str = "label") -> QHBoxLayout:
    heading = ElidedLabel(name, role)
    heading.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
    heading.setFixedWidth(theme().px(LABEL_WIDTH))
    line = row_layout(heading, ElidedLabel(words))
    line.setStretch(1, 1)
    return line


def _table_row(lit: LitCase, station: str) -> TableRow:
    row = lit.row
    tone, words = light_words(lit)
    accepted = short_time(row.accepted_at) if row.accepted_at else "—"
    due = short_day(row.due) if row.due else "—"
    cells = (
        words,
        short_number(row.number),
        masked_name(row.applicant),
        row.title,
        row_note(row),
        accepted,
        due,
        _("本窗口") if row.holder == station else row.holder,
    )
    return TableRow(row.number, cells, tone)


def _facts(file: CaseFile) -> list[tuple[str, str]]:
    row, case = file.lit.row, file.case
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
    kinds, papers = len(case.materials), len(file.papers)
    return [
        *facts,
        (_("材料"), ngettext("%(count)d 种", "%(count)d 种", kinds) % {"count": kinds}),
        (_("文书"), ngettext("%(count)d 份", "%(count)d 份", papers) % {"count": papers}),
        (_("部门"), row.department),
        (_("在谁手里"), _("本窗口") if file.held_here else row.holder),
    ]
