"""How rooms ask to go elsewhere without knowing each other, where papers go, and who is at the window. Qt-free."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar

from app.domain.operators import Operator, Role
from app.services.kept_pages import PagePlace
from app.services.listed_papers import PaperScope
from app.services.ports import IdentityCard
from app.services.snapshots import CaseScope, PaperRow
from ui.camera.state import PhotoLook, PhotoPlace

T = TypeVar("T")


class Navigator(Protocol):
    """Leads from room to room; the window implements it."""

    def home(self) -> None:
        """Show the counter with an empty field that has the focus."""
        ...

    def open_item(self, code: str, card: IdentityCard | None = None) -> None:
        """Begin an intake of the catalogue item, of whoever a ``card`` belongs to that was laid on the reader."""
        ...

    def open_draft(self, draft_id: str) -> None:
        """Go on with a saved draft."""
        ...

    def open_issue(self, number: str) -> None:
        """Show the steps after acceptance: certificate and delivery."""
        ...

    def open_case(self, number: str) -> None:
        """Show a case with its history."""
        ...

    def open_desk(self, scope: CaseScope = CaseScope.OPEN) -> None:
        """Show the list of cases."""
        ...

    def open_papers(self, scope: PaperScope = PaperScope.ALL) -> None:
        """Show the list of papers."""
        ...

    def open_case_of(self, paper: PaperRow, *, reprint: bool = False) -> None:
        """Show the case of a paper, at the paper; with ``reprint`` ask why it is printed again."""
        ...

    def open_inquiries(self, item: str = "", number: str = "") -> None:
        """Show inquiry ``number``, or a new one, about the catalogue item ``item`` where one is named."""
        ...

    def open_stack(self) -> None:
        """Show the stack of mixed papers."""
        ...

    def open_day(self, day: date | None = None) -> None:
        """Show the end of ``day``; None is today."""
        ...

    def open_centre(self) -> None:
        """Show the section of the settings where an invitation to a centre is opened."""
        ...

    def open_devices(self) -> None:
        """Show the section of the settings where devices are chosen."""
        ...

    def open_office(self) -> None:
        """Show the office of a centre's administrator."""
        ...

    def open_card(self, card: IdentityCard) -> None:
        """Show the counter with a card at hand."""
        ...

    def back(self) -> None:
        """Go back to where the clerk came from; what was typed stays."""
        ...

    def ask_second_person(self, what: str, then: Callable[[Operator], None], role: Role = Role.SUPERVISOR) -> None:
        """Ask somebody else with ``role`` to confirm ``what`` with a password; ``then`` gets who did.

        Nothing is called when nobody confirms. The confirmed operator's login goes into the fact that follows.
        """
        ...

    def tell_file_code(self, code: str, then: Callable[[], None]) -> None:
        """Show the code of a file that is to be written; ``then`` is called when the clerk has written it down."""
        ...

    def ask_file_code(self, take: Callable[[str], T], then: Callable[[T], None]) -> None:
        """Ask for the code of a file until ``take``, beside the window, knows it; ``then`` gets what it returned."""
        ...

    def open_camera(self, place: PhotoPlace | PhotoLook) -> None:
        """Show the live view of the document camera; the pages that are taken, or the one, go to ``place``."""
        ...

    def await_files(self, place: PagePlace, name: str) -> None:
        """Let the files that a scanner saves become pages of the material ``name``; asked again, let them no more."""
        ...

    def open_signing(self, paper: PaperRow, signed: Callable[[PaperRow], None]) -> None:
        """Lay a paper before whoever signs it on the screen; ``signed`` hears of it once it is signed."""
        ...

    def print_onto_blank(self, paper: PaperRow) -> None:
        """Ask for the blank form that ``paper`` is printed onto, on the page of its case; then come back."""
        ...

    def follow_prints(self, changed: Callable[[], None]) -> None:
        """Follow what was sent to printers to its end; ``changed`` is called when a paper has to be printed again."""
        ...

    def practised(self) -> None:
        """End the guided first case at the act that would have made a case of it."""
        ...

    def notify(self, words: str, act: str = "", undo: Callable[[], None] | None = None) -> None:
        """Show a short message that goes away by itself and may offer to undo with the word ``act``."""
        ...

    def report(self, error: Exception) -> None:
        """Show what went wrong: what happened, what is safe, what to do."""
        ...


class PaperOutlet(Protocol):
    """Where papers and numbers can go: the system's viewer, a file, the clipboard."""

    def open_paper(self, name: str, pdf: bytes) -> None:
        """Show a PDF in the system's own program."""
        ...

    def choose_target(self, name: str, kinds: str) -> Path | None:
        """Return where to save, None when nowhere."""
        ...

    def choose_folder(self) -> Path | None:
        """Return a folder, None for none."""
        ...

    def choose_source(self, kinds: str) -> Path | None:
        """Return a file to read, None for none."""
        ...

    def screens(self) -> tuple[str, ...]:
        """Return the names of the attached screens beside that of the window."""
        ...

    def copy(self, text: str) -> None:
        """Put ``text`` on the clipboard."""
        ...


@dataclass(slots=True)
class Session:
    """Who is at the window; ``operator`` is None while nobody is logged in."""

    operator: Operator | None = None
    practising: bool = False
    """Whether an intake that is begun now is for practice (跟着做一件): it is never kept and becomes no case."""

    @property
    def clerk(self) -> Operator:
        """Return the operator who is logged in; rooms other than the log-in are shown only then."""
        if self.operator is None:
            raise RuntimeError("nobody is logged in")
        return self.operator
