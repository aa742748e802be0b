"""What the intake shows, and what its presenters ask of the screen and of the desktop. Qt-free."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from app.domain.application import Application, HandedIn, LateEntry, Page
from app.domain.catalogue import ServiceItem
from app.domain.people import Person, tidy_id_number
from app.domain.problem import Problem
from app.domain.reuse import EarlierMaterial
from app.services.ports import CardPhoto, Draft, Picture
from app.services.snapshots import CaseRow, KnownOrganisation, KnownPerson
from ui.forms.presenter import FormView
from ui.intake.proposed import Proposed
from ui.page_acts import PageFiles
from ui.page_state import PagesShown


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """One draft of the strip in the header."""

    draft_id: str
    title: str
    applicant: str
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class IntakeState:
    """What the intake shows; remarks stand beside fields that were left, or everywhere once acceptance was tried."""

    item: ServiceItem
    draft: Draft
    problems: tuple[Problem, ...] = ()
    visited: frozenset[str] = frozenset()
    has_tried: bool = False
    is_kept: bool = False
    """Whether the draft has been saved, now or earlier; there is nothing to come back to before."""
    saved: str = ""
    save_error: str = ""
    is_busy: bool = False
    is_practice: bool = False
    """Whether the draft is for practice: it is never kept and becomes no case."""
    open_drafts: tuple[OpenDraft, ...] = ()

    people: tuple[KnownPerson, ...] = ()
    organisations: tuple[KnownOrganisation, ...] = ()
    suggested_at: str = ""
    """Where the suggested people or organisations would be filled in: ``applicant``, ``agent``, ``organisation`` …"""
    earlier_cases: int = 0
    birth: str = ""
    sex_of: Person | None = None
    offers_guardian: bool = False
    documents_of: frozenset[str] = frozenset()
    """Of whom the kind of document can be chosen though it is the usual one: ``applicant``, ``co_applicants.1`` …"""
    photos: Mapping[str, CardPhoto] = field(default_factory=dict)
    """Photos of cards that were laid on the reader, by the number of whoever they show: kept with nothing, only seen."""
    typed_dates: Mapping[str, str] = field(default_factory=dict)
    """Stated dates that are no dates yet, by place."""

    earlier: CaseRow | None = None
    """The case that was found of the same applicant for the same item."""
    proposed: frozenset[str] = frozenset()
    """Places of the form that hold what was said last time."""
    reusable: Mapping[str, EarlierMaterial] = field(default_factory=dict)

    paper: Picture | None = None
    paper_page: int = 0
    paper_words: str = ""
    thumbnails: Mapping[Page, bytes] = field(default_factory=dict)
    busy_material: str = ""
    pages: PagesShown = field(default_factory=PagesShown)
    is_reading: bool = False
    """Whether a paper is being read (``ui.intake.proposals``)."""
    proposed_values: Proposed | None = None
    """What was read of one, until it was taken or put away."""

    @property
    def application(self) -> Application:
        """Return what was typed so far."""
        return self.draft.application

    @property
    def late(self) -> LateEntry | None:
        """Return why and when the case was really handled, for one that is entered late (补录)."""
        return self.application.late

    @property
    def can_ask(self) -> bool:
        """Tell whether something is missing that a supplement notice could ask for."""
        return any(p.is_error and p.place.startswith(("materials.", "form.")) for p in self.problems)

    def shows(self, problem: Problem) -> bool:
        """Tell whether the remark stands beside its field already."""
        return self.has_tried or (problem.place in self.visited and problem.code != "missing")

    def photo_of(self, person: Person) -> CardPhoto | None:
        """Return the photo on the card of ``person``, None unless it was laid on the reader for this draft."""
        return self.photos.get(tidy_id_number(person.id_number))

    def handed_in(self, material: str) -> HandedIn:
        """Return what was handed in of the material with this code."""
        return self.application.handed_in(self.item.material(material))


class IntakeView(Protocol):
    """The screen of the intake."""

    def render(self, state: IntakeState) -> None:
        """Show ``state``; another item or draft builds the fields anew."""
        ...

    def focus_place(self, place: str) -> None:
        """Put the cursor where ``place`` is."""
        ...

    def save_soon(self) -> None:
        """Ask for ``save_now`` and a new receipt a moment after the last key."""
        ...

    @property
    def form_view(self) -> FormView:
        """Return the screen of the forms that end the intake otherwise."""
        ...

    def show_form(self, *, shown: bool) -> None:
        """Show a form in place of the draft, or the draft again."""
        ...

    def hide_photos(self) -> None:
        """Show no photo of a card any more, and keep none."""
        ...

    @property
    def current_place(self) -> str:
        """Return the place that has the cursor, empty when none has."""
        ...

    @property
    def paper_width_px(self) -> int:
        """Return how wide the picture of the paper should be."""
        ...


class PageSource(PageFiles, Protocol):
    """Where page files come from, and where a form can be shown."""

    def open_paper(self, name: str, pdf: bytes) -> None:
        """Show a PDF in the system's own program."""
        ...
