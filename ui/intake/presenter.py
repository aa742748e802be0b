"""Decides what the intake shows: fields, remarks, materials, the paper as it will print, and when it can be accepted.

Qt-free. Every change is kept in a draft: the view asks for ``save_now`` shortly after the last key.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from app.domain.application import Application, Collection, HandedIn, Page
from app.domain.catalogue import FieldKind, Material, ServiceItem
from app.domain.people import Person, tidy_id_number
from app.domain.problem import Problem
from app.services.counter import Counter
from app.services.errors import MissingGlyphs
from app.services.intake import Accepted
from app.services.ports import Draft, Handle, Picture, Runner
from app.services.snapshots import KnownPerson
from ui.navigation import Navigator, Session
from ui.text import _, clock_time, sentence

THUMBNAIL_PX = 120
ZOOM_PX = 1000
SHORTEST_NAME = 1
SHORTEST_ID = 4
_LOOSE_DATE = re.compile(r"(\d{4})\D?(\d{1,2})\D?(\d{1,2})\D?")


@dataclass(frozen=True, slots=True)
class IntakeState:
    """What the intake shows; remarks stand beside fields that were left, or everywhere once acceptance was tried."""

    item: ServiceItem
    draft: Draft
    problems: tuple[Problem, ...] = ()
    visited: frozenset[str] = frozenset()
    has_tried: bool = False
    saved: str = ""
    save_error: str = ""
    is_busy: bool = False
    people: tuple[KnownPerson, ...] = ()
    earlier_cases: int = 0
    birth: str = ""
    sex_of: Person | None = None
    paper: Picture | None = None
    paper_page: int = 0
    paper_words: str = ""
    thumbnails: Mapping[Page, bytes] = field(default_factory=dict)
    busy_material: str = ""
    zoomed: bytes = b""

    @property
    def application(self) -> Application:
        """Return what was typed so far."""
        return self.draft.application

    def shows(self, problem: Problem) -> bool:
        """Tell whether the remark stands beside its field already."""
        return self.has_tried or (problem.place in self.visited and problem.code != "missing")


class IntakeView(Protocol):
    """The screen of the intake."""

    def render(self, state: IntakeState) -> None:
        """Show ``state``; another item or draft builds the fields anew."""
        ...

    def focus_place(self, place: str) -> None:
        """Put the cursor where ``place`` is."""
        ...

    def save_soon(self) -> None:
        """Ask for ``save_now`` and ``draw_paper`` a moment after the last key."""
        ...

    @property
    def paper_width_px(self) -> int:
        """Return how wide the picture of the paper should be."""
        ...


class PageSource(Protocol):
    """Where page files come from: a dialog or the clipboard."""

    def choose_pages(self) -> list[bytes]:
        """Return the contents of chosen files."""
        ...

    def pasted_pages(self) -> list[bytes]:
        """Return what is on the clipboard."""
        ...


class IntakePresenter:
    """Leads from an item to an accepted case."""

    def __init__(
        self,
        counter: Counter,
        session: Session,
        runner: Runner,
        navigator: Navigator,
        view: IntakeView,
        pages: PageSource,
    ) -> None:
        self._counter = counter
        self._session = session
        self._runner = runner
        self._navigator = navigator
        self._view = view
        self._source = pages
        self._state: IntakeState | None = None
        self._unsaved = False
        self._drawing: Handle | None = None
        self._looking: Handle | None = None
        self._undone: Draft | None = None

    # --- beginning and leaving ---------------------------------------------------------------------------------

    def begin(self, code: str) -> None:
        """Start a new draft of the catalogue item ``code``."""
        item = self._counter.catalogue.item(code)
        self._take(item, self._counter.intake.begin(item, self._session.clerk))

    def resume(self, draft_id: str) -> None:
        """Go on with a saved draft."""
        draft, item = self._counter.intake.resume(draft_id)
        self._take(item, draft)
        self._load_thumbnails()

    def leave(self) -> None:
        """Close the zoomed page, else save and go back."""
        if self._state and self._state.zoomed:
            self._show(zoomed=b"")
            return
        self.save_now()
        if not self._unsaved:
            self._navigator.back()

    def discard(self) -> None:
        """Throw the draft away; a short message offers to undo."""
        state = self._now()
        self._unsaved = False
        self._counter.intake.discard(state.draft)
        self._undone = state.draft
        self._navigator.back()
        self._navigator.notify(_("草稿已丢弃"), _("撤销"), self._bring_back)

    def save_now(self) -> None:
        """Save the draft if anything was typed since; a failure is shown and keeps everything on the screen."""
        if self._state is None or not self._unsaved:
            return
        try:
            saved = self._counter.intake.save(self._state.draft)
        except Exception as error:  # noqa: BLE001  every failure is told; the text stays
            self._show(save_error=sentence(error).text)
            return
        self._unsaved = False
        self._show(draft=saved, saved=_("草稿已存 %(time)s") % {"time": clock_time(saved.saved_at)}, save_error="")

    # --- typing ------------------------------------------------------------------------------------------------

    def edit(self, place: str, value: str) -> None:
        """Take note of one field."""
        self._change(_with_value(self._now().application, place, value))
        if place in {"applicant.name", "applicant.id_number"}:
            self._look_for_person(place, value)

    def leave_field(self, place: str) -> None:
        """Tidy a field that the cursor has left, and show the remark on it."""
        if self._state is None:
            return  # the cursor leaves the last field after the case was accepted
        if place.startswith("form."):
            self._tidy_date(place)
        self._show(visited=self._state.visited | {place}, people=())

    def give_reason(self, place: str, reason: str) -> None:
        """Pass a warning with a reason."""
        application = self._now().application
        self._change(replace(application, reasons={**application.reasons, place: reason}))

    def take_person(self, index: int) -> None:
        """Fill in somebody who was here before."""
        people = self._now().people
        if index >= len(people):
            return
        known = people[index]
        self._change(replace(self._now().application, applicant=known.person))
        self._show(people=(), earlier_cases=known.cases)
        self._view.focus_place(self._first_open_place())

    def address_suggestions(self, typed: str) -> list[str]:
        """Return divisions that fit what was typed of an address."""
        return [division.full_name for division in self._counter.divisions.suggest(typed)]

    # --- materials ---------------------------------------------------------------------------------------------

    def set_count(self, material: str, originals: int, copies: int) -> None:
        """Say how many originals and copies of a material were handed in."""
        before = self._handed_in(material)
        self._put(material, replace(before, originals=max(0, originals), copies=max(0, copies)))

    def toggle(self, material: str) -> None:
        """Mark a material as handed in just as it is asked for, or as not there."""
        asked = self._material(material)
        before = self._handed_in(material)
        if before.originals or before.copies:
            self._put(material, replace(before, originals=0, copies=0))
        else:
            self._put(
                material, replace(before, originals=asked.originals or int(not asked.copies), copies=asked.copies)
            )

    def choose_pages(self, material: str) -> None:
        """Add pages of files that the clerk chooses."""
        self._attach(material, self._source.choose_pages)

    def paste_pages(self, material: str) -> None:
        """Add what is on the clipboard."""
        self._attach(material, self._source.pasted_pages)

    def drop_pages(self, material: str, read: Callable[[], list[bytes]]) -> None:
        """Add what was dropped on a material."""
        self._attach(material, read)

    def turn_page(self, material: str, index: int) -> None:
        """Turn a page by 90° clockwise."""
        pages = list(self._handed_in(material).pages)
        pages[index] = pages[index].turned()
        self._put_pages(material, pages)

    def move_page(self, material: str, index: int, step: int) -> None:
        """Move a page to the left or right."""
        pages = list(self._handed_in(material).pages)
        target = index + step
        if 0 <= target < len(pages):
            pages[index], pages[target] = pages[target], pages[index]
            self._put_pages(material, pages)

    def remove_page(self, material: str, index: int) -> None:
        """Remove a page; a short message offers to undo."""
        draft_id, before = self._now().draft.draft_id, list(self._handed_in(material).pages)
        self._put_pages(material, before[:index] + before[index + 1 :])
        self._navigator.notify(_("已删除 1 页"), _("撤销"), lambda: self._put_back(draft_id, material, before))

    def _put_back(self, draft_id: str, material: str, pages: list[Page]) -> None:
        """Bring removed pages back, unless another draft is open by now."""
        if self._state is not None and self._state.draft.draft_id == draft_id:
            self._put_pages(material, pages)

    def zoom(self, material: str, index: int) -> None:
        """Show a page large."""
        page = self._handed_in(material).pages[index]
        self._runner.run(
            lambda: self._counter.intake.page_picture(page, ZOOM_PX),
            lambda picture: self._show(zoomed=picture),
            self._navigator.report,
        )

    # --- the paper and acceptance ------------------------------------------------------------------------------

    def draw_paper(self) -> None:
        """Draw the receipt as it would print now, in place of an older drawing; not while the window is locked."""
        if self._state is None or self._session.operator is None:
            return
        state = self._state
        if self._drawing:
            self._drawing.cancel()
        width_px, page = self._view.paper_width_px, state.paper_page
        paper = self._counter.intake.preview(state.draft, state.item, self._session.clerk)
        self._drawing = self._runner.run(
            lambda: self._counter.papers.preview(paper, page, width_px),
            lambda picture: self._show(paper=picture, paper_words=""),
            self._paper_failed,
        )

    def turn_paper(self, step: int) -> None:
        """Show the next or previous page of the paper."""
        state = self._now()
        pages = state.paper.pages if state.paper else 1
        page = min(max(state.paper_page + step, 0), pages - 1)
        if page != state.paper_page:
            self._show(paper_page=page)
            self.draw_paper()

    def accept(self) -> None:
        """Accept the case when nothing stands in the way; otherwise lead to the first thing that does."""
        state = self._now()
        if state.is_busy:
            return
        if state.problems:
            self._show(has_tried=True)
            self._view.focus_place(state.problems[0].place)
            return
        self._unsaved = True
        self.save_now()
        if self._unsaved:
            return
        clerk, draft, item = self._session.clerk, self._now().draft, state.item
        self._show(is_busy=True)
        self._runner.run(lambda: self._counter.intake.accept(draft, item, clerk), self._accepted, self._not_accepted)

    def jump(self, place: str = "") -> None:
        """Lead to ``place``, or to the first thing that stands in the way."""
        problems = self._now().problems
        if place or problems:
            self._show(has_tried=True)
            self._view.focus_place(place or problems[0].place)

    @property
    def page_count(self) -> int:
        """Return how many pages are attached."""
        return sum(len(handed_in.pages) for handed_in in self._now().application.materials.values())

    @property
    def has_paper(self) -> bool:
        """Tell whether the receipt has been drawn."""
        return self._now().paper is not None

    # --- inside ------------------------------------------------------------------------------------------------

    def _take(self, item: ServiceItem, draft: Draft) -> None:
        self.save_now()
        self._unsaved = False
        self._state = IntakeState(item, draft, self._counter.intake.check(draft, item))
        self._view.render(self._state)
        self.draw_paper()

    def _bring_back(self) -> None:
        if self._undone:
            self._counter.intake.save(self._undone)
            self._navigator.open_draft(self._undone.draft_id)

    def _change(self, application: Application) -> None:
        state = self._now()
        self._unsaved = True
        draft = replace(state.draft, application=application)
        person = application.tidied().applicant
        born = person.birth_date
        self._show(
            draft=draft,
            problems=self._counter.intake.check(draft, state.item),
            birth=born.isoformat() if born else "",
            sex_of=person,
        )
        self._view.save_soon()

    def _look_for_person(self, place: str, value: str) -> None:
        if self._looking:
            self._looking.cancel()
        typed = tidy_id_number(value) if place == "applicant.id_number" else value.strip()
        if len(typed) < (SHORTEST_ID if place == "applicant.id_number" else SHORTEST_NAME):
            self._show(people=())
            return
        self._looking = self._runner.run(
            lambda: tuple(self._counter.desk.find_people(typed)),
            lambda people: self._show(people=_unlike(people, self._now().application.applicant)),
            self._navigator.report,
        )

    def _tidy_date(self, place: str) -> None:
        state = self._now()
        code = place.removeprefix("form.")
        entry = next((entry for entry in state.item.form if entry.code == code), None)
        if entry is None:
            return  # the field was one of a draft that has been left
        typed = state.application.form.get(code, "")
        tidy = tidy_date(typed) if entry.kind is FieldKind.DATE else typed
        if tidy != typed:
            self._change(_with_value(state.application, place, tidy))

    def _material(self, code: str) -> Material:
        return self._now().item.material(code)

    def _handed_in(self, code: str) -> HandedIn:
        return self._now().application.handed_in(self._material(code))

    def _put(self, code: str, handed_in: HandedIn) -> None:
        application = self._now().application
        self._change(replace(application, materials={**application.materials, code: handed_in}))

    def _put_pages(self, code: str, pages: list[Page]) -> None:
        self._put(code, replace(self._handed_in(code), pages=tuple(pages)))
        self._load_thumbnails()

    def _attach(self, material: str, read: Callable[[], list[bytes]]) -> None:
        try:
            files = read()
        except Exception as error:  # noqa: BLE001  every failure is told; nothing was taken in
            self._navigator.report(error)
            return
        if not files or self._now().busy_material:
            return
        draft = self._now().draft
        self.save_now()
        self._show(busy_material=material)
        self._runner.run(
            lambda: self._read_in(draft, material, files),
            lambda fresh: self._attached(draft.draft_id, material, fresh),
            self._not_attached,
        )

    def _read_in(self, draft: Draft, material: str, files: list[bytes]) -> tuple[Page, ...]:
        before = draft.application.materials.get(material, HandedIn()).pages
        for data in files:
            draft = self._counter.intake.attach(draft, material, data)
        return draft.application.materials[material].pages[len(before) :]

    def _attached(self, draft_id: str, material: str, fresh: tuple[Page, ...]) -> None:
        """Show the new pages; a draft that was left meanwhile has them in the store already."""
        if self._state is None or self._state.draft.draft_id != draft_id:
            return
        self._show(busy_material="")
        self._put_pages(material, [*self._handed_in(material).pages, *fresh])

    def _not_attached(self, error: Exception) -> None:
        self._show(busy_material="")
        self._navigator.report(error)

    def _load_thumbnails(self) -> None:
        state = self._now()
        pages = [page for handed_in in state.application.materials.values() for page in handed_in.pages]
        for page in pages:
            if page not in state.thumbnails:
                self._load_thumbnail(page)

    def _load_thumbnail(self, page: Page) -> None:
        self._runner.run(
            lambda: self._counter.intake.page_picture(page, THUMBNAIL_PX),
            lambda picture: self._show(thumbnails={**self._now().thumbnails, page: picture}),
            self._navigator.report,
        )

    def _paper_failed(self, error: Exception) -> None:
        if isinstance(error, MissingGlyphs):
            self._show(paper=None, paper_words=sentence(error).text)
        else:
            self._navigator.report(error)

    def _accepted(self, accepted: Accepted) -> None:
        self._unsaved = False
        self._show(is_busy=False)
        self._state = None
        self._navigator.open_issue(accepted.case.number)

    def _not_accepted(self, error: Exception) -> None:
        self._show(is_busy=False)
        self._navigator.report(error)

    def _first_open_place(self) -> str:
        problems = self._now().problems
        return problems[0].place if problems else "accept"

    def _now(self) -> IntakeState:
        if self._state is None:
            raise RuntimeError("no intake is open")
        return self._state

    def _show(self, **changes: object) -> None:
        if self._state is None:
            return
        self._state = replace(self._state, **changes)  # type: ignore[arg-type]
        self._view.render(self._state)


def tidy_date(typed: str) -> str:
    """Return a date that was typed as 20210315 or 2021.3.15 as 2021-03-15; anything else as it is."""
    match = _LOOSE_DATE.fullmatch(typed.strip())
    if not match:
        return typed
    try:
        return date(*(int(part) for part in match.groups())).isoformat()
    except ValueError:
        return typed


def _with_value(application: Application, place: str, value: str) -> Application:
    kind, _dot, name = place.partition(".")
    if kind == "applicant":
        return replace(application, applicant=replace(application.applicant, **{name: value}))
    if kind == "form":
        return replace(application, form={**application.form, name: value})
    return replace(application, collection=Collection(value))


def _unlike(people: tuple[KnownPerson, ...], typed: Person) -> tuple[KnownPerson, ...]:
    """Leave out who stands in the fields already."""
    return tuple(known for known in people if known.person != typed)
