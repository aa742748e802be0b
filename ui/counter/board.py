"""What waits today, below the frequent items: parts of the list with their counts, and questions without an answer."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from app.domain.inquiry import Inquiry
from app.services.desk import Board
from app.services.listed_papers import PaperScope
from app.services.snapshots import CaseScope
from ui.counter.presenter import CounterState
from ui.dates import recent_time, short_day
from ui.text import _, ngettext
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import Card, Empty, Row, clear
from ui.widgets.signs import Light
from ui.widgets.texts import Icon, cap, label

ROW_HEIGHT = 44
INQUIRY_HEIGHT = 58
MOST_INQUIRIES = 3
COLUMNS = 2
HEIGHT = 270
ASK_KEY, PAPERS_KEY, DAY_KEY = "F4", "F6", "F8"
"""The room binds them, because they work while the cards give way to what was found."""


class BoardCards(QWidget):
    """A part that has nothing has no light. ``inquiry_taken`` names a question by its number.

    ``scope_asked`` names a part of the list of cases, ``papers_asked`` one of that of papers.
    """

    scope_asked = Signal(str)
    papers_asked = Signal(str)
    inquiry_taken = Signal(str)
    ask_asked = Signal()
    day_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._waiting, self._questions = Card(_("今天要办的")), Card(_("等待答复的咨询"))
        self._grid = QGridLayout()
        self._grid.setSpacing(0)
        self._waiting.flush()
        self._questions.flush()
        self._waiting.body.addLayout(self._grid)
        self._waiting.body.addStretch(1)
        for card, word, key, asked in (
            (self._waiting, _("日结"), DAY_KEY, self.day_asked),
            (self._questions, _("咨询"), ASK_KEY, self.ask_asked),
        ):
            button = ActionButton(word, kind="quiet")
            button.fired.connect(asked)
            card.head.addWidget(button)
            card.head.addWidget(cap(key))
        inside = QHBoxLayout(self)
        inside.setContentsMargins(0, theme().px(12), 0, 0)
        inside.setSpacing(theme().px(16))
        inside.addWidget(self._waiting, 1)
        inside.addWidget(self._questions, 1)

    def show_board(self, state: CounterState) -> None:
        """Show what waits."""
        clear(self._grid)
        for place, (icon, name, count, tone, act) in enumerate(self._parts(state.board)):
            row = Row(ROW_HEIGHT, first=place < COLUMNS, can_fire=act is not None)
            row.inside.addWidget(Icon(icon, size=18))
            row.inside.addWidget(label(name))
            row.inside.addStretch(1)
            row.inside.addWidget(Light(tone, count) if tone else label(count, "soft"))
            if act is not None:
                row.fired.connect(act)
            self._grid.addWidget(row, place // COLUMNS, place % COLUMNS)
        self._show_questions(state)

    def _parts(self, board: Board) -> list[tuple[str, str, str, str, Callable[[], None] | None]]:
        counts = board.counts
        parts = [
            ("warning-circle", _("超期"), counts.overdue, "danger", CaseScope.OVERDUE),
            ("hourglass-medium", _("临期"), counts.near_due, "warn", CaseScope.NEAR_DUE),
            ("tray", _("待受理"), counts.received, "warn", CaseScope.RECEIVED),
            ("hand-palm", _("待交付"), counts.to_deliver, "warn", CaseScope.TO_DELIVER),
            ("pause-circle", _("停表"), counts.suspended, "plain", CaseScope.SUSPENDED),
            ("paperclip", _("欠交材料"), counts.owed, "warn", CaseScope.OWED),
        ]
        if counts.to_collect:
            parts.insert(4, ("swap", _("到这里取件"), counts.to_collect, "plain", CaseScope.TO_COLLECT))
        if counts.to_recall:
            parts.insert(0, ("shield-warning", _("须收回"), counts.to_recall, "danger", CaseScope.TO_RECALL))
        rows: list[tuple[str, str, str, str, Callable[[], None] | None]] = [
            (icon, name, _cases(count), tone if count else "", self._asking(scope))
            for icon, name, count, tone, scope in parts
        ]
        to_print, ask = board.to_print, self.papers_asked.emit
        asking = lambda: ask(PaperScope.TO_PRINT)  # noqa: E731
        rows.append(("printer", _("待打印"), _papers(to_print), "warn" if to_print else "", asking))
        if board.expiring:
            rows.append(
                ("hourglass-low", _("快到期的证明"), _papers(board.expiring), "", lambda: ask(PaperScope.EXPIRING))
            )
        rows.append(("moon", _("日结"), *_day_words(board), self.day_asked.emit))
        return rows

    def _asking(self, scope: CaseScope) -> Callable[[], None]:
        return lambda: self.scope_asked.emit(scope)

    def _show_questions(self, state: CounterState) -> None:
        clear(self._questions.body)
        board = state.board
        count = board.inquiries_open
        self._questions.note.setText(ngettext("%(count)d 条", "%(count)d 条", count) % {"count": count})
        if not board.inquiries:
            self._questions.body.addWidget(Empty("check-circle", _("没有等待答复的咨询。有人来问，按 F4 登记。")))
        for index, inquiry in enumerate(board.inquiries[:MOST_INQUIRIES]):
            row = Row(INQUIRY_HEIGHT, first=not index)
            row.add_words(inquiry.subject, _note(inquiry, state))
            row.inside.addWidget(Light("plain", _("已转交")) if inquiry.handed_to else Light("warn", _("待答复")))
            row.fired.connect(lambda number=inquiry.number: self.inquiry_taken.emit(number))
            self._questions.body.addWidget(row)
        self._questions.body.addStretch(1)


def _cases(count: int) -> str:
    return ngettext("%(count)d 件", "%(count)d 件", count) % {"count": count}


def _papers(count: int) -> str:
    return ngettext("%(count)d 份", "%(count)d 份", count) % {"count": count}


def _day_words(board: Board) -> tuple[str, str]:
    if board.unclosed is not None:
        return _("%(day)s 还没有") % {"day": short_day(board.unclosed)}, "warn"
    return (_("今天已日结"), "good") if board.is_day_closed else (_("今天还没有"), "")


def _note(inquiry: Inquiry, state: CounterState) -> str:
    responsible = _("首问 %(name)s") % {"name": state.names.get(inquiry.clerk, inquiry.clerk)}
    parts = [recent_time(inquiry.opened_at, state.now), responsible]
    return "·".join([*parts, _("转 %(name)s") % {"name": inquiry.handed_to}] if inquiry.handed_to else parts)
