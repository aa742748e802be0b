"""Mixed papers that were scanned in one go and belong to cases which wait for some: sorted by case and material.

The stack is kept like a half-filled form, so neither the program's end nor a crash loses a page. What its separators name
goes into the form with which that case takes papers in (收补正材料, 收容缺材料), where the clerk finishes the act; everything
else stays in the stack and is told with the reason. Which separator says what is decided in ``page_sorting``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import partial

from app.domain.application import HandedIn, Page, TakenHow
from app.domain.case import OPEN, Case
from app.domain.numbering import is_case_number
from app.domain.plain import to_plain
from app.domain.separators import CaseSeparator, MaterialSeparator
from app.services.errors import NotFound
from app.services.kept_pages import PagePlace, change_handed_in, handed_of
from app.services.page_sorting import Pile, piles_of
from app.services.ports import FormDraft, Store, UnitOfWork
from app.services.recording import Recorder, load_case, load_item
from app.services.snapshots import CaseFilter, CaseScope

STACK, STACK_FORM = "stack", "StackForm"
COMING = "coming"
"""Where pages of the stack come in; what is left of them gets a line of its own."""
SUPPLEMENT_FORM, FOLLOWING_FORM = "TakeInSupplementForm", "TakeInFollowingForm"
"""Names of the forms with which a case takes papers in."""
MATERIALS = "materials."
MOST_OFFERED = 50
"""Cases that are offered for papers without a separator."""


class Why(StrEnum):
    """Why papers could not be sorted."""

    NO_SHEET = "no_sheet"
    """No case's separator lies before them."""
    NO_CASE = "no_case"
    """The case is not known here."""
    ELSEWHERE = "elsewhere"
    """The case is in the hands of another station."""
    WAITS_FOR_NONE = "waits_for_none"
    """The case takes no papers now."""
    NOT_ASKED = "not_asked"
    """The case waits for others."""
    WHICH = "which"
    """The case waits for several, and no separator says which these are."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where papers can go: a material that a case waits for, in the form that takes it in."""

    number: str
    form: str
    material: str
    material_name: str
    case: Case

    @property
    def place(self) -> PagePlace:
        """Return the place of the pages."""
        return PagePlace(self.material, about=self.number, form=self.form)


@dataclass(frozen=True, slots=True)
class Left:
    """Papers that are yet to be sorted, under one line of the stack."""

    line: str
    number: str
    """Of the case that they belong to, empty where nothing says it."""
    why: Why
    count: int
    targets: tuple[Target, ...]
    """Where the clerk may put them."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Papers that went to a case."""

    place: PagePlace
    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class StackSorted:
    """What sorting did; ``StackService.undo`` takes it back."""

    moved: tuple[Moved, ...]
    before: Mapping[str, HandedIn]

    @property
    def count(self) -> int:
        """Return how many pages went to cases."""
        return sum(len(moved.pages) for moved in self.moved)

    @property
    def numbers(self) -> tuple[str, ...]:
        """Return the numbers of the cases that got some."""
        return tuple(dict.fromkeys(moved.place.about for moved in self.moved))


