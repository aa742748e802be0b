"""The screen of all cases: filters above a table that loads by page, and beside it one case or what is done with all."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from app.domain.clock import CHINA
from app.services.desk import LitCase
from app.services.snapshots import CaseScope
from ui.dates import short_day, short_time
from ui.desk.filters import FilterBar
from ui.desk.panels import SearchesPanel
from ui.desk.presenter import DeskPresenter
from ui.desk.side import CaseSide
from ui.desk.state import DeskState, Load, Panel
from ui.export_panel import ExportPanel
from ui.outcome_words import row_note
from ui.sync_words import mark_words
from ui.text import _, ngettext
from ui.theme import theme
from ui.widgets.cards import Empty, row_layout
from ui.widgets.list_room import ListRoom
from ui.widgets.room import holding
from ui.widgets.table import PagedModel, PagedTable, TableRow
from ui.widgets.texts import cap, label
from ui.words import applicant_words, light_words, short_number

SPINNER_MS = 200
WIDTHS = (128, 96, 76, 160, 124, 104, 64, 76, 84)
MARK_COLUMN = 8
TITLE_COLUMN = 3
LIST_KEYS = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}


class DeskRoom(ListRoom):
    """Signals name what the clerk wants to see; those of filters and panels are connected by ``connect_to``."""

    case_chosen = Signal(str)
    case_opened = Signal(str)
    escaped = Signal()
    refresh_asked = Signal()
    export_asked = Signal()
    searches_asked = Signal()
    stack_asked = Signal()
    papers_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._count = label("", "soft")
        self._filters = FilterBar()
        heads = [
            _("期限"),
            _("编号"),
            _("申请人"),
            _("事项"),
            _("状态"),
            _("受理"),
            _("到期"),
            _("在谁手里"),
            _("同步"),
        ]
        self._model = PagedModel(heads)
        self._table = PagedTable(self._model, WIDTHS, TITLE_COLUMN, _samples())
        self._table.setAccessibleName(_("办件列表"))
        self._empty = Empty("files", "")
        self._in_sight = label("", "small")
        self._footer = holding(self._footer_line())
        about = _("一事一记：一件一行，写明材料、经办人、结果、文书和领取人；补录的单独注明。")
        self._export = ExportPanel(_("导出与打印"), about, _("姓名、证号、电话"), _("打印台账"))
        self._case, self._searches = CaseSide(), SearchesPanel()
        self._side = QStackedWidget()
        self._panels = {Panel.CASE: self._case, Panel.EXPORT: self._export, Panel.SEARCHES: self._searches}
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(SPINNER_MS)
        self._slow.timeout.connect(lambda: self._count.setText(_("正在查找…")))
        self._lay_out()
        self._connect()

    def connect_to(self, presenter: DeskPresenter) -> None:
        """Let ``presenter`` decide."""
        filters, searches, export = self._filters, self._searches, self._export
        filters.scope_chosen.connect(presenter.choose_scope)
        filters.searched.connect(presenter.search)
        filters.search_taken.connect(presenter.take)
        filters.item_chosen.connect(presenter.choose_item)
        filters.department_chosen.connect(presenter.choose_department)
        filters.clerk_chosen.connect(presenter.choose_clerk)
        filters.period_chosen.connect(presenter.choose_period)
        filters.days_chosen.connect(presenter.choose_days)
        filters.saved_chosen.connect(presenter.apply_search)
        searches.applied.connect(presenter.apply_search)
        searches.saved.connect(presenter.save_search)
        searches.renamed.connect(presenter.rename_search)
        searches.deleted.connect(presenter.delete_search)
        searches.closed.connect(presenter.escape)
        export.connect_to(presenter.exporting)
        export.print_asked.connect(presenter.exporting.make_paper)
        export.closed.connect(presenter.escape)
        self.export_asked.connect(presenter.exporting.open)
        self.searches_asked.connect(presenter.open_searches)
        self.stack_asked.connect(presenter.open_stack)
        self.papers_asked.connect(presenter.open_papers)
        self.case_chosen.connect(presenter.choose)
        self.case_opened.connect(presenter.open)
        self.escaped.connect(presenter.escape)
        self.refresh_asked.connect(presenter.refresh)

    def render(self, state: DeskState, load: Load) -> None:
        """Show ``state``; rows are read when they come into sight."""
        filters = (state.wanted, state.choices, state.period, state.days, state.days_problem, state.searches)
        self.show_changed("filter", (filters, state.search), lambda: self._filters.show_filter(state))
        self.show_changed("searching", state.is_searching, lambda: self._show_searching(state))
        self.show_changed("round", state.round, lambda: self._show_list(state, load))
        self.show_changed("side", (state.chosen, state.station), lambda: self._case.show_case(state))
        self.show_changed("export", (state.export, state.count), lambda: self._show_export(state))
        self.show_changed("saved", (state.searches, state.search), lambda: self._searches.show_searches(state))
        self.show_changed("panel", state.panel, lambda: self._show_panel(state.panel))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Lead from the search into the list; a key that the list itself has let go, as ↓ at its end, ends here."""
        if event.key() in LIST_KEYS and not self._table.hasFocus():
            self._table.setFocus()
            self._table.keyPressEvent(event)  # called, not sent: what it does not need would come back here for ever
        else:
            super().keyPressEvent(event)

    def _show_searching(self, state: DeskState) -> None:
        if state.is_searching:
            self._slow.start()
        else:
            self._slow.stop()
            self._show_count(state)

    def _show_count(self, state: DeskState) -> None:
        self._count.setText(ngettext("共 %(count)d 件", "共 %(count)d 件", state.count) % {"count": state.count})

    def _show_list(self, state: DeskState, load: Load) -> None:
        place, scrolled_to = self._table.currentIndex().row(), self._table.verticalScrollBar().value()
        self._show_count(state)
        self._filters.show_counts(state)
        self._model.reset(state.count, lambda offset, limit, take: load(offset, limit, _as_rows(take, state.station)))
        self._table.setColumnHidden(MARK_COLUMN, not state.has_centre)
        self._table.setVisible(state.count > 0)
        self._footer.setVisible(state.count > 0)
        self._empty.show_words(_empty_words(state))
        self._empty.setVisible(state.count == 0 and state.round > 0)
        self._table.choose_row(place if state.keeps_place else 0)
        if state.keeps_place:
            self._table.verticalScrollBar().setValue(scrolled_to)
        if not self._filters.is_typing and state.panel is Panel.CASE:
            self._table.setFocus()

    def _show_export(self, state: DeskState) -> None:
        words = ngettext("现在的筛选结果共 %(count)d 件", "现在的筛选结果共 %(count)d 件", state.count)
        self._export.show_export(state.export, words % {"count": state.count}, _("正在读取办件"))

    def _show_panel(self, panel: Panel) -> None:
        self._side.setCurrentWidget(self._panels[panel])
        if panel is Panel.EXPORT:
            self._export.focus_first()
        elif panel is Panel.SEARCHES:
            self._searches.focus_first()
        else:
            self._table.setFocus()

    def _lay_out(self) -> None:
        self._empty.hide()
        for panel in self._panels.values():
            self._side.addWidget(panel)
        acts = (
            (_("扫一叠纸"), "F10", "file-arrow-down", self.stack_asked),
            (_("文书"), "F6", "file-text", self.papers_asked),
            (_("常用筛选"), "Ctrl+D", "note-pencil", self.searches_asked),
            (_("导出与打印"), "Ctrl+S", "download-simple", self.export_asked),
            (_("刷新"), "F5", "arrows-clockwise", self.refresh_asked),
            (_("清空筛选"), "Escape", "", self.escaped),
        )
        self.lay_out_header(_("办件"), self._count, acts)
        self.lay_out_body(self._filters, (self._table, self._footer, self._empty), self._side)

    def _connect(self) -> None:
        self._filters.search_taken.connect(lambda _text: self._table.setFocus())
        self._table.in_sight.connect(self._show_sight)
        self._table.current_changed.connect(self.case_chosen)
        self._table.taken.connect(self.case_opened)
        self._case.opened.connect(self.case_opened)

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


