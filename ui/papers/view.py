"""The screen of all papers: filters above a table that loads by page, and beside it one paper or the export."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from app.domain.clock import CHINA
from app.services.listed_papers import ListedPaper
from ui.dates import long_day
from ui.export_panel import ExportPanel
from ui.paper_titles import paper_words
from ui.papers.filters import PaperFilters
from ui.papers.presenter import PapersPresenter
from ui.papers.side import PaperSide
from ui.papers.state import Load, Panel, PapersState
from ui.papers.words import count_words, empty_words, file_words, light, name_of
from ui.text import _
from ui.theme import theme
from ui.widgets.cards import Empty, row_layout
from ui.widgets.list_room import ListRoom
from ui.widgets.room import holding
from ui.widgets.table import PagedModel, PagedTable, TableRow
from ui.widgets.texts import ShrinkingLabel, cap, label
from ui.words import applicant_words

SPINNER_MS = 200
WIDTHS = (112, 196, 96, 150, 104, 100, 84)
NAME_COLUMN = 3
LIST_KEYS = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}


class PapersRoom(ListRoom):
    """Signals name what the clerk wants to see; those of filters and panels are connected by ``connect_to``."""

    paper_chosen = Signal(str)
    paper_taken = Signal(str)
    pdf_asked = Signal(str)
    escaped = Signal()
    refresh_asked = Signal()
    export_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._count = label("", "soft")
        self._filters = PaperFilters()
        heads = [_("状态"), _("编号"), _("申请人"), _("文书"), _("出具"), _("有效期至"), _("经办人")]
        self._model = PagedModel(heads)
        self._table = PagedTable(self._model, WIDTHS, NAME_COLUMN, _samples())
        self._table.setAccessibleName(_("文书"))
        self._empty = Empty("file-text", "")
        self._in_sight = ShrinkingLabel("", "small")
        self._footer = holding(self._footer_line())
        self._paper, self._export = PaperSide(), ExportPanel(_("导出"), "", _("姓名、证号"))
        self._side = QStackedWidget()
        self._panels = {Panel.PAPER: self._paper, Panel.EXPORT: self._export}
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(SPINNER_MS)
        self._slow.timeout.connect(lambda: self._count.setText(_("正在查找…")))
        self._lay_out()
        self._connect()

    def connect_to(self, presenter: PapersPresenter) -> None:
        """Let ``presenter`` decide."""
        filters = self._filters
        filters.scope_chosen.connect(presenter.choose_scope)
        filters.searched.connect(presenter.search)
        filters.search_taken.connect(presenter.take)
        filters.sort_chosen.connect(presenter.choose_sort)
        filters.clerk_chosen.connect(presenter.choose_clerk)
        filters.soon_chosen.connect(presenter.choose_soon)
        filters.period_chosen.connect(presenter.choose_period)
        filters.days_chosen.connect(presenter.choose_days)
        self._export.connect_to(presenter.exporting)
        self._export.closed.connect(presenter.escape)
        self._paper.reprint_asked.connect(presenter.reprint)
        self.export_asked.connect(presenter.exporting.open)
        self.paper_chosen.connect(presenter.choose)
        self.paper_taken.connect(presenter.open)
        self.pdf_asked.connect(presenter.open_pdf)
        self.escaped.connect(presenter.escape)
        self.refresh_asked.connect(presenter.refresh)

    def render(self, state: PapersState, load: Load) -> None:
        """Show ``state``; rows are read when they come into sight."""
        filters = (state.wanted, state.names, state.period, state.days, state.days_problem)
        self.show_changed("filter", filters, lambda: self._filters.show_filter(state))
        self.show_changed("searching", state.is_searching, lambda: self._show_searching(state))
        self.show_changed("round", state.round, lambda: self._show_list(state, load))
        self.show_changed("side", (state.chosen, state.names), lambda: self._paper.show_paper(state))
        self.show_changed("export", (state.export, state.count, state.wanted), lambda: self._show_export(state))
        self.show_changed("panel", state.panel, lambda: self._show_panel(state.panel))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Lead from the search into the list; a key that the list itself has let go, as ↓ at its end, ends here."""
        if event.key() in LIST_KEYS and not self._table.hasFocus():
            self._table.setFocus()
            self._table.keyPressEvent(event)  # called, not sent: what it does not need would come back here for ever
        else:
            super().keyPressEvent(event)

    def _show_searching(self, state: PapersState) -> None:
        if state.is_searching:
            self._slow.start()
        else:
            self._slow.stop()
            self._count.setText(count_words(state.count))

    def _show_list(self, state: PapersState, load: Load) -> None:
        place, scrolled_to = self._table.currentIndex().row(), self._table.verticalScrollBar().value()
        self._count.setText(count_words(state.count))
        self._filters.show_counts(state)
        self._model.reset(state.count, lambda offset, limit, take: load(offset, limit, _as_rows(take, state)))
        self._table.setVisible(state.count > 0)
        self._footer.setVisible(state.count > 0)
        self._empty.show_words(empty_words(state))
        self._empty.setVisible(state.count == 0 and state.round > 0)
        self._table.choose_row(place if state.keeps_place else 0)
        if state.keeps_place:
            self._table.verticalScrollBar().setValue(scrolled_to)
        if not self._filters.is_typing and state.panel is Panel.PAPER:
            self._table.setFocus()

    def _show_export(self, state: PapersState) -> None:
        self._export.show_about(file_words(state.wanted))
        words = _("现在的筛选结果共 %(count)s") % {"count": count_words(state.count)}
        self._export.show_export(state.export, words, _("正在读取文书"))

    def _show_panel(self, panel: Panel) -> None:
        self._side.setCurrentWidget(self._panels[panel])
        if panel is Panel.EXPORT:
            self._export.focus_first()
        else:
            self._table.setFocus()

    def _lay_out(self) -> None:
        self._empty.hide()
        for panel in self._panels.values():
            self._side.addWidget(panel)
        acts = (
            (_("导出"), "Ctrl+S", "download-simple", self.export_asked),
            (_("刷新"), "F5", "arrows-clockwise", self.refresh_asked),
            (_("返回"), "Escape", "arrow-left", self.escaped),
        )
        self.lay_out_header(_("文书"), self._count, acts)
        self.lay_out_body(self._filters, (self._table, self._footer, self._empty), self._side)

    def _connect(self) -> None:
        self._filters.search_taken.connect(lambda _text: self._table.setFocus())
        self._table.in_sight.connect(self._show_sight)
        self._table.current_changed.connect(self.paper_chosen)
        self._table.taken.connect(self.paper_taken)
        self._paper.case_asked.connect(lambda: self._tell_current(self.paper_taken.emit))
        self._paper.pdf_asked.connect(lambda: self._tell_current(self.pdf_asked.emit))

    def _tell_current(self, tell: Callable[[str], None]) -> None:
        if key := self._table.current_key():
            tell(key)

    def _show_sight(self, first: int, last: int) -> None:
        place = {"first": first + 1, "last": last + 1, "count": self._model.rowCount()}
        self._in_sight.setText(_("第 %(first)d–%(last)d 份，共 %(count)d 份") % place)

    def _footer_line(self) -> QHBoxLayout:
        line = row_layout(self._in_sight)
        line.setStretch(0, 1)
        for key, words in (("PgUp PgDn", _("翻页")), ("/", _("查找")), ("Enter", _("打开办件"))):
            line.addWidget(cap(key))
            line.addWidget(label(words, "small"))
        line.setContentsMargins(*(theme().px(n) for n in (16, 6, 16, 2)))
        return line


def _as_rows(take: Callable[[list[TableRow]], None], state: PapersState) -> Callable[[list[ListedPaper]], None]:
    return lambda rows: take([_table_row(one, state) for one in rows])


def _table_row(one: ListedPaper, state: PapersState) -> TableRow:
    paper = one.paper
    tone, words = light(paper, state.now.date())
    cells = (
        words,
        paper.number,
        applicant_words(one.case) if one.case else "—",
        paper_words(paper),
        long_day(paper.made_at.astimezone(CHINA).date()),
        long_day(paper.valid_until) if paper.valid_until else "—",
        name_of(state.names, paper.clerk),
    )
    return TableRow(paper.number, cells, tone)


def _samples() -> tuple[str, ...]:
    """Return what columns must show whole, to measure it in the language of the window; the rest may be cut."""
    day, states = long_day(date(2026, 12, 28)), (_("已被代替"), _("已注销"), _("打好了吗"))
    return (f"　{max(states, key=len)}", "云溪3证〔2026〕000412号", "", "", day, day)
