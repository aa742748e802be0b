"""Leads from a paper to its signatures: what lies there, who signs next and where, and that it is kept. Qt-free."""

from collections.abc import Callable
from dataclasses import replace

from app.domain.operators import Operator
from app.services.counter import Counter
from app.services.device_settings import OWN_SCREEN
from app.services.ports import Picture, Runner
from app.services.signatures import ToSign, Written
from app.services.signers import Signer, excludes, left_over
from app.services.snapshots import PaperRow
from ui.paper_titles import paper_words
from ui.sentences import sentence
from ui.signing.state import SigningState, SigningView, screen_for
from ui.text import _


class SigningPresenter:
    """One panel for one paper; ``signed`` hears of the paper once signatures of it are kept."""

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
        self._written: dict[int, Written] = {}
        """By the place of who wrote it."""
        self._state = SigningState(paper_words(paper))
        self._is_wanted, self._is_open = True, False
        self._may_drop = False
        """Whether the clerk was told that signatures are not kept yet."""

    # --- the paper ---------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Lay the paper before those who sign it; what cannot be signed here is told."""
        self._runner.run(
            lambda: self._counter.signatures.lay_before(self._paper, self._operator), self._laid, self._failed
        )

    def draw(self) -> None:
        """Draw the page that is looked at as wide as there is room."""
        lies, page = self._lies, self._state.page
        if lies is not None and self._is_open:
            width_px, written = self._view.paper_width_px, self._by_whom(lies)
            self._runner.run(
                lambda: self._counter.papers.picture(self._counter.signatures.shown(lies, written), page, width_px),
                lambda picture: self._drawn(picture, page),
                self._failed,
            )

    def turn(self, step: int) -> None:
        """Look at another page."""
        pages = self._state.picture.pages if self._state.picture else 1
        self._show(page=min(max(self._state.page + step, 0), pages - 1))
        self.draw()

    # --- one after another -------------------------------------------------------------------------------------

    def sign(self, written: Written | None) -> None:
        """Take what was written by who is asked; None when that is too little to be a signature."""
        lies, now, signer = self._lies, self._state.now, self._state.signer
        if lies is None or self._state.is_busy or signer is None:
            return
        if written is None:
            self._show(message=_("还没有签名。"))
            return
        self._show(is_busy=True, message="")
        self._runner.run(
            lambda: self._counter.signatures.check(lies, signer, written),
            lambda _nothing: self._took(now, written),
            self._not_signed,
        )

    def choose(self, place: int) -> None:
        """Ask this one: whoever signed already signs anew, and what they wrote before is dropped."""
        if not self._state.is_busy and 0 <= place < len(self._state.signers):
            self._written.pop(place, None)
            self._ask(place)

    def skip(self) -> None:
        """Ask the next one who has not signed; who was skipped may sign later, on the screen or on paper."""
        if not self._state.is_busy:
            self._ask(self._next(self._state.now))

    def finish(self) -> None:
        """Keep what was signed."""
        lies = self._lies
        if lies is None or self._state.is_busy:
            return
        if not self._written:
            self._show(message=_("还没有签名。"))
            return
        written = self._by_whom(lies)
        self._show(is_busy=True, message="")
        self._runner.run(
            lambda: self._counter.signatures.sign(lies, written, self._operator), self._done, self._not_signed
        )

    def give_up(self) -> None:
        """Close the panel and keep nothing; where somebody signed already, only when asked a second time."""
        if self._written and not self._may_drop:
            self._may_drop = True
            self._show(message=_("签好的还没有保存。要留下请按“保存签名”；再按一次“不签了”就都不要了。"))
        else:
            self._close()

    def leave(self) -> None:
        """Close the panel because the window is locked or covered; what was signed is kept."""
        if self._written and not self._state.is_busy:
            self.finish()
        self._close()

    # --- the screen before the applicant -----------------------------------------------------------------------

    def move(self, screen: str) -> None:
        """Let the applicant sign on another screen, or on the window's own; remembered for this station."""
        self._show(screen=screen)
        self.draw()
        kept = screen or OWN_SCREEN
        self._runner.run(lambda: self._counter.devices.keep(signing_screen=kept), lambda _kept: None, self._failed)

    def screens_changed(self) -> None:
        """Follow screens that come and go: what was written on one that went is gone on with in the window."""
        others = self._view.other_screens
        self._show(screens=others, screen=self._state.screen if self._state.screen in others else "")
        self.draw()

    # --- what came of it ---------------------------------------------------------------------------------------

    def _laid(self, lies: ToSign) -> None:
        if not self._is_wanted:
            return  # the window was locked meanwhile
        self._lies, self._is_open = lies, True
        others = self._view.other_screens
        screen = screen_for(self._counter.devices.read().signing_screen, others)
        self._show(signers=lies.signers, screens=others, screen=screen, is_busy=False)
        self._view.open()
        self.draw()

    def _drawn(self, picture: Picture, page: int) -> None:
        if page == self._state.page:
            self._show(picture=picture)

    def _took(self, place: int, written: Written) -> None:
        everybody = self._state.signers
        kept = {one: by for one, by in self._written.items() if not excludes(everybody[place], everybody[one])}
        self._written = {**kept, place: written}
        self._may_drop = False
        self._state = replace(self._state, is_busy=False)
        if not self._state.waits_for_clerk:
            self.finish()
            return
        self._ask(self._next(place))

    def _next(self, place: int) -> int:
        """Return the next after ``place`` who may still sign, from the beginning again; behind the last for nobody."""
        everybody = self._state.signers
        signed = [everybody[one] for one in sorted(self._written)]
        rest = left_over(everybody, signed)
        order = [*range(place + 1, len(everybody)), *range(place + 1)]
        return next((one for one in order if one not in self._written and everybody[one] in rest), len(everybody))

    def _by_whom(self, lies: ToSign) -> list[tuple[Signer, Written]]:
        return [(lies.signers[place], one) for place, one in sorted(self._written.items())]

    def _ask(self, place: int) -> None:
        self._view.begin_afresh()
        self._show(now=place, signed=frozenset(self._written), message="")
        self.draw()

    def _done(self, paper: PaperRow) -> None:
        self._close()
        self._signed(paper)

    def _not_signed(self, error: Exception) -> None:
        if not self._is_open:
            self._failed(error)
            return
        self._show(is_busy=False, message=sentence(error).text)

    def _close(self) -> None:
        self._is_wanted = False
        if self._is_open:
            self._is_open = False
            self._view.dismiss()

    def _show(self, **changes: object) -> None:
        self._state = replace(self._state, **changes)  # type: ignore[arg-type]
        if self._is_open:
            self._view.render(self._state)
