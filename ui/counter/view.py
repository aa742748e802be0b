"""The counter's screen: the one field with its results, tiles, what is due, drafts."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from app.domain.catalogue import ServiceItem
from app.domain.item_search import ItemHit
from app.domain.people import masked_name
from app.services.desk import LitCase
from ui.counter.guide import GuidePanel
from ui.counter.presenter import CounterPresenter, CounterState, Found
from ui.text import _, day_words, duration, ngettext, pgettext, recent_time
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import Card, Empty, Row, Tile, clear, column_layout, row_layout
from ui.widgets.room import RoomFrame, holding
from ui.widgets.search import SearchField
from ui.widgets.signs import Light
from ui.widgets.texts import Icon, badge, cap, label, rule
from ui.words import badge_words, light_words, limit_words, promise_words, short_number, state_words

SIDE_WIDTH = 388
DRAFT_KEYS = ("Alt+Q", "Alt+W", "Alt+E")
COLUMNS = 3


class CounterRoom(RoomFrame):
    """Signals name what the clerk wants; ``row_taken`` counts items first, then cases."""

    typed = Signal(str)
    moved = Signal(int)
    taken = Signal()
    row_taken = Signal(int)
    escaped = Signal()
    guide_asked = Signal()
    guide_closed = Signal()
    tile_taken = Signal(int)
    draft_taken = Signal(int)
    due_taken = Signal(str)
    all_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._day = label("", "soft")
        self._figures = row_layout()
        self.header.addWidget(label(_("办理"), "title"))
        self.header.addWidget(self._day)
        self.header.addStretch(1)
        self.header.addLayout(self._figures)
        self._field = SearchField(
            _("办理什么、找谁"), _("事项、拼音首字母、姓名、证号或办件编号"), _("可直接扫码"), _("Esc 清空")
        )
        self._results = Card()
        self._results.flush()
        self._rows: list[Row] = []
        self._tiles = QGridLayout()
        self._tiles.setSpacing(theme().px(8))
        self._due = Card(_("到期提醒"))
        self._drafts = Card(_("接着办"))
        self._guide = GuidePanel()
        self._shown: dict[str, object] = {}
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
        self.guide_asked.connect(presenter.show_guide)
        self.tile_taken.connect(presenter.open_tile)
        self.draft_taken.connect(presenter.open_draft)
        self.due_taken.connect(presenter.open_due)
        self.all_asked.connect(presenter.open_all)

    def render(self, state: CounterState) -> None:
        """Show ``state``; what has not changed is left alone."""
        self._field.set_text(state.text)
        self._change("day", state.now.date(), lambda: self._day.setText(day_words(state.now.date())))
        self._change("figures", state.board.today, lambda: self._show_figures(state))
        self._change(
            "found",
            (state.found, state.is_searched, state.text if state.is_searched else ""),
            lambda: self._show_found(state),
        )
        self._change("tiles", state.tiles, lambda: self._show_tiles(state))
        self._change("due", (state.board.due, state.board.counts), lambda: self._show_due(state))
        self._change("drafts", state.board.drafts, lambda: self._show_drafts(state))
        for index, row in enumerate(self._rows):
            row.set_state("current" if index == state.current else "")
        self._side.setVisible(state.guide is None)
        self._guide.show_item(state.guide)
        if state.guide is not None:
            self._guide.setFocus()

    def focus_field(self) -> None:
        """Put the cursor into the one field."""
        self._field.setFocus()

    def _change(self, name: str, value: object, show: object) -> None:
        if name not in self._shown or self._shown[name] != value:
            self._shown[name] = value
            show()  # type: ignore[operator]

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
        clear(self._results.body)
        self._rows = []
        found = state.found
        self._results.setVisible(bool(state.text.strip()))
        if not len(found):
            if state.is_searched:
                self._results.body.addWidget(Empty("magnifying-glass", _nothing_words()))
            return
        for hit in found.items:
            self._add_result(_item_row(hit, first=not self._rows))
        for lit in found.cases:
            self._add_result(_case_row(lit, first=not self._rows))
        self._results.body.addWidget(_keys_line(found))

    def _add_result(self, row: Row) -> None:
        index = len(self._rows)
        row.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row.fired.connect(lambda: self.row_taken.emit(index))
        self._rows.append(row)
        self._results.body.addWidget(row)

    def _show_tiles(self, state: CounterState) -> None:
        clear(self._tiles)
        for index, (item, count) in enumerate(state.tiles):
            tile = Tile(item.icon, item.title, _tile_words(item, count), f"Ctrl+{index + 1}")
            tile.clicked.connect(lambda _checked=False, index=index: self.tile_taken.emit(index))
            self._tiles.addWidget(tile, index // COLUMNS, index % COLUMNS)

    def _show_due(self, state: CounterState) -> None:
        clear(self._due.body)
        count = state.board.counts.open
        self._due.note.setText(ngettext("未结 %(count)d 件", "未结 %(count)d 件", count) % {"count": count})
        if not state.board.due:
            self._due.body.addWidget(Empty("check-circle", _("没有快到期的办件")))
        for index, lit in enumerate(state.board.due):
            row = Row(60, first=not index)
            row.add_words(f"{lit.row.title}·{masked_name(lit.row.applicant)}", _due_note(lit))
            row.inside.addWidget(Light(*light_words(lit)))
            row.fired.connect(lambda number=lit.row.number: self.due_taken.emit(number))
            self._due.body.addWidget(row)

    def _show_drafts(self, state: CounterState) -> None:
        clear(self._drafts.body)
        drafts = state.board.drafts[: len(DRAFT_KEYS)]
        self._drafts.note.setText(_("草稿，自动保存"))
        if not drafts:
            self._drafts.body.addWidget(Empty("note-pencil", _("没有没办完的草稿")))
        for index, draft in enumerate(drafts):
            row = Row(60, first=not index)
            row.inside.addWidget(Icon("note-pencil"))
            name = masked_name(draft.applicant) if draft.applicant else _("未填姓名")
            row.add_words(f"{draft.title}·{name}", recent_time(draft.saved_at, state.now))
            row.inside.addWidget(cap(DRAFT_KEYS[index]))
            row.fired.connect(lambda index=index: self.draft_taken.emit(index))
            self._drafts.body.addWidget(row)

    def _lay_out(self) -> None:
        left = column_layout(self._field, self._results, spacing=8)
        heading = row_layout(label(_("常用事项"), "section"))
        heading.addStretch(1)
        heading.addWidget(label(_("按本窗口近 30 天排列"), "small"))
        heading.setContentsMargins(0, theme().px(12), 0, theme().px(4))
        left.addLayout(heading)
        left.addLayout(self._tiles)
        left.addStretch(1)
        self._results.hide()
        all_button = ActionButton(_("全部"), "F3", kind="quiet")
        all_button.fired.connect(self.all_asked)
        self._due.head.addWidget(all_button)
        self._due.flush()
        self._drafts.flush()
        self._side = holding(_side_column(self._due, self._drafts))
        self._side.setFixedWidth(theme().px(SIDE_WIDTH))
        self.body.addLayout(left, 1)
        self.body.addWidget(self._side)
        self.body.addWidget(self._guide)
        self._guide.hide()

    def _connect(self) -> None:
        self._field.typed.connect(self.typed)
        self._field.moved.connect(self.moved)
        self._field.taken.connect(self.taken)
        self._field.emptied.connect(self.escaped)
        self._guide.closed.connect(self.guide_closed)
        QShortcut(QKeySequence("F1"), self).activated.connect(self.guide_asked)
        for index, key in enumerate(DRAFT_KEYS):
            QShortcut(QKeySequence(key), self).activated.connect(lambda index=index: self.draft_taken.emit(index))


def _side_column(*cards: Card) -> QVBoxLayout:
    column = column_layout(*cards)
    column.addStretch(1)
    return column


def _nothing_words() -> str:
    return _("没有找到。可以输入事项名称的任意几个字、拼音首字母（如 jzzm）、申请人姓名、证号后几位、电话或办件编号。")


def _item_row(hit: ItemHit, *, first: bool) -> Row:
    item = hit.item
    row = Row(58, first=first)
    row.inside.addWidget(Icon(item.icon, "accent" if item.can_be_opened else "text-off", 22))
    title = row_layout(_highlighted(hit), badge(*badge_words(item)))
    title.addStretch(1)
    row.add_words(title, _item_note(item))
    right = QVBoxLayout()
    right.setSpacing(0)
    if item.can_be_opened:
        right.addWidget(label(promise_words(item)), 0, Qt.AlignmentFlag.AlignRight)
        statutory = _("法定 %(limit)s") % {"limit": limit_words(item.statutory)} if item.statutory else _("无法定时限")
        right.addWidget(label(statutory, "small"), 0, Qt.AlignmentFlag.AlignRight)
    else:
        right.addWidget(label(_("告知去处")), 0, Qt.AlignmentFlag.AlignRight)
        right.addWidget(label(item.legal_basis, "small"), 0, Qt.AlignmentFlag.AlignRight)
    row.inside.addLayout(right)
    return row


def _highlighted(hit: ItemHit) -> QLabel:
    """Return the title with the part that fits what was typed in bold and in the accent colour."""
    title = hit.item.title
    shown = QLabel()
    shown.setTextFormat(Qt.TextFormat.RichText)
    if hit.matched is None or hit.matched[0] >= len(title):
        shown.setText(_escaped(title))
        return shown
    start, end = hit.matched
    colour = theme().colour("accent" if hit.item.can_be_opened else "text-soft")
    before, match, after = (_escaped(part) for part in (title[:start], title[start:end], title[end:]))
    shown.setText(f'{before}<b style="color:{colour}">{match}</b>{after}')
    return shown


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _item_note(item: ServiceItem) -> str:
    if not item.can_be_opened:
        return _("%(reason)s·请到 %(competent)s") % {"reason": item.state_reason, "competent": item.competent}
    count = len(item.materials)
    materials = ngettext("材料 %(count)d 份", "材料 %(count)d 份", count) % {"count": count}
    parts = [item.department, _("编码 %(code)s") % {"code": item.code}, materials]
    if item.delegated_from:
        parts.append(_("由 %(body)s 下放") % {"body": item.delegated_from})
    return "·".join(parts)


def _case_row(lit: LitCase, *, first: bool) -> Row:
    case = lit.row
    row = Row(58, first=first)
    row.inside.addWidget(Icon("files", "text-soft", 22))
    row.add_words(
        f"{case.title}·{masked_name(case.applicant)}", f"{short_number(case.number)}·{state_words(case.state)}"
    )
    row.inside.addWidget(Light(*light_words(lit)))
    return row


def _keys_line(_found: Found) -> QWidget:
    line = row_layout()
    line.setContentsMargins(*(theme().px(n) for n in (16, 6, 16, 6)))
    line.addStretch(1)
    for key, words in (("↑ ↓", _("选择")), ("Enter", pgettext("act", "办理")), ("F1", _("看说明"))):
        line.addWidget(cap(key))
        line.addWidget(label(words, "small"))
    return holding(line)


def _tile_words(item: ServiceItem, count: int) -> str:
    if count:
        return f"{badge_words(item)[0]}·" + ngettext("近 30 天 %(count)d 件", "近 30 天 %(count)d 件", count) % {
            "count": count
        }
    return f"{badge_words(item)[0]}·{promise_words(item)}"


def _due_note(lit: LitCase) -> str:
    return f"{short_number(lit.row.number)}·{state_words(lit.row.state)}"
