"""Decides what the intake shows and when a case can be accepted; the parts beside this file do the rest. Qt-free.

Every change is kept in a draft: the view asks for ``save_now`` shortly after the last key.
"""

from dataclasses import replace

from app.domain.catalogue import FieldKind, ServiceItem
from app.services.errors import NotFound
from app.services.intake import Accepted
from app.services.ports import Draft
from ui.dates import clock_time
from ui.intake.attachments import Attachments
from ui.intake.checklist import Checklist
from ui.intake.collecting import Collecting
from ui.intake.earlier import Earlier
from ui.intake.forms_to_sign import FormsToSign
from ui.intake.laid_card import LaidCard
from ui.intake.open_drafts import Bookmark, OpenDrafts
from ui.intake.parties import Parties
from ui.intake.places import tidy_date, with_value
from ui.intake.practice import waits_for_scan
from ui.intake.proposals import Proposals
from ui.intake.receipt import Receipt
from ui.intake.sheet import Sheet
from ui.intake.state import IntakeState, IntakeView, PageSource
from ui.intake.ways_out import WaysOut
from ui.scanning import Scans
from ui.sentences import sentence
from ui.surroundings import Surroundings
from ui.text import _


class IntakePresenter:
    """Leads from an item to an accepted case."""

    def __init__(self, around: Surroundings, view: IntakeView, pages: PageSource, scans: Scans) -> None:
        self._counter, self._session = around.counter, around.session
        self._runner, self._navigator = around.runner, around.navigator
        self._view = view
        self._sheet = Sheet(around.counter, view)
        self._open = OpenDrafts()
        self._undone: Draft | None = None
        self._jumped_to = ""
        self.receipt = Receipt(self._sheet, around, view)
        self.collecting = Collecting(self._sheet, around, view)
        self.earlier = Earlier(self._sheet, around)
        self.parties = Parties(self._sheet, around, view, self.earlier.applicant_changed)
        self.laid_card = LaidCard(self._sheet, around, view, self.parties)
        self.proposals = Proposals(self._sheet, around, view, pages, self.parties)
        self.checklist = Checklist(self._sheet, around.counter, around.navigator)
        self.forms = FormsToSign(self._sheet, around, view, pages, self.checklist)
        self.attachments = Attachments(
            self._sheet,
            around,
            pages,
            scans,
            self.save_now,
            self._is_in_use,
            self.proposals.read,
        )
        self.ways_out = WaysOut(
            self._sheet,
            around,
            view,
            pages,
            scans,
            self.save_now,
            self.attachments.when_clean,
            self._accepted,
        )

    # --- beginning and leaving ---------------------------------------------------------------------------------

    def begin(self, code: str) -> None:
        """Start a new draft of the catalogue item ``code``."""
        item = self._counter.catalogue.item(code)
        draft = self._counter.intake.begin(item, self._session.clerk)
        self._take(item, draft, is_practice=self._session.practising)
        self.attachments.look_afresh()
        self.collecting.load()

    def resume(self, draft_id: str, place: str = "") -> None:
        """Go on with a saved draft, where the cursor was; after a crash only ``place`` tells where."""
        if self._sheet.is_of(draft_id):
            self.save_now()
        draft, item = self._counter.intake.resume(draft_id)
        mark = self._open.mark(draft_id)
        self._take(item, draft, mark or Bookmark(draft_id, item.name, place=place), is_kept=True)
        self._note_open()
        self.collecting.load()
        self.attachments.look_afresh()
        self.attachments.load_thumbnails()
        self.earlier.look()

    def switch(self, step: int) -> None:
        """Go to the draft that is open beside this one."""
        self.switch_to(self._open.beside(self._sheet.now().draft.draft_id, step))

    def switch_to(self, draft_id: str) -> None:
        """Go to an open draft; one that was finished elsewhere leaves the strip."""
        if self._sheet.is_of(draft_id):
            return
        self.save_now()
        if self._sheet.unsaved:
            return
        try:
            self.resume(draft_id)
        except NotFound as error:
            self._open.forget(draft_id)
            self._sheet.show(open_drafts=self._open.strip(self._sheet.now()))
            self._navigator.report(error)

    def leave(self) -> None:
        """Close the zoomed page or what was read of a paper, else save and go back."""
        if self._sheet.is_open and self.attachments.close_zoom():
            return
        if self._sheet.is_open and self.ways_out.close_form():
            self.attachments.look_at_scans()
            return
        if self.proposals.close():
            return
        self.save_now()
        if not self._sheet.unsaved:
            self._bookmark()
            self._navigator.back()

    def discard(self) -> None:
        """Throw the draft away; a short message offers to undo."""
        if self.attachments.is_scanning_here():
            self.attachments.stop_scan()
        state = self._sheet.now()
        try:
            self._counter.intake.discard(state.draft)
        except Exception as error:  # noqa: BLE001  told; what was typed stays
            self._navigator.report(error)
            return
        self._sheet.unsaved = False
        self._open.forget(state.draft.draft_id)
        if state.is_practice:
            self._navigator.back()
            return
        self._undone = state.draft
        self._navigator.back()
        self._navigator.notify(_("草稿已丢弃"), _("撤销"), self._bring_back)

    def end_practice(self) -> None:
        """Let a practice draft go; nothing of it was kept."""
        if self._sheet.is_open and self._sheet.now().is_practice:
            self._open.forget(self._sheet.now().draft.draft_id)
            self._sheet.put_away()

    def save_now(self) -> None:
        """Save the draft if anything was typed since; a failure is shown and keeps everything on the screen.

        Not while a case is being made of it: the draft, which is gone then, would come back.
        """
        if not self._sheet.is_open or not self._sheet.unsaved or self._is_becoming_a_case:
            return
        if self._sheet.now().is_practice:
            self._sheet.unsaved = False
            self._sheet.show(saved=_("练习，不保存"))
            return
        try:
            saved = self._counter.intake.save(self._sheet.now().draft, self._sheet.seen)
            self._note_open()
        except Exception as error:  # noqa: BLE001  every failure is told; the text stays
            self._sheet.show(save_error=sentence(error).text, saved="")
            return
        self._sheet.unsaved = False
        words = _("草稿已存 %(time)s") % {"time": clock_time(saved.saved_at)}
        has_more = saved.application != self._sheet.now().application
        strip = self._open.strip(self._sheet.now())
        self._sheet.show(draft=saved, is_kept=True, saved=words, save_error="", open_drafts=strip)
        if has_more:  # pages came in beside what was typed
            self._sheet.lay(self._sheet.now())
            self.attachments.load_thumbnails()

    # --- typing ------------------------------------------------------------------------------------------------

    def edit(self, place: str, value: str) -> None:
        """Take note of one field."""
        if place.endswith(".stated_birth_date"):
            self.parties.edit_date(place, value)
            return
        application = with_value(self._sheet.now().application, place, value)
        self._sheet.change(self.collecting.understood(application, place, value))
        self.collecting.lead_on(place, value)
        self.earlier.settle(place)
        self.parties.edited(place, value)

    def leave_field(self, place: str) -> None:
        """Tidy a field that the cursor has left, and show the remark on it."""
        if not self._sheet.is_open:
            return  # the cursor leaves the last field after the case was accepted
        self.proposals.left(place)
        if place.startswith("form."):
            self._tidy_date(place)
        if place.endswith(".stated_birth_date"):
            self.parties.leave_date(place)
        self._sheet.show(visited=self._sheet.now().visited | {place}, people=(), organisations=())

    def give_reason(self, place: str, reason: str) -> None:
        """Pass a warning with a reason; where that stands at no field, lead on to what else is in the way."""
        application = self._sheet.now().application
        self._sheet.change(replace(application, reasons={**application.reasons, place: reason}))
        if "." not in place:
            problems = self._sheet.now().problems
            self._view.focus_place(problems[0].place if problems else "")

    def address_suggestions(self, typed: str) -> list[str]:
        """Return divisions that fit what was typed of an address."""
        return [division.full_name for division in self._counter.divisions.suggest(typed)]

    def open_earlier(self) -> None:
        """Show the case that the applicant has already; the draft stays."""
        found = self._sheet.now().earlier
        if found is None:
            return
        self.save_now()
        if not self._sheet.unsaved:
            self._bookmark()
            self._navigator.open_case(found.number)

    # --- acceptance --------------------------------------------------------------------------------------------

    def accept(self) -> None:
        """Accept the case when nothing stands in the way; otherwise lead to the first thing that does."""
        if self._sheet.now().is_busy or waits_for_scan(self._sheet, self._navigator):
            return
        self.earlier.look_again()
        state = self._sheet.now()
        if state.problems:
            self._sheet.show(has_tried=True)
            self._view.focus_place(state.problems[0].place)
            return
        if state.is_practice:
            self._navigator.practised()
            return
        self.attachments.when_clean(self._accept_now)

    def jump(self, place: str = "") -> None:
        """Lead to ``place``, or to the first thing that stands in the way; asked again from there, to the next one."""
        places = [problem.place for problem in self._sheet.now().problems]
        at = self._jumped_to if self._view.current_place in {"", self._jumped_to} else ""
        if not place and places:
            place = places[(places.index(at) + 1) % len(places)] if at in places else places[0]
        if place:
            self._jumped_to = place
            self._sheet.show(has_tried=True)
            self._view.focus_place(place)

    @property
    def state(self) -> IntakeState:
        """Return what is shown."""
        return self._sheet.now()

    @property
    def takes_cards(self) -> bool:
        """Tell whether a draft lies open that whoever lays a card on the reader can be filled into."""
        return self._sheet.is_open and not (self._sheet.now().is_busy or self.ways_out.forms.is_open)

    @property
    def is_unsaved(self) -> bool:
        """Tell whether something that was typed could not be kept, so that it must not be left."""
        return self._sheet.is_open and self._sheet.unsaved

    @property
    def practice(self) -> IntakeState | None:
        """Return the practice draft that lies open, None when there is none."""
        return self._sheet.now() if self._sheet.is_open and self._sheet.now().is_practice else None

    @property
    def page_count(self) -> int:
        """Return how many pages are attached."""
        return self.attachments.count

    # --- inside ------------------------------------------------------------------------------------------------

    @property
    def _is_becoming_a_case(self) -> bool:
        forms = self.ways_out.forms
        return self._sheet.now().is_busy or (forms.is_open and forms.state.is_busy)

    def _is_in_use(self) -> bool:
        """Tell whether a form that is open, or acceptance, has taken the draft as it was then."""
        return self._sheet.now().is_busy or self.ways_out.forms.is_open

    def _take(
        self,
        item: ServiceItem,
        draft: Draft,
        mark: Bookmark | None = None,
        *,
        is_kept: bool = False,
        is_practice: bool = False,
    ) -> None:
        self.save_now()
        self._bookmark()
        self._sheet.unsaved = False
        state = IntakeState(item, draft, is_kept=is_kept, is_practice=is_practice)
        if mark:
            state = replace(state, visited=mark.visited, has_tried=mark.has_tried, proposed=mark.proposed)
        self._open.keep(state, mark.place if mark else "")
        self._sheet.lay(replace(state, open_drafts=self._open.strip(state)))
        self.ways_out.follow()
        if mark and mark.place:
            self._view.focus_place(mark.place)
        self.receipt.draw()

    def _bookmark(self) -> None:
        """Note where the clerk is in the draft that is left; nothing is left of one that was never typed into."""
        if not self._sheet.is_open:
            return
        state = self._sheet.now()
        if self._open.mark(state.draft.draft_id) is None:
            return
        if state.is_kept:
            self._open.keep(state, self._view.current_place)
        else:
            self._open.forget(state.draft.draft_id)

    def _note_open(self) -> None:
        """Remember the draft with its cursor, for after a crash."""
        state = self._sheet.now()
        if self._session.operator is not None and not state.is_practice:
            place = self._view.current_place
            self._counter.preferences.note_open(self._session.clerk.login, state.draft.draft_id, place)

    def _bring_back(self) -> None:
        if self._undone:
            self._counter.intake.save(self._undone)
            self._navigator.open_draft(self._undone.draft_id)

    def _tidy_date(self, place: str) -> None:
        state = self._sheet.now()
        code = place.removeprefix("form.")
        entry = next((entry for entry in state.item.form if entry.code == code), None)
        if entry is None:
            return  # the field was one of a draft that has been left
        typed = state.application.form.get(code, "")
        tidy = tidy_date(typed) if entry.kind is FieldKind.DATE else typed
        if tidy != typed:
            self._sheet.change(with_value(state.application, place, tidy))

    def _accept_now(self) -> None:
        self._sheet.unsaved = True
        self.save_now()
        if self._sheet.unsaved:
            return
        clerk, draft, item = self._session.clerk, self._sheet.now().draft, self._sheet.now().item
        self._sheet.show(is_busy=True)
        self._runner.run(lambda: self._counter.intake.accept(draft, item, clerk), self._accepted, self._not_accepted)

    def _accepted(self, accepted: Accepted) -> None:
        self._open.forget(self._sheet.now().draft.draft_id)
        self._sheet.put_away()
        self._navigator.open_issue(accepted.case.number)

    def _not_accepted(self, error: Exception) -> None:
        self._sheet.show(is_busy=False)
        self._view.save_soon()
        self._navigator.report(error)
