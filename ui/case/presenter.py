"""Decides what the page of a case shows: stages, proof, history, papers, and personal data only when asked for."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol, TypeVar

from app.domain.application import Page
from app.domain.case import Case
from app.domain.operators import Act
from app.domain.paper import PaperKind
from app.services.desk import CaseFile
from app.services.printing import Sent
from app.services.snapshots import PaperRow
from ui.case.act_kinds import CaseAct, act_words
from ui.case.acts import Acts, acts_of
from ui.case.forms import FORMS
from ui.case.forms.base import ActForm
from ui.case.forms.certificates import ReplaceForm, RevokeForm
from ui.case.forms.custody import handed_words
from ui.case.forms.overlay import OverlayForm
from ui.case.forms.papers import PaperForm, ReprintForm, VoidPaperForm
from ui.case.material_pdfs import MaterialPdfs
from ui.case.state import CasePageState, Part
from ui.case_passing import CasePassing
from ui.forms.base import Form
from ui.forms.presenter import FormPresenter, FormView
from ui.navigation import PaperOutlet
from ui.page_acts import PageFiles
from ui.printing import Done, Printing, print_plain
from ui.scanning import Scans
from ui.surroundings import Surroundings
from ui.text import _
from ui.words import why_not

T = TypeVar("T")
Whole = tuple[Case, CaseFile]
"""A case with its personal data in full, and its file, whose history ends with the entry that says so."""
THUMBNAIL_PX = 120
ZOOM_PX = 1400


class CaseView(Protocol):
    """The screen of one case."""

    def render(self, state: CasePageState) -> None:
        """Show ``state``."""
        ...

    @property
    def form_view(self) -> FormView:
        """Return the screen of the forms that do an act."""
        ...


class CaseDesktop(PaperOutlet, PageFiles, Protocol):
    """Where papers go and where pages come from."""


class CasePresenter:
    """Shows one case and leads to everything that can be done with it."""

    def __init__(self, around: Surroundings, view: CaseView, outlet: CaseDesktop, scans: Scans) -> None:
        self._around = around
        self._counter, self._session = around.counter, around.session
        self._runner, self._navigator = around.runner, around.navigator
        self._view = view
        self._outlet = outlet
        self._state: CasePageState | None = None
        self._opened = 0
        self._is_revealing = False
        self._back: Callable[[Sent | None], None] | None = None
        self.forms = FormPresenter(around, view.form_view, outlet, scans, self._done)
        self.printing = Printing(around, outlet, self.reread)
        self.documents = MaterialPdfs(around, outlet, lambda: self._now().file)
        self._passing = CasePassing(around, outlet)

    @property
    def state(self) -> CasePageState:
        """Return what the page shows."""
        return self._now()

    def open(self, number: str) -> None:
        """Show a case; NotFound when there is none, and the case before stays."""
        file = self._counter.desk.file(number)
        self.hide()
        self.forms.leave()
        if self._state is None or self._state.file.case.number != number:
            self.forms.forget()
        self._opened += 1
        self._back = None
        self._state = CasePageState(file, self._acts(file), self._begun(number), self._for_blanks(file))
        self._view.render(self._state)
        self._check(number)
        self._load_thumbnails()

    def reread(self) -> None:
        """Show the case as it stands now, after something was done to it beside this page; a form stays open."""
        if self._state is not None:
            file = self._counter.desk.file(self._state.file.case.number)
            begun, for_blanks = self._begun(file.case.number), self._for_blanks(file)
            self._show(file=file, acts=self._acts(file), begun=begun, for_blanks=for_blanks)

    def leave(self) -> None:
        """Go back one step: from the page looked at closely, from a form – which keeps what was typed –, from the list."""
        state = self._now()
        if state.zoomed:
            self._show(zoomed=b"")
        elif self.forms.is_open and self.forms.pages.close_zoom():
            return
        elif state.part is not Part.PAGE:
            self.forms.leave()
            self._show(part=Part.PAGE, begun=self._begun(state.file.case.number))
            self._lead_back(None)
        else:
            self.hide()
            self._navigator.back()

    # --- acts --------------------------------------------------------------------------------------------------

    def show_acts(self) -> None:
        """Show everything that could be done, or the page again."""
        self._show(part=Part.ACTS if self._now().part is Part.PAGE else Part.PAGE)

    def begin(self, name: str) -> None:
        """Begin an act: open its form, lead to where it is done, or do it when nothing has to be asked."""
        state, act = self._now(), CaseAct(name)
        if state.is_busy:
            return
        if reason := state.acts.offers[act].why_not:
            self._navigator.notify(_("%(act)s：%(reason)s") % {"act": act_words(act), "reason": reason})
        elif act in {CaseAct.ISSUE, CaseAct.DELIVER}:
            self._navigator.open_issue(state.file.case.number)
        elif act is CaseAct.START_REVIEW:
            self._start_review()
        elif act is CaseAct.CORRECT:
            self._open_correcting()
        elif act is CaseAct.SEND_TO_COLLECT:
            self._send_to_collect()
        elif act in {CaseAct.HAND_OVER, CaseAct.CHOOSE_COLLECTION}:
            self._run(self._counter.directory.load, lambda _nothing: self._open_form(act))
        else:
            self._open_form(act)

    def _open_form(self, act: CaseAct) -> None:
        self._show(part=Part.FORM)
        self.forms.open(FORMS[act](self._now().file, self._counter, self._session.clerk))

    def _open_correcting(self) -> None:
        """Open the form that shows personal data in full, which the journal records."""
        self._read_whole(self._correct, self._navigator.report)

    def _correct(self, answer: Whole) -> None:
        self._show(file=answer[1])
        self._open_form(CaseAct.CORRECT)

    def _start_review(self) -> None:
        number, clerk = self._now().file.case.number, self._session.clerk
        self._show(is_busy=True)
        self._run(
            lambda: self._counter.review.start(number, clerk),
            lambda _case: self._refresh(_("已开始审查")),
            self._fail_to_act,
        )

    def _send_to_collect(self) -> None:
        number, clerk = self._now().file.case.number, self._session.clerk
        self._show(is_busy=True)
        self._run(lambda: self._counter.custody.send_to_collect(number, clerk), self._sent, self._fail_to_act)

    def _sent(self, case: Case) -> None:
        self._counter.sync.hurry()
        self._refresh(handed_words(case))

    def _done(self, form: Form, result: Any) -> None:  # noqa: ANN401  what the form made
        if isinstance(form, ActForm):
            self._counter.sync.hurry()
            if self._now().file.case.number == result.number:
                self._refresh(form.done_words(result))
        elif isinstance(form, PaperForm):
            self._counter.sync.hurry()
            self._refresh(form.done_words)
            if isinstance(result, Sent) and not self._lead_back(result):
                self.printing.show(Done((result,)))

    def _lead_back(self, sent: Sent | None) -> bool:
        """Go back to whoever sent the clerk here for one form; tell whether somebody did."""
        back, self._back = self._back, None
        if back is not None:
            back(sent)
        return back is not None

    def _refresh(self, words: str) -> None:
        """Read the case again after an act, show its page and say what was done."""
        file = self._counter.desk.file(self._now().file.case.number)
        self._show(
            file=file,
            acts=self._acts(file),
            begun=self._begun(file.case.number),
            for_blanks=self._for_blanks(file),
            part=Part.PAGE,
            is_busy=False,
            is_checking=True,
            is_sound=None,
        )
        self._check(file.case.number)
        self._load_thumbnails()
        self._navigator.notify(words)

    def _fail_to_act(self, error: Exception) -> None:
        self._show(is_busy=False)
        self._navigator.report(error)

    def _acts(self, file: CaseFile) -> Acts:
        counter = self._counter
        return acts_of(
            file,
            self._session.clerk,
            counter.station.level,
            counter.desk.now(),
            has_others=counter.directory.has_others(),
        )

    def _for_blanks(self, file: CaseFile) -> frozenset[str]:
        return frozenset(self._counter.overlays.forms_of(file.papers))

    def _begun(self, number: str) -> frozenset[CaseAct]:
        """Return the acts whose forms were left before they were done."""
        kept = self._counter.form_drafts.begun(number)
        return frozenset(act for act, form in FORMS.items() if form.__name__ in kept)

    # --- looking -----------------------------------------------------------------------------------------------

    def reveal(self) -> None:
        """Show personal data in full, which the journal records; a second time masks it again."""
        if self._now().revealed is not None:
            self.hide()
        elif not self._is_revealing:
            self._is_revealing = True
            self._read_whole(self._show_revealed, self._fail_to_reveal)

    def _read_whole(self, done: Callable[[Whole], None], failed: Callable[[Exception], None]) -> None:
        number, clerk = self._now().file.case.number, self._session.clerk
        self._run(lambda: (self._counter.desk.reveal(number, clerk), self._counter.desk.file(number)), done, failed)

    def hide(self) -> None:
        """Mask personal data again; data that was asked for and is still on its way is not shown any more."""
        self._is_revealing = False
        if self._state is not None and self._state.revealed is not None:
            self._show(revealed=None)

    def zoom(self, page: Page) -> None:
        """Show a page of the materials large."""
        self._run(lambda: self._counter.pages.picture(page, ZOOM_PX), lambda picture: self._show(zoomed=picture))

    def copy_number(self) -> None:
        """Put the case number on the clipboard."""
        self._outlet.copy(self._now().file.case.number)
        self._navigator.notify(_("办件编号已复制"))

    def print_separator(self) -> None:
        """Print the separator sheet of the case, to be laid before its papers in a stack."""
        file, clerk = self._now().file, self._session.clerk
        name = f"{file.case.number}-separator"

        def draw() -> bytes:
            return self._counter.separating.case_sheet(file.case.number, file.item, clerk)

        print_plain(self._around, self._outlet, PaperKind.SEPARATOR_SHEET, name, draw)

    def export(self) -> None:
        """Write the case to a file for another station that cannot be reached otherwise."""
        self._passing.export(self._now().file.case.number)

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

    def reprint(self, paper: PaperRow) -> None:
        """Ask why a paper is printed again."""
        self._open_paper_form(ReprintForm(paper, self._counter))

    def print_onto_blank(self, paper: PaperRow, back: Callable[[Sent | None], None] | None = None) -> None:
        """Ask for the blank form that a paper is printed onto; ``back`` leads back to whoever sent the clerk here."""
        self._open_paper_form(OverlayForm(paper, self._counter))
        self._back = back

    def sign_paper(self, paper: PaperRow) -> None:
        """Lay a paper before whoever signs it on the screen."""
        self._navigator.open_signing(paper, lambda _signed: self.reread())

    def void_paper(self, paper: PaperRow) -> None:
        """Ask why a paper becomes void."""
        self._open_paper_form(VoidPaperForm(paper, self._counter))

    def revoke_paper(self, paper: PaperRow) -> None:
        """Ask on which ground a certificate is taken from its holder."""
        self._open_paper_form(RevokeForm(paper, self._counter), Act.DECIDE)

    def replace_paper(self, paper: PaperRow) -> None:
        """Ask why a certificate that was handed over is made anew."""
        self._open_paper_form(ReplaceForm(paper, self._counter))

    def _open_paper_form(self, form: PaperForm, needs: Act = Act.HANDLE_CASES) -> None:
        if reason := why_not(self._session.clerk, needs):
            self._navigator.notify(reason)
            return
        self._back = None
        self._show(part=Part.FORM)
        self.forms.open(form)

    def _check(self, number: str) -> None:
        self._run(
            lambda: self._counter.ledger.is_sound(number),
            lambda sound: self._show(is_checking=False, is_sound=sound),
            self._fail_to_check,
        )

    def _load_thumbnails(self) -> None:
        for handed_in in self._now().file.case.materials.values():
            for page in handed_in.pages:
                if page not in self._now().thumbnails:
                    self._load_thumbnail(page)

    def _load_thumbnail(self, page: Page) -> None:
        self._run(
            lambda: self._counter.pages.picture(page, THUMBNAIL_PX),
            lambda picture: self._show(thumbnails={**self._now().thumbnails, page: picture}),
        )

    def _show_revealed(self, answer: Whole) -> None:
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