class StackService:
    """One stack for the counter; a window scans into its place like into any form's."""

    def __init__(self, store: Store, recorder: Recorder, station: str) -> None:
        self._store = store
        self._recorder = recorder
        self._station = station

    def count(self) -> int:
        """Return how many pages are yet to be sorted."""
        with self._store.read() as uow:
            return sum(len(handed_in.pages) for handed_in in _lines(uow).values())

    def left(self) -> tuple[Left, ...]:
        """Return what is yet to be sorted, why, and where the clerk may put it."""
        with self._store.read() as uow:
            lines = {line: handed_in for line, handed_in in _lines(uow).items() if handed_in.pages}
        if not lines:
            return ()
        offered = self._offered()
        with self._store.read() as uow:
            return tuple(self._told(uow, line, one.pages, offered) for line, one in lines.items() if line != COMING)

    def sort(self) -> StackSorted:
        """Let everything that a separator names go where it belongs, in one commit."""
        with self._store.write() as uow:
            before = _lines(uow)
            left: dict[str, HandedIn] = {}
            moved: list[Moved] = []
            for line, handed_in in before.items():
                for segment in _segments(handed_in.pages):
                    self._sort_segment(uow, segment, left, moved, may_wait=line == COMING)
            self._keep(uow, left)
            self._hand_out(uow, moved)
            uow.commit()
        return StackSorted(tuple(moved), before)

    def place(self, chosen: Mapping[str, Target]) -> StackSorted:
        """Put the papers of some lines where the clerk says; NotFound when a case does not wait for them any more."""
        with self._store.write() as uow:
            before = _lines(uow)
            moved: list[Moved] = []
            for line, target in chosen.items():
                if line in before:
                    if target.form != self._wanted(load_case(uow, target.number)).get(target.material):
                        raise NotFound("case")
                    pages = [page for pile in piles_of(before[line].pages) for page in pile.pages]
                    moved.append(Moved(target.place, tuple(pages)))
            self._keep(uow, {line: one for line, one in before.items() if line not in chosen})
            self._hand_out(uow, moved)
            uow.commit()
        return StackSorted(tuple(moved), before)

    def undo(self, done: StackSorted) -> tuple[Moved, ...]:
        """Bring papers that are still in a case's form back into the stack; return what left which form.

        Their separators are pages like others from then on: they would sort everything again.
        """
        with self._store.write() as uow:
            back = [Moved(moved.place, _taken_out(uow, moved, self._recorder.now())) for moved in done.moved]
            taken = {page.identity: page for moved in back for page in moved.pages}
            now = _lines(uow)
            there = {page.identity for one in now.values() for page in one.pages}
            went = {page.identity for moved in done.moved for page in moved.pages}
            for one in done.before.values():
                pages = [
                    replace(taken.get(page.identity, page), codes=())
                    for page in one.pages
                    if page.identity in taken or page.identity not in went | there
                ]
                if any(page.identity in taken for page in pages):
                    now = _with_line(now, pages)
            self._keep(uow, now)
            uow.commit()
        return tuple(moved for moved in back if moved.pages)

    def put_aside(self, place: PagePlace, pages: Sequence[Page]) -> None:
        """Move pages that belong to other cases from where they were scanned into the stack, in one commit."""
        now = self._recorder.now()
        with self._store.write() as uow:
            lay_aside(uow, _taken_out(uow, Moved(place, tuple(pages)), now), now)
            uow.commit()

    def take_back(self, place: PagePlace, pages: Sequence[Page]) -> tuple[Page, ...]:
        """Move those of ``pages`` that are still in the stack back, in one commit, and return them."""
        now = self._recorder.now()
        with self._store.write() as uow:
            lines = _lines(uow)
            moved = [Moved(PagePlace(line, about=STACK, form=STACK_FORM), tuple(pages)) for line in lines]
            taken = tuple(page for one in moved for page in _taken_out(uow, one, now))
            change_handed_in(uow, place, lambda there: _with(there, taken), now)
            uow.commit()
        return taken

    # --- inside ------------------------------------------------------------------------------------------------

    def _sort_segment(
        self, uow: UnitOfWork, piles: Sequence[Pile], left: dict[str, HandedIn], moved: list[Moved], *, may_wait: bool
    ) -> None:
        """Sort what lies behind one case's sheet; the sheet stays with what is left."""
        if may_wait and not any(pile.pages for pile in piles):
            if sheets := [page for pile in piles for page in pile.sheets]:
                left[COMING] = HandedIn(pages=tuple(sheets), how=TakenHow.SCAN)  # nothing is behind it yet
            return
        stay: list[Page] = []
        for pile in (one for one in piles if one.pages):
            target = self._target(uow, pile)
            if isinstance(target, Why):
                stay += (*pile.sheets, *pile.pages)
            else:
                moved.append(Moved(target.place, tuple(pile.pages)))
        head = piles[0].sheets if isinstance(piles[0].separator, CaseSeparator) else []
        if stay:
            pages = stay if stay[: len(head)] == head else [*head, *stay]
            left[pages[0].identity] = HandedIn(pages=tuple(pages), how=TakenHow.SCAN)

    def _target(self, uow: UnitOfWork, pile: Pile) -> Target | Why:
        """Return where a pile belongs, or why nobody knows."""
        if not is_case_number(pile.case):
            return Why.NO_SHEET
        try:
            case = load_case(uow, pile.case)
        except NotFound:
            return Why.NO_CASE
        if case.holder != self._station:
            return Why.ELSEWHERE
        wanted = self._wanted(case)
        if not wanted:
            return Why.WAITS_FOR_NONE
        if isinstance(pile.separator, MaterialSeparator):
            material = pile.separator.material
            if pile.separator.item != case.item or material not in wanted:
                return Why.NOT_ASKED
        elif len(wanted) > 1:
            return Why.WHICH
        else:
            material = next(iter(wanted))
        return self._as_target(uow, case, material, wanted[material])

    def _wanted(self, case: Case) -> dict[str, str]:
        """Return the materials that a case waits for here, each with the form that takes it in."""
        if case.holder != self._station:
            return {}
        owed = dict.fromkeys(case.owed, FOLLOWING_FORM) if case.state in OPEN else {}
        asked = [defect.place.removeprefix(MATERIALS) for defect in case.defects if defect.place.startswith(MATERIALS)]
        return owed | (dict.fromkeys(asked, SUPPLEMENT_FORM) if case.awaits_supplement else {})

    def _as_target(self, uow: UnitOfWork, case: Case, material: str, form: str) -> Target:
        return Target(case.number, form, material, load_item(uow, case).material(material).name, case)

    def _targets_of(self, uow: UnitOfWork, case: Case) -> tuple[Target, ...]:
        return tuple(self._as_target(uow, case, material, form) for material, form in self._wanted(case).items())

    def _offered(self) -> tuple[Target, ...]:
        """Return where papers may go that no separator says anything of: to the cases that wait for some, newest first."""
        numbers: dict[str, None] = {}
        for scope in (CaseScope.RECEIVED, CaseScope.OWED):
            wanted = CaseFilter(scope, now=self._recorder.now())
            numbers |= dict.fromkeys(row.number for row in self._store.views.cases(wanted, 0, MOST_OFFERED))
        with self._store.read() as uow:
            return tuple(target for number in numbers for target in self._targets_of(uow, load_case(uow, number)))

    def _told(self, uow: UnitOfWork, line: str, pages: Sequence[Page], offered: Sequence[Target]) -> Left:
        piles = [pile for pile in piles_of(pages) if pile.pages]
        pile = piles[0] if piles else Pile()
        why = self._target(uow, pile)
        if not isinstance(why, Why):
            why = Why.WHICH  # the case waits for it since: it goes at the next sorting
        known = why in {Why.WHICH, Why.NOT_ASKED}
        targets = self._targets_of(uow, load_case(uow, pile.case)) if known else tuple(offered)
        number = pile.case if is_case_number(pile.case) else ""
        return Left(line, number, why, sum(len(one.pages) for one in piles), targets)

    def _keep(self, uow: UnitOfWork, lines: Mapping[str, HandedIn]) -> None:
        _keep_lines(uow, lines, self._recorder.now())

    def _hand_out(self, uow: UnitOfWork, moved: Iterable[Moved]) -> None:
        for one in moved:
            if uow.form_drafts.get(one.place.about, one.place.form) is None:
                uow.form_drafts.save(FormDraft(one.place.about, one.place.form, {"handed": {}}, self._recorder.now()))
            change_handed_in(uow, one.place, partial(_with, pages=one.pages), self._recorder.now())