def _empty_words(state: DeskState) -> str:
    if state.is_narrowed:
        return _("没有符合条件的办件。按 Esc 清空筛选。")
    if state.wanted.scope is CaseScope.ALL:
        return _("这个柜台还没有办件。按 Alt+1 去办理第一件。")
    return _("这一类现在没有办件。在上面选“全部”看所有办件。")


def _as_rows(take: Callable[[list[TableRow]], None], station: str) -> Callable[[list[LitCase]], None]:
    return lambda cases: take([_table_row(lit, station) for lit in cases])


def _table_row(lit: LitCase, station: str) -> TableRow:
    row = lit.row
    tone, words = light_words(lit)
    accepted = short_time(row.accepted_at) if row.accepted_at else "—"
    due = short_day(row.due) if row.due else "—"
    cells = (
        words,
        short_number(row.number),
        applicant_words(row),
        row.title,
        row_note(row),
        accepted,
        due,
        _("本窗口") if row.holder == station else lit.holder_name or row.holder,
        mark_words(row.mark)[1] if row.mark else "",
    )
    return TableRow(row.number, cells, tone)


def _samples() -> tuple[str, ...]:
    """Return what columns must show whole, to measure it in the language of the window; the rest may be cut."""
    day = datetime(2026, 12, 28, 20, 58, tzinfo=CHINA)
    light = f"　{_('%(day)s 前告知') % {'day': short_day(day)}}"
    return (light, "1228 0058", "", "", "", short_time(day), short_day(day))
