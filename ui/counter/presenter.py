"""Decides what the counter shows for what is typed, and where Enter leads. Qt-free."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from app.domain.catalogue import ServiceItem
from app.domain.item_search import ItemHit
from app.domain.numbering import is_case_number
from app.domain.people import tidy_id_number
from app.domain.verdict import Verdict
from app.domain.wide_letters import narrowed
from app.services.desk import Board, LitCase
from app.services.listed_papers import PaperScope
from app.services.ports import CardPhoto, Handle, IdentityCard
from app.services.snapshots import CaseScope
from ui.card_photos import CardPhotos
from ui.counter.brought import BroughtPaper
from ui.counter.proof_check import ProofCheck
from ui.navigation import PaperOutlet
from ui.printing import print_guide
from ui.surroundings import Surroundings

MOST_ITEMS = 5
MOST_CASES = 4
TILES = 9
LONGEST_SEARCHED = 60
"""Signs; longer texts are those of codes."""
CARD_KEPT = timedelta(minutes=5)
"""A card that nothing was begun with is forgotten: the next citizen must not be filled in as the last one."""


class Place(StrEnum):
    """Rooms that can be called by their name in the one field."""

    INQUIRIES = "inquiries"
    DAY = "day"


CALLED = {
    Place.INQUIRIES: ("咨询", "zx", "zixun"),
    Place.DAY: ("日结", "rj", "rijie"),
}
"""What is typed for each of them, in Chinese whatever the window speaks."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for the text in the field: a room called so, then items, then cases."""

    items: tuple[ItemHit, ...] = ()
    cases: tuple[LitCase, ...] = ()
    place: Place | None = None
    """A room that is called what was typed; it comes before everything else."""

    def __len__(self) -> int:
        """Return how many rows there are."""
        return (self.place is not None) + len(self.items) + len(self.cases)

    def item_at(self, row: int) -> ServiceItem | None:
        """Return the item in a row, None when something else stands there."""
        index = row - (self.place is not None)
        return self.items[index].item if 0 <= index < len(self.items) else None

    def case_at(self, row: int) -> LitCase | None:
        """Return the case in a row, None when something else stands there."""
        index = row - (self.place is not None) - len(self.items)
        return self.cases[index] if 0 <= index < len(self.cases) else None


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
    names: Mapping[str, str] = field(default_factory=dict)
    """Names of operators by login."""
    card: IdentityCard | None = None
    """The card that was laid on the reader: whatever is begun next is begun for whoever it belongs to."""
    card_since: datetime | None = None
    photo: CardPhoto | None = None
    """The one on that card, once it is decoded."""
    verdicts: tuple[Verdict, ...] = ()
    """On the papers that were brought last, mostly one; the field is empty again"""
    is_judging: bool = False
    """Whether a file is being read that was brought"""


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

    def __init__(self, around: Surroundings, view: CounterView, outlet: PaperOutlet) -> None:
        self._around = around
        self._counter, self._session = around.counter, around.session
        self._runner, self._navigator = around.runner, around.navigator
        self._outlet = outlet
        self._view = view
        self._photos = CardPhotos(around.counter.card_photos, around.runner, around.navigator.report)
        self._proof = ProofCheck(
            around.counter.verifying,
            around.runner,
            lambda told: self._show(text="", verdicts=(told,)),
            around.navigator.report,
        )
        self.brought = BroughtPaper(
            around, outlet, lambda is_judging: self._show(is_judging=is_judging), self._show_verdicts
        )
        self._search: Handle | None = None
        self._take_when_found = False
        self._state = CounterState(around.counter.desk.now(), around.counter.desk.board(), ())

    def start(self) -> None:
        """Show the counter afresh, with an empty field that has the focus."""
        self.forget_photo()
        self._proof.drop()
        self.brought.stop()
        self._refresh(text="", found=Found(), is_searched=False, current=0, guide=None, card=None, verdicts=())
        self._view.focus_field()

    def take_card(self, card: IdentityCard) -> None:
        """Keep a card at hand for what is begun next, and show the cases of whoever it belongs to."""
        self._take_when_found = False
        if self._search:
            self._search.cancel()
        self._proof.drop()
        self.brought.stop()
        self.forget_photo()
        self._show(
            card=card,
            card_since=self._counter.desk.now(),
            text="",
            found=Found(),
            is_searched=False,
            current=0,
            guide=None,
            verdicts=(),
        )
        self._view.focus_field()
        self._photos.see(card, lambda photo: self._show(photo=photo))
        number = tidy_id_number(card.number)
        self._search = self._runner.run(
            lambda: ("", Found(cases=tuple(self._counter.desk.find(number, MOST_CASES)))),
            self._show_found,
            self._navigator.report,
        )

    def forget_photo(self) -> None:
        """Let go of the photo: the counter is left, or the card put away."""
        self._photos.forget()
        if self._state.photo is not None:
            self._show(photo=None)

    def show_board(self, board: Board) -> None:
        """Show figures and lights as they are now; field, results and guide stay, and a card for a few minutes."""
        now, since = self._counter.desk.now(), self._state.card_since
        if self._state.card and since and now - since >= CARD_KEPT:
            self._put_card_away()
        self._show(now=now, board=board)

    def type(self, text: str) -> None:
        """Search for what stands in the field, or judge the proof that does; the answer to an older text is dropped."""
        self._take_when_found = False
        if self._search:
            self._search.cancel()
        self._proof.drop()
        is_proof = self._counter.verifying.is_proof(text)
        if is_proof or not text.strip():
            self._show(text=text, found=Found(), is_searched=False, current=0, guide=None, verdicts=())
            if is_proof:
                self._proof.take(text)
            return
        self._state = replace(self._state, text=text, is_searched=False, guide=None, verdicts=())
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
        """Open what is chosen, or end a proof; a whole case number opens its case, even before the search has answered."""
        if self._proof.finish():
            return
        number = narrowed(self._state.text)
        if is_case_number(number) and self._open_number(number.replace(" ", "")):
            return
        if not self._state.is_searched:
            self._take_when_found = bool(self._state.text.strip())
            return
        found, row = self._state.found, self._state.current
        if found.place is not None and row == 0:
            self.open_place(found.place)
        elif item := found.item_at(row):
            self.open_item(item)
        elif case := found.case_at(row):
            self._navigator.open_case(case.row.number)

    def open_place(self, place: Place) -> None:
        """Show a room."""
        if place is Place.DAY:
            self._navigator.open_day()
        else:
            self.ask()

    def ask(self) -> None:
        """Write a question down, about the item that is chosen or whose page lies open."""
        item = self._state.guide or self._state.found.item_at(self._state.current)
        self._navigator.open_inquiries(item.code if item else "")

    def close_day(self) -> None:
        """Show the end of the day that is to be closed: the one that was left open, else today."""
        self._navigator.open_day(self._state.board.unclosed)

    def open_guide(self) -> None:
        """Print the one-page guide of the item whose page lies open, for the citizen."""
        item, clerk = self._state.guide, self._session.clerk
        if item is not None:
            print_guide(self._around, self._outlet, item, clerk)

    def open_item(self, item: ServiceItem) -> None:
        """Begin an intake, or show why there can be none and who is competent."""
        if item.can_be_opened:
            self._begin(item)
        else:
            self._show(guide=item)

    def show_guide(self) -> None:
        """Open the page of the chosen item: what to bring, how long, what it costs, who is competent."""
        if item := self._state.found.item_at(self._state.current):
            self._show(guide=item)

    def take_guide(self) -> None:
        """Begin an intake of the item whose page lies open; close the page where there can be none."""
        guide = self._state.guide
        if guide is not None and guide.can_be_opened:
            self._begin(guide)
        else:
            self.escape()

    def escape(self) -> None:
        """Close the guide, else empty the field and put a verdict away, else put the card away."""
        card, is_asked = self._state.card, bool(self._state.text or self._state.verdicts or self._state.is_judging)
        if self._state.guide:
            self._show(guide=None)
            self._view.focus_field()
        elif is_asked and card:
            self.take_card(card)
        elif is_asked or card:
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

    def open_scope(self, scope: str) -> None:
        """Show a part of the list."""
        self._navigator.open_desk(CaseScope(scope))

    def open_papers(self, scope: str) -> None:
        """Show a part of the list of papers."""
        self._navigator.open_papers(PaperScope(scope))

    def open_inquiry(self, number: str) -> None:
        """Show a question that waits for its answer."""
        self._navigator.open_inquiries(number=number)

    def _put_card_away(self) -> None:
        """Forget a card, and the cases of its holder where nothing else is searched for."""
        self.forget_photo()
        cases = {} if self._state.text else {"found": Found(), "is_searched": False, "current": 0}
        self._show(card=None, card_since=None, **cases)

    def _begin(self, item: ServiceItem) -> None:
        if self._state.card is None:
            self._navigator.open_item(item.code)
        else:
            self._navigator.open_item(item.code, self._state.card)

    def _find(self, text: str) -> tuple[str, Found]:
        asked = narrowed(text[:LONGEST_SEARCHED])
        items = self._counter.catalogue.search(asked, MOST_ITEMS)
        place = next((place for place, names in CALLED.items() if asked.strip().lower() in names), None)
        return text, Found(tuple(items), tuple(self._counter.desk.find(asked, MOST_CASES)), place)

    def _show_verdicts(self, verdicts: tuple[Verdict, ...]) -> None:
        """Show what a file came to in the place of whatever stood there."""
        self.type("")
        self._show(verdicts=verdicts)
        self._view.focus_field()

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
        names = {operator.login: operator.name for operator in self._counter.operators.everyone()}
        board = self._counter.desk.board()
        self._show(now=self._counter.desk.now(), board=board, tiles=tiles, names=names, **changes)

    def _show(self, **changes: object) -> None:
        self._state = replace(self._state, **changes)  # type: ignore[arg-type]
        self._view.render(self._state)
