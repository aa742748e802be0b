"""What the intake shows, and what its deciding part asks of the screen. Qt-free; decides nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from app.domain.application import Application, HandedIn, Page
from app.domain.catalogue import ServiceItem
from app.domain.people import Person
from app.domain.problem import Problem
from app.services.ports import Draft, Picture
from app.services.snapshots import KnownPerson

ACCEPT = "accept"
"""The place of the primary button, where Enter leads from the last field."""


@dataclass(frozen=True, slots=True)
class Zoomed:
    """A page that is shown large: the material's code, the page's place in it, and its picture as PNG."""

    material: str
    index: int
    picture: bytes


@dataclass(frozen=True, slots=True)
class IntakeState:
    """What the intake shows; remarks stand beside fields that were left, or everywhere once acceptance was tried."""

    item: ServiceItem
    draft: Draft
    problems: tuple[Problem, ...] = ()
    visited: frozenset[str] = frozenset()
    recalled: frozenset[str] = frozenset()
    """Places that were filled in from the applicant's last case and not looked at since."""
    has_tried: bool = False
    saved: str = ""
    save_error: str = ""
    is_busy: bool = False
    people: tuple[KnownPerson, ...] = ()
    people_place: str = ""
    person_chosen: int = -1
    earlier_cases: int = 0
    paper: Picture | None = None
    paper_page: int = 0
    paper_words: str = ""
    thumbnails: Mapping[Page, bytes] = field(default_factory=dict)
    busy_material: str = ""
    zoomed: Zoomed | None = None

    @property
    def application(self) -> Application:
        """Return what was typed so far."""
        return self.draft.application

    @property
    def person(self) -> Person:
        """Return the applicant as far as typed, tidied, for birth date and sex."""
        return self.application.tidied().applicant

    def handed_in(self, material: str) -> HandedIn:
        """Return what was handed in of the material with this code."""
        return self.application.materials.get(material, HandedIn())

    def shows(self, problem: Problem) -> bool:
        """Tell whether the remark stands beside its field already."""
        return self.has_tried or (problem.place in self.visited and problem.code != "missing")


class IntakeView(Protocol):
    """The screen of the intake."""

    def render(self, state: IntakeState) -> None:
        """Show ``state``; another draft builds the fields anew."""
        ...

    def focus_place(self, place: str) -> None:
        """Put the cursor where ``place`` is; ``accept`` is the primary button."""
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
