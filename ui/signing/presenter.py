"""Leads from a paper to its signature: what lies there, who has to sign, and that it is kept. Qt-free."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from app.domain.operators import Operator
from app.services.counter import Counter
from app.services.ports import Picture, Runner
from app.services.signatures import ToSign, Written
from app.services.snapshots import PaperRow
from ui.paper_titles import paper_words
from ui.sentences import sentence
from ui.text import _


@dataclass(frozen=True, slots=True)
class SigningState:
    """What the panel shows beside what is being written."""

    title: str
    signer: str = ""
    """Empty until the paper lies there."""
    page: int = 0
    picture: Picture | None = None
    is_busy: bool = True
    message: str = ""


class SigningView(Protocol):
    """The panel over the window."""

    @property
    def paper_width_px(self) -> int:
        """Return how wide the picture of a page should be, in real pixels."""
        ...

    def render(self, state: SigningState) -> None:
        """Show ``state``."""
        ...

    def open(self) -> None:
        """Lie over the window."""
        ...

    def dismiss(self) -> None:
        """Go away."""
        ...


class SigningPresenter:
    """One panel for one paper; ``signed`` hears of the paper once it is signed."""

    def __init__(
        self,
        counter: Counter,
        operator: Operator,
        runner: Runner,
        view: SigningView,
        paper: PaperRow,
        signed: Callable[[PaperRow], None],
        failed: Callable[[Exception], None],
    ) -> None:
        self._counter = counter
        self._operator = operator
        self._runner = runner
        self._view = view
        self._paper = paper
        self._signed = signed
        self._failed = failed
        self._lies: ToSign | None = None
        self._state = SigningState(paper_words(paper))
        self._is_open = False

    def open(self) -> None:
        """Lay the paper before whoever signs it; what cannot be signed here is told."""
        self._runner.run(
            lambda: self._counter.signatures.lay_before(self._paper, self._operator), self._laid, self._failed
        )

    def draw(self) -> None:
        """Draw the page that is looked at as wide as there is room."""
        lies, page = self._lies, self._state.page
        if lies is not None and self._is_open:
            width_px = self._view.paper_width_px
            self._runner.run(
                lambda: self._counter.papers.picture(lies.pdf, page, width_px),
                lambda picture: self._show(picture=picture),
                self._failed,
            )

    def turn(self, step: int) -> None:
        """Look at another page."""
        pages = self._state.picture.pages if self._state.picture else 1
        self._show(page=min(max(self._state.page + step, 0), pages - 1))
        self.draw()

    def sign(self, written: Written | None) -> None:
        """Keep what was written; None when that is too little to be a signature."""
        lies = self._lies
        if lies is None or self._state.is_busy:
            return
        if written is None:
            self._show(message=_("还没有签名。"))
            return
        self._show(is_busy=True, message="")
        self._runner.run(
            lambda: self._counter.signatures.sign(lies, written, self._operator), self._done, self._not_signed
        )

    def give_up(self) -> None:
        """Close the panel; nothing is kept of what was written."""
        self._is_open = False
        self._view.dismiss()

    def _laid(self, lies: ToSign) -> None:
        self._lies, self._is_open = lies, True
        self._show(signer=lies.signer, is_busy=False)
        self._view.open()
        self.draw()

    def _done(self, paper: PaperRow) -> None:
        self.give_up()
        self._signed(paper)

    def _not_signed(self, error: Exception) -> None:
        self._show(is_busy=False, message=sentence(error).text)

    def _show(self, **changes: object) -> None:
        self._state = replace(self._state, **changes)  # type: ignore[arg-type]
        if self._is_open:
            self._view.render(self._state)
