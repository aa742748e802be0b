"""Decides what the page of a case shows: stages, proof, history, papers, and personal data only when asked for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar

from app.domain.application import Page
from app.domain.case import Case, CaseState
from app.services.counter import Counter
from app.services.desk import CaseFile
from app.services.ports import Runner
from app.services.snapshots import PaperRow
from ui.navigation import Navigator, PaperOutlet, Session
from ui.text import _

T = TypeVar("T")
THUMBNAIL_PX = 120
ZOOM_PX = 1400


@dataclass(frozen=True, slots=True)
class CasePageState:
    """What the page shows; ``revealed`` holds the personal data while it is shown in full."""

    file: CaseFile
    is_checking: bool = True
    is_sound: bool | None = None
    """Whether hashes and signatures of the case's entries check; None when that is not known (yet)."""
    revealed: Case | None = None
    thumbnails: Mapping[Page, bytes] = field(default_factory=dict)
    zoomed: bytes = b""
    """A page to look at closely, as PNG."""

    @property
    def can_go_on(self) -> bool:
        """Tell whether the case is to be finished at this window."""
        case = self.file.case
        return self.file.held_here and case.is_immediate and case.state is not CaseState.DELIVERED


class CaseView(Protocol):
    """The screen of one case."""

    def render(self, state: CasePageState) -> None:
        """Show ``state``."""
        ...


class CasePresenter:
    """Shows one case; changes nothing but the record of who looked at personal data."""

    def __init__(
        self,
        counter: Counter,
        session: Session,
        runner: Runner,
        navigator: Navigator,
        view: CaseView,
        outlet: PaperOutlet,
    ) -> None:
        self._counter = counter
        self._session = session
        self._runner = runner
        self._navigator = navigator
        self._view = view
        self._outlet = outlet
        self._state: CasePageState | None = None
        self._opened = 0
        self._is_revealing = False

    def open(self, number: str) -> None:
        """Show a case; NotFound when there is none, and the case before stays."""
        file = self._counter.desk.file(number)
        self.hide()
        self._opened += 1
        self._state = CasePageState(file)
        self._view.render(self._state)
        self._check(number)
        self._load_thumbnails()

    def leave(self) -> None:
        """Close the page that is looked at closely, else mask personal data and go back."""
        if self._now().zoomed:
            self._show(zoomed=b"")
            return
        self.hide()
        self._navigator.back()

    def go_on(self) -> None:
        """Finish the case at this window."""
        state = self._now()
        if state.can_go_on:
            self._navigator.open_issue(state.file.case.number)

    def reveal(self) -> None:
        """Show personal data in full, which the journal records; a second time masks it again."""
        if self._now().revealed is not None:
            self.hide()
        elif not self._is_revealing:
            self._is_revealing = True
            number, clerk = self._now().file.case.number, self._session.clerk
            self._run(
                lambda: (self._counter.desk.reveal(number, clerk), self._counter.desk.file(number)),
                self._show_revealed,
                self._fail_to_reveal,
            )

    def hide(self) -> None:
        """Mask personal data again; data that was asked for and is still on its way is not shown any more."""
        self._is_revealing = False
        if self._state is not None and self._state.revealed is not None:
            self._show(revealed=None)

    def zoom(self, page: Page) -> None:
        """Show a page of the materials large."""
        self._run(lambda: self._counter.intake.page_picture(page, ZOOM_PX), lambda picture: self._show(zoomed=picture))

    def copy_number(self) -> None:
        """Put the case number on the clipboard."""
        self._outlet.copy(self._now().file.case.number)
        self._navigator.notify(_("办件编号已复制"))

    def open_paper(self, paper: PaperRow) -> None:
        """Show a paper in the system's own program."""
        clerk = self._session.clerk
        self._runner.run(
            lambda: self._counter.papers.pdf(paper, clerk),
            lambda pdf: self._outlet.open_paper(paper.number, pdf),
            self._navigator.report,
        )

    def save_paper(self, paper: PaperRow) -> None:
        """Save a paper where the clerk wants it."""
        path = self._outlet.choose_target(f"{paper.number}.pdf", "PDF (*.pdf)")
        if path is None:
            return
        clerk = self._session.clerk
        self._runner.run(
            lambda: self._counter.papers.save(paper, path, clerk),
            lambda _nothing: self._navigator.notify(_("已保存")),
            self._navigator.report,
        )

    def _check(self, number: str) -> None:
        self._run(
            lambda: self._counter.ledger.is_sound(number),
            lambda sound: self._show(is_checking=False, is_sound=sound),
            self._fail_to_check,
        )

    def _load_thumbnails(self) -> None:
        for handed_in in self._now().file.case.materials.values():
            for page in handed_in.pages:
                self._load_thumbnail(page)

    def _load_thumbnail(self, page: Page) -> None:
        self._run(
            lambda: self._counter.intake.page_picture(page, THUMBNAIL_PX),
            lambda picture: self._show(thumbnails={**self._now().thumbnails, page: picture}),
        )

    def _show_revealed(self, answer: tuple[Case, CaseFile]) -> None:
        if self._is_revealing:
            self._is_revealing = False
            self._show(revealed=answer[0], file=answer[1])

    def _fail_to_reveal(self, error: Exception) -> None:
        self._is_revealing = False
        self._navigator.report(error)

    def _fail_to_check(self, error: Exception) -> None:
        self._show(is_checking=False)
        self._navigator.report(error)

    def _run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Start ``work`` for the case that lies open; when another one does by then, the answer is dropped."""
        opened = self._opened

        def still_open(answer: Callable[[T], None]) -> Callable[[T], None]:
            return lambda value: answer(value) if opened == self._opened else None

        self._runner.run(work, still_open(done), still_open(failed or self._navigator.report))

    def _now(self) -> CasePageState:
        if self._state is None:
            raise RuntimeError("no case is open")
        return self._state

    def _show(self, **changes: object) -> None:
        self._state = replace(self._now(), **changes)  # type: ignore[arg-type]
        self._view.render(self._state)
