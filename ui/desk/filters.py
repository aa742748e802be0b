"""The lines above the list: what it is narrowed to, by word, by choice and by part."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.searches import Period
from app.services.snapshots import CaseCounts, CaseScope
from ui.desk.state import DeskState
from ui.periods import period_choices
from ui.text import _
from ui.theme import theme
from ui.widgets.choices import Chips, Picker
from ui.widgets.days import DaySpan
from ui.widgets.fields import LineField
from ui.widgets.flow import Flow
from ui.widgets.keys import bind

SEARCH_MS = 150
SEARCH_WIDTH = 204
BETWEEN_STATIONS = (CaseScope.TO_TAKE_OVER, CaseScope.TO_COLLECT, CaseScope.ELSEWHERE)
"""Parts that have something only where there are other stations."""


class FilterBar(QWidget):
    """Signals name what the clerk chose; texts are told a moment after the last key."""

    scope_chosen = Signal(str)
    searched = Signal(str)
    search_taken = Signal(str)
    item_chosen = Signal(str)
    department_chosen = Signal(str)
    clerk_chosen = Signal(str)
    period_chosen = Signal(str)
    days_chosen = Signal(str, str)
    saved_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._search = LineField(_("姓名、证号、电话、编号，可扫码"), 60)
        self._search.setAccessibleName(_("查找办件"))
        self._search.setFixedWidth(theme().px(SEARCH_WIDTH))
        self._departments = Picker(_("部门"), _("全部部门"), 132)
        self._items = Picker(_("事项"), _("全部事项"), 148)
        self._clerks = Picker(_("经办人"), _("全部经办人"), 126)
        self._periods = Picker(_("收件日期"), _("全部日期"), 124)
        self._periods.show_choices(period_choices(), "")
        self._saved = Picker(_("常用筛选"), _("常用筛选"), 118)
        self._days = DaySpan(_("从 2026-01-01"), _("到 2026-12-31"))
        self._chips = Chips(_scopes())
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SEARCH_MS)
        self._soon.timeout.connect(lambda: self.searched.emit(self._search.value()))
        self._lay_out()
        self._connect()

    def show_filter(self, state: DeskState) -> None:
        """Show what the list is narrowed to and what it could be narrowed to."""
        wanted, choices = state.wanted, state.choices
        self._search.set_value(wanted.text)
        self._departments.show_choices(choices.departments, wanted.department)
        self._items.show_choices(choices.items, wanted.item)
        self._clerks.show_choices(choices.clerks, wanted.clerk)
        self._periods.show_choices(period_choices(), "" if state.period is Period.ALL else state.period)
        self._saved.show_choices(tuple((one.name, one.name) for one in state.searches), state.search)
        self._saved.setVisible(bool(state.searches))
        self._days.setVisible(state.period is Period.CHOSEN)
        self._days.show_days(state.days, state.days_problem)
        self.show_counts(state)

    def show_counts(self, state: DeskState) -> None:
        """Show how many cases each part has."""
        self._chips.show_counts(state.wanted.scope, _by_scope(state.counts))
        rare = {CaseScope.TO_RECALL: state.counts.to_recall, CaseScope.TO_COLLECT: state.counts.to_collect}
        empty = [scope for scope, count in rare.items() if not count]
        self._chips.leave_out((*(() if state.has_others else BETWEEN_STATIONS), *empty))

    @property
    def is_typing(self) -> bool:
        """Tell whether the clerk is typing into one of the lines."""
        return self._search.hasFocus() or self._days.is_typing

    def _lay_out(self) -> None:
        choices = (self._search, self._departments, self._items, self._clerks, self._periods, self._saved)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme().px(8))
        inside.addLayout(Flow(*choices, self._days))
        inside.addWidget(self._chips)

    def _connect(self) -> None:
        self._search.edited.connect(lambda _text: self._soon.start())
        self._search.onward.connect(self._take)
        self._departments.chosen.connect(self.department_chosen)
        self._items.chosen.connect(self.item_chosen)
        self._clerks.chosen.connect(self.clerk_chosen)
        self._periods.chosen.connect(lambda value: self.period_chosen.emit(value or Period.ALL))
        self._saved.chosen.connect(self.saved_chosen)
        self._chips.chosen.connect(self.scope_chosen)
        self._days.chosen.connect(self.days_chosen)
        bind(self, "/", _("查找"), self._search.setFocus)
        today = _("只看今天、看全部日期")
        bind(self, "Ctrl+T", today, self._turn_today)

    def _take(self) -> None:
        self._soon.stop()
        self.search_taken.emit(self._search.value())

    def _turn_today(self) -> None:
        self.period_chosen.emit(Period.ALL if self._periods.currentData() == Period.TODAY else Period.TODAY)


def _scopes() -> list[tuple[str, str]]:
    return [
        (CaseScope.OPEN, _("未结")),
        (CaseScope.NEAR_DUE, _("临期")),
        (CaseScope.OVERDUE, _("超期")),
        (CaseScope.RECEIVED, _("待受理")),
        (CaseScope.SUSPENDED, _("停表")),
        (CaseScope.TO_DELIVER, _("待交付")),
        (CaseScope.OWED, _("容缺")),
        (CaseScope.LATE, _("补录")),
        (CaseScope.TO_TAKE_OVER, _("待接收")),
        (CaseScope.TO_COLLECT, _("到这里取件")),
        (CaseScope.ELSEWHERE, _("在别处")),
        (CaseScope.TO_RECALL, _("须收回")),
        (CaseScope.DONE, _("已办结")),
        (CaseScope.ALL, _("全部")),
    ]


def _by_scope(counts: CaseCounts) -> dict[str, int]:
    return {
        CaseScope.OPEN: counts.open,
        CaseScope.NEAR_DUE: counts.near_due,
        CaseScope.OVERDUE: counts.overdue,
        CaseScope.RECEIVED: counts.received,
        CaseScope.SUSPENDED: counts.suspended,
        CaseScope.TO_DELIVER: counts.to_deliver,
        CaseScope.OWED: counts.owed,
        CaseScope.LATE: counts.late,
        CaseScope.TO_TAKE_OVER: counts.to_take_over,
        CaseScope.TO_COLLECT: counts.to_collect,
        CaseScope.ELSEWHERE: counts.elsewhere,
        CaseScope.TO_RECALL: counts.to_recall,
        CaseScope.DONE: counts.done,
        CaseScope.ALL: counts.open + counts.elsewhere + counts.done,
    }
