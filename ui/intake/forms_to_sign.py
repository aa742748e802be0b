"""The part of the intake that prints forms from what was typed: mandate, pledge, notice about personal data. Qt-free."""

from dataclasses import replace

from app.domain.paper import PaperKind
from app.services.snapshots import PaperRow
from ui.intake.checklist import Checklist
from ui.intake.practice import holds_back
from ui.intake.sheet import Sheet
from ui.intake.state import IntakeView, PageSource
from ui.printing import Done, after_sending, send_all
from ui.surroundings import Surroundings
from ui.text import _

PEOPLE = ("applicant.", "organisation.", "agent.")


class FormsToSign:
    """Each form gets its number when it is printed; a mandate's number goes to the agent at once."""

    def __init__(
        self, sheet: Sheet, around: Surroundings, view: IntakeView, source: PageSource, checklist: Checklist
    ) -> None:
        self._sheet = sheet
        self._counter, self._session = around.counter, around.session
        self._runner, self._navigator = around.runner, around.navigator
        self._view = view
        self._source = source
        self._checklist = checklist
        self._busy = False

    def mandate(self) -> None:
        """Print a mandate (委托书) for the agent."""
        if self._sheet.now().application.agent is not None:
            self._print(PaperKind.MANDATE)

    def pledge(self, material: str = "") -> None:
        """Print a pledge (告知承诺书): in place of the proof that has the cursor, else what the item allows.

        Where the item allows none it is the first proof that may be pledged and is not there. Asked for again, a pledge
        no longer stands in place of its proof.
        """
        state = self._sheet.now()
        proof = material if material and state.item.material(material).pledge else ""
        if not proof and state.item.allows_pledge:
            self._print(PaperKind.PLEDGE)
        elif proof := proof or self._first_to_pledge():
            self._pledge_instead(proof)

    def privacy(self) -> None:
        """Print the notice about personal data (个人信息处理告知书)."""
        self._print(PaperKind.PRIVACY_NOTICE)

    def _first_to_pledge(self) -> str:
        state = self._sheet.now()
        proofs = [material.code for material in state.item.materials if material.pledge]
        left = [code for code in proofs if not state.handed_in(code).is_met]
        return next(iter(left or proofs), "")

    def _pledge_instead(self, proof: str) -> None:
        handed_in = self._sheet.now().handed_in(proof)
        if handed_in.is_pledged:
            self._checklist.take_pledge_back(proof)
        elif not handed_in.is_there:
            self._print(PaperKind.PLEDGE, proof)

    def _print(self, kind: PaperKind, proof: str = "") -> None:
        """Give a form its number and show it; first lead to whoever is not named well enough to sign it."""
        if holds_back(self._sheet, self._navigator):
            return
        state = self._sheet.now()
        wrong = [problem.place for problem in state.problems if problem.is_error and _is_of_people(problem.place)]
        if wrong:
            self._sheet.show(has_tried=True)
            self._view.focus_place(wrong[0])
            return
        if self._busy:
            return
        self._busy = True
        draft, item, clerk = state.draft, state.item, self._session.clerk

        def work() -> tuple[PaperRow, Done]:
            forms = self._counter.forms
            if proof:
                paper = forms.in_place_of(item.material(proof), draft, item, clerk)
            else:
                paper = forms.prepare(kind, draft, item, clerk)
            return paper, send_all(self._counter, (paper,), clerk)

        self._runner.run(work, lambda made: self._printed(draft.draft_id, proof, *made), self._failed)

    def _printed(self, draft_id: str, proof: str, paper: PaperRow, done: Done) -> None:
        self._busy = False
        if proof and self._sheet.is_of(draft_id):
            self._checklist.pledged(proof, paper.number)
        if paper.kind is PaperKind.MANDATE and self._sheet.is_of(draft_id):
            application = self._sheet.now().application
            if application.agent:
                agent = replace(application.agent, mandate=paper.number)
                self._sheet.change(replace(application, agent=agent))
        after_sending(done, self._source, self._navigator)
        if done.error is not None:
            return
        words = _("已出 %(number)s，请打印签字") % {"number": paper.number}
        if paper.may_be_signed:
            self._navigator.notify(words, _("屏幕签名"), lambda: self._navigator.open_signing(paper, self._signed))
        else:
            self._navigator.notify(words)

    def _signed(self, paper: PaperRow) -> None:
        self._navigator.notify(_("%(number)s 已签名") % {"number": paper.number})

    def _failed(self, error: Exception) -> None:
        self._busy = False
        self._navigator.report(error)


def _is_of_people(place: str) -> bool:
    return place.startswith(PEOPLE) and place != "agent.mandate"