def lay_aside(uow: UnitOfWork, pages: Sequence[Page], now: datetime) -> None:
    """Put pages into the stack that would be lost otherwise, as a line of their own."""
    if pages:
        _keep_lines(uow, _with_line(_lines(uow), pages), now)


def _lines(uow: UnitOfWork) -> dict[str, HandedIn]:
    kept = uow.form_drafts.get(STACK, STACK_FORM)
    return handed_of(kept.filled) if kept else {}


def _keep_lines(uow: UnitOfWork, lines: Mapping[str, HandedIn], now: datetime) -> None:
    """Keep the stack, also when nothing is left in it: a window that has it open goes by what is kept."""
    uow.form_drafts.save(FormDraft(STACK, STACK_FORM, {"handed": to_plain(dict(lines))}, now))


def _segments(pages: Sequence[Page]) -> list[list[Pile]]:
    """Return the piles of a stack by case: each behind one case's sheet, and what lies before the first."""
    segments: list[list[Pile]] = []
    for pile in piles_of(pages):
        if isinstance(pile.separator, CaseSeparator) or not segments:
            segments.append([])
        segments[-1].append(pile)
    return segments


def _with_line(lines: Mapping[str, HandedIn], pages: Sequence[Page]) -> dict[str, HandedIn]:
    """Return the stack with a line more, which is called after its first page."""
    line = pages[0].identity
    return {**lines, line: _with(lines.get(line, HandedIn()), pages)}


def _with(there: HandedIn, pages: Sequence[Page]) -> HandedIn:
    return replace(there, pages=(*there.pages, *pages), how=TakenHow.SCAN)


def _taken_out(uow: UnitOfWork, moved: Moved, now: datetime) -> tuple[Page, ...]:
    """Take pages out of a form and return those that were still there; a form that they alone had begun goes."""
    taken: list[Page] = []
    wanted = {page.identity for page in moved.pages}

    def without(there: HandedIn) -> HandedIn:
        taken.extend(page for page in there.pages if page.identity in wanted)
        return replace(there, pages=tuple(page for page in there.pages if page.identity not in wanted)).still_checked()

    try:
        change_handed_in(uow, moved.place, without, now)
    except NotFound:
        return ()
    kept = uow.form_drafts.get(moved.place.about, moved.place.form) if moved.place.about not in {"", STACK} else None
    if kept and not any(one.is_there for one in handed_of(kept.filled).values()) and set(kept.filled) == {"handed"}:
        uow.form_drafts.discard(moved.place.about, moved.place.form)
    return tuple(taken)
