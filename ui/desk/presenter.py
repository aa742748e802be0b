"""Decides which cases the list shows and which one lies open beside it. Qt-free."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from app.services.counter import Counter
from app.services.desk import LitCase
from app.services.ports import Runner
from app.services.snapshots import CaseCounts, CaseFilter, CaseScope
from ui.navigation import Navigator

Load = Callable[[int, int], list[LitCase]]
DUE_FIRST = {CaseScope.OPEN, CaseScope.NEAR_DUE, CaseScope.OVERDUE}


@dataclass(frozen=True, slots=True)
class DeskState:
    """What the list shows; ``round`` grows when the rows have to be read again."""

    now: datetime
    wanted: CaseFilter
    count: int
    counts: CaseCounts
    items: tuple[tuple[str, str], ...]
    """Code and title of the items to filter by."""
    chosen: LitCase | None = None
    round: int = 0


class DeskView(Protocol):
    """The screen of all cases."""

    def render(self, state: DeskState, load: Load) -> None:
        """Show ``state``; ``load`` gives the rows from an offset, as many as a limit allows."""
        ...


class DeskPresenter:
    """Narrows a million cases down to one."""

    def __init__(self, counter: Counter, runner: Runner, navigator: Navigator, view: DeskView) -> None:
        self._counter = counter
        self._runner = runner
        self._navigator = navigator
        self._view = view
        self._state: DeskState | None = None

    def start(self, scope: CaseScope) -> None:
        """Show one part of the list with every other filter empty."""
        self._filter(CaseFilter(scope, by_due=scope in DUE_FIRST))

    def refresh(self) -> None:
        """Read everything again under the same filter."""
        self._filter(self._now().wanted)

    def choose_scope(self, scope: str) -> None:
        """Show another part of the list."""
        chosen = CaseScope(scope)
        self._filter(replace(self._now().wanted, scope=chosen, by_due=chosen in DUE_FIRST))

    def search(self, text: str) -> None:
        """Narrow the list to what fits ``text``."""
        self._filter(replace(self._now().wanted, text=text.strip()))

    def choose_item(self, code: str) -> None:
        """Narrow the list to one item; empty for all."""
        self._filter(replace(self._now().wanted, item=code))

    def choose_today(self, *, only_today: bool) -> None:
        """Narrow the list to what was received today."""
        day = self._counter.desk.now().date() if only_today else None
        self._filter(replace(self._now().wanted, received_on=day))

    def choose(self, number: str) -> None:
        """Show one case beside the list."""
        found = self._counter.desk.find(number, 1)
        self._show(chosen=found[0] if found else None)

    def open(self, number: str) -> None:
        """Show a case with its history."""
        self._navigator.open_case(number)

    def escape(self) -> None:
        """Empty the filters, else go home."""
        wanted = self._now().wanted
        if wanted.text or wanted.item or wanted.received_on:
            self.start(wanted.scope)
        else:
            self._navigator.home()

    def _filter(self, wanted: CaseFilter) -> None:
        desk = self._counter.desk
        wanted = replace(wanted, now=desk.now())
        items = tuple((item.code, item.title) for item in self._counter.catalogue.items() if item.can_be_opened)
        turn = self._state.round + 1 if self._state else 1
        self._state = DeskState(desk.now(), wanted, desk.count(wanted), desk.counts(), items, None, turn)
        self._view.render(self._state, self._load)

    def _load(self, offset: int, limit: int) -> list[LitCase]:
        return self._counter.desk.page(self._now().wanted, offset, limit)

    def _now(self) -> DeskState:
        if self._state is None:
            raise RuntimeError("the list was not started")
        return self._state

    def _show(self, **changes: object) -> None:
        self._state = replace(self._now(), **changes)  # type: ignore[arg-type]
        self._view.render(self._state, self._load)
