"""The counter's screen: the one field with its results, tiles, what is due, drafts."""

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout

from app.domain.catalogue import ServiceItem
from app.domain.people import masked_name
from app.services.card_reading import is_expired
from app.services.desk import LitCase
from app.services.listed_papers import PaperScope
from app.services.snapshots import CaseScope
from ui import card_words
from ui.counter.board import ASK_KEY, DAY_KEY, PAPERS_KEY, BoardCards
from ui.counter.board import HEIGHT as BOARD_HEIGHT
from ui.counter.checking import CAMERA_KEY, FILE_KEY, CheckCard
from ui.counter.guide import GuidePanel
from ui.counter.presenter import CounterPresenter, CounterState
from ui.counter.results import GUIDE_KEY, ResultsCard
from ui.counter.verdict import VerdictCard
from ui.dates import day_words, duration, recent_time
from ui.devices import pages_in
from ui.faces import Face
from ui.outcome_words import reminder_words, row_note
from ui.text import _, ngettext
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import Card, Empty, Row, Tile, clear, column_layout, row_layout, scrolled
from ui.widgets.flow import Columns
from ui.widgets.keys import bind
from ui.widgets.notices import Notice
from ui.widgets.room import HEADER_HEIGHT, RoomFrame, holding
from ui.widgets.search import SearchField
from ui.widgets.signs import Light
from ui.widgets.texts import ElidedLabel, Icon, ShrinkingLabel, cap, label, rule
from ui.widgets.waiting import Waiting
from ui.words import applicant_words, badge_words, light_words, promise_words, short_number

SIDE_WIDTH = 388
WIDEST_LIGHT = 140
"""A wider light stands below the title of its case, which it would leave no room."""
DRAFT_KEYS = ("Alt+Q", "Alt+W", "Alt+E")
REMINDER_KEYS = ("Alt+A", "Alt+S", "Alt+D")
ARRIVALS_KEY = "Alt+R"
MOST_DUE = 5
LONGEST_TYPED = 4300
"""Signs: a scanner may type the largest QR code."""
COLUMNS = 3
TILE_WIDTH = 200
FREQUENT_HEIGHT = 300


