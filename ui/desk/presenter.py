"""Decides which cases the list shows and which one lies open beside it. Qt-free."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Protocol

from app.domain.numbering import is_case_number
from app.services.enrolment import EnrolmentState
from app.services.ports import Handle
from app.services.searches import Period, SavedSearch, days_of
from app.services.snapshots import CaseFilter, CaseScope
from ui.desk.exporting import RegisterExporting
from ui.desk.state import Choices, DeskState, Load, Panel, TakeRows
from ui.exporting import NO_EXPORT, Export
from ui.navigation import PaperOutlet
from ui.periods import typed_days
from ui.surroundings import Surroundings
from ui.text import _

DUE_FIRST = {CaseScope.OPEN, CaseScope.NEAR_DUE, CaseScope.OVERDUE}


class DeskView(Protocol):
    """The screen of all cases."""

    def render(self, state: DeskState, load: Load) -> None:
        """Show ``state``; ``load`` asks for rows."""
        ...


class DeskPresenter:
    """Narrows a million cases down to one; whatever is read is read beside the window."""

    def __init__(self, around: Surroundings, view: DeskView, outlet: PaperOutlet) -> None:
        self._counter, self._session = around.counter, around.session
        self._runner, self._navigator = around.runner, around.navigator
        self._view = view
        self._state: DeskState | None = None
        self._counting: Handle | None = None
        self._looking: Handle | None = None
        self.exporting = RegisterExporting(around, outlet, self)

    @property
    def state(self) -> DeskState:
        """Return what the list shows."""
        if self._state is None:
            raise RuntimeError("the list was not started")
        return self._state

    def show(self, **changes: object) -> None:
        """Show the list with ``changes`` of its state."""
        self._state = replace(self.state, **changes)  # type: ignore[arg-type]
        self._view.render(self._state, self._load)

    def start(self, scope: CaseScope) -> None:
        """Show one part of the list with every other filter empty."""
        self._narrow(CaseFilter(scope, by_due=scope in DUE_FIRST), period=Period.ALL, panel=Panel.CASE)

    def refresh(self) -> None:
        """Read everything again under the same filter; the cursor stays."""
        self._filter(self.state.wanted, keeps_place=True)

    @property
    def export(self) -> Export:
        """Return what was chosen for a file."""
        return self.state.export

    def open_export(self, export: Export) -> None:
        """Show beside the list how it would be written."""
        self.show(panel=Panel.EXPORT, export=export)

    def close_export(self) -> None:
        """Show the chosen case beside the list, and forget what was chosen for a file."""
        self.show(panel=Panel.CASE, export=NO_EXPORT)

    # --- filters -----------------------------------------------------------------------------------------------

    def choose_scope(self, scope: str) -> None:
        """Show another part of the list."""
        chosen = CaseScope(scope)
        self._narrow(replace(self.state.wanted, scope=chosen, by_due=chosen in DUE_FIRST))

    def search(self, text: str) -> None:
        """Narrow the list to what fits ``text``."""
        self._narrow(replace(self.state.wanted, text=text.strip()))

    def take(self, text: str) -> None:
        """Search at once; a whole case number, such as a scanned one, opens its case."""
        if is_case_number(text):
            self._navigator.open_case(text.replace(" ", ""))
        else:
            self.search(text)

    def choose_item(self, code: str) -> None:
        """Narrow the list to one item; empty for all."""
        self._narrow(replace(self.state.wanted, item=code))

    def choose_department(self, department: str) -> None:
        """Narrow the list to one department; empty for all."""
        self._narrow(replace(self.state.wanted, department=department))

    def choose_clerk(self, login: str) -> None:
        """Narrow the list to what one operator took in; empty for all."""
        self._narrow(replace(self.state.wanted, clerk=login))

    def choose_period(self, period: str) -> None:
        """Narrow the list to days that move on with the calendar; chosen days are typed afterwards."""
        chosen = Period(period)
        first, last = days_of(chosen, self._today())
        days = self.state.days if chosen is Period.CHOSEN else ("", "")
        self._narrow(replace(self.state.wanted, received_from=first, received_to=last), period=chosen, days=days)

    def choose_days(self, first: str, last: str) -> None:
        """Narrow the list to the days from ``first`` to ``last``, as typed: 2026-05-18; empty for no end."""
        days = typed_days(first, last)
        if days.problem:
            self.show(days=(first, last), days_problem=days.problem)
            return
        wanted = replace(self.state.wanted, received_from=days.first, received_to=days.last)
        self._narrow(wanted, period=Period.CHOSEN, days=(first, last))

    def escape(self) -> None:
        """Close the panel, else empty the filters, else go home."""
        state = self.state
        if state.panel is not Panel.CASE:
            self.show(panel=Panel.CASE)
        elif state.is_narrowed:
            self.start(state.wanted.scope)
            self._navigator.notify(_("筛选已清空"), _("撤销"), lambda: self._narrow_again(state))
        else:
            self._navigator.home()

    def _narrow_again(self, before: DeskState) -> None:
        self._narrow(before.wanted, search=before.search, period=before.period, days=before.days)

    # --- saved searches ----------------------------------------------------------------------------------------

    def open_searches(self) -> None:
        """Show the saved searches beside the list, where they are named."""
        self.show(panel=Panel.SEARCHES)

    def apply_search(self, name: str) -> None:
        """Show what a saved search looks for, as of today."""
        for one in self.state.searches:
            if one.name == name:
                chosen = (one.wanted.received_from, one.wanted.received_to)
                days = (
                    tuple(day.isoformat() if day else "" for day in chosen) if one.period is Period.CHOSEN else ("", "")
                )
                self._narrow(one.on(self._today()), period=one.period, days=days, search=name)

    def save_search(self, name: str) -> None:
        """Keep what the list is narrowed to under ``name``."""
        state = self.state
        if name.strip():
            search = SavedSearch(name, state.period, state.wanted)
            self._change_searches(lambda: self._counter.searches.save(self._session.clerk, search))
            self.show(search=name.strip())

    def rename_search(self, old: str, new: str) -> None:
        """Call a saved search something else; it can be undone."""
        if new.strip() and new.strip() != old:
            self._change_searches(
                lambda: self._counter.searches.rename(self._session.clerk, old, new),
                _("已改名为“%(name)s”") % {"name": new},
            )

    def delete_search(self, name: str) -> None:
        """Remove a saved search; it can be undone."""
        self._change_searches(
            lambda: self._counter.searches.delete(self._session.clerk, name), _("已删除“%(name)s”") % {"name": name}
        )

    # --- one case ----------------------------------------------------------------------------------------------

    def choose(self, number: str) -> None:
        """Show one case beside the list; the answer for an earlier one is dropped."""
        if self._looking:
            self._looking.cancel()
        self._looking = self._runner.run(
            lambda: self._counter.desk.file(number), lambda file: self.show(chosen=file), self._navigator.report
        )

    def open_stack(self) -> None:
        """Show the stack of mixed papers that are sorted by case."""
        self._navigator.open_stack()

    def open_papers(self) -> None:
        """Show the list of papers."""
        self._navigator.open_papers()

    def open(self, number: str) -> None:
        """Show a case with its history."""
        self._navigator.open_case(number)

    # --- reading -----------------------------------------------------------------------------------------------

    def _narrow(self, wanted: CaseFilter, **changes: object) -> None:
        """Follow a filter that the clerk changed: no saved search any more, unless one was chosen."""
        if self._state is not None:
            self._state = replace(self._state, **{"search": "", "days_problem": "", **changes})  # type: ignore[arg-type]
        self._filter(wanted)

    def _filter(self, wanted: CaseFilter, *, keeps_place: bool = False) -> None:
        if self._counting:
            self._counting.cancel()
        now = self._counter.desk.now()
        wanted = replace(wanted, now=now)
        before = self._state or DeskState(now, wanted, self._counter.station.code)
        searches = self._counter.searches.of(self._session.clerk)
        self._state = replace(
            before, now=now, wanted=wanted, choices=self._choices(), searches=searches, is_searching=True
        )
        self._view.render(self._state, self._load)
        self._counting = self._runner.run(
            lambda: self._count(wanted),
            lambda counted: self._show_counted(keeps_place=keeps_place, **counted),
            self._fail,
        )

    def _choices(self) -> Choices:
        items = [item for item in self._counter.catalogue.items() if item.can_be_opened]
        departments = sorted({item.department for item in items})
        operators = self._counter.operators.everyone()
        return Choices(
            items=tuple((item.code, item.title) for item in items),
            departments=tuple((name, name) for name in departments),
            clerks=tuple((operator.login, operator.name) for operator in operators),
        )

    def _count(self, wanted: CaseFilter) -> Mapping[str, Any]:
        """Return what the list shows beside its rows, by the names in the state."""
        counts = self._counter.desk.counts()
        return {
            "count": self._counter.desk.count(wanted),
            "counts": counts,
            "has_others": bool(counts.elsewhere) or self._counter.directory.has_others(),
            "has_centre": self._counter.enrolment.status().state is not EnrolmentState.ALONE,
        }

    def _show_counted(self, *, count: int, keeps_place: bool, **counted: object) -> None:
        chosen = self.state.chosen if keeps_place and count else None
        turn = self.state.round + 1
        self.show(count=count, chosen=chosen, round=turn, keeps_place=keeps_place, is_searching=False, **counted)

    def _fail(self, error: Exception) -> None:
        self.show(is_searching=False)
        self._navigator.report(error)

    def _load(self, offset: int, limit: int, take: TakeRows) -> None:
        wanted, turn = self.state.wanted, self.state.round
        self._runner.run(
            lambda: self._counter.desk.page(wanted, offset, limit),
            lambda rows: take(rows) if turn == self.state.round else None,
            self._navigator.report,
        )

    def _change_searches(self, change: Callable[[], tuple[SavedSearch, ...]], words: str = "") -> None:
        before, clerk = self.state.searches, self._session.clerk
        try:
            self.show(searches=change())
        except Exception as error:  # noqa: BLE001  the navigator tells every failure
            self._navigator.report(error)
            return

        def undo() -> None:
            self.show(searches=self._counter.searches.replace_all(clerk, before))

        if words:
            self._navigator.notify(words, _("撤销"), undo)

    def _today(self) -> date:
        return self._counter.desk.now().date()
