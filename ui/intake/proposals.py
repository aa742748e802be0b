"""The part of the intake that reads papers and proposes what was read, for whoever has the cursor. Qt-free."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from app.domain.application import Page
from app.domain.catalogue import ApplicantKind
from app.domain.people import masked_name, tidy_id_number
from app.services.ports import Handle, ReadField, Reading, ReadPaper
from app.services.recognising import ended_on
from ui import card_words
from ui.intake.parties import PEOPLE, Parties
from ui.intake.places import person_at
from ui.intake.proposed import ORGANISATION, Proposed, proposed, with_former, with_taken
from ui.intake.sheet import Sheet
from ui.intake.state import IntakeState, IntakeView
from ui.page_acts import PageFiles
from ui.surroundings import Surroundings
from ui.text import _

PROOFS = ("身份证", "营业执照", "身份证明")
"""How materials are called in the catalogue that show who somebody is."""
APPLICANT = "applicant"


class Proposals:
    """Reads beside the window; what it read stays with the sheet until it was taken or put away."""

    def __init__(
        self, sheet: Sheet, around: Surroundings, view: IntakeView, source: PageFiles, parties: Parties
    ) -> None:
        self._sheet = sheet
        self._counter, self._runner, self._navigator = around.counter, around.runner, around.navigator
        self._view = view
        self._source = source
        self._parties = parties
        self._last_at = APPLICANT
        self._papers: Sequence[Reading] = ()
        self._reading: Handle | None = None

    # --- reading -----------------------------------------------------------------------------------------------

    def read(self, material: str) -> None:
        """Read the page that is looked at closely, else the pages of a material, else of the one that shows who somebody is.

        Without any, a file is chosen.
        """
        state = self._sheet.now()
        if state.is_reading:
            return
        pages = _pages_to_read(state, material)
        if (zoomed := state.pages.zoomed) is not None:
            pages = (zoomed.page,)
            self._sheet.show(pages=replace(state.pages, zoomed=None))
        recognition = self._counter.recognition
        if pages:
            self._start(lambda: recognition.read_pages(pages))
            return
        try:
            files = self._source.choose_pages()
        except Exception as error:  # noqa: BLE001  every failure is told
            self._navigator.report(error)
            return
        if files:
            self._start(lambda: recognition.read_files(files))

    def left(self, place: str) -> None:
        """Remember whose field the cursor was in last."""
        at = _party(place)
        if at:
            self._last_at = at

    def show_papers(self, papers: Sequence[Reading], at: str) -> None:
        """Propose what was read: to whoever has the number of a card already, else to who is ``at`` a place."""
        self._papers = [paper for paper in papers if paper.fields and self._is_of_use(paper)]
        if not self._papers and papers:
            self._navigator.notify(_("本事项只受理个人申请，营业执照用不上"))
        elif not self._papers:
            self._navigator.notify(_("没有读出身份证或营业执照，请看影像是否清楚、完整"))
        else:
            self._show(0, _holder(self._sheet.now(), self._papers[0]) or at)

    # --- choosing ----------------------------------------------------------------------------------------------

    def toggle(self, index: int) -> None:
        """Choose a value, or leave it out."""
        if (shown := self._sheet.now().proposed_values) and index < len(shown.proposals):
            self._sheet.show(proposed_values=shown.toggled(index))

    def switch_whose(self) -> None:
        """Propose the same for the next person of the application."""
        state = self._sheet.now()
        if (shown := state.proposed_values) and shown.reading.paper is ReadPaper.RESIDENT_CARD:
            people = _people(state)
            at = people[(people.index(shown.at) + 1) % len(people)] if shown.at in people else people[0]
            self._show(shown.number - 1, at)

    def next_paper(self) -> None:
        """Show the next paper that was found on the pictures."""
        if shown := self._sheet.now().proposed_values:
            self._show(shown.number % len(self._papers))

    def take(self) -> None:
        """Take what is chosen."""
        if shown := self._sheet.now().proposed_values:
            self._take(shown)

    def take_all(self) -> None:
        """Take everything that was read."""
        if shown := self._sheet.now().proposed_values:
            self._take(shown.all_chosen())

    def close(self) -> bool:
        """Put away what was read, or stop reading; tell whether there was anything."""
        if not self._sheet.is_open or not (self._sheet.now().proposed_values or self._sheet.now().is_reading):
            return False
        if self._reading:
            self._reading.cancel()
        at = self._sheet.now().proposed_values.at if self._sheet.now().proposed_values else self._last_at
        self._put_away()
        self._view.focus_place(f"{at}.name")
        return True

    # --- inside ------------------------------------------------------------------------------------------------

    def _start(self, work: Callable[[], list[Reading]]) -> None:
        draft_id, at = self._sheet.now().draft.draft_id, _party(self._view.current_place) or self._last_at
        self._sheet.show(is_reading=True, proposed_values=None)
        self._reading = self._runner.run(work, lambda papers: self._read(draft_id, at, papers), self._not_read)

    def _read(self, draft_id: str, at: str, papers: list[Reading]) -> None:
        if self._sheet.is_of(draft_id):
            self._sheet.show(is_reading=False)
            self.show_papers(papers, at)

    def _is_of_use(self, paper: Reading) -> bool:
        takes_organisations = ApplicantKind.ORGANISATION in self._sheet.now().item.applicants
        return takes_organisations or paper.paper is not ReadPaper.BUSINESS_LICENCE

    def _not_read(self, error: Exception) -> None:
        self._sheet.show(is_reading=False)
        self._navigator.report(error)

    def _show(self, index: int, at: str = "") -> None:
        state, paper = self._sheet.now(), self._papers[index]
        at = at or _holder(state, paper) or self._last_at
        if paper.paper is ReadPaper.RESIDENT_CARD and at not in _people(state):
            at = APPLICANT
        shown = proposed(paper, state.application, at, state.item)
        ended = ended_on(paper, self._counter.desk.now().date())
        shown = replace(shown, number=index + 1, count=len(self._papers), ended_on=ended)
        self._sheet.show(proposed_values=shown)

    def _take(self, shown: Proposed) -> None:
        if not shown.chosen:
            return
        before, taken = self._sheet.now().application, shown.chosen
        self._put_away()
        self._sheet.change(with_taken(before, taken), people=(), organisations=())
        if any(one.place in {"applicant.id_number", "organisation.uscc"} for one in taken):
            self._parties.applicant_known()
        self._parties.lead_on(shown.at)
        words = [_("已填入%(name)s") % {"name": _whose(self._sheet.now(), shown)}]
        if shown.ended_on:
            words.append(card_words.expired(shown.ended_on))
        self._parties.undoable("·".join(words), lambda now: with_former(now, taken, before))

    def _put_away(self) -> None:
        self._papers, self._reading = (), None
        self._sheet.show(proposed_values=None, is_reading=False)


def _party(place: str) -> str:
    at, _dot, _name = place.rpartition(".")
    return at if at.partition(".")[0] in PEOPLE else APPLICANT if at == ORGANISATION else ""


def _people(state: IntakeState) -> list[str]:
    """Return where somebody stands who can have a card."""
    agent = ["agent"] if state.application.agent else []
    return [APPLICANT, *agent, *(f"co_applicants.{index}" for index in range(len(state.application.co_applicants)))]


def _holder(state: IntakeState, paper: Reading) -> str:
    """Return where somebody with the number of a card stands already, empty when nobody does."""
    number = paper.fields.get(ReadField.NUMBER)
    if number is None:
        return ""
    return next(
        (at for at in _people(state) if tidy_id_number(person_at(state.application, at).id_number) == number.text), ""
    )


def _whose(state: IntakeState, shown: Proposed) -> str:
    if shown.at == ORGANISATION:
        return state.application.organisation.name if state.application.organisation else ""
    return masked_name(person_at(state.application, shown.at).name)


def _pages_to_read(state: IntakeState, material: str) -> tuple[Page, ...]:
    own = {one.code: state.handed_in(one.code).pages for one in state.item.materials}
    if own.get(material):
        return own[material]
    proofs = (own[one.code] for one in state.item.materials if any(word in one.name for word in PROOFS))
    return next((pages for pages in (*proofs, *own.values()) if pages), ())
