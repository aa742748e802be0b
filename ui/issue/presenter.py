"""Decides what is to be done with an accepted case at the counter: papers, certificate, delivery. Qt-free."""

from dataclasses import dataclass, replace
from typing import Protocol

from app.domain.case import READY, RUNNING, Case, CaseState
from app.domain.catalogue import ServiceItem
from app.domain.documents import check_number
from app.domain.outcomes import Result
from app.domain.paper import PaperKind
from app.domain.people import tidy_id_number
from app.services.blanks import BlankUse
from app.services.document_signing import SigningStanding
from app.services.errors import NotSignable
from app.services.overlays import NextBlank
from app.services.ports import Handle, Picture
from app.services.snapshots import CaseMark, PaperRow
from ui.navigation import PaperOutlet
from ui.printing import Printing, sent, to_print
from ui.surroundings import Surroundings
from ui.text import _


@dataclass(frozen=True, slots=True)
class IssueState:
    """What the room shows; ``step`` is what the primary button does: issue, deliver, send or next."""

    case: Case
    item: ServiceItem
    grants: bool = False
    """Whether this counter may grant the case on the spot."""
    is_here: bool = True
    """Whether this counter holds the case."""
    mark: CaseMark | None = None
    """Where what happened to the case is known; None at a counter without a centre."""
    papers: tuple[PaperRow, ...] = ()
    blank: NextBlank | None = None
    """The paper that is to be printed onto a blank form next, and onto which."""
    chosen: int = 0
    shows_preview: bool = False
    picture: Picture | None = None
    page: int = 0
    is_busy: bool = False
    in_person: bool = True
    collector: str = ""
    collector_id: str = ""
    collector_problem: str = ""
    signing: SigningStanding | None = None
    """Whether a certificate that is made now is signed, where one is about to be made."""
    doubted_number: str = ""
    """The collector's number that was said to be odd; the next press lets it pass: it may be another document's."""

    @property
    def step(self) -> str:
        """Return what is to be done next."""
        if self.case.state is CaseState.ACCEPTED:
            return "issue" if self.grants else "next"
        if self.case.state not in READY or not self.is_here:
            return "next"
        granted = self.case.result is Result.GRANTED
        needs_certificate = granted and self.item.makes_certificate and self.case.state is CaseState.DECIDED
        if needs_certificate:
            return "issue"
        return "send" if self.case.is_collected_elsewhere else "deliver"

    @property
    def has_slip(self) -> bool:
        """Tell whether the applicant has a slip to collect the result with."""
        return any(paper.kind is PaperKind.COLLECTION_SLIP for paper in self.papers)

    @property
    def may_have_slip(self) -> bool:
        """Tell whether a slip makes sense: there will be a result, and nobody has it yet."""
        return self.case.state in RUNNING | READY and not self.has_slip

    @property
    def spoiled(self) -> PaperRow | None:
        """Return the paper that is meant when one came out spoiled: the one that is shown, else the first that was sent."""
        asked = sent(self.papers)
        shown = self.papers[self.chosen] if self.papers else None
        return shown if shown in asked else next(iter(asked), None)


class IssueView(Protocol):
    """The screen after acceptance."""

    def render(self, state: IssueState) -> None:
        """Show ``state``."""
        ...

    def focus_next(self) -> None:
        """Put the focus on what is to be done next."""
        ...

    @property
    def paper_width_px(self) -> int:
        """Return how wide the picture of a paper should be."""
        ...


