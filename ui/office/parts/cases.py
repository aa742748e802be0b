"""Every case at the centre: filters with their counts, the list or where cases pile up, and beside it one case."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.numbering import grouped
from ui.dates import short_day
from ui.office.lines import buttons
from ui.office.parts.listing import Listing
from ui.office.parts.one_case import OneCase
from ui.office.presenters.cases import (
    ALL,
    ASIDE,
    CLOSED,
    FILTERS,
    HELD,
    OVERDUE,
    SOON,
    SOON_DAYS,
    STATES,
    STILL,
    STILL_DAYS,
    TAKEN_IN,
    UNTAKEN,
    CasesPresenter,
    CasesState,
)
from ui.supervising_words import centre_light, desk_name, standing_marks, states_words
from ui.text import _, ngettext
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import column_layout, row_layout, scrolled
from ui.widgets.choices import Chips
from ui.widgets.fields import ChoiceField, LineField
from ui.widgets.find import FindField
from ui.widgets.flow import Flow
from ui.widgets.notices import Notice
from ui.widgets.room import Showing, holding
from ui.widgets.table import TableRow
from ui.words import state_words

SIDE_WIDTH = 372
SIDE_SHARE = 0.42
FIND_WIDTH, PLACE_WIDTH, STATE_WIDTH = 236, 176, 130
CHOICES = ("", *(state.value for state in STATES))
NOWHERE = "-"
"""Key of the row of stations of which nobody said where they stand."""
WIDTHS = (116, 176, 170, 190, 76)
PILE_WIDTHS = (190, 84, 84, 84, 200)


class CasesPart(QWidget):
    """Signals name what the supervisor wants."""

    opened = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._showing = Showing()
        self._why_not = Notice()
        self._find = FindField(_("按编号查找"), _("20 位办件编号"), "Ctrl+F")
        self._find.setMinimumWidth(theme().px(FIND_WIDTH))
        self._places = {
            TAKEN_IN: LineField(_("收件：地名或窗口")),
            HELD: LineField(_("持有：地名或窗口")),
        }
        for line in self._places.values():
            line.setMinimumWidth(theme().px(PLACE_WIDTH))
        self._filters = Chips([(name, _filter_words(name)) for name in FILTERS])
        self._filters.setAccessibleName(_("哪一类"))
        self._states = ChoiceField([_("全部状态"), *map(state_words, STATES)])
        self._states.setAccessibleName(_("状态"))
        self._states.setMinimumWidth(theme().px(STATE_WIDTH))
        heads = (_("时限"), _("办件编号"), _("事项和申请人"), _("现在持有"), _("变动"))
        self._list = Listing(_("办件列表"), heads, WIDTHS, 2, (f"      {_longest_light()}", "20260518 000731 0000 00"))
        self._list.give_way((4, 1, 3))
        heads = (_("地方"), _("未办结"), _("超期"), _("待接收"), _("各状态"))
        self._piles = Listing(_("办件分布"), heads, PILE_WIDTHS, 0)
        self._piles.give_way((4, 3))
        self._pile = ActionButton(_("看分布"), "F6", "stack")
        self._more = ActionButton(_("再列一些"), "F7", "arrow-down")
        self._here = ActionButton(_("列出这里的办件"), "F8", "files")
        self._one = OneCase(self)
        self._side = scrolled(holding(self._side_column()))
        self._lay_out()

    def connect_to(self, presenter: CasesPresenter) -> None:
        """Let ``presenter`` decide."""
        self._find.typed.connect(presenter.search)
        self._find.taken.connect(presenter.find)
        self._find.emptied.connect(presenter.step_back)
        self._find.moved.connect(lambda _by: self._focus_list())
        for which, line in self._places.items():
            line.edited.connect(lambda text, which=which: presenter.edit_place(which, text))
            line.onward.connect(self._focus_list)
        self._filters.chosen.connect(presenter.filter)
        self._states.activated.connect(lambda index: presenter.choose_state(CHOICES[index]))
        self._states.onward.connect(self._focus_list)
        self._list.table.current_changed.connect(presenter.choose)
        self._list.table.taken.connect(lambda _number: presenter.open_case())
        self._piles.table.taken.connect(lambda place: presenter.go_into(place.strip(NOWHERE)))
        self._pile.fired.connect(presenter.show_piles)
        self._more.fired.connect(presenter.more)
        self._here.fired.connect(lambda: presenter.list_at(self._piles.table.current_key().strip(NOWHERE)))
        self.opened.connect(presenter.open_case)
        self.closed.connect(presenter.close_case)

    def render(self, state: CasesState) -> None:
        """Show ``state``."""
        self._why_not.show_words(state.why_not, "warn")
        self._whole.setVisible(not state.why_not)
        self._find.set_text(state.number)
        for which, line in self._places.items():
            line.set_value(state.places[which].text)
            line.suggest(list(state.suggested.get(which, ())))
        self._filters.show_counts(state.chosen_filter, state.counts)
        for index, one in enumerate(STATES, start=1):
            self._states.setItemText(index, f"{state_words(one)}  {state.totals.states.get(one, 0):,}")
        self._states.setCurrentIndex(CHOICES.index(state.chosen_state))
        self._states.setEnabled(state.chosen_filter != CLOSED)
        self._list.setVisible(not state.is_piled)
        self._piles.setVisible(state.is_piled)
        self._side.setVisible(not state.is_piled)
        self._pile.set_word(_("看清单") if state.is_piled else _("看分布"))
        self._more.setVisible(state.goes_on is not None and not state.is_piled)
        self._here.setVisible(state.is_piled)
        self._showing.changed("one", (state.case, state.opened), lambda: self._one.show_case(state))
        self._showing.changed("piles", (state.piles, state.trail), lambda: self._show_piles(state))
        self._showing.changed("list", state.rows, lambda: self._show_list(state))
        self._showing.changed("piled", state.is_piled, self._follow)

    def focus_first(self) -> None:
        """Put the focus on the search."""
        self._find.setFocus()

    def resizeEvent(self, event: object) -> None:  # noqa: N802  Qt's name
        """Let the side follow."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._side.setFixedWidth(min(theme().px(SIDE_WIDTH), round(self.width() * SIDE_SHARE)))

    def _follow(self) -> None:
        if self.isVisible():
            self._focus_list()

    def _focus_list(self) -> None:
        self._shown_list().table.setFocus()

    def _shown_list(self) -> Listing:
        return self._list if self._list.isVisible() else self._piles

    def _show_list(self, state: CasesState) -> None:
        rows = []
        for lit in state.rows or ():
            tone, words = centre_light(lit)
            case = lit.case
            what = "·".join(part for part in (case.title or case.item, case.applicant) if part)
            holder = " ".join((desk_name(case.holder), *(f"〔{mark}〕" for mark in standing_marks(case))))
            cells = (words, grouped(case.number), what, holder, short_day(case.moved_at))
            rows.append(TableRow(case.number, cells, tone))
        self._list.show_rows(rows, state.chosen, _empty_words(state))

    def _show_piles(self, state: CasesState) -> None:
        rows = [
            TableRow(
                one.count.place or NOWHERE,
                (
                    one.name,
                    f"{one.count.total:,}",
                    f"{one.count.overdue:,}",
                    f"{one.count.untaken:,}",
                    states_words(one.count.states),
                ),
            )
            for one in state.piles or ()
        ]
        self._piles.show_rows(rows, "", _("没有未办结的办件。") if state.piles is not None else _("正在读取…"))

    def _side_column(self) -> object:
        column = column_layout(self._one)
        column.addStretch(1)
        column.setContentsMargins(0, 0, theme().px(4), 0)
        return column

    def _lay_out(self) -> None:
        head = column_layout(holding(Flow(self._find, *self._places.values(), self._states)), self._filters, spacing=8)
        foot = buttons(self._pile, self._more, self._here)
        left = column_layout(self._list, self._piles, foot, spacing=8)
        left.setStretch(0, 1)
        left.setStretch(1, 1)
        together = row_layout(holding(left), self._side)
        together.setSpacing(theme().px(16))
        together.setStretch(0, 1)
        inside = column_layout(holding(head), holding(together), spacing=12)
        inside.setStretch(1, 1)
        self._whole = holding(inside)
        column = column_layout(self._why_not, self._whole, spacing=0)
        column.setStretch(1, 1)
        self.setLayout(column)


def _filter_words(name: str) -> str:
    return {
        ALL: _("未办结"),
        OVERDUE: _("超期"),
        SOON: _("%(count)d 个工作日内到期") % {"count": SOON_DAYS},
        UNTAKEN: _("待接收"),
        STILL: ngettext("%(count)d 天没有动静", "%(count)d 天没有动静", STILL_DAYS) % {"count": STILL_DAYS},
        ASIDE: _("有搁置"),
        CLOSED: _("已办结"),
    }[name]


def _longest_light() -> str:
    return ngettext("超期 %(count)d 天", "超期 %(count)d 天", 30) % {"count": 30}


def _empty_words(state: CasesState) -> str:
    if state.rows is None:
        return _("正在读取…")
    if state == CasesState(rows=(), totals=state.totals):
        return _("没有未办结的办件。")
    return _("没有这样的办件。换个条件，或按 Esc 回到全部。")
