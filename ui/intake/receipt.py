"""The part of the intake that shows the receipt as it would print now. Qt-free."""

from app.services.errors import MissingGlyphs
from app.services.ports import Handle
from ui.intake.sheet import Sheet
from ui.intake.state import IntakeView
from ui.sentences import sentence
from ui.surroundings import Surroundings


class Receipt:
    """Has the receipt of the draft drawn that lies open."""

    def __init__(self, sheet: Sheet, around: Surroundings, view: IntakeView) -> None:
        self._sheet = sheet
        self._counter, self._session = around.counter, around.session
        self._runner, self._navigator = around.runner, around.navigator
        self._view = view
        self._drawing: Handle | None = None

    @property
    def is_drawn(self) -> bool:
        """Tell whether the receipt has been drawn."""
        return self._sheet.now().paper is not None

    def draw(self) -> None:
        """Draw the receipt in place of an older drawing; not while the window is locked."""
        if not self._sheet.is_open or self._session.operator is None:
            return
        state = self._sheet.now()
        if self._drawing:
            self._drawing.cancel()
        width_px, page = self._view.paper_width_px, state.paper_page
        paper = self._counter.intake.preview(state.draft, state.item, self._session.clerk)
        self._drawing = self._runner.run(
            lambda: self._counter.papers.preview(paper, page, width_px),
            lambda picture: self._sheet.show(paper=picture, paper_words=""),
            self._failed,
        )

    def turn(self, step: int) -> None:
        """Show the next or previous page of the paper."""
        state = self._sheet.now()
        pages = state.paper.pages if state.paper else 1
        page = min(max(state.paper_page + step, 0), pages - 1)
        if page != state.paper_page:
            self._sheet.show(paper_page=page)
            self.draw()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, MissingGlyphs):
            self._sheet.show(paper=None, paper_words=sentence(error).text)
        else:
            self._navigator.report(error)
