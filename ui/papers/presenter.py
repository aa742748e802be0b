"""Decides which papers the list shows and which one lies open beside it. Qt-free."""

from dataclasses import replace
from typing import Protocol

from app.domain.numbering import is_case_number
from app.services.listed_papers import Behind, ListedPaper, PaperFilter, PaperScope
from app.services.paper_lists import PaperOverview
from app.services.ports import Handle
from app.services.searches import Period, days_of
from ui.exporting import NO_EXPORT, Export
from ui.navigation import PaperOutlet
from ui.papers.exporting import PaperExporting
from ui.papers.state import Load, Panel, PapersState, TakeRows
from ui.papers.words import sort_of
from ui.periods import typed_days
from ui.surroundings import Surroundings
from ui.text import _


class PapersView(Protocol):
    """The screen of all papers."""

    def render(self, state: PapersState, load: Load) -> None:
        """Show ``state``; ``load`` asks for rows."""
        ...


class PapersPresenter:
    """Narrows years of papers down to one; whatever is read is read beside the window."""

    def __init__(self, around: Surroundings, view: PapersView, outlet: PaperOutlet) -> None:
        self._counter, self._session = around.counter, around.session
        self._runner, self._navigator = around.runner, around.navigator
        self._view = view
        self._outlet = outlet
        self._state: PapersState | None = None
        self._counting: Handle | None = None
        self._looking: Handle | None = None
        self._ends: dict[int, str] = {}
        """The numbers of papers behind which a page begins, by its offset: see ``Behind``."""
        self.exporting = PaperExporting(around, outlet, self)

    @property
    def state(self) -> PapersState:
        """Return what the list shows."""
        if self._state is None:
            raise RuntimeError("the list was not started")
        return self._state

    def show(self, **changes: object) -> None:
        """Show the list with ``changes`` of its state."""
        self._state = replace(self.state, **changes)  # type: ignore[arg-type]
        self._view.render(self._state, self._load)

    def start(self, scope: PaperScope) -> None:
        """Show one part of the list with every filter empty."""
        today = self._counter.paper_lists.now().date()
        self._narrow(PaperFilter(today, scope), period=Period.ALL, days=("", ""), panel=Panel.PAPER)

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
        """Show the chosen paper beside the list, and forget what was chosen for a file."""
        self.show(panel=Panel.PAPER, export=NO_EXPORT)

    # --- filters -----------------------------------------------------------------------------------------------

    def choose_scope(self, scope: str) -> None:
        """Show another part of the list."""
        self._narrow(replace(self.state.wanted, scope=PaperScope(scope)))

    def search(self, text: str) -> None:
        """Narrow the list to what fits ``text``."""
        self._narrow(replace(self.state.wanted, text=text.strip()))

    def take(self, text: str) -> None:
        """Search at once; a whole case number, such as a scanned one, opens its case."""
        if is_case_number(text):
            self._navigator.open_case(text.replace(" ", ""))
        else:
            self.search(text)

    def choose_sort(self, value: str) -> None:
        """Narrow the list to one kind of paper, or to the certificates of one template; empty for all."""
        kind, template = sort_of(value)
        self._narrow(replace(self.state.wanted, kind=kind, template=template))

    def choose_clerk(self, login: str) -> None:
        """Narrow the list to what one operator made; empty for all."""
        self._narrow(replace(self.state.wanted, clerk=login))

    def choose_soon(self, days: str) -> None:
        """Show certificates that run out within so many days."""
        if days:
            self._narrow(replace(self.state.wanted, soon_days=int(days)))

    def choose_period(self, period: str) -> None:
        """Narrow the list to days that move on with the calendar; chosen days are typed afterwards."""
        chosen = Period(period)
        first, last = days_of(chosen, self.state.wanted.today)
        days = self.state.days if chosen is Period.CHOSEN else ("", "")
        self._narrow(replace(self.state.wanted, made_from=first, made_to=last), period=chosen, days=days)

    def choose_days(self, first: str, last: str) -> None:
        """Narrow the list to the days from ``first`` to ``last``, as typed: 2026-05-18; empty for no end."""
        days = typed_days(first, last)
        if days.problem:
            self.show(days=(first, last), days_problem=days.problem)
            return
        wanted = replace(self.state.wanted, made_from=days.first, made_to=days.last)
        self._narrow(wanted, period=Period.CHOSEN, days=(first, last))

    def escape(self) -> None:
        """Close the panel, else empty the filters, else go back."""
        state = self.state
        if state.panel is not Panel.PAPER:
            self.show(panel=Panel.PAPER)
        elif state.is_narrowed:
            self.start(state.wanted.scope)
            self._navigator.notify(_("筛选已清空"), _("撤销"), lambda: self._narrow_again(state))
        else:
            self._navigator.back()

    def _narrow_again(self, before: PapersState) -> None:
        self._narrow(before.wanted, period=before.period, days=before.days)

    # --- one paper ---------------------------------------------------------------------------------------------

    def choose(self, number: str) -> None:
        """Show one paper beside the list; the answer for an earlier one is dropped."""
        if self._looking:
            self._looking.cancel()
        self._looking = self._runner.run(
            lambda: self._counter.paper_lists.find(number),
            lambda found: self.show(chosen=found),
            self._navigator.report,
        )

    def open(self, number: str) -> None:
        """Show the case of a paper, at the paper; the paper itself where it has none."""
        self._runner.run(lambda: self._counter.paper_lists.find(number), self._open, self._navigator.report)

    def open_pdf(self, number: str) -> None:
        """Show a paper in the system's own program."""
        clerk = self._session.clerk
        self._runner.run(
            lambda: self._counter.papers.pdf(self._counter.papers.find(number), clerk),
            lambda pdf: self._outlet.open_paper(number, pdf),
            self._navigator.report,
        )

    def reprint(self) -> None:
        """Ask, on the page of its case, why the chosen paper is printed again."""
        if self.state.chosen is not None and self.state.can_reprint:
            self._navigator.open_case_of(self.state.chosen.paper, reprint=True)

    def _open(self, one: ListedPaper) -> None:
        if one.case is None:
            self.open_pdf(one.paper.number)
        else:
            self._navigator.open_case_of(one.paper)

    # --- reading -----------------------------------------------------------------------------------------------

    def _narrow(self, wanted: PaperFilter, **changes: object) -> None:
        """Follow a filter that the clerk changed."""
        if self._state is not None:
            self._state = replace(self._state, **{"days_problem": "", **changes})  # type: ignore[arg-type]
        self._filter(wanted)

    def _filter(self, wanted: PaperFilter, *, keeps_place: bool = False) -> None:
        if self._counting:
            self._counting.cancel()
        now = self._counter.paper_lists.now()
        wanted = replace(wanted, today=now.date())
        before = self._state or PapersState(now, wanted, self._counter.station.code)
        names = {operator.login: operator.name for operator in self._counter.operators.everyone()}
        self._state = replace(before, now=now, wanted=wanted, names=names, is_searching=True)
        self._view.render(self._state, self._load)
        self._counting = self._runner.run(
            lambda: self._counter.paper_lists.overview(wanted),
            lambda overview: self._show_overview(overview, keeps_place=keeps_place),
            self._fail,
        )

    def _show_overview(self, overview: PaperOverview, *, keeps_place: bool) -> None:
        has_rows = overview.scopes[self.state.wanted.scope] > 0
        chosen = self.state.chosen if keeps_place and has_rows else None
        self._ends = {}
        turn = self.state.round + 1
        self.show(overview=overview, chosen=chosen, round=turn, keeps_place=keeps_place, is_searching=False)

    def _fail(self, error: Exception) -> None:
        self.show(is_searching=False)
        self._navigator.report(error)

    def _load(self, offset: int, limit: int, take: TakeRows) -> None:
        wanted, turn, behind = self.state.wanted, self.state.round, self._behind(offset)

        def came(rows: list[ListedPaper]) -> None:
            if turn == self.state.round:
                if rows:
                    self._ends[offset + len(rows)] = rows[-1].paper.number
                take(rows)

        self._runner.run(lambda: self._counter.paper_lists.page(wanted, behind, limit), came, self._navigator.report)

    def _behind(self, offset: int) -> Behind:
        """Return where a page begins, told from the nearest end of a page before it that is known."""
        known = max((end for end in self._ends if end <= offset), default=0)
        return Behind(self._ends.get(known, ""), offset - known)
