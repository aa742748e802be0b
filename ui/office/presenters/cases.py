"""Decides what the list of every case shows: chosen, counted by place, one of them opened. Nothing is changed. Qt-free."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar

from app.domain.case import OPEN, CaseState
from app.domain.catalogue import ServiceItem
from app.domain.division import CODE_LENGTH
from app.domain.numbering import is_case_number
from app.services.errors import NotFound
from app.services.ports import CaseCount, CaseMarker, CasePage, CasesOf, CentreCases, CentreDesk, OpenedCase
from app.services.supervising import CaseSearch, CentreFile, LitCentreCase, PlaceCount
from ui.office.work import Around
from ui.supervising_words import desk_name
from ui.text import _

T = TypeVar("T")
PAGE = 100
SUGGESTIONS = 8
SOON_DAYS, STILL_DAYS = 3, 10
ALL, OVERDUE, SOON, UNTAKEN, STILL, ASIDE, CLOSED = FILTERS = (
    "open",
    "overdue",
    "soon",
    "untaken",
    "still",
    "aside",
    "closed",
)
"""In the order of the screen."""
SEARCHES: Mapping[str, CaseSearch] = {
    ALL: CaseSearch(),
    OVERDUE: CaseSearch(is_overdue=True),
    SOON: CaseSearch(due_within=SOON_DAYS),
    UNTAKEN: CaseSearch(is_untaken=True),
    STILL: CaseSearch(still_days=STILL_DAYS),
    ASIDE: CaseSearch(is_aside=True),
    CLOSED: CaseSearch(scope=CasesOf.CLOSED),
}
STATES = tuple(state for state in CaseState if state in OPEN)
LEVELS = (6, 9, 0)
"""Counties, townships, windows: by how many digits of a division open cases are counted; 0 for each window."""
TAKEN_IN, HELD = "taken_in", "held"


@dataclass(frozen=True, slots=True)
class Place:
    """A place by which cases are chosen: what stands in the field, and its code, empty while it is none."""

    text: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class CasesState:
    """What the part shows: the list or where cases pile up, and beside it one case."""

    why_not: str = ""
    """Why the log-in sees no cases, empty when it does."""
    number: str = ""
    """As it is typed."""
    chosen_filter: str = ALL
    chosen_state: str = ""
    places: Mapping[str, Place] = field(default_factory=lambda: {TAKEN_IN: Place(), HELD: Place()})
    suggested: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rows: tuple[LitCentreCase, ...] | None = None
    """None until they were read."""
    goes_on: CaseMarker | None = None
    """Where the list goes on, None at its end."""
    chosen: str = ""
    """Number of the case under the cursor."""
    opened: CentreFile | None = None
    item: ServiceItem | None = None
    """The opened case's item, as this counter's catalogue has it."""
    is_piled: bool = False
    """Whether places are shown in place of cases."""
    trail: tuple[str, ...] = ()
    """Codes of the divisions that were gone into."""
    piles: tuple[PlaceCount, ...] | None = None
    totals: CaseCount = field(default_factory=lambda: CaseCount("", {}))
    """Of all open cases at the places that were chosen."""

    @property
    def case(self) -> LitCentreCase | None:
        """Return the chosen case."""
        return next((one for one in self.rows or () if one.case.number == self.chosen), None)

    @property
    def counts(self) -> dict[str, int]:
        """Return how many cases those filters have that were counted."""
        return {ALL: self.totals.total, OVERDUE: self.totals.overdue, UNTAKEN: self.totals.untaken}


class CasesView(Protocol):
    """The part of every case."""

    def render(self, state: CasesState) -> None:
        """Show ``state``."""
        ...


class CasesPresenter:
    """The list is read page by page; an answer to what is not asked any more is dropped."""

    def __init__(self, around: Around, view: CasesView, may_supervise: Callable[[], bool]) -> None:
        self._around = around
        self._view = view
        self._may_supervise = may_supervise
        self._desks: dict[str, CentreDesk] = {}
        self._codes: dict[str, str] = {}
        """Codes of places that were suggested, by what was shown."""
        self._asked = 0
        self.state = CasesState()

    def start(self) -> None:
        """Show what is known, and read anew."""
        why_not = "" if self._may_supervise() else _no_supervisor()
        self._show(why_not=why_not, opened=None)
        if not why_not:
            self._look(lambda cases: cases.desks(), self._took_desks)
            self.refresh()

    def refresh(self) -> None:
        """Read again what is shown, and the counts."""
        if self.state.why_not:
            return
        self._count()
        if self.state.is_piled:
            self._pile()
        self._read(None)

    def step_back(self) -> bool:
        """Close the opened case, go out of a place, or take the last choice back; tell whether there was any."""
        state = self.state
        if state.opened is not None:
            self.close_case()
        elif state.is_piled:
            self._leave_place()
        elif state.number:
            self.search("")
        elif state.places != CasesState().places or state.chosen_state or state.chosen_filter != ALL:
            self._choose(places=CasesState().places, chosen_state="", chosen_filter=ALL)
        else:
            return False
        return True

    def forget(self) -> None:
        """Forget what was read at another centre."""
        self._asked += 1
        self._desks, self._codes = {}, {}
        self.state = CasesState()

    # --- choosing ----------------------------------------------------------------------------------------------

    def search(self, text: str) -> None:
        """Take note of a number; a whole one is looked for at once, among all cases."""
        before = self._number()
        self._show(number=text)
        if self._number() != before:
            self._choose(is_piled=False)

    def find(self) -> None:
        """Look for the number that was typed, or say what is wrong with it."""
        if self._number():
            self.refresh()
        elif self.state.number.strip():
            self._around.work.say(_("请输入 20 位办件编号，一位都不能少；编号印在受理单和回执上。"), "warn")

    def filter(self, name: str) -> None:
        """Show the cases of one kind."""
        keeps = self.state.chosen_state if name != CLOSED else ""
        self._choose(chosen_filter=name, chosen_state=keeps, number="", is_piled=False)

    def choose_state(self, state: str) -> None:
        """Show the cases in one state, or in all of them."""
        self._choose(chosen_state=state, number="", is_piled=False)

    def edit_place(self, which: str, text: str) -> None:
        """Take note of a place that was typed: a name is looked up, one from the list or a code chooses."""
        code = self._codes.get(text, text if text.isdecimal() and len(text) in {6, CODE_LENGTH} else "")
        before = self.state.places[which].code
        suggested = () if code else self._suggest(text)
        places = {**self.state.places, which: Place(text, code)}
        self._show(places=places, suggested={**self.state.suggested, which: suggested})
        if code != before:
            self._choose(number="")

    def choose(self, number: str) -> None:
        """Take note of the case under the cursor."""
        if number != self.state.chosen:
            self._show(chosen=number, opened=None)

    def more(self) -> None:
        """Read the next page behind what is shown."""
        if self.state.goes_on is not None:
            self._read(self.state.goes_on)

    # --- one case ----------------------------------------------------------------------------------------------

    def open_case(self) -> None:
        """Open the chosen case with its history; the centre writes that down."""
        if self.state.case is not None and self.state.opened is None:
            number = self.state.chosen
            self._look(lambda cases: cases.open_case(number), self._opened)

    def close_case(self) -> None:
        """Show the list's row again in place of the history."""
        self._show(opened=None, item=None)

    def _opened(self, opened: OpenedCase) -> None:
        if opened.case.number != self.state.chosen:
            return
        counter = self._around.counter
        try:
            item = counter.catalogue.item(opened.case.item)
        except NotFound:
            item = None
        self._show(opened=counter.supervising.read(opened), item=item)

    # --- where cases pile up -------------------------------------------------------------------------------------

    def show_piles(self) -> None:
        """Show places in place of cases, or cases again."""
        if self.state.is_piled:
            self._show(is_piled=False)
        else:
            self._show(is_piled=True, trail=(), piles=None, opened=None)
            self._pile()

    def go_into(self, place: str) -> None:
        """Show the places below one; a window has none, so its cases are shown."""
        level = LEVELS[len(self.state.trail)]
        if level == 0 or not place:
            self.list_at(place)
        else:
            self._show(trail=(*self.state.trail, place.ljust(CODE_LENGTH, "0")), piles=None)
            self._pile()

    def list_at(self, place: str) -> None:
        """Show the cases in the hands of a place."""
        if place:
            code = place if len(place) == len("000000") and self._is_window() else place.ljust(CODE_LENGTH, "0")
            held = Place(self._called(code), code)
            self._codes[held.text] = code
            self._choose(places={**self.state.places, HELD: held}, is_piled=False, number="")

    def _leave_place(self) -> None:
        if self.state.trail:
            self._show(trail=self.state.trail[:-1], piles=None)
            self._pile()
        else:
            self._show(is_piled=False)

    def _is_window(self) -> bool:
        return LEVELS[len(self.state.trail)] == 0

    def _pile(self) -> None:
        trail, level = self.state.trail, LEVELS[len(self.state.trail)]
        taken_in, inside = self.state.places[TAKEN_IN].code, trail[-1] if trail else ""

        def took(counts: list[CaseCount]) -> None:
            if trail == self.state.trail:
                piles = sorted(counts, key=lambda one: (-one.overdue, -one.total, one.place))
                self._show(piles=tuple(PlaceCount(one, self._pile_name(one.place, level)) for one in piles))

        self._look(lambda cases: cases.case_counts(taken_in, inside, level), took)

    def _pile_name(self, place: str, level: int) -> str:
        return self._called(place if level == 0 else place.ljust(CODE_LENGTH, "0")) if place else _("没有填区划的窗口")

    # --- reading -----------------------------------------------------------------------------------------------

    def _choose(self, **changes: object) -> None:
        """Show another choice of cases, and read them."""
        self._show(**changes, rows=None, goes_on=None, chosen="", opened=None)
        self.refresh()

    def _number(self) -> str:
        number = "".join(self.state.number.split())
        return number if is_case_number(number) else ""

    def _search(self) -> CaseSearch:
        return replace(
            SEARCHES[self.state.chosen_filter],
            number=self._number(),
            state=self.state.chosen_state,
            taken_in=self.state.places[TAKEN_IN].code,
            held=self.state.places[HELD].code,
        )

    def _read(self, after: CaseMarker | None) -> None:
        self._asked += 1
        turn, wish = self._asked, self._around.counter.supervising.wish(self._search())

        def took(page: CasePage) -> None:
            if turn == self._asked:
                before = (self.state.rows or ()) if after else ()
                fresh = tuple(map(self._around.counter.supervising.lit, page.cases))
                self._show(rows=before + fresh, goes_on=page.goes_on)

        self._look(lambda cases: cases.cases(wish, after, PAGE), took)

    def _count(self) -> None:
        places = self.state.places
        taken_in, held = places[TAKEN_IN].code, places[HELD].code

        def took(counts: list[CaseCount]) -> None:
            if places == self.state.places:
                self._show(totals=_together(counts))

        self._look(lambda cases: cases.case_counts(taken_in, held, LEVELS[0]), took)

    def _took_desks(self, desks: list[CentreDesk]) -> None:
        self._desks = {desk.code: desk for desk in desks}

    def _suggest(self, text: str) -> tuple[str, ...]:
        words = text.split()
        if not words:
            return ()
        divisions = [f"{one.full_name} {one.code}" for one in self._around.counter.divisions.suggest(text, SUGGESTIONS)]
        named = (f"{desk_name(desk)} {desk.code}" for desk in self._desks.values())
        found = (*divisions, *(one for one in named if all(word in one for word in words)))[:SUGGESTIONS]
        self._codes |= {one: one.rpartition(" ")[2] for one in found}
        return found

    def _called(self, code: str) -> str:
        desk = self._desks.get(code)
        return desk_name(desk) if desk else self._around.counter.divisions.full_name(code) or code

    def _look(self, look: Callable[[CentreCases], T], done: Callable[[T], None]) -> None:
        self._around.work.look(look, done)

    def _show(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self._view.render(self.state)


def _together(counts: list[CaseCount]) -> CaseCount:
    states: Counter[str] = Counter()
    for one in counts:
        states.update(one.states)
    return CaseCount("", dict(states), sum(one.overdue for one in counts), sum(one.untaken for one in counts))


def _no_supervisor() -> str:
    return _("这个账号不在 lideng_supervisor 组里，看不到办件。请用督办员的账号登录。")
