"""Decides what the counter shows for what is typed, and where Enter leads. Qt-free."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from app.domain.catalogue import ServiceItem
from app.domain.item_search import ItemHit
from app.domain.numbering import is_case_number
from app.services.counter import Counter
from app.services.desk import Board, LitCase
from app.services.ports import Handle, Runner
from app.services.snapshots import CaseScope
from ui.navigation import Navigator

MOST_ITEMS = 5
MOST_CASES = 4
TILES = 9


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for the text in the field: items first, then cases."""

    items: tuple[ItemHit, ...] = ()
    cases: tuple[LitCase, ...] = ()

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.items) + len(self.cases)


@dataclass(frozen=True, slots=True)
class CounterState:
    """What the counter shows; ``current`` is the chosen row; ``guide`` is the item whose page lies open."""

    now: datetime
    board: Board
    tiles: tuple[tuple[ServiceItem, int], ...]
    text: str = ""
    found: Found = Found()
    is_searched: bool = False
    current: int = 0
    guide: ServiceItem | None = None


class CounterView(Protocol):
    """The screen of the counter."""

    def render(self, state: CounterState) -> None:
        """Show ``state``."""
        ...

    def focus_field(self) -> None:
        """Put the cursor into the one field."""
        ...


class CounterPresenter:
    """Leads from what a citizen says to the item or case."""

    def __init__(self, counter: Counter, runner: Runner, navigator: Navigator, view: CounterView) -> None:
        self._counter = counter
        self._runner = runner
        self._navigator = navigator
        self._view = view
        self._search: Handle | None = None
        self._take_when_found = False
        self._state = CounterState(counter.desk.now(), counter.desk.board(), ())

    def start(self) -> None:
        """Show the counter afresh, with an empty field that has the focus."""
        self._refresh(text="", found=Found(), is_searched=False, current=0, guide=None)
        self._view.focus_field()

    def show_board(self, board: Board) -> None:
        """Show figures and lights as they are now; field, results and guide stay."""
        self._show(now=self._counter.desk.now(), board=board)

    def type(self, text: str) -> None:
        """Search for what stands in the field; the answer to an older text is dropped."""
        self._take_when_found = False
        if self._search:
            self._search.cancel()
        if not text.strip():
            self._show(text=text, found=Found(), is_searched=False, current=0, guide=None)
            return
        self._state = replace(self._state, text=text, is_searched=False, guide=None)
        self._search = self._runner.run(lambda: self._find(text), self._show_found, self._navigator.report)

    @property
    def has_found(self) -> bool:
        """Tell whether the search for what stands in the field has answered with something."""
        return self._state.is_searched and len(self._state.found) > 0

    def move(self, step: int) -> None:
        """Choose the next or previous row."""
        if self._state.found:
            self._show(current=(self._state.current + step) % len(self._state.found))

    def choose(self, index: int) -> None:
        """Choose a row and take it."""
        self._show(current=index)
        self.take()

    def take(self) -> None:
        """Open what is chosen; a whole case number opens its case, even before the search has answered."""
        if is_case_number(self._state.text) and self._open_number(self._state.text.replace(" ", "")):
            return
        if not self._state.is_searched:
            self._take_when_found = bool(self._state.text.strip())
            return
        items = self._state.found.items
        if self._state.current < len(items):
            self.open_item(items[self._state.current].item)
        elif self._state.found:
            self._navigator.open_case(self._state.found.cases[self._state.current - len(items)].row.number)

    def open_item(self, item: ServiceItem) -> None:
        """Begin an intake, or show why there can be none and who is competent."""
        if item.can_be_opened:
            self._navigator.open_item(item.code)
        else:
            self._show(guide=item)

    def show_guide(self) -> None:
        """Open the page of the chosen item: what to bring, how long, what it costs, who is competent."""
        items = self._state.found.items
        if self._state.current < len(items):
            self._show(guide=items[self._state.current].item)

    def take_guide(self) -> None:
        """Begin an intake of the item whose page lies open; close the page where there can be none."""
        guide = self._state.guide
        if guide is not None and guide.can_be_opened:
            self._navigator.open_item(guide.code)
        else:
            self.escape()

    def escape(self) -> None:
        """Close the guide, else empty the field."""
        if self._state.guide:
            self._show(guide=None)
            self._view.focus_field()
        elif self._state.text:
            self.start()

    def open_tile(self, index: int) -> None:
        """Begin an intake of a frequent item."""
        if index < len(self._state.tiles):
            self.open_item(self._state.tiles[index][0])

    def open_draft(self, index: int) -> None:
        """Go on with a draft."""
        if index < len(self._state.board.drafts):
            self._navigator.open_draft(self._state.board.drafts[index].draft_id)

    def open_reminder(self, index: int) -> None:
        """Show a case that waits for somebody."""
        if index < len(self._state.board.reminders):
            self._navigator.open_case(self._state.board.reminders[index].row.number)

    def open_due(self, number: str) -> None:
        """Show a case that is due."""
        self._navigator.open_case(number)

    def open_all(self) -> None:
        """Show every open case."""
        self._navigator.open_desk(CaseScope.OPEN)

    def _find(self, text: str) -> tuple[str, Found]:
        items = self._counter.catalogue.search(text, MOST_ITEMS)
        return text, Found(tuple(items), tuple(self._counter.desk.find(text, MOST_CASES)))

    def _show_found(self, answer: tuple[str, Found]) -> None:
        text, found = answer
        if text != self._state.text:
            return
        self._show(found=found, is_searched=True, current=0)
        if self._take_when_found:
            self._take_when_found = False
            self.take()

    def _open_number(self, number: str) -> bool:
        found = self._counter.desk.find(number, 1)
        if found:
            self._navigator.open_case(found[0].row.number)
        return bool(found)

    def _refresh(self, **changes: object) -> None:
        self._take_when_found = False
        tiles = tuple(self._counter.catalogue.frequent(TILES))
        self._show(now=self._counter.desk.now(), board=self._counter.desk.board(), tiles=tiles, **changes)

    def _show(self, **changes: object) -> None:
        self._state = replace(self._state, **changes)  # type: ignore[arg-type]
        self._view.render(self._state)