class CounterRoom(RoomFrame):
    """Signals name what the clerk wants; ``row_taken`` counts items first, then cases."""

    typed = Signal(str)
    moved = Signal(int)
    taken = Signal()
    row_taken = Signal(int)
    escaped = Signal()
    guide_asked = Signal()
    guide_closed = Signal()
    guide_taken = Signal()
    tile_taken = Signal(int)
    draft_taken = Signal(int)
    reminder_taken = Signal(int)
    due_taken = Signal(str)
    all_asked = Signal()
    scope_asked = Signal(str)
    papers_asked = Signal(str)
    inquiry_taken = Signal(str)
    ask_asked = Signal()
    day_asked = Signal()
    guide_printed = Signal()
    file_asked = Signal()
    camera_asked = Signal()
    judging_stopped = Signal()
    brought = Signal(QMimeData)
    """A file or picture was dropped or pasted."""

    def __init__(self) -> None:
        super().__init__()
        self._day = ShrinkingLabel("", "soft")
        self._figures = row_layout()
        self.header.addWidget(label(_("办理"), "title"))
        self.header.addWidget(self._day)
        self.header.addStretch(1)
        self.header.addLayout(self._figures)
        self._field = SearchField(
            _("办理什么、找谁"),
            _("事项、拼音首字母、姓名、证号或办件编号"),
            _("可直接扫码"),
            _("Esc 清空"),
            LONGEST_TYPED,
        )
        self._field.take_files()
        self.setAcceptDrops(True)
        self._card, self._face = Notice(), Face(percent=75)
        self._card.put_beside(self._face)
        self._results, self._verdict = ResultsCard(), VerdictCard()
        self._tiles = Columns(COLUMNS, TILE_WIDTH)
        self._due = Card(_("到期提醒"))
        self._drafts = Card(_("接着办"))
        self._check, self._waiting = CheckCard(), Waiting(_("停止"))
        self._guide = GuidePanel()
        self._board = BoardCards()
        self._lay_out()
        self._connect()

    def connect_to(self, presenter: CounterPresenter) -> None:
        """Let ``presenter`` decide."""
        self.typed.connect(presenter.type)
        self.moved.connect(presenter.move)
        self.taken.connect(presenter.take)
        self.row_taken.connect(presenter.choose)
        self.escaped.connect(presenter.escape)
        self.guide_closed.connect(presenter.escape)
        self.guide_taken.connect(presenter.take_guide)
        self.guide_asked.connect(presenter.show_guide)
        self.tile_taken.connect(presenter.open_tile)
        self.draft_taken.connect(presenter.open_draft)
        self.reminder_taken.connect(presenter.open_reminder)
        self.due_taken.connect(presenter.open_due)
        self.all_asked.connect(presenter.open_all)
        self.scope_asked.connect(presenter.open_scope)
        self.papers_asked.connect(presenter.open_papers)
        self.inquiry_taken.connect(presenter.open_inquiry)
        self.ask_asked.connect(presenter.ask)
        self.day_asked.connect(presenter.close_day)
        self.guide_printed.connect(presenter.open_guide)
        self.file_asked.connect(presenter.brought.choose)
        self.camera_asked.connect(presenter.brought.photograph)
        self.judging_stopped.connect(presenter.brought.stop)
        self.brought.connect(lambda mime: presenter.brought.take(lambda: pages_in(mime)))

    def render(self, state: CounterState) -> None:
        """Show ``state``; what has not changed is left alone."""
        self._field.set_text(state.text)
        self.show_changed("day", state.now.date(), lambda: self._day.setText(day_words(state.now.date())))
        self.show_changed("figures", state.board.today, lambda: self._show_figures(state))
        self.show_changed(
            "found",
            (state.found, state.is_searched, state.text if state.is_searched else ""),
            lambda: self._show_found(state),
        )
        self.show_changed("verdict", state.verdicts, lambda: self._verdict.show_verdicts(state.verdicts))
        self.show_changed("judging", state.is_judging, lambda: self._show_judging(is_judging=state.is_judging))
        self.show_changed("card", state.card, lambda: self._show_card(state))
        self._face.show_photo(state.photo)
        self.show_changed("tiles", state.tiles, lambda: self._show_tiles(state))
        due = (state.board.due, state.board.reminders, state.board.counts)
        self.show_changed("due", due, lambda: self._show_due(state))
        self.show_changed("drafts", state.board.drafts, lambda: self._show_drafts(state))
        self.show_changed("board", (state.board, state.names), lambda: self._board.show_board(state))
        if current := self._results.show_current(state.current):
            self._below.ensureWidgetVisible(current)
        self.show_changed("guide", state.guide, lambda: self._show_guide(state.guide))
        self._fit()

    def focus_field(self) -> None:
        """Put the cursor into the one field."""
        self._field.setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  Qt's name
        """Take files and pictures."""
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  Qt's name
        """Have what was dropped judged."""
        self.brought.emit(event.mimeData())
        event.acceptProposedAction()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Show the tiles where there is room for them."""
        super().resizeEvent(event)
        self._fit()

    # --- parts -------------------------------------------------------------------------------------------------

    def _show_figures(self, state: CounterState) -> None:
        clear(self._figures)
        today = state.board.today
        figures = [
            (_("今天受理"), ngettext("%(count)d 件", "%(count)d 件", today.accepted) % {"count": today.accepted})
        ]
        figures.append(
            (_("办结"), ngettext("%(count)d 件", "%(count)d 件", today.delivered) % {"count": today.delivered})
        )
        if today.mean_handling_s is not None:
            figures.append((_("平均用时"), duration(today.mean_handling_s)))
        for index, (name, figure) in enumerate(figures):
            if index:
                self._figures.addWidget(rule(upright=True))
            self._figures.addWidget(label(name, "soft"))
            self._figures.addWidget(label(figure, "figure"))

    def _show_found(self, state: CounterState) -> None:
        self._results.setVisible(bool(state.found or (state.is_searched and state.text.strip())))
        self._results.show_found(state.found, is_searched=state.is_searched)

    def _show_judging(self, *, is_judging: bool) -> None:
        if is_judging:
            self._waiting.show_work(_("正在核验…"), can_stop=True)
        else:
            self._waiting.show_done()

    def _show_card(self, state: CounterState) -> None:
        if state.card is None:
            self._card.show_words("", "good")
            return
        words, has_ended = card_words.at_hand(state.card), is_expired(state.card, state.now.date())
        ended = f"·{card_words.expired(state.card.valid_to)}" if has_ended else ""
        self._card.show_words(words + ended, "warn" if has_ended else "good")

    def _show_guide(self, item: ServiceItem | None) -> None:
        self._side.setVisible(item is None)
        self._guide.show_item(item)
        if item is not None:
            self._guide.setFocus()

    def _fit(self) -> None:
        """Give the results the place of the tiles when there is not enough for both."""
        tiles = theme().px(FREQUENT_HEIGHT)
        margins = self.body.contentsMargins()
        frame = theme().px(HEADER_HEIGHT) + margins.top() + margins.bottom() + self._field.sizeHint().height()
        card = 0 if self._card.isHidden() else self._card.sizeHint().height()
        used = frame + card + self._results.needed_height + tiles
        is_free = self._verdict.isHidden()
        self._frequent.setVisible(is_free and used <= self.height())
        self._board.setVisible(is_free and used + theme().px(BOARD_HEIGHT) <= self.height())

    def _show_tiles(self, state: CounterState) -> None:
        clear(self._tiles)
        for index, (item, count) in enumerate(state.tiles):
            tile = Tile(item.icon, _tile_name(item, state.tiles), _tile_words(item, count), f"Ctrl+{index + 1}")
            tile.setToolTip(item.title)
            tile.clicked.connect(lambda _checked=False, index=index: self.tile_taken.emit(index))
            self._tiles.addWidget(tile)

    def _show_due(self, state: CounterState) -> None:
        clear(self._due.body)
        count = state.board.counts.open
        self._due.note.setText(ngettext("未结 %(count)d 件", "未结 %(count)d 件", count) % {"count": count})
        arrived = state.board.counts.to_take_over
        reminders = state.board.reminders[: len(REMINDER_KEYS)]
        waiting = {lit.row.number for lit in reminders}
        due = [lit for lit in state.board.due if lit.row.number not in waiting][
            : MOST_DUE - len(reminders) - bool(arrived)
        ]
        if not (arrived or reminders or due):
            self._due.body.addWidget(Empty("check-circle", _("没有快到期的办件。按 Alt+2 看全部办件。")))
        if arrived:
            self._due.body.addWidget(self._arrivals_row(arrived))
        for index, lit in enumerate([*reminders, *due]):
            light = reminder_words(lit.row, state.now.date()) if index < len(reminders) else light_words(lit)
            first = not (index or arrived)
            self._due.body.addWidget(self._due_row(lit, light, index, first=first, has_key=index < len(reminders)))

    def _arrivals_row(self, count: int) -> Row:
        """Return the row that leads to the cases that other stations have handed to this one."""
        row = Row(60)
        row.inside.addWidget(Icon("download-simple", "accent"))
        row.add_words(_arrivals_words(count), _("别的窗口交来，接收后在这里续办"))
        row.inside.addWidget(cap(ARRIVALS_KEY))
        row.fired.connect(lambda: self.scope_asked.emit(CaseScope.TO_TAKE_OVER))
        return row

    def _due_row(self, lit: LitCase, light: tuple[str, str], index: int, *, first: bool, has_key: bool) -> Row:
        row = Row(60, first=first)
        title, note = f"{lit.row.title}·{applicant_words(lit.row)}", ElidedLabel(_due_note(lit), "small")
        sign = Light(*light)
        if sign.sizeHint().width() > theme().px(WIDEST_LIGHT):
            second = row_layout(note, sign)
            second.setStretch(0, 1)
            row.add_words(title, holding(second))
        else:
            row.add_words(title, note)
            row.inside.addWidget(sign)
        if has_key:
            row.inside.addWidget(cap(REMINDER_KEYS[index]))
        row.fired.connect(lambda number=lit.row.number: self.due_taken.emit(number))
        return row

    def _show_drafts(self, state: CounterState) -> None:
        clear(self._drafts.body)
        drafts = state.board.drafts[: len(DRAFT_KEYS)]
        self._drafts.note.setText(_("草稿，自动保存"))
        if not drafts:
            self._drafts.body.addWidget(Empty("note-pencil", _("没有没办完的草稿。收件时填的内容自动保存在这里。")))
        for index, draft in enumerate(drafts):
            row = Row(60, first=not index)
            row.inside.addWidget(Icon("note-pencil"))
            name = draft.organisation or masked_name(draft.applicant) or _("未填姓名")
            times = {
                "started": recent_time(draft.started_at, state.now),
                "saved": recent_time(draft.saved_at, state.now),
            }
            row.add_words(f"{draft.title}·{name}", _("%(started)s 开始，%(saved)s 已存") % times)
            row.inside.addWidget(cap(DRAFT_KEYS[index]))
            row.fired.connect(lambda index=index: self.draft_taken.emit(index))
            self._drafts.body.addWidget(row)

    def _lay_out(self) -> None:
        left = column_layout(self._field, self._card, self._waiting, spacing=8)
        heading = row_layout(label(_("常用事项"), "section"))
        heading.addStretch(1)
        heading.addWidget(label(_("按本窗口近 30 天排列"), "small"))
        heading.setContentsMargins(0, theme().px(12), 0, theme().px(4))
        frequent = column_layout(spacing=8)
        frequent.addLayout(heading)
        frequent.addLayout(self._tiles)
        self._frequent = holding(frequent)
        below = column_layout(self._results, self._verdict, self._frequent, spacing=8)
        below.addStretch(1)
        below.addWidget(self._board)
        self._below = scrolled(holding(below))
        left.addWidget(self._below, 1)
        self._results.hide()
        all_button = ActionButton(_("全部"), "F3", kind="quiet")
        all_button.fired.connect(self.all_asked)
        self._due.head.addWidget(all_button)
        self._due.flush()
        self._drafts.flush()
        self._side = scrolled(holding(_side_column(self._due, self._drafts, self._check)))
        for side in (self._side, self._guide):
            self.keep_side(side, SIDE_WIDTH)
        self.body.addLayout(left, 1)
        self.body.addWidget(self._side)
        self.body.addWidget(self._guide)
        self._guide.hide()

    def _connect(self) -> None:
        self._field.typed.connect(self.typed)
        self._field.moved.connect(self.moved)
        self._field.taken.connect(self.taken)
        self._field.emptied.connect(self.escaped)
        self._results.row_taken.connect(self.row_taken)
        self._guide.closed.connect(self.guide_closed)
        self._guide.taken.connect(self.guide_taken)
        bind(self, GUIDE_KEY, _("看所选事项的说明"), self.guide_asked.emit)
        for index, key in enumerate(REMINDER_KEYS):
            bind(self, key, _("打开要处理的办件"), lambda index=index: self.reminder_taken.emit(index))
        bind(self, ARRIVALS_KEY, _("看待接收的办件"), lambda: self.scope_asked.emit(CaseScope.TO_TAKE_OVER))
        bind(self, ASK_KEY, _("登记咨询，所选事项带过去"), self.ask_asked.emit)
        bind(self, DAY_KEY, _("日结"), self.day_asked.emit)
        bind(self, PAPERS_KEY, _("查找文书"), lambda: self.papers_asked.emit(PaperScope.ALL))
        bind(self, FILE_KEY, _("核验证照：选文件"), self.file_asked.emit)
        bind(self, CAMERA_KEY, _("核验证照：放到高拍仪下"), self.camera_asked.emit)
        self._check.file_asked.connect(self.file_asked)
        self._check.camera_asked.connect(self.camera_asked)
        self._waiting.stopped.connect(self.judging_stopped)
        self._field.brought.connect(self.brought)
        self._guide.printed.connect(self.guide_printed)
        self._board.scope_asked.connect(self.scope_asked)
        self._board.papers_asked.connect(self.papers_asked)
        self._board.inquiry_taken.connect(self.inquiry_taken)
        self._board.ask_asked.connect(self.ask_asked)
        self._board.day_asked.connect(self.day_asked)
        for index, key in enumerate(DRAFT_KEYS):
            words = _("接着办第 %(count)d 份草稿") % {"count": index + 1}
            bind(self, key, words, lambda index=index: self.draft_taken.emit(index))


def _side_column(*cards: Card) -> QVBoxLayout:
    column = column_layout(*cards)
    column.addStretch(1)
    return column


def _tile_name(item: ServiceItem, tiles: tuple[tuple[ServiceItem, int], ...]) -> str:
    """Return the item's name, with its scene where another tile has the same name."""
    alone = sum(other.name == item.name for other, _count in tiles) == 1
    return item.name if alone else item.title


def _tile_words(item: ServiceItem, count: int) -> str:
    if count:
        return f"{badge_words(item)[0]}·" + ngettext("近 30 天 %(count)d 件", "近 30 天 %(count)d 件", count) % {
            "count": count
        }
    return f"{badge_words(item)[0]}·{promise_words(item)}"


def _arrivals_words(count: int) -> str:
    return ngettext("有 %(count)d 件待接收", "有 %(count)d 件待接收", count) % {"count": count}


def _due_note(lit: LitCase) -> str:
    return f"{short_number(lit.row.number)}·{row_note(lit.row)}"