class IssuePresenter:
    """Leads from acceptance to the citizen's hand."""

    def __init__(self, around: Surroundings, view: IssueView, outlet: PaperOutlet) -> None:
        self._counter, self._session = around.counter, around.session
        self._runner, self._navigator = around.runner, around.navigator
        self._view = view
        self._outlet = outlet
        self._state: IssueState | None = None
        self._drawing: Handle | None = None
        self.printing = Printing(around, outlet, self._reread)

    def open(self, number: str) -> None:
        """Show the case where it stands."""
        case, item = self._counter.issuance.open(number)
        grants = case.is_immediate and self._counter.station.level in item.issuers
        is_here = case.holder == self._counter.station.code
        self._state = IssueState(case, item, grants, is_here, self._counter.desk.mark(number))
        self._read_papers(last=False)
        self._view.focus_next()
        self.printing.send_new(self._now().papers)

    @property
    def state(self) -> IssueState:
        """Return what the room shows."""
        return self._now()

    @property
    def has_paper(self) -> bool:
        """Tell whether the chosen paper has been drawn."""
        return self._now().picture is not None

    def reread_mark(self) -> None:
        """Show where the case is known by now."""
        self._show(mark=self._counter.desk.mark(self._now().case.number))

    def go_on(self) -> None:
        """Do what is next: issue, deliver, send it where it is collected, or turn to the next citizen."""
        state = self._now()
        if not state.is_busy:
            steps = {"issue": self._issue, "deliver": self._deliver, "send": self._send, "next": self._navigator.home}
            steps[state.step]()

    def leave(self) -> None:
        """Go back; the case stays where it is."""
        self._navigator.back()

    def choose_collector(self, *, in_person: bool) -> None:
        """Say whether the applicant collects the result in person."""
        self._show(in_person=in_person, collector_problem="")

    def edit_collector(self, name: str, id_number: str) -> None:
        """Take note of who collects the result for the applicant."""
        self._show(collector=name, collector_id=id_number, collector_problem="")

    def choose_paper(self, index: int) -> None:
        """Show one of the papers."""
        if 0 <= index < len(self._now().papers):
            self._show(chosen=index, page=0, shows_preview=False)
            self.draw()

    def turn(self, step: int) -> None:
        """Show the next or previous page of the paper."""
        state = self._now()
        pages = state.picture.pages if state.picture else 1
        page = min(max(state.page + step, 0), pages - 1)
        if page != state.page:
            self._show(page=page)
            self.draw()

    def draw(self) -> None:
        """Draw the chosen paper, or the certificate as it would be issued; an older drawing is dropped."""
        state = self._now()
        if self._drawing:
            self._drawing.cancel()
        self._state = replace(state, picture=None)
        width_px = self._view.paper_width_px
        self._drawing = self._runner.run(
            lambda: self._picture(state, width_px), lambda picture: self._show(picture=picture), self._navigator.report
        )

    def open_paper(self) -> None:
        """Show the chosen paper in the system's own program."""
        paper = self._chosen()
        if paper:
            clerk = self._session.clerk
            self._runner.run(
                lambda: self._counter.papers.pdf(paper, clerk),
                lambda pdf: self._outlet.open_paper(paper.number, pdf),
                self._navigator.report,
            )

    def save_paper(self) -> None:
        """Save the chosen paper where the clerk wants it."""
        paper = self._chosen()
        if not paper:
            return
        path = self._outlet.choose_target(f"{paper.number}.pdf", "PDF (*.pdf)")
        if path is not None:
            clerk = self._session.clerk
            self._runner.run(
                lambda: self._counter.papers.save(paper, path, clerk),
                lambda _nothing: self._navigator.notify(_("已保存")),
                self._navigator.report,
            )

    def print_papers(self) -> None:
        """Print every paper that never came out of a printer, but not what goes onto a blank form that lies there."""
        papers = self._now().papers
        if to_print(papers):
            self.printing.send_waiting(papers)
        elif not sent(papers):
            self._navigator.notify(_("都打印过了；补打请到办件页，写明原因"))

    def print_onto_blank(self) -> None:
        """Print the paper that goes onto a blank form onto the next one."""
        blank = self._now().blank
        if blank is not None and blank.number:
            self.printing.send_onto(blank.paper, BlankUse(blank.form, blank.number))

    def choose_blank(self) -> None:
        """Ask which blank form is printed onto, where it is not the next one."""
        if blank := self._now().blank:
            self._navigator.print_onto_blank(blank.paper)

    def confirm_print(self) -> None:
        """Record that what was printed came out well."""
        self.printing.confirm(sent(self._now().papers))

    def print_again(self) -> None:
        """Record that the paper that is shown came out spoiled, else the first that was sent; print it again."""
        if paper := self._now().spoiled:
            self.printing.spoil((paper,))

    def print_all_again(self) -> None:
        """Record that everything that was sent came out spoiled, and print it again."""
        self.printing.spoil(sent(self._now().papers))

    def sign_paper(self) -> None:
        """Lay the chosen paper before those who sign it on the screen."""
        paper = self._chosen()
        if paper is None or self._now().is_busy:
            return
        if paper.may_be_signed:
            self._sign(paper)
        else:
            self._navigator.report(NotSignable())

    def make_slip(self) -> None:
        """Make the slip with which the applicant collects the result (取件凭证)."""
        state, clerk = self._now(), self._session.clerk
        if not state.may_have_slip or state.is_busy:
            return
        self._show(is_busy=True)
        self._runner.run(
            lambda: self._counter.issuance.collection_slip(state.case.number, clerk), self._slip_made, self._fail
        )

    def copy_number(self) -> None:
        """Put the case number on the clipboard."""
        self._outlet.copy(self._now().case.number)
        self._navigator.notify(_("办件编号已复制"))

    def _issue(self) -> None:
        number, clerk = self._now().case.number, self._session.clerk
        self._show(is_busy=True)
        self._runner.run(lambda: self._counter.issuance.issue(number, clerk), self._went_on, self._fail)

    def _send(self) -> None:
        """Give the case to the station where the applicant collects the result."""
        number, clerk = self._now().case.number, self._session.clerk
        self._show(is_busy=True)
        self._runner.run(lambda: self._counter.custody.send_to_collect(number, clerk), self._sent, self._fail)

    def _sent(self, case: Case) -> None:
        self._counter.sync.hurry()
        self._show(case=case, is_here=False, is_busy=False)
        self._read_papers(last=True)
        self._view.focus_next()
        self._navigator.notify(_("已交给%(name)s，同步后对方就能看到") % {"name": case.holder_name})

    def _deliver(self) -> None:
        state, clerk = self._now(), self._session.clerk
        problem, doubted = self._collector_problem(state)
        if problem:
            self._show(collector_problem=problem, doubted_number=doubted)
            return
        name = state.case.applicant.name if state.in_person else state.collector
        id_number = "" if state.in_person else state.collector_id
        self._show(is_busy=True)
        self._runner.run(
            lambda: self._counter.issuance.deliver(
                state.case.number, clerk, name, in_person=state.in_person, id_number=id_number
            ),
            self._went_on,
            self._fail,
        )

    def _collector_problem(self, state: IssueState) -> tuple[str, str]:
        """Return what is wrong with whoever collects, and the number that passes at the next press."""
        number = tidy_id_number(state.collector_id)
        if state.in_person:
            return "", ""
        if not state.collector.strip():
            return _("请填写领取人姓名"), ""
        if not number:
            return _("请填写领取人的证件号码"), ""
        if number == state.doubted_number or not check_number(number, self._counter.desk.now().date()):
            return "", ""
        return _("不像身份证号，请核对；确实无误或是其他证件的，再按一次 F11"), number

    def _went_on(self, case: Case) -> None:
        self._show(case=case, is_busy=False)
        self._read_papers(last=case.state is CaseState.ISSUED)
        self._view.focus_next()
        self.printing.send_new(self._now().papers)
        self._offer_signing()

    def _offer_signing(self) -> None:
        """Offer to have the receipt of service signed on the screen; it can be printed and signed as well."""
        receipt = next((one for one in self._now().papers if one.kind is PaperKind.SERVICE_RECEIPT), None)
        if receipt is not None and receipt.may_be_signed:
            self._navigator.notify(
                _("送达回证可以打印出来签，也可以在屏幕上签。"), _("屏幕签名"), lambda: self._sign(receipt)
            )

    def _sign(self, paper: PaperRow) -> None:
        self._navigator.open_signing(paper, self._show_signed)

    def _show_signed(self, paper: PaperRow) -> None:
        papers = self._papers()
        chosen = next((place for place, one in enumerate(papers) if one.number == paper.number), 0)
        self._show(papers=papers, chosen=chosen, page=0, shows_preview=False)
        self.draw()

    def _slip_made(self, _paper: PaperRow) -> None:
        self._show(is_busy=False)
        self._read_papers(last=True)
        self._view.focus_next()

    def _reread(self) -> None:
        """Read what became of the papers; the picture stays."""
        papers = self._papers()
        self._show(papers=papers, blank=self._counter.overlays.next_blank(papers))
        self._view.focus_next()

    def _fail(self, error: Exception) -> None:
        self._show(is_busy=False)
        self._navigator.report(error)

    def _read_papers(self, *, last: bool) -> None:
        state = self._now()
        papers = self._papers()
        blank = self._counter.overlays.next_blank(papers)
        preview = state.step == "issue" and state.item.makes_certificate
        signing = self._counter.papers.signing() if preview else None
        chosen = len(papers) - 1 if last else 0
        self._show(papers=papers, blank=blank, chosen=chosen, page=0, shows_preview=preview, signing=signing)
        self.draw()

    def _papers(self) -> tuple[PaperRow, ...]:
        return tuple(self._counter.papers.of_case(self._now().case.number))

    def _picture(self, state: IssueState, width_px: int) -> Picture:
        clerk, papers = self._session.clerk, self._counter.papers
        if state.shows_preview:
            return papers.preview(self._counter.issuance.preview(state.case, state.item, clerk), state.page, width_px)
        return papers.picture(papers.looked_at(state.papers[state.chosen]), state.page, width_px)

    def _chosen(self) -> PaperRow | None:
        state = self._now()
        return state.papers[state.chosen] if state.papers else None

    def _now(self) -> IssueState:
        if self._state is None:
            raise RuntimeError("no case is open")
        return self._state

    def _show(self, **changes: object) -> None:
        self._state = replace(self._now(), **changes)  # type: ignore[arg-type]
        self._view.render(self._state)
