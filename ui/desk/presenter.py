"""Decides which cases the list shows and which one lies open beside it. Qt-free."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from app.domain.numbering import is_case_number
from app.services.counter import Counter
from app.services.desk import CaseFile, LitCase
from app.services.ports import Handle, Runner
from app.services.snapshots import CaseCounts, CaseFilter, CaseScope
from ui.navigation import Navigator

TakeRows = Callable[[list[LitCase]], None]
Load = Callable[[int, int, TakeRows], None]
"""Asks for rows from an offset, as many as a limit allows; they are handed over when they have been read."""
DUE_FIRST = {CaseScope.OPEN, CaseScope.NEAR_DUE, CaseScope.OVERDUE}
NOTHING = CaseCounts(0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class DeskState:
    """What the list shows; ``round`` grows whenever its rows have to be read again."""

    now: datetime
    wanted: CaseFilter
    station: str
    """Code of this window, which holds the cases that it may go on with."""
    items: tuple[tuple[str, str], ...]
    """Code and title of the items to filter by."""
    count: int = 0
    counts: CaseCounts = NOTHING
    chosen: CaseFile | None = None
    is_searching: bool = True
    round: int = 0
    keeps_place: bool = False
    """Whether the rows are those of the same filter, so that the cursor stays where it was."""


class DeskView(Protocol):
    """The screen of all cases."""

    def render(self, state: DeskState, load: Load) -> None:
        """Show ``state``; ``load`` asks for rows."""
        ...


class DeskPresenter:
    """Narrows a million cases down to one; whatever is read is read beside the window."""

    def __init__(self, counter: Counter, runner: Runner, navigator: Navigator, view: DeskView) -> None:
        self._counter = counter
        self._runner = runner
        self._navigator = navigator
        self._view = view
        self._state: DeskState | None = None
        self._counting: Handle | None = None
        self._looking: Handle | None = None

    def start(self, scope: CaseScope) -> None:
        """Show one part of the list with every other filter empty."""
        self._filter(CaseFilter(scope, by_due=scope in DUE_FIRST))

    def refresh(self) -> None:
        """Read everything again under the same filter; the cursor stays."""
        self._filter(self._now().wanted, keeps_place=True)

    def choose_scope(self, scope: str) -> None:
        """Show another part of the list."""
        chosen = CaseScope(scope)
        self._filter(replace(self._now().wanted, scope=chosen, by_due=chosen in DUE_FIRST))

    def search(self, text: str) -> None:
        """Narrow the list to what fits ``text``."""
        self._filter(replace(self._now().wanted, text=text.strip()))

    def take(self, text: str) -> None:
        """Search at once; a whole case number, such as a scanned one, opens its case."""
        if is_case_number(text):
            self._navigator.open_case(text.replace(" ", ""))
        else:
            self.search(text)

    def choose_item(self, code: str) -> None:
        """Narrow the list to one item; empty for all."""
        self._filter(replace(self._now().wanted, item=code))

    def choose_today(self, *, only_today: bool) -> None:
        """Narrow the list to what was received today."""
        day = self._counter.desk.now().date() if only_today else None
        self._filter(replace(self._now().wanted, received_from=day, received_to=day))

    def choose(self, number: str) -> None:
        """Show one case beside the list; the answer for an earlier one is dropped."""
        if self._looking:
            self._looking.cancel()
        self._looking = self._runner.run(
            lambda: self._counter.desk.file(number), lambda file: self._show(chosen=file), self._navigator.report
        )

    def open(self, number: str) -> None:
        """Show a case with its history."""
        self._navigator.open_case(number)

    def escape(self) -> None:
        """Empty the filters, else go home."""
        wanted = self._now().wanted
        if wanted.text or wanted.item or wanted.received_from:
            self.start(wanted.scope)
        else:
            self._navigator.home()

    def _filter(self, wanted: CaseFilter, *, keeps_place: bool = False) -> None:
        if self._counting:
            self._counting.cancel()
        now = self._counter.desk.now()
        wanted = replace(wanted, now=now)
        before = self._state or DeskState(now, wanted, self._counter.station.code, ())
        self._state = replace(before, now=now, wanted=wanted, items=self._items(), is_searching=True)
        self._view.render(self._state, self._load)
        self._counting = self._runner.run(
            lambda: (self._counter.desk.count(wanted), self._counter.desk.counts()),
            lambda answer: self._show_counted(*answer, keeps_place=keeps_place),
            self._fail,
        )

    def _items(self) -> tuple[tuple[str, str], ...]:
        return tuple((item.code, item.title) for item in self._counter.catalogue.items() if item.can_be_opened)

    def _show_counted(self, count: int, counts: CaseCounts, *, keeps_place: bool) -> None:
        chosen = self._now().chosen if keeps_place and count else None
        turn = self._now().round + 1
        self._show(count=count, counts=counts, chosen=chosen, round=turn, keeps_place=keeps_place, is_searching=False)

    def _fail(self, error: Exception) -> None:
        self._show(is_searching=False)
        self._navigator.report(error)

    def _load(self, offset: int, limit: int, take: TakeRows) -> None:
        wanted, turn = self._now().wanted, self._now().round
        self._runner.run(
            lambda: self._counter.desk.page(wanted, offset, limit),
            lambda rows: take(rows) if turn == self._now().round else None,
            self._navigator.report,
        )

    def _now(self) -> DeskState:
        if self._state is None:
            raise RuntimeError("the list was not started")
        return self._state

    def _show(self, **changes: object) -> None:
        self._state = replace(self._now(), **changes)  # type: ignore[arg-type]
        self._view.render(self._state, self._load)
