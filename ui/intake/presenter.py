"""Decides what the intake shows: fields, remarks, the paper as it will print, and when the case can be accepted.

Qt-free. Every change is kept in a draft: the view asks for ``save_now`` and ``draw_paper`` shortly after the last key.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from app.domain.application import Application, Collection
from app.domain.catalogue import FieldKind
from app.domain.operators import Operator
from app.domain.people import Person, tidy_id_number
from app.domain.problem import Problem
from app.services.counter import Counter
from app.services.errors import MissingGlyphs, NotFound
from app.services.intake import Accepted
from app.services.ports import Draft, Handle, Picture, Runner
from app.services.snapshots import KnownPerson
from ui.intake.draft import OpenDraft, value_at
from ui.intake.pages import Materials
from ui.intake.state import ACCEPT, IntakeState, IntakeView, PageSource
from ui.navigation import Navigator, Session
from ui.text import _, sentence

SHORTEST_NAME = 1
SHORTEST_ID = 4
_LOOSE_DATE = re.compile(r"(\d{4})\D?(\d{1,2})\D?(\d{1,2})\D?")
_Drawn = tuple[Picture | None, str, tuple[Problem, ...]]


class IntakePresenter:
    """Leads from an item to an accepted case; ``materials`` decides what happens on the checklist."""

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
        self._draft = OpenDraft(counter.intake, view)
        self.materials = Materials(self._draft, counter.intake, runner, navigator, pages)
        self._drawing: Handle | None = None
        self._looking: Handle | None = None
        self._jumped = ""

    # --- beginning and leaving ---------------------------------------------------------------------------------

    def begin(self, code: str) -> None:
        """Start a new draft of the catalogue item ``code``; ItemNotOpen when none can be opened."""
        item = self._counter.catalogue.item(code)
        self._draft.open(item, self._counter.intake.begin(item, self._session.clerk))
        self._opened()

    def resume(self, draft_id: str) -> None:
        """Go on with a saved draft; NotFound when it was finished elsewhere."""
        draft, item = self._counter.intake.resume(draft_id)
        self._draft.open(item, draft)
        self._opened()
        self.materials.load_thumbnails()

    def leave(self) -> None:
        """Go back one step: from a large page, from the list of people, else out of the room with the draft kept.

        When the draft cannot be kept the room stays, with the reason on top.
        """
        if not self._draft.is_open:
            self._navigator.back()
            return
        state = self._draft.state
        if state.zoomed:
            self.materials.unzoom()
        elif state.people:
            self._draft.show(people=())
        elif self._draft.save():
            self._close()
            self._navigator.back()

    def discard(self) -> None:
        """Throw the draft away; a short message offers to undo."""
        state = self._draft.state
        if state.is_busy:
            return
        try:
            self._counter.intake.discard(state.draft)
        except Exception as error:  # noqa: BLE001  told; the draft stays
            self._navigator.report(error)
            return
        self._close()
        self._navigator.back()
        self._navigator.notify(_("草稿已丢弃"), _("撤销"), lambda: self._bring_back(state.draft))

    def save_now(self) -> None:
        """Save the draft if anything was typed since; a failure is shown and keeps everything on the screen."""
        self._draft.save()

    # --- typing ------------------------------------------------------------------------------------------------

    def edit(self, place: str, value: str) -> None:
        """Take note of one field."""
        self._draft.change(_with_value(self._draft.state.application, place, value))
        self._draft.show(recalled=self._draft.state.recalled - {place})
        if place in {"applicant.name", "applicant.id_number"}:
            self._look_for_person(place, value)

    def leave_field(self, place: str) -> None:
        """Tidy a field that the cursor has left, show the remark on it, and keep it."""
        if not self._draft.is_open:
            return  # the cursor leaves the last field after the case was accepted
        if self._looking:
            self._looking.cancel()
        if place.startswith("form."):
            self._tidy_date(place)
        self._draft.show(visited=self._draft.state.visited | {place}, people=())
        self._draft.save()

    def give_reason(self, place: str, reason: str) -> None:
        """Pass a warning with a reason."""
        application = self._draft.state.application
        self._draft.change(replace(application, reasons={**application.reasons, place: reason.strip()}))

    def address_suggestions(self, typed: str) -> list[str]:
        """Return divisions that fit what was typed of an address."""
        return [division.full_name for division in self._counter.divisions.suggest(typed)]

    # --- people who were here before ---------------------------------------------------------------------------

    def choose_person(self, step: int) -> None:
        """Move the mark in the list of known people."""
        state = self._draft.state
        self._draft.show(person_chosen=min(max(state.person_chosen + step, 0), len(state.people) - 1))

    def take_person(self, index: int) -> None:
        """Fill in somebody who was here before, with what was told at the last case of the same item."""
        state = self._draft.state
        if index >= len(state.people):
            return
        known, draft_id = state.people[index], state.draft.draft_id
        self._draft.change(replace(state.application, applicant=known.person))
        self._draft.show(people=(), earlier_cases=known.cases)
        self._runner.run(
            lambda: self._counter.intake.last_form(known.person.id_number, state.item),
            lambda form: self._recall(form) if self._draft.is_still(draft_id) else None,
            self._navigator.report,
        )

    def _recall(self, form: Mapping[str, str]) -> None:
        application = self._draft.state.application
        fresh = {code: value for code, value in form.items() if not application.form.get(code)}
        if fresh:
            self._draft.change(replace(application, form={**application.form, **fresh}))
            self._draft.show(recalled=frozenset(f"form.{code}" for code in fresh))
        problems = self._draft.state.problems
        self._view.focus_place(problems[0].place if problems else ACCEPT)

    def _look_for_person(self, place: str, value: str) -> None:
        if self._looking:
            self._looking.cancel()
        typed = tidy_id_number(value) if place == "applicant.id_number" else value.strip()
        self._draft.show(people_place=place, person_chosen=-1)
        if len(typed) < (SHORTEST_ID if place == "applicant.id_number" else SHORTEST_NAME):
            self._draft.show(people=())
            return
        self._looking = self._runner.run(
            lambda: tuple(self._counter.desk.find_people(typed)), self._show_people, self._navigator.report
        )

    def _show_people(self, people: tuple[KnownPerson, ...]) -> None:
        if self._draft.is_open:
            self._draft.show(people=_unlike(people, self._draft.state.application.applicant))

    # --- the paper ---------------------------------------------------------------------------------------------

    def draw_paper(self) -> None:
        """Draw the receipt as it would print now, and look for characters without a font; an older drawing is dropped."""
        if not self._draft.is_open or self._session.operator is None:
            return  # the last key's moment comes after the case was accepted, or the window was locked
        if self._drawing:
            self._drawing.cancel()
        state, width_px, clerk = self._draft.state, self._view.paper_width_px, self._session.clerk
        self._drawing = self._runner.run(
            lambda: self._draw(state, width_px, clerk),
            lambda drawn: self._show_paper(state.draft.draft_id, *drawn),
            self._navigator.report,
        )

    def turn_paper(self, step: int) -> None:
        """Show the next or previous page of the paper."""
        state = self._draft.state
        pages = state.paper.pages if state.paper else 1
        page = min(max(state.paper_page + step, 0), pages - 1)
        if page != state.paper_page:
            self._draft.show(paper_page=page)
            self.draw_paper()

    def _draw(self, state: IntakeState, width_px: int, clerk: Operator) -> _Drawn:
        unprintable = self._counter.intake.unprintable(state.draft)
        paper = self._counter.intake.preview(state.draft, state.item, clerk)
        try:
            return self._counter.papers.preview(paper, state.paper_page, width_px), "", unprintable
        except MissingGlyphs as error:
            return None, sentence(error).text, unprintable

    def _show_paper(self, draft_id: str, picture: Picture | None, words: str, unprintable: tuple[Problem, ...]) -> None:
        if self._draft.is_still(draft_id):
            self._draft.show(paper=picture, paper_words=words)
            self._draft.show_unprintable(unprintable)

    # --- acceptance --------------------------------------------------------------------------------------------

    def accept(self) -> None:
        """Accept the case when nothing stands in the way; otherwise lead to the first thing that does."""
        state = self._draft.state
        if state.is_busy or state.busy_material:
            return
        if state.problems:
            self.jump(state.problems[0].place)
        elif self._draft.save(always=True):
            self._accept()

    def jump(self, place: str = "") -> None:
        """Lead to ``place``, or to the next thing that stands in the way after the last one."""
        self._draft.show(has_tried=True)
        place = place or self._next_place()
        if place:
            self._jumped = place
            self._view.focus_place(place)

    def _next_place(self) -> str:
        places = list(dict.fromkeys(problem.place for problem in self._draft.state.problems))
        if self._jumped in places:
            return places[(places.index(self._jumped) + 1) % len(places)]
        return places[0] if places else ""

    def _accept(self) -> None:
        clerk, state = self._session.clerk, self._draft.state
        self._draft.show(is_busy=True)
        self._runner.run(
            lambda: self._counter.intake.accept(state.draft, state.item, clerk), self._accepted, self._not_accepted
        )

    def _accepted(self, accepted: Accepted) -> None:
        self._close()
        self._navigator.open_issue(accepted.case.number)

    def _not_accepted(self, error: Exception) -> None:
        self._draft.show(is_busy=False)
        if isinstance(error, NotFound):  # finished in another window: keeping the draft would bring it back
            self._close()
            self._navigator.back()
        self._navigator.report(error)
        if isinstance(error, MissingGlyphs):
            self.draw_paper()

    # --- what others ask ---------------------------------------------------------------------------------------

    @property
    def state(self) -> IntakeState:
        """Return what the room shows."""
        return self._draft.state

    @property
    def page_count(self) -> int:
        """Return how many pages are attached."""
        return sum(len(handed_in.pages) for handed_in in self._draft.state.application.materials.values())

    @property
    def has_paper(self) -> bool:
        """Tell whether the receipt has been drawn."""
        return self._draft.state.paper is not None

    # --- inside ------------------------------------------------------------------------------------------------

    def _opened(self) -> None:
        self._jumped = ""
        self.draw_paper()

    def _close(self) -> None:
        for work in (self._drawing, self._looking):
            if work:
                work.cancel()
        self._draft.close()

    def _bring_back(self, draft: Draft) -> None:
        try:
            self._counter.intake.save(draft)
        except Exception as error:  # noqa: BLE001  told
            self._navigator.report(error)
        else:
            self._navigator.open_draft(draft.draft_id)

    def _tidy_date(self, place: str) -> None:
        state = self._draft.state
        entry = next(entry for entry in state.item.form if f"form.{entry.code}" == place)
        typed = value_at(state.application, place)
        tidy = tidy_date(typed) if entry.kind is FieldKind.DATE else typed
        if tidy != typed:
            self._draft.change(_with_value(state.application, place, tidy))


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
