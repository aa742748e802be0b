"""The lines above the list of papers: what it is narrowed to, by word, by choice and by part."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.listed_papers import PaperScope
from app.services.searches import Period
from ui.papers.state import PapersState
from ui.papers.words import scope_words, soon_choices, sort_choices, sort_value
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
RARE = (PaperScope.PROVISIONAL, PaperScope.TO_RECALL, PaperScope.EXPIRING, PaperScope.ELSEWHERE)
"""Parts that most counters have nothing in; they are left out while they are empty."""


class PaperFilters(QWidget):
    """Signals name what the clerk chose; texts are told a moment after the last key."""

    scope_chosen = Signal(str)
    searched = Signal(str)
    search_taken = Signal(str)
    sort_chosen = Signal(str)
    clerk_chosen = Signal(str)
    soon_chosen = Signal(str)
    period_chosen = Signal(str)
    days_chosen = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._search = LineField(_("文书编号、姓名、证号"), 60)
        self._search.setAccessibleName(_("查找文书"))
        self._search.setFixedWidth(theme().px(SEARCH_WIDTH))
        self._sorts = Picker(_("种类"), _("全部种类"), 176)
        self._clerks = Picker(_("经办人"), _("全部经办人"), 126)
        self._periods = Picker(_("出具日期"), _("全部日期"), 124)
        self._soon = Picker(_("快到期"), _("快到期"), 108)
        self._days = DaySpan(_("从 2026-01-01"), _("到 2026-12-31"))
        self._chips = Chips([(scope.value, words) for scope, words in scope_words().items()])
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(SEARCH_MS)
        self._pause.timeout.connect(lambda: self.searched.emit(self._search.value()))
        self._lay_out()
        self._connect()

    def show_filter(self, state: PapersState) -> None:
        """Show what the list is narrowed to and what it could be narrowed to."""
        wanted = state.wanted
        self._search.set_value(wanted.text)
        self._clerks.show_choices(tuple(state.names.items()), wanted.clerk)
        self._periods.show_choices(period_choices(), "" if state.period is Period.ALL else state.period)
        self._soon.show_choices(soon_choices(), str(wanted.soon_days))
        self._soon.setVisible(wanted.scope is PaperScope.EXPIRING)
        self._days.setVisible(state.period is Period.CHOSEN)
        self._days.show_days(state.days, state.days_problem)
        self.show_counts(state)

    def show_counts(self, state: PapersState) -> None:
        """Show how many papers each part and each sort has."""
        wanted, scopes = state.wanted, state.overview.scopes
        self._sorts.show_choices(sort_choices(state.overview.sorts), sort_value(wanted.kind, wanted.template))
        self._chips.show_counts(wanted.scope, {scope.value: count for scope, count in scopes.items()})
        self._chips.leave_out([scope for scope in RARE if not scopes.get(scope)])

    @property
    def is_typing(self) -> bool:
        """Tell whether the clerk is typing into one of the lines."""
        return self._search.hasFocus() or self._days.is_typing

    def _lay_out(self) -> None:
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme().px(8))
        inside.addLayout(Flow(self._search, self._sorts, self._clerks, self._periods, self._soon, self._days))
        inside.addWidget(self._chips)
        self._soon.hide()

    def _connect(self) -> None:
        self._search.edited.connect(lambda _text: self._pause.start())
        self._search.onward.connect(self._take)
        self._sorts.chosen.connect(self.sort_chosen)
        self._clerks.chosen.connect(self.clerk_chosen)
        self._periods.chosen.connect(lambda value: self.period_chosen.emit(value or Period.ALL))
        self._soon.chosen.connect(self.soon_chosen)
        self._days.chosen.connect(self.days_chosen)
        self._chips.chosen.connect(self.scope_chosen)
        bind(self, "/", _("查找"), self._search.setFocus)

    def _take(self) -> None:
        self._pause.stop()
        self.search_taken.emit(self._search.value())
