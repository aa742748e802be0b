"""The part of the intake that deals with who comes: person or organisation, agent, co-applicants, who is known. Qt-free."""

import re
from collections.abc import Callable
from dataclasses import replace

from app.domain.application import Application
from app.domain.catalogue import ApplicantKind
from app.domain.documents import Document, document_of
from app.domain.people import Agent, AgentKind, Organisation, masked_name, tidy_id_number
from app.domain.representation import MOST_CO_APPLICANTS
from app.services.ports import Handle
from app.services.snapshots import KnownOrganisation, KnownPerson
from ui.intake.earlier import applicant_number
from ui.intake.places import NOBODY, person_at, tidy_date, with_person, with_value
from ui.intake.sheet import Sheet
from ui.intake.state import IntakeView
from ui.surroundings import Surroundings
from ui.text import _

SHORTEST_NAME = 1
SHORTEST_NUMBER = 4
GUARDIANS_PROOF = "户口簿"
"""What usually shows a guardianship; the clerk writes another document over it."""
USUAL_SCOPE = "提交申请材料，签收文书，领取办理结果"
PEOPLE = ("applicant", "agent", "co_applicants")
_TRAVEL_PERMIT = re.compile(r"[HM](?:[0-9]{8}|[0-9]{10})")


class Parties:
    """Who applies, who acts, and whoever of them was here before."""

    def __init__(
        self, sheet: Sheet, around: Surroundings, view: IntakeView, applicant_known: Callable[[], None]
    ) -> None:
        self._sheet = sheet
        self._counter, self._runner, self._navigator = around.counter, around.runner, around.navigator
        self._view = view
        self.applicant_known = applicant_known
        self._looking: Handle | None = None

    # --- typing ------------------------------------------------------------------------------------------------

    def edited(self, place: str, value: str) -> None:
        """Follow what was typed into a field of somebody: document, suggestions, what is known of the applicant."""
        at, _dot, name = place.rpartition(".")
        if name == "id_number" and at.partition(".")[0] in PEOPLE:
            self._follow_document(at, tidy_id_number(value))
        if place in {"applicant.id_number", "organisation.uscc"}:
            self.applicant_known()
        if name in {"name", "id_number"} and at.partition(".")[0] in PEOPLE:
            self._look_for_person(at, name, value)
        if at == "organisation" and name in {"name", "uscc"}:
            self._look_for_organisation(value)

    def edit_date(self, place: str, value: str) -> None:
        """Take note of a stated date, which may be none yet."""
        state = self._sheet.now()
        application = with_value(state.application, place, value)
        self._sheet.change(application, typed_dates={**state.typed_dates, place: value})

    def leave_date(self, place: str) -> None:
        """Show a stated date tidily once the cursor has left it."""
        state = self._sheet.now()
        typed = tidy_date(state.typed_dates.get(place, ""))
        self._sheet.show(typed_dates={**state.typed_dates, place: typed})

    # --- who applies -------------------------------------------------------------------------------------------

    def switch_kind(self) -> None:
        """Let an organisation apply in place of a person, or the other way round, where the item takes both."""
        state = self._sheet.now()
        if set(state.item.applicants) != set(ApplicantKind):
            return
        before = state.application.organisation
        organisation = Organisation("", "") if before is None else None
        self._sheet.change(replace(state.application, organisation=organisation), organisations=(), people=())
        self.applicant_known()
        self._view.focus_place("organisation.name" if organisation else "applicant.name")
        if before is not None and before != Organisation("", ""):
            self.undoable(_("改为个人申请，单位已去掉"), lambda now: replace(now, organisation=before))

    def choose_document(self) -> None:
        """Let the kind of document be chosen of whoever has the cursor, or fold that away again."""
        at, _dot, _name = self._view.current_place.rpartition(".")
        at = at if at.partition(".")[0] in PEOPLE else "applicant"
        state = self._sheet.now()
        usual = person_at(state.application, at).document is Document.RESIDENT_CARD
        folds = usual and at in state.documents_of
        self._sheet.show(documents_of=state.documents_of - {at} if folds else state.documents_of | {at})
        self._view.focus_place(f"{at}.id_number" if folds else f"{at}.document")

    # --- who acts ----------------------------------------------------------------------------------------------

    def toggle_agent(self) -> None:
        """Let somebody act for the applicant, a guardian for a minor; again, let nobody: that can be undone."""
        state = self._sheet.now()
        before = state.application.agent
        if before is None:
            agent = Agent(NOBODY, AgentKind.MANDATED, scope=USUAL_SCOPE)
            if state.offers_guardian:
                agent = Agent(NOBODY, AgentKind.GUARDIAN, mandate=GUARDIANS_PROOF)
            self._sheet.change(replace(state.application, agent=agent))
            self._view.focus_place("agent.name")
            return
        self._sheet.change(replace(state.application, agent=None))
        self._view.focus_place("applicant.name")
        if before.person != NOBODY:
            self.undoable(_("已去掉代办人"), lambda now: replace(now, agent=before))

    def add_co_applicant(self) -> None:
        """Add somebody who applies together with the applicant."""
        application = self._sheet.now().application
        others = application.co_applicants
        if len(others) < MOST_CO_APPLICANTS:
            self._sheet.change(replace(application, co_applicants=(*others, NOBODY)))
            self._view.focus_place(f"co_applicants.{len(others)}.name")

    def remove_co_applicant(self, index: int) -> None:
        """Take somebody off the list; a short message offers to undo."""
        state = self._sheet.now()
        before = state.application.co_applicants
        if index >= len(before):
            return
        self._sheet.change(replace(state.application, co_applicants=before[:index] + before[index + 1 :]))
        left = len(before) - 1
        self._view.focus_place(f"co_applicants.{min(index, left - 1)}.name" if left else "applicant.name")
        if before[index] != NOBODY:
            self.undoable(_("已去掉 1 位共同申请人"), lambda now: replace(now, co_applicants=before))

    # --- who was here before -----------------------------------------------------------------------------------

    def take_suggestion(self, index: int) -> None:
        """Fill in somebody, or an organisation, that was here before."""
        state = self._sheet.now()
        if state.organisations and index < len(state.organisations):
            self._take_organisation(state.organisations[index])
        elif index < len(state.people):
            self._take_person(state.people[index])

    def _take_person(self, known: KnownPerson) -> None:
        state = self._sheet.now()
        at, before = state.suggested_at, person_at(state.application, state.suggested_at)
        changes = {"earlier_cases": known.cases} if at == "applicant" else {}
        self._sheet.change(with_person(state.application, at, known.person), people=(), **changes)
        if at == "applicant":
            self.applicant_known()
        self.lead_on(at)
        self.undoable(
            _("已填入%(name)s") % {"name": masked_name(known.person.name)}, lambda now: with_person(now, at, before)
        )

    def _take_organisation(self, known: KnownOrganisation) -> None:
        state = self._sheet.now()
        before = state.application
        application = replace(before, organisation=known.organisation, applicant=known.representative)
        self._sheet.change(application, organisations=(), earlier_cases=known.cases)
        self.applicant_known()
        self.lead_on("organisation")
        self.undoable(
            _("已填入%(name)s") % {"name": known.organisation.name},
            lambda now: replace(now, organisation=before.organisation, applicant=before.applicant),
        )

    def lead_on(self, at: str) -> None:
        """Put the cursor on the first thing that is still open, those of the person at ``at`` first."""
        problems = self._sheet.now().problems
        own = [problem.place for problem in problems if problem.place.startswith(f"{at}.")]
        places = own or [problem.place for problem in problems if not problem.place.startswith("materials.")]
        self._view.focus_place(places[0] if places else "accept")

    def _look_for_person(self, at: str, name: str, value: str) -> None:
        by_number = name == "id_number"
        typed = tidy_id_number(value) if by_number else value.strip()
        if self._is_too_short(typed, SHORTEST_NUMBER if by_number else SHORTEST_NAME):
            return
        self._looking = self._runner.run(
            lambda: tuple(self._counter.applicants.find_people(typed)),
            lambda people: self._show_people(at, people),
            self._navigator.report,
        )

    def _look_for_organisation(self, value: str) -> None:
        typed = value.strip()
        if self._is_too_short(typed, SHORTEST_NAME):
            return
        self._looking = self._runner.run(
            lambda: tuple(self._counter.applicants.find_organisations(typed)),
            self._show_organisations,
            self._navigator.report,
        )

    def _is_too_short(self, typed: str, least: int) -> bool:
        """Drop the search that still runs, and what was suggested when there is too little to search for."""
        if self._looking:
            self._looking.cancel()
        if len(typed) < least:
            self._sheet.show(people=(), organisations=())
        return len(typed) < least

    def _show_people(self, at: str, people: tuple[KnownPerson, ...]) -> None:
        if self._sheet.is_open:
            typed = person_at(self._sheet.now().application, at)
            others = tuple(known for known in people if known.person != typed)
            self._sheet.show(people=others, organisations=(), suggested_at=at)

    def _show_organisations(self, found: tuple[KnownOrganisation, ...]) -> None:
        if self._sheet.is_open:
            typed = self._sheet.now().application.organisation
            others = tuple(known for known in found if known.organisation != typed)
            self._sheet.show(organisations=others, people=(), suggested_at="organisation")

    # --- inside ------------------------------------------------------------------------------------------------

    def _follow_document(self, at: str, number: str) -> None:
        """Choose the document that a number belongs to without doubt."""
        application = self._sheet.now().application
        person = person_at(application, at)
        known = document_of(number)
        if _TRAVEL_PERMIT.fullmatch(number):
            known = Document.HK_MACAO_TRAVEL_PERMIT
        elif known is not None and person.document is Document.PASSPORT:
            known = None  # nobody knows how passports of all countries are numbered
        if known is not None and known is not person.document:
            self._sheet.change(with_person(application, at, replace(person, document=known)))

    def undoable(self, words: str, undo: Callable[[Application], Application]) -> None:
        """Tell what was done, and offer to take it back while this draft lies open."""
        draft_id = self._sheet.now().draft.draft_id

        def bring_back() -> None:
            if not self._sheet.is_of(draft_id):
                return
            number = applicant_number(self._sheet.now().application)
            self._sheet.change(undo(self._sheet.now().application))
            if applicant_number(self._sheet.now().application) != number:
                self.applicant_known()

        self._navigator.notify(words, _("撤销"), bring_back)
