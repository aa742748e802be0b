"""The part of the intake that shows what is known of the applicant. Qt-free.

That is an open or recent case of the same item, what was said last time, and materials that can be used again.
"""

from collections.abc import Mapping
from dataclasses import replace

from app.domain.application import Application, HandedIn
from app.domain.people import tidy_id_number
from app.services.applicants import Background
from app.services.ports import Handle
from ui.intake.sheet import Sheet
from ui.surroundings import Surroundings
from ui.text import _, ngettext

PLACE = "earlier_case"
SHORTEST = 5
"""Characters of a number from which on somebody can be known by it; the shortest passports have as many."""


class Earlier:
    """Looks the applicant up whenever the number changes."""

    def __init__(self, sheet: Sheet, around: Surroundings) -> None:
        self._sheet = sheet
        self._counter, self._runner, self._navigator = around.counter, around.runner, around.navigator
        self._looking: Handle | None = None

    def applicant_changed(self) -> None:
        """Forget what was known of somebody else, and look for what is known of whoever applies now."""
        self._forget()
        self.look()

    def look(self) -> None:
        """Look for what is known of whoever applies now."""
        if self._looking:
            self._looking.cancel()
        state = self._sheet.now()
        number = applicant_number(state.application)
        if len(number) < SHORTEST:
            return
        draft_id, item = state.draft.draft_id, state.item
        self._looking = self._runner.run(
            lambda: self._counter.applicants.background(number, item),
            lambda found: self._found(draft_id, number, found),
            self._navigator.report,
        )

    def look_again(self) -> None:
        """Look at once for a case that was made since, before another one is."""
        state = self._sheet.now()
        number = applicant_number(state.application)
        recent = self._counter.applicants.recent_case(number, state.item.code) if len(number) >= SHORTEST else None
        self._note_case(Background(recent=recent))

    # --- what was said last time -------------------------------------------------------------------------------

    def undo_proposal(self) -> None:
        """Empty the fields that hold what was said last time; a short message offers to undo."""
        state = self._sheet.now()
        if not state.proposed:
            return
        before, proposed, draft_id = state.application.form, state.proposed, state.draft.draft_id
        self._empty_proposal()
        self._navigator.notify(_("已清空上次所填"), _("撤销"), lambda: self._propose_again(draft_id, before, proposed))

    def _empty_proposal(self) -> None:
        state = self._sheet.now()
        emptied = {place.partition(".")[2]: "" for place in state.proposed}
        self._sheet.change(replace(state.application, form={**state.application.form, **emptied}), proposed=frozenset())

    def _propose_again(self, draft_id: str, form: Mapping[str, str], proposed: frozenset[str]) -> None:
        if self._sheet.is_of(draft_id):
            application = self._sheet.now().application
            again = {code: form[code] for code in form if f"form.{code}" in proposed and not application.form.get(code)}
            self._sheet.change(replace(application, form={**application.form, **again}), proposed=proposed)

    def settle(self, place: str) -> None:
        """Take what stands at ``place`` for typed."""
        state = self._sheet.now()
        if place in state.proposed:
            self._sheet.show(proposed=state.proposed - {place})

    # --- materials ---------------------------------------------------------------------------------------------

    def reuse(self) -> None:
        """Take over every earlier material that can be used again and is not there; a short message offers to undo."""
        state = self._sheet.now()
        before = state.application.materials
        taken = {code: one.taken_over() for code, one in state.reusable.items() if not state.handed_in(code).is_met}
        if not taken:
            return
        self._sheet.change(replace(state.application, materials={**before, **taken}))
        count, draft_id = len(taken), state.draft.draft_id
        words = ngettext("已沿用 %(count)d 份以前的材料", "已沿用 %(count)d 份以前的材料", count) % {"count": count}
        self._navigator.notify(words, _("撤销"), lambda: self._give_back(draft_id, taken))

    def _give_back(self, draft_id: str, taken: dict[str, HandedIn]) -> None:
        if self._sheet.is_of(draft_id):
            application = self._sheet.now().application
            left = {code: one for code, one in application.materials.items() if taken.get(code) != one}
            self._sheet.change(replace(application, materials=left))

    # --- inside ------------------------------------------------------------------------------------------------

    def _forget(self) -> None:
        """Empty what came from somebody else's last case, and what was taken over of theirs or pledged by them."""
        if self._sheet.now().proposed:
            self._empty_proposal()
        application = self._sheet.now().application
        own = {code: one for code, one in application.materials.items() if not (one.reused_from or one.is_pledged)}
        if application.earlier_case or len(own) < len(application.materials):
            self._sheet.change(replace(application, earlier_case="", materials=own))
        self._sheet.show(earlier=None, reusable={})

    def _found(self, draft_id: str, number: str, found: Background) -> None:
        if not self._sheet.is_of(draft_id) or applicant_number(self._sheet.now().application) != number:
            return
        self._note_case(found)
        self._sheet.show(reusable=found.reusable)
        self._propose(found)

    def _note_case(self, found: Background) -> None:
        application = self._sheet.now().application
        number = found.recent.number if found.recent else ""
        if application.earlier_case != number:
            reasons = {place: reason for place, reason in application.reasons.items() if place != PLACE}
            self._sheet.change(replace(application, earlier_case=number, reasons=reasons))
        self._sheet.show(earlier=found.recent)

    def _propose(self, found: Background) -> None:
        """Fill in what was said last time where nothing was typed yet."""
        application = self._sheet.now().application
        fresh = {code: value for code, value in found.form.items() if not application.form.get(code)}
        if fresh:
            proposed = frozenset(f"form.{code}" for code in fresh)
            self._sheet.change(replace(application, form={**application.form, **fresh}), proposed=proposed)


def applicant_number(application: Application) -> str:
    """Return the number by which whoever applies is known: the organisation's code, or that of the document."""
    organisation = application.organisation
    return tidy_id_number(organisation.uscc if organisation else application.applicant.id_number)
